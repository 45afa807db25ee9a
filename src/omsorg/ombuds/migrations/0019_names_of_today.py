from django.db import migrations, models

NAMES_STAY = """
CREATE FUNCTION ombuds_ring_names_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.shown_name, NEW.unit, NEW.unit_name, NEW.earlier_names, NEW.earlier_units, NEW.earlier_unit_names)
       IS NOT DISTINCT FROM
       (OLD.shown_name, OLD.unit, OLD.unit_name, OLD.earlier_names, OLD.earlier_units, OLD.earlier_unit_names) THEN
        RETURN NEW;
    END IF;
    IF NOT is_house() THEN
        RAISE EXCEPTION 'Names on a ring are those of the house' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT (NEW.earlier_names @> OLD.earlier_names AND NEW.earlier_units @> OLD.earlier_units
            AND NEW.earlier_unit_names @> OLD.earlier_unit_names)
       OR (NEW.shown_name <> OLD.shown_name AND NOT NEW.earlier_names @> to_jsonb(OLD.shown_name))
       OR (NEW.unit <> OLD.unit AND NOT NEW.earlier_units @> to_jsonb(OLD.unit))
       OR (NEW.unit_name <> OLD.unit_name AND NOT NEW.earlier_unit_names @> to_jsonb(OLD.unit_name)) THEN
        RAISE EXCEPTION 'What a ring was called stays beside what it is called now' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ombuds_ring_names_stay BEFORE UPDATE ON ombuds_ring
    FOR EACH ROW EXECUTE FUNCTION ombuds_ring_names_stay();
"""
BACK = """
DROP TRIGGER ombuds_ring_names_stay ON ombuds_ring;
DROP FUNCTION ombuds_ring_names_stay();
"""


class Migration(migrations.Migration):
    """Whoever hears is known by name and house of today, and by those of before."""

    dependencies = [("ombuds", "0018_vouched_for_from_above")]
    operations = [
        migrations.AddField("ring", "earlier_names", models.JSONField(default=list)),
        migrations.AddField("ring", "earlier_units", models.JSONField(default=list)),
        migrations.AddField("ring", "earlier_unit_names", models.JSONField(default=list)),
        migrations.RunSQL(NAMES_STAY, BACK),
    ]
