from django.db import migrations

KEEPING = """
CREATE FUNCTION units_i_keep() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER ROWS 50
SET search_path = public, pg_temp AS $$
    SELECT DISTINCT l.descendant_id
    FROM federation_mandate m JOIN federation_lineage l ON l.ancestor_id = m.organisation_id
    WHERE m.person_id = my_person() AND m.role = 'housekeeper'
      AND m.valid_from <= app_day() AND (m.valid_until IS NULL OR m.valid_until > app_day())
      AND l.valid_from <= app_day() AND (l.valid_until IS NULL OR l.valid_until > app_day())
$$;

DROP POLICY federation_person_add ON federation_person;
DROP POLICY federation_person_change ON federation_person;
DROP POLICY federation_person_remove ON federation_person;
CREATE POLICY federation_person_add ON federation_person FOR INSERT
    WITH CHECK (organisation_id = ANY(ARRAY(SELECT units_i_keep())) OR is_house());
CREATE POLICY federation_person_change ON federation_person FOR UPDATE
    USING (id = my_person() OR organisation_id = ANY(ARRAY(SELECT units_i_keep())) OR is_house())
    WITH CHECK (id = my_person() OR organisation_id = ANY(ARRAY(SELECT units_i_keep())) OR is_house());
CREATE POLICY federation_person_remove ON federation_person FOR DELETE USING (is_house());

DROP POLICY federation_mandate_add ON federation_mandate;
DROP POLICY federation_mandate_change ON federation_mandate;
DROP POLICY federation_mandate_remove ON federation_mandate;
CREATE POLICY federation_mandate_add ON federation_mandate FOR INSERT WITH CHECK (
    (organisation_id = ANY(ARRAY(SELECT units_i_keep())) AND person_id <> my_person()) OR is_house());
CREATE POLICY federation_mandate_change ON federation_mandate FOR UPDATE
    USING (organisation_id = ANY(ARRAY(SELECT units_i_keep())) OR is_house())
    WITH CHECK (organisation_id = ANY(ARRAY(SELECT units_i_keep())) OR is_house());
CREATE POLICY federation_mandate_remove ON federation_mandate FOR DELETE USING (is_house());

CREATE FUNCTION federation_guard_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.organisation_id <> OLD.organisation_id AND OLD.id = my_person() AND NOT is_house() THEN
        RAISE EXCEPTION 'Nobody moves themselves to another organisation' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER federation_person_guarded BEFORE UPDATE ON federation_person
    FOR EACH ROW EXECUTE FUNCTION federation_guard_person();

CREATE FUNCTION federation_guard_mandate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.person_id, NEW.role, NEW.organisation_id, NEW.valid_from)
        IS DISTINCT FROM (OLD.person_id, OLD.role, OLD.organisation_id, OLD.valid_from) THEN
        RAISE EXCEPTION 'A mandate only ends: another role is another mandate' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.person_id = my_person() AND NOT is_house() AND OLD.valid_until IS NOT NULL
        AND (NEW.valid_until IS NULL OR NEW.valid_until > OLD.valid_until) THEN
        RAISE EXCEPTION 'Nobody prolongs a role of their own' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER federation_mandate_guarded BEFORE UPDATE ON federation_mandate
    FOR EACH ROW EXECUTE FUNCTION federation_guard_mandate();
"""

BACK = """
DROP TRIGGER federation_mandate_guarded ON federation_mandate;
DROP FUNCTION federation_guard_mandate();
DROP TRIGGER federation_person_guarded ON federation_person;
DROP FUNCTION federation_guard_person();
DROP POLICY federation_mandate_remove ON federation_mandate;
DROP POLICY federation_mandate_change ON federation_mandate;
DROP POLICY federation_mandate_add ON federation_mandate;
CREATE POLICY federation_mandate_add ON federation_mandate FOR INSERT
    WITH CHECK (organisation_id = ANY(ARRAY(SELECT my_units())) OR is_house());
CREATE POLICY federation_mandate_change ON federation_mandate FOR UPDATE
    USING (organisation_id = ANY(ARRAY(SELECT my_units())) OR is_house())
    WITH CHECK (organisation_id = ANY(ARRAY(SELECT my_units())) OR is_house());
CREATE POLICY federation_mandate_remove ON federation_mandate FOR DELETE
    USING (organisation_id = ANY(ARRAY(SELECT my_units())) OR is_house());
DROP POLICY federation_person_remove ON federation_person;
DROP POLICY federation_person_change ON federation_person;
DROP POLICY federation_person_add ON federation_person;
CREATE POLICY federation_person_add ON federation_person FOR INSERT
    WITH CHECK (id = my_person() OR organisation_id = ANY(ARRAY(SELECT my_units())) OR is_house());
CREATE POLICY federation_person_change ON federation_person FOR UPDATE
    USING (id = my_person() OR organisation_id = ANY(ARRAY(SELECT my_units())) OR is_house())
    WITH CHECK (id = my_person() OR organisation_id = ANY(ARRAY(SELECT my_units())) OR is_house());
CREATE POLICY federation_person_remove ON federation_person FOR DELETE
    USING (id = my_person() OR organisation_id = ANY(ARRAY(SELECT my_units())) OR is_house());
DROP FUNCTION units_i_keep();
"""


class Migration(migrations.Migration):
    """People and mandates are written only by those who keep them; nobody gives or prolongs a role of their own."""

    dependencies = [("federation", "0004_people_and_accounts")]
    operations = [migrations.RunSQL(KEEPING, BACK)]
