from django.db import migrations

from omsorg.kernel.wall import protect

TREE = """
CREATE FUNCTION federation_draw_lineage() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('federation_lineage', 0));
    DELETE FROM federation_lineage;
    INSERT INTO federation_lineage (ancestor_id, descendant_id, depth, valid_from, valid_until)
    WITH RECURSIVE line AS (
        SELECT id AS ancestor_id, id AS descendant_id, 0 AS depth, daterange(exists_from, exists_until) AS days
        FROM federation_organisation
        UNION ALL
        SELECT p.parent_id, l.descendant_id, l.depth + 1, l.days * daterange(p.valid_from, p.valid_until)
        FROM line l JOIN federation_position p ON p.organisation_id = l.ancestor_id
        WHERE l.days && daterange(p.valid_from, p.valid_until) AND l.depth < 20
    )
    SELECT ancestor_id, descendant_id, depth, lower(days), upper(days) FROM line WHERE NOT isempty(days);
    IF EXISTS (SELECT 1 FROM federation_lineage WHERE depth > 0 AND ancestor_id = descendant_id) THEN
        RAISE EXCEPTION 'An organisation cannot stand under itself' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER federation_position_drawn AFTER INSERT OR UPDATE OR DELETE ON federation_position
    FOR EACH STATEMENT EXECUTE FUNCTION federation_draw_lineage();
CREATE TRIGGER federation_organisation_drawn AFTER INSERT OR DELETE OR UPDATE OF exists_from, exists_until
    ON federation_organisation FOR EACH STATEMENT EXECUTE FUNCTION federation_draw_lineage();

ALTER TABLE federation_position ADD CONSTRAINT federation_position_one_at_a_time
    EXCLUDE USING gist (
        int8range(organisation_id, organisation_id, '[]') WITH &&, daterange(valid_from, valid_until) WITH &&);
ALTER TABLE federation_mandate ADD CONSTRAINT federation_mandate_once_at_a_time
    EXCLUDE USING gist (
        int8range(person_id, person_id, '[]') WITH &&, int8range(organisation_id, organisation_id, '[]') WITH &&,
        int8range(hashtextextended(role, 0), hashtextextended(role, 0), '[]') WITH &&,
        daterange(valid_from, valid_until) WITH &&);

CREATE FUNCTION my_units() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER ROWS 50
SET search_path = public, pg_temp AS $$
    SELECT DISTINCT l.descendant_id
    FROM federation_mandate m JOIN federation_lineage l ON l.ancestor_id = m.organisation_id
    WHERE m.person_id = my_person()
      AND m.valid_from <= app_day() AND (m.valid_until IS NULL OR m.valid_until > app_day())
      AND l.valid_from <= app_day() AND (l.valid_until IS NULL OR l.valid_until > app_day())
$$;

CREATE POLICY kernel_trace_see_of_organisation ON kernel_trace FOR SELECT
    USING (organisation = ANY(ARRAY(SELECT my_units())));
"""

TREE_BACK = """
DROP POLICY kernel_trace_see_of_organisation ON kernel_trace;
DROP FUNCTION my_units();
ALTER TABLE federation_mandate DROP CONSTRAINT federation_mandate_once_at_a_time;
ALTER TABLE federation_position DROP CONSTRAINT federation_position_one_at_a_time;
DROP TRIGGER federation_organisation_drawn ON federation_organisation;
DROP TRIGGER federation_position_drawn ON federation_position;
DROP FUNCTION federation_draw_lineage();
"""

MINE = "organisation_id = ANY(ARRAY(SELECT my_units()))"


class Migration(migrations.Migration):
    dependencies = [("federation", "0001_tables"), ("kernel", "0003_guards")]
    operations = [
        migrations.RunSQL(TREE, TREE_BACK),
        protect("federation_person", see=f"id = my_person() OR {MINE} OR is_house()"),
        protect(
            "federation_mandate",
            see=f"person_id = my_person() OR {MINE} OR is_house()",
            write=f"{MINE} OR is_house()",
        ),
    ]
