from importlib import import_module

from django.db import migrations, models

STEPS = import_module("omsorg.safeguarding.migrations.0024_needs").KINDS
PLACE = STEPS.index("team_named")
KINDS = [*STEPS[:PLACE], "safety_said", *STEPS[PLACE:]]

SAFE = """
CREATE FUNCTION safeguarding_not_closed_in_danger() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.stage IN ('closed', 'decided') AND OLD.stage NOT IN ('closed', 'decided') AND 'no' = (
        SELECT s.facts->>'safe_now' FROM safeguarding_step s
        WHERE s.incident_id = NEW.id AND s.kind IN ('received', 'triaged', 'safety_said')
          AND NOT (s.kind = 'safety_said' AND s.facts->>'safe_now' = 'yes' AND s.by_id IS NOT NULL
            AND safeguarding_is_shut_out(s.incident_id, s.by_id))
        ORDER BY s.number DESC LIMIT 1) THEN
        RAISE EXCEPTION 'An incident is not closed while somebody is not safe' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER safeguarding_not_closed_in_danger BEFORE UPDATE ON safeguarding_incident
    FOR EACH ROW EXECUTE FUNCTION safeguarding_not_closed_in_danger();
"""
SAFE_BACK = (
    "DROP TRIGGER safeguarding_not_closed_in_danger ON safeguarding_incident;"
    " DROP FUNCTION safeguarding_not_closed_in_danger();"
)


class Migration(migrations.Migration):
    """Nothing is closed while somebody is not safe, by the last word on it."""

    dependencies = [("safeguarding", "0028_reasons_stay")]
    operations = [
        migrations.AlterField("step", "kind", models.CharField(max_length=20, choices=[(c, c) for c in KINDS])),
        migrations.RunSQL(SAFE, SAFE_BACK),
    ]
