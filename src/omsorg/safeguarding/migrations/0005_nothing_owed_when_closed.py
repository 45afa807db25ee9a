from django.db import migrations

CLOSED = """
CREATE OR REPLACE FUNCTION safeguarding_guard_closure() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.stage IN ('closed', 'decided') AND OLD.stage NOT IN ('closed', 'decided') AND EXISTS (
        SELECT 1 FROM safeguarding_duty d WHERE d.incident_id = NEW.id AND d.standing IN ('owed', 'to_tell')) THEN
        RAISE EXCEPTION 'An incident is not closed while telling somebody is owed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION safeguarding_guard_duty() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.standing IN ('owed', 'to_tell') THEN
        PERFORM 1 FROM safeguarding_incident i
            WHERE i.id = NEW.incident_id AND i.stage NOT IN ('closed', 'decided') FOR SHARE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'Nothing is owed in an incident that is closed' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER safeguarding_duty_guarded BEFORE INSERT OR UPDATE ON safeguarding_duty
    FOR EACH ROW EXECUTE FUNCTION safeguarding_guard_duty();

CREATE FUNCTION safeguarding_seat_is_shut_out(of_incident bigint, seat bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM safeguarding_shutout s WHERE s.incident_id = of_incident AND s.lifted_at IS NULL
          AND NOT safeguarding_is_top(s.organisation_id) AND safeguarding_covers(s.organisation_id, seat))
$$;
"""

CLOSED_BACK = """
DROP FUNCTION safeguarding_seat_is_shut_out(bigint, bigint);
DROP TRIGGER safeguarding_duty_guarded ON safeguarding_duty;
DROP FUNCTION safeguarding_guard_duty();
CREATE OR REPLACE FUNCTION safeguarding_guard_closure() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.stage = 'closed' AND OLD.stage <> 'closed' AND EXISTS (
        SELECT 1 FROM safeguarding_duty d WHERE d.incident_id = NEW.id AND d.standing IN ('owed', 'to_tell')) THEN
        RAISE EXCEPTION 'An incident is not closed while telling somebody is owed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    """Nothing is owed in a closed incident, whichever comes first; a role held at a shut unit opens nothing."""

    dependencies = [("safeguarding", "0004_copies_taken_in_once")]
    operations = [migrations.RunSQL(CLOSED, CLOSED_BACK)]
