import django.db.models.deletion
from django.db import migrations, models

from omsorg.kernel.wall import append_only, protect

SETTLING = """
CREATE FUNCTION savings_forked(of_group bigint, of_seq bigint) RETURNS TABLE (id bigint, hash text, outcome text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT r.id, r.hash, savings_outcome(r.id) FROM savings_received r
    WHERE r.group_id = of_group AND r.genuine AND r.seq = of_seq
      AND savings_outcome(r.id) IN ('posted', 'waiting', 'forked')
      AND EXISTS (SELECT 1 FROM savings_fork f WHERE f.group_id = r.group_id AND f.seq = r.seq)
    ORDER BY r.id
$$;

CREATE FUNCTION savings_fork_open(of_group bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM savings_fork f WHERE f.group_id = of_group
        AND savings_outcome(f.one_id) IN ('posted', 'waiting', 'forked')
        AND savings_outcome(f.other_id) IN ('posted', 'waiting', 'forked'))
$$;

CREATE FUNCTION savings_behind_lost(of_group bigint, of_prev text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM savings_received r
        WHERE r.group_id = of_group AND r.genuine AND r.hash = of_prev AND savings_outcome(r.id) = 'lost')
$$;

CREATE FUNCTION savings_settling(
    of_group uuid, of_keys uuid[], of_hash text,
    OUT group_id bigint, OUT constitution text, OUT seq bigint, OUT state text, OUT keys text[], OUT earlier bigint
) RETURNS SETOF record LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    SELECT g.id, g.constitution, s.seq, s.state INTO group_id, constitution, seq, state
    FROM savings_group g JOIN savings_groupstate s ON s.group_id = g.id WHERE g.uuid = of_group FOR UPDATE OF s;
    IF NOT FOUND THEN RETURN; END IF;
    SELECT array_agg(k.uuid || ' ' || k.member || ' ' || k.public) INTO keys FROM savings_memberkey k
    WHERE k.group_id = savings_settling.group_id AND k.uuid = ANY(of_keys)
      AND k.from_seq <= savings_settling.seq + 1 AND (k.until_seq IS NULL OR k.until_seq > savings_settling.seq + 1);
    SELECT t.id INTO earlier FROM savings_settlement t
    WHERE t.group_id = savings_settling.group_id AND t.hash = of_hash;
    RETURN NEXT;
END $$;

CREATE FUNCTION savings_settled(of_settlement bigint) RETURNS TABLE (part text, document text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH RECURSIVE t AS (SELECT * FROM savings_settlement WHERE id = of_settlement),
    gone AS (
        SELECT r.id, r.hash, r.document FROM savings_received r, t
        WHERE r.group_id = t.group_id AND r.seq = t.seq AND r.genuine AND r.id <> t.kept_id
          AND r.id IS DISTINCT FROM t.posted_id AND (t.document::json -> 'lost')::jsonb ? r.hash
          AND savings_outcome(r.id) = 'lost'
        UNION
        SELECT r.id, r.hash, r.document FROM savings_received r, t WHERE r.id = t.kept_id AND t.posted_id <> t.kept_id
        UNION
        SELECT r.id, r.hash, r.document FROM savings_received r JOIN gone ON r.prev = gone.hash, t
        WHERE r.group_id = t.group_id AND r.genuine AND savings_outcome(r.id) = 'lost'
    )
    SELECT 'kept', r.document FROM savings_received r, t WHERE r.id = t.kept_id
    UNION ALL SELECT 'posted', r.document FROM savings_received r, t WHERE r.id = t.posted_id
    UNION ALL (SELECT 'lost', gone.document FROM gone, t WHERE gone.id <> t.kept_id ORDER BY gone.id)
$$;

CREATE FUNCTION savings_settle(
    of_group bigint, of_seq bigint, of_kept text, of_lost text[], of_document text, of_hash text, of_signatures text,
    rule_lost text, rule_behind text, of_facts text, of_by bigint, of_at timestamptz
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    chosen bigint;
    stays bigint;
    made bigint;
BEGIN
    IF of_hash IS DISTINCT FROM encode(sha256(convert_to(of_document, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'A document has the fingerprint of its own bytes' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT savings_fork_open(of_group) OR (SELECT array_agg(f.hash ORDER BY f.hash COLLATE "C") FROM savings_forked(of_group, of_seq) f)
        IS DISTINCT FROM (SELECT array_agg(h ORDER BY h COLLATE "C") FROM unnest(of_lost || of_kept) h)
    THEN
        RAISE EXCEPTION 'A decision names the meetings that bear one number' USING ERRCODE = 'check_violation';
    END IF;
    SELECT f.id INTO chosen FROM savings_forked(of_group, of_seq) f WHERE f.hash = of_kept;
    SELECT f.id INTO stays FROM savings_forked(of_group, of_seq) f WHERE f.outcome = 'posted';
    INSERT INTO savings_settlement (group_id, seq, kept_id, posted_id, document, hash, signatures, by_id, at)
        VALUES (of_group, of_seq, chosen, stays, of_document, of_hash, of_signatures, of_by, of_at) RETURNING id INTO made;
    INSERT INTO savings_lateroutcome (received_id, outcome, rule, facts, at)
        SELECT f.id, 'lost', rule_lost, of_facts, of_at FROM savings_forked(of_group, of_seq) f
        WHERE f.id <> coalesce(stays, chosen);
    INSERT INTO savings_lateroutcome (received_id, outcome, rule, facts, at)
        WITH RECURSIVE behind AS (
            SELECT r.hash FROM savings_received r WHERE r.group_id = of_group AND r.genuine AND r.seq = of_seq
                AND savings_outcome(r.id) = 'lost'
            UNION SELECT r.hash FROM savings_received r JOIN behind ON r.prev = behind.hash
            WHERE r.group_id = of_group AND r.genuine
        )
        SELECT r.id, 'lost', rule_behind, of_facts, of_at FROM savings_received r JOIN behind ON r.prev = behind.hash
        WHERE r.group_id = of_group AND r.genuine AND savings_outcome(r.id) IN ('waiting', 'forked');
    INSERT INTO savings_lateroutcome (received_id, outcome, rule, facts, at)
        SELECT r.id, 'waiting', CASE WHEN r.seq > s.seq + 1 THEN 'gap' ELSE 'branch' END,
            json_build_object('seq', r.seq, 'expected_number', s.seq + 1)::text, of_at
        FROM savings_received r JOIN savings_groupstate s ON s.group_id = r.group_id
        WHERE r.group_id = of_group AND r.genuine AND savings_outcome(r.id) = 'forked'
          AND NOT EXISTS (SELECT 1 FROM savings_received o WHERE o.group_id = of_group AND o.genuine AND o.seq = r.seq
              AND o.id <> r.id AND savings_outcome(o.id) IN ('posted', 'waiting', 'forked'));
    PERFORM savings_trace(of_group, 'settle', json_build_object(
        'meeting', of_seq, 'kept', of_kept, 'decision', of_hash)::text, of_by, of_at);
    RETURN made;
END $$;
"""
SETTLING_BACK = """
DROP FUNCTION savings_settle(bigint, bigint, text, text[], text, text, text, text, text, text, bigint, timestamptz);
DROP FUNCTION savings_settled(bigint);
DROP FUNCTION savings_settling(uuid, uuid[], text);
DROP FUNCTION savings_behind_lost(bigint, text);
DROP FUNCTION savings_fork_open(bigint);
DROP FUNCTION savings_forked(bigint, bigint);
"""


