from importlib import import_module

from django.db import migrations

WALLS = import_module("omsorg.safeguarding.migrations.0002_walls")
COUNTED = """
CREATE OR REPLACE FUNCTION safeguarding_heads(as_at date) RETURNS TABLE (what text, reason_class text, counted bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH known AS (
        SELECT i.id FROM safeguarding_incident i
        WHERE (i.received_at AT TIME ZONE 'UTC')::date <= as_at AND NOT i.is_example
    ), acts AS (
        SELECT s.incident_id, s.kind, s.number, s.at FROM safeguarding_step s JOIN known k ON k.id = s.incident_id
        WHERE s.kind IN ('closed', 'reopened') AND (s.at AT TIME ZONE 'UTC')::date <= as_at
    ), closings AS (
        SELECT a.incident_id FROM (
            SELECT DISTINCT ON (incident_id) incident_id, kind FROM acts ORDER BY incident_id, number DESC) a
        WHERE a.kind = 'closed'
    ), decisions AS (
        SELECT DISTINCT ON (p.incident_id) p.incident_id, p.decision, p.reason_class
        FROM safeguarding_publicationdecision p JOIN closings c ON c.incident_id = p.incident_id
        WHERE (p.at AT TIME ZONE 'UTC')::date <= as_at
          AND NOT EXISTS (SELECT 1 FROM acts a
              WHERE a.incident_id = p.incident_id AND a.kind = 'reopened' AND a.at >= p.at)
        ORDER BY p.incident_id, p.number DESC
    )
    SELECT 'received', '', count(*) FROM known
    UNION ALL SELECT 'closed', '', count(*) FROM closings
    UNION ALL SELECT 'open', '', (SELECT count(*) FROM known) - (SELECT count(*) FROM closings)
    UNION ALL SELECT 'closings', '', count(*) FROM acts WHERE kind = 'closed'
    UNION ALL SELECT 'reopenings', '', count(*) FROM acts WHERE kind = 'reopened'
    UNION ALL SELECT decision::text, reason_class::text, count(*) FROM decisions GROUP BY 2, 1
$$;
"""
BEFORE = WALLS.TOLD[WALLS.TOLD.index("CREATE FUNCTION safeguarding_heads") :].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1
)


class Migration(migrations.Migration):
    """Closings and reopenings are counted as acts; what was decided before a reopening does not count after it."""

    dependencies = [("safeguarding", "0013_lifted_by_two")]
    operations = [migrations.RunSQL(COUNTED, BEFORE)]
