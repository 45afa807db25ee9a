from django.db import migrations

TOLD = """
DROP FUNCTION openness_told(bigint);
CREATE FUNCTION openness_told(of_publication bigint)
RETURNS TABLE (listed int, waiting int, told int, returned int, first_on date, last_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH notice AS (
        SELECT n.reference, n.name, (SELECT p.proof FROM openness_proof p WHERE p.notice_id = n.id ORDER BY p.id DESC LIMIT 1) AS proof,
               (SELECT min(p."on") FROM openness_proof p WHERE p.notice_id = n.id AND p.proof <> 'returned') AS began,
               (SELECT max(p."on") FROM openness_proof p WHERE p.notice_id = n.id AND p.proof <> 'returned') AS ended
        FROM openness_round r JOIN openness_notice n ON n.round_id = r.id
        WHERE r.publication_id = of_publication AND EXISTS (
            SELECT 1 FROM openness_edition e WHERE e.publication_id = of_publication AND e.revision_id = r.revision_id)
    ), person AS (
        SELECT bool_or(proof IS NOT NULL AND proof <> 'returned') AS is_told, bool_or(proof IS NULL) AS waits,
               min(began) FILTER (WHERE proof <> 'returned') AS began, max(ended) FILTER (WHERE proof <> 'returned') AS ended
        FROM notice GROUP BY reference, name
    )
    SELECT count(*)::int, count(*) FILTER (WHERE waits AND NOT is_told)::int, count(*) FILTER (WHERE is_told)::int,
           count(*) FILTER (WHERE NOT waits AND NOT is_told)::int, min(began), max(ended)
    FROM person
$$;
"""

TOLD_BACK = """
DROP FUNCTION openness_told(bigint);
CREATE FUNCTION openness_told(of_publication bigint) RETURNS TABLE (told int, first_on date, last_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(DISTINCT n.reference)::int, min(p."on"), max(p."on")
    FROM openness_round r JOIN openness_notice n ON n.round_id = r.id JOIN openness_proof p ON p.notice_id = n.id
    WHERE r.publication_id = of_publication AND p.proof <> 'returned'
      AND NOT EXISTS (SELECT 1 FROM openness_proof later
          WHERE later.notice_id = n.id AND later.id > p.id AND later.proof = 'returned')
$$;
"""


class Migration(migrations.Migration):
    """How far the telling of what is public has come: listed, waiting, told, came back; drafts tell nobody."""

    dependencies = [("openness", "0008_two_hands")]
    operations = [migrations.RunSQL(TOLD, TOLD_BACK)]