class Migration(migrations.Migration):
    """What people decide of two meetings with one number: one row a decision, and nothing posted is touched."""

    dependencies = [
        ("federation", "0013_roles_given_by"),
        ("savings", "0005_from_the_phone"),
    ]

    operations = [
        migrations.AlterField(
            model_name="lateroutcome",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("posted", "Posted"),
                    ("waiting", "Waiting"),
                    ("forked", "Forked"),
                    ("broken", "Broken"),
                    ("refused", "Refused"),
                    ("lost", "Lost"),
                ],
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="received",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("posted", "Posted"),
                    ("waiting", "Waiting"),
                    ("forked", "Forked"),
                    ("broken", "Broken"),
                    ("refused", "Refused"),
                    ("lost", "Lost"),
                ],
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="Settlement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.BigIntegerField()),
                ("document", models.TextField()),
                ("hash", models.CharField(max_length=64)),
                ("signatures", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="federation.person"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="settlements", to="savings.group"
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="savings.received"
                    ),
                ),
                (
                    "posted",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="savings.received"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("group", "hash"), name="savings_settlement_once")],
            },
        ),
        append_only("savings_settlement"),
        protect(
            "savings_settlement",
            see="is_house() OR group_id = ANY(ARRAY(SELECT savings_groups_seen()))",
            write="false",
        ),
        migrations.RunSQL(SETTLING, SETTLING_BACK),
    ]
