import django.db.models.deletion
from django.db import migrations, models

GIVEN_BY = """
CREATE FUNCTION federation_keep_giver() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.given_by_id := CASE TG_OP WHEN 'INSERT' THEN my_person() ELSE OLD.given_by_id END;
    RETURN NEW;
END $$;
CREATE TRIGGER federation_mandate_given BEFORE INSERT OR UPDATE ON federation_mandate
    FOR EACH ROW EXECUTE FUNCTION federation_keep_giver();
"""
GIVEN_BY_BACK = """
DROP TRIGGER federation_mandate_given ON federation_mandate;
DROP FUNCTION federation_keep_giver();
"""


class Migration(migrations.Migration):
    """Who gave a role is written by the database, and never changes; of those given before it is not known."""

    dependencies = [("federation", "0012_traces_of_ones_own")]
    operations = [
        migrations.AddField(
            model_name="mandate",
            name="given_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="federation.person",
            ),
        ),
        migrations.RunSQL(GIVEN_BY, GIVEN_BY_BACK),
    ]
