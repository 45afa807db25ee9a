from django.db import migrations

TRUE_LINEAGE = """
CREATE FUNCTION federation_true_lineage() RETURNS TABLE (
    ancestor_id bigint, descendant_id bigint, depth integer, valid_from date, valid_until date
) LANGUAGE sql STABLE AS $$
    WITH RECURSIVE line AS (
        SELECT id AS ancestor_id, id AS descendant_id, 0 AS depth, daterange(exists_from, exists_until) AS days
        FROM federation_organisation
        UNION ALL
        SELECT p.parent_id, l.descendant_id, l.depth + 1, l.days * daterange(p.valid_from, p.valid_until)
        FROM line l JOIN federation_position p ON p.organisation_id = l.ancestor_id
        WHERE l.days && daterange(p.valid_from, p.valid_until) AND l.depth < 20
    )
    SELECT ancestor_id, descendant_id, depth, lower(days), upper(days) FROM line WHERE NOT isempty(days)
$$;

CREATE OR REPLACE FUNCTION federation_draw_lineage() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('federation_lineage', 0));
    DELETE FROM federation_lineage;
    INSERT INTO federation_lineage (ancestor_id, descendant_id, depth, valid_from, valid_until)
    SELECT * FROM federation_true_lineage();
    IF EXISTS (SELECT 1 FROM federation_lineage WHERE depth > 0 AND ancestor_id = descendant_id) THEN
        RAISE EXCEPTION 'An organisation cannot stand under itself' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    """The lineage can be computed beside the one that is kept, so that the two can be held against each other."""

    dependencies = [("federation", "0005_who_keeps_people")]
    operations = [migrations.RunSQL(TRUE_LINEAGE, migrations.RunSQL.noop)]
