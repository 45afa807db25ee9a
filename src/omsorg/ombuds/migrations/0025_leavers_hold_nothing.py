from django.db import migrations

HELD = """
CREATE FUNCTION ombuds_key_for_a_ring_in_use() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM ombuds_ring WHERE id = NEW.ring_id AND retired_on IS NULL FOR KEY SHARE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ombuds_casekey_for_a_ring_in_use BEFORE INSERT ON ombuds_casekey
    FOR EACH ROW EXECUTE FUNCTION ombuds_key_for_a_ring_in_use();

CREATE FUNCTION ombuds_leaver_holds_nothing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM ombuds_opening WHERE ring_id = NEW.id;
    DELETE FROM ombuds_recoveryshare WHERE ring_id = NEW.id;
    DELETE FROM ombuds_ringsecret WHERE ring_id = NEW.id;
    UPDATE ombuds_recovery SET done_on = coalesce(done_on, NEW.retired_on), halfway = NULL, for_owner = NULL
    WHERE ring_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER ombuds_ring_leaver_holds_nothing AFTER UPDATE OF retired_on ON ombuds_ring FOR EACH ROW
    WHEN (NEW.retired_on IS NOT NULL AND OLD.retired_on IS NULL)
    EXECUTE FUNCTION ombuds_leaver_holds_nothing();
"""
LEFT = """
DROP TRIGGER ombuds_ring_leaver_holds_nothing ON ombuds_ring;
DROP FUNCTION ombuds_leaver_holds_nothing();
DROP TRIGGER ombuds_casekey_for_a_ring_in_use ON ombuds_casekey;
DROP FUNCTION ombuds_key_for_a_ring_in_use();
"""
OF_EARLIER_LEAVERS = """
DELETE FROM ombuds_opening WHERE ring_id IN (SELECT id FROM ombuds_ring WHERE retired_on IS NOT NULL);
DELETE FROM ombuds_recoveryshare WHERE ring_id IN (SELECT id FROM ombuds_ring WHERE retired_on IS NOT NULL);
DELETE FROM ombuds_ringsecret WHERE ring_id IN (SELECT id FROM ombuds_ring WHERE retired_on IS NOT NULL);
UPDATE ombuds_recovery SET done_on = coalesce(done_on, asked_on), halfway = NULL, for_owner = NULL
WHERE ring_id IN (SELECT id FROM ombuds_ring WHERE retired_on IS NOT NULL);
DELETE FROM ombuds_casekey WHERE ring_id IN (SELECT id FROM ombuds_ring WHERE retired_on IS NOT NULL);
"""


class Migration(migrations.Migration):
    """A key is sealed to a ring in use or not kept at all; the private half of a ring goes with whoever leaves."""

    dependencies = [("ombuds", "0024_told_a_day_before")]
    operations = [
        migrations.RunSQL(HELD, LEFT),
        migrations.RunSQL(OF_EARLIER_LEAVERS, migrations.RunSQL.noop),
    ]
