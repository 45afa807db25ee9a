from django.db import migrations

SITS = """
CREATE FUNCTION ombuds_i_sit() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM ombuds_seat WHERE person = my_person() AND (valid_until IS NULL OR valid_until > app_day()))
$$;

CREATE FUNCTION ombuds_i_sit_on_the_board() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM ombuds_seat WHERE person = my_person() AND level = 'board'
          AND (valid_until IS NULL OR valid_until > app_day()))
$$;

DROP POLICY ombuds_ring_add ON ombuds_ring;
CREATE POLICY ombuds_ring_add ON ombuds_ring FOR INSERT WITH CHECK (
    person = my_person() AND (SELECT ombuds_i_sit())
    AND (vouched_on IS NULL OR (SELECT ombuds_i_sit_on_the_board()))
);
DROP POLICY ombuds_ringsecret_add ON ombuds_ringsecret;
CREATE POLICY ombuds_ringsecret_add ON ombuds_ringsecret FOR INSERT
    WITH CHECK (person = my_person() AND (SELECT ombuds_i_sit()));
DROP POLICY ombuds_opening_add ON ombuds_opening;
CREATE POLICY ombuds_opening_add ON ombuds_opening FOR INSERT
    WITH CHECK (person = my_person() AND (SELECT ombuds_i_sit()));
DROP POLICY ombuds_recovery_add ON ombuds_recovery;
CREATE POLICY ombuds_recovery_add ON ombuds_recovery FOR INSERT
    WITH CHECK (person = my_person() AND (SELECT ombuds_i_sit()));
DROP POLICY ombuds_recoveryshare_add ON ombuds_recoveryshare;
CREATE POLICY ombuds_recoveryshare_add ON ombuds_recoveryshare FOR INSERT WITH CHECK (
    (SELECT ombuds_i_sit()) AND ring_id IN (SELECT id FROM ombuds_ring WHERE person = my_person())
);
"""

SITS_NOT = """
DROP POLICY ombuds_recoveryshare_add ON ombuds_recoveryshare;
CREATE POLICY ombuds_recoveryshare_add ON ombuds_recoveryshare FOR INSERT WITH CHECK (
    my_person() IN ("outer", "inner") OR ring_id IN (SELECT id FROM ombuds_ring WHERE person = my_person()));
DROP POLICY ombuds_recovery_add ON ombuds_recovery;
CREATE POLICY ombuds_recovery_add ON ombuds_recovery FOR INSERT
    WITH CHECK (person = my_person() OR (SELECT ombuds_i_am_of_the_board()));
DROP POLICY ombuds_opening_add ON ombuds_opening;
CREATE POLICY ombuds_opening_add ON ombuds_opening FOR INSERT WITH CHECK (person = my_person() OR is_house());
DROP POLICY ombuds_ringsecret_add ON ombuds_ringsecret;
CREATE POLICY ombuds_ringsecret_add ON ombuds_ringsecret FOR INSERT WITH CHECK (person = my_person());
DROP POLICY ombuds_ring_add ON ombuds_ring;
CREATE POLICY ombuds_ring_add ON ombuds_ring FOR INSERT
    WITH CHECK (person = my_person() OR (SELECT ombuds_i_hear()) OR is_house());
DROP FUNCTION ombuds_i_sit_on_the_board();
DROP FUNCTION ombuds_i_sit();
"""


class Migration(migrations.Migration):
    """A key ring, and all that belongs to it, is made by whoever has a seat; the office is founded from the board."""

    dependencies = [("ombuds", "0003_office_stays")]
    operations = [migrations.RunSQL(SITS, SITS_NOT)]
