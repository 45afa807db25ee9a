from importlib import import_module

from django.db import migrations, models

BEFORE = import_module("omsorg.openness.migrations.0013_quarters_by_two")
TWO = """
CREATE OR REPLACE FUNCTION openness_quarter_two_hands() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.by_id IS NULL OR NOT EXISTS (SELECT 1 FROM openness_quarterprepared p
        WHERE p.start = NEW.start AND p.number = NEW.number AND p.because = NEW.because AND p.counts = NEW.counts
        AND p.by_id IS NOT NULL AND p.by_id <> NEW.by_id) THEN
        RAISE EXCEPTION 'A quarter is published as somebody else has prepared it' USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.number > 1) <> (NEW.because <> '') OR NEW.number <> 1 + coalesce(
        (SELECT max(c.number) FROM openness_quartercounts c WHERE c.start = NEW.start), 0) THEN
        RAISE EXCEPTION 'A correction follows on what is published and says why' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION openness_quarter_as_counted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.number > 1 AND NOT EXISTS (SELECT 1 FROM openness_quartercounts c
        WHERE c.start = NEW.start AND c.number = NEW.number AND c.because = NEW.because) THEN
        RAISE EXCEPTION 'A correction is shown as it was published by two' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER openness_quarter_corrected_by_two BEFORE INSERT ON openness_quartershown
    FOR EACH ROW EXECUTE FUNCTION openness_quarter_as_counted();
"""
TWO_BACK = """
DROP TRIGGER openness_quarter_corrected_by_two ON openness_quartershown;
DROP FUNCTION openness_quarter_as_counted();
""" + BEFORE.TWO[: BEFORE.TWO.index("CREATE TRIGGER")].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
TABLES = ("quartercounts", "quarterprepared", "quartershown")
NUMBERED = (("quartercounts", "openness_counts_numbered"), ("quartershown", "openness_shown_numbered"))


class Migration(migrations.Migration):
    """A published quarter can be corrected: one more row under the next number, by two, with the reason."""

    dependencies = [("openness", "0013_quarters_by_two")]
    operations = [
        *(
            migrations.AddField(table, name, field)
            for table in TABLES
            for name, field in (
                ("number", models.PositiveIntegerField(default=1)),
                ("because", models.CharField(blank=True, max_length=12)),
            )
        ),
        *(migrations.AlterField(table, "start", models.DateField()) for table, _name in NUMBERED),
        *(
            migrations.AddConstraint(table, models.UniqueConstraint(fields=("start", "number"), name=name))
            for table, name in NUMBERED
        ),
        migrations.RunSQL(TWO, TWO_BACK),
    ]
