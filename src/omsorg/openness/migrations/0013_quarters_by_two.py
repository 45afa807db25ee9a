import django.db.models.deletion
from django.db import migrations, models

from omsorg.kernel.wall import append_only, protect

TWO = """
CREATE FUNCTION openness_quarter_two_hands() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.by_id IS NULL OR NOT EXISTS (SELECT 1 FROM openness_quarterprepared p
        WHERE p.start = NEW.start AND p.counts = NEW.counts AND p.by_id IS NOT NULL AND p.by_id <> NEW.by_id) THEN
        RAISE EXCEPTION 'A quarter is published as somebody else has prepared it' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER openness_quarter_other_hands BEFORE INSERT ON openness_quartercounts
    FOR EACH ROW EXECUTE FUNCTION openness_quarter_two_hands();
"""
TWO_BACK = """
DROP TRIGGER openness_quarter_other_hands ON openness_quartercounts;
DROP FUNCTION openness_quarter_two_hands();
"""


class Migration(migrations.Migration):
    """The figures of a quarter take two: one prepares them, another publishes them."""

    dependencies = [("openness", "0012_held_in_public"), ("federation", "0006_true_lineage")]
    operations = [
        migrations.CreateModel(
            name="QuarterPrepared",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.DateField()),
                ("counts", models.JSONField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="federation.person"
                    ),
                ),
            ],
        ),
        append_only("openness_quarterprepared"),
        protect(
            "openness_quarterprepared",
            see="is_house() OR openness_releases_all()",
            write="is_house() OR (by_id = my_person() AND openness_releases_all())",
        ),
        migrations.RunSQL(TWO, TWO_BACK),
    ]
