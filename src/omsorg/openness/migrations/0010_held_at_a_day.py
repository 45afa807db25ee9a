from django.db import migrations

HELD = """
CREATE FUNCTION openness_held_at(as_at date) RETURNS TABLE (reason_class text, counted bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    also text := '';
BEGIN
    IF to_regclass('safeguarding_publicationdecision') IS NOT NULL THEN
        also := ' AND coalesce((SELECT d.decision FROM safeguarding_publicationdecision d
            WHERE d.incident_id = p.incident AND (d.at AT TIME ZONE ''UTC'')::date <= $1
            ORDER BY d.number DESC LIMIT 1), ''publish'') = ''publish''';
    END IF;
    RETURN QUERY EXECUTE 'SELECT s.reason_class::text, count(*) FROM openness_publication p
        JOIN LATERAL (SELECT x.step, x.reason_class FROM openness_step x
            WHERE x.publication_id = p.id AND (x.at AT TIME ZONE ''UTC'')::date <= $1
            ORDER BY x.number DESC LIMIT 1) s ON s.step = ''held''
        WHERE NOT p.is_example AND NOT EXISTS (SELECT 1 FROM openness_edition e
            WHERE e.publication_id = p.id AND (e.at AT TIME ZONE ''UTC'')::date <= $1)' || also || ' GROUP BY 1'
        USING as_at;
END $$;

CREATE FUNCTION openness_of_incidents(codes text[]) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT count(*) FROM openness_publication p WHERE p.code = ANY(codes) AND p.incident IS NOT NULL
$$;
"""
HELD_BACK = """
DROP FUNCTION openness_of_incidents(text[]);
DROP FUNCTION openness_held_at(date);
"""


class Migration(migrations.Migration):
    """What is held back is counted by the house, as at the end of a day: the same whoever publishes."""

    dependencies = [("openness", "0009_told_truly")]
    operations = [migrations.RunSQL(HELD, HELD_BACK)]
