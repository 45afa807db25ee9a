from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION savings_head(of_group uuid, OUT seq bigint, OUT head text, OUT currency text) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.seq, s.head, g.currency FROM savings_group g JOIN savings_groupstate s ON s.group_id = g.id
    WHERE g.uuid = of_group
$$;

CREATE FUNCTION savings_restoring(
    of_group uuid, of_keys uuid[], OUT group_id bigint, OUT constitution text, OUT state text, OUT keys text[]
) RETURNS SETOF record LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT g.id, g.constitution, s.state, (
        SELECT array_agg(k.uuid || ' ' || k.member || ' ' || k.public) FROM savings_memberkey k
        WHERE k.group_id = g.id AND k.uuid = ANY(of_keys)
          AND k.from_seq <= s.seq + 1 AND (k.until_seq IS NULL OR k.until_seq > s.seq + 1))
    FROM savings_group g JOIN savings_groupstate s ON s.group_id = g.id WHERE g.uuid = of_group
$$;

CREATE FUNCTION savings_kept(of_group bigint, after bigint, most int)
RETURNS TABLE (id bigint, document text, hash text, signatures text, outcome text, rule text, line bigint, facts text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT r.id, r.document, r.hash, r.signatures, said.outcome, said.rule, said.line, said.facts
    FROM savings_received r, savings_answer(r.id) said
    WHERE r.group_id = of_group AND r.genuine AND r.id > after ORDER BY r.id LIMIT most
$$;
"""
BACK = """
DROP FUNCTION savings_kept(bigint, bigint, int);
DROP FUNCTION savings_restoring(uuid, uuid[]);
DROP FUNCTION savings_head(uuid);
"""


class Migration(migrations.Migration):
    """What a phone is told of its group: the head of the chain, and, to three key-holders, everything that is kept."""

    dependencies = [("savings", "0004_once_a_statement")]
    operations = [migrations.RunSQL(FUNCTIONS, BACK)]
