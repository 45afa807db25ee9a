from django.db import migrations

STAYS = """
CREATE FUNCTION ombuds_recovery_as_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.ring_id, NEW.person, NEW.asked_on, NEW.transport_public, NEW.transport_sealed, NEW.salt, NEW.cost)
       IS DISTINCT FROM
       (OLD.id, OLD.ring_id, OLD.person, OLD.asked_on, OLD.transport_public, OLD.transport_sealed, OLD.salt, OLD.cost)
    THEN
        RAISE EXCEPTION 'A way back is opened to the keys it was asked with' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ombuds_recovery_stays_as_asked BEFORE UPDATE ON ombuds_recovery
    FOR EACH ROW EXECUTE FUNCTION ombuds_recovery_as_asked();
"""
BACK = """
DROP TRIGGER ombuds_recovery_stays_as_asked ON ombuds_recovery;
DROP FUNCTION ombuds_recovery_as_asked();
"""


class Migration(migrations.Migration):
    """Who asks for a way back is handed it under the keys that were made then, and under no others."""

    dependencies = [("ombuds", "0029_rings_stay")]
    operations = [migrations.RunSQL(STAYS, BACK)]
