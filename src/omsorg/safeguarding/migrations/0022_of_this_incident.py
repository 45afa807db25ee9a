from django.db import migrations

SAME = """
CREATE FUNCTION safeguarding_of_this_incident() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    its bigint;
BEGIN
    IF TG_TABLE_NAME = 'safeguarding_allegationfinding' THEN
        SELECT incident_id INTO its FROM safeguarding_allegation WHERE id = NEW.allegation_id;
    ELSE
        SELECT incident_id INTO its FROM safeguarding_support WHERE id = NEW.support_id;
    END IF;
    IF its IS DISTINCT FROM NEW.incident_id THEN
        RAISE EXCEPTION 'It belongs to another incident' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER safeguarding_allegationfinding_of_this_incident BEFORE INSERT OR UPDATE ON safeguarding_allegationfinding
    FOR EACH ROW EXECUTE FUNCTION safeguarding_of_this_incident();
CREATE TRIGGER safeguarding_followup_of_this_incident BEFORE INSERT OR UPDATE ON safeguarding_followup
    FOR EACH ROW EXECUTE FUNCTION safeguarding_of_this_incident();
"""
BACK = """
DROP TRIGGER safeguarding_followup_of_this_incident ON safeguarding_followup;
DROP TRIGGER safeguarding_allegationfinding_of_this_incident ON safeguarding_allegationfinding;
DROP FUNCTION safeguarding_of_this_incident();
"""


class Migration(migrations.Migration):
    """What is found is of an allegation of the same incident, and what was looked at again of the help it tells of."""

    dependencies = [("safeguarding", "0021_help_has_a_clock")]
    operations = [migrations.RunSQL(SAME, BACK)]
