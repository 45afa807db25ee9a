from django.db import migrations

AT_THE_DOOR = """
CREATE FUNCTION savings_door(
    of_group uuid, of_device uuid, of_pen bigint, of_seq bigint, of_hash text, of_prev text, of_mark text, of_keys uuid[],
    OUT group_id bigint, OUT constitution text, OUT earlier bigint, OUT pen_from bigint, OUT pen_until bigint,
    OUT seq bigint, OUT head text, OUT state text, OUT keys text[], OUT siblings bigint[], OUT prev_kept boolean,
    OUT forked boolean
) RETURNS SETOF record LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    SELECT g.id, g.constitution, s.seq, s.head, s.state INTO group_id, constitution, seq, head, state
    FROM savings_group g JOIN savings_groupstate s ON s.group_id = g.id WHERE g.uuid = of_group FOR UPDATE OF s;
    IF NOT FOUND THEN RETURN; END IF;
    SELECT min(r.id) INTO earlier FROM savings_received r WHERE r.group_id = savings_door.group_id AND r.genuine AND r.hash = of_hash
        AND NOT EXISTS (SELECT 1 FROM savings_answer(r.id) said WHERE said.rule = 'signer');
    IF earlier IS NULL THEN
        SELECT r.id INTO earlier FROM savings_received r WHERE r.group_id = savings_door.group_id AND r.mark = of_mark;
    END IF;
    IF earlier IS NULL THEN
        SELECT d.from_seq, (SELECT min(n.from_seq) FROM savings_device n WHERE n.group_id = d.group_id AND n.pen > d.pen)
        INTO pen_from, pen_until FROM savings_device d
        WHERE d.group_id = savings_door.group_id AND d.uuid = of_device AND d.pen = of_pen;
        SELECT array_agg(k.uuid || ' ' || k.member || ' ' || k.public) INTO keys FROM savings_memberkey k
        WHERE k.group_id = savings_door.group_id AND k.uuid = ANY(of_keys)
          AND k.from_seq <= of_seq AND (k.until_seq IS NULL OR k.until_seq > of_seq);
        IF seq = of_seq - 1 AND head = of_prev THEN
            prev_kept := true;
        ELSE
            SELECT EXISTS (SELECT 1 FROM savings_received r
                WHERE r.group_id = savings_door.group_id AND r.genuine AND r.hash = of_prev) INTO prev_kept;
        END IF;
        SELECT array_agg(r.id) INTO siblings FROM savings_received r
        WHERE r.group_id = savings_door.group_id AND r.genuine AND r.seq = of_seq
          AND savings_outcome(r.id) IN ('posted', 'waiting', 'forked');
        SELECT EXISTS (SELECT 1 FROM savings_fork f WHERE f.group_id = savings_door.group_id) INTO forked;
    END IF;
    IF pen_from IS NULL THEN state := ''; END IF;
    RETURN NEXT;
END $$;

CREATE FUNCTION savings_answer(of_received bigint) RETURNS TABLE (outcome text, rule text, line bigint, facts text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT said.outcome, said.rule, said.line, said.facts FROM (
        SELECT l.id AS place, l.outcome, l.rule, l.line, l.facts FROM savings_lateroutcome l WHERE l.received_id = of_received
        UNION ALL SELECT 0, r.outcome, r.rule, r.line, r.facts FROM savings_received r WHERE r.id = of_received
    ) said ORDER BY said.place DESC LIMIT 1
$$;

CREATE FUNCTION savings_waiting(of_group bigint, of_seq bigint)
RETURNS TABLE (id bigint, document text, hash text, prev text, signatures text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT r.id, r.document, r.hash, r.prev, r.signatures FROM savings_received r
    WHERE r.group_id = of_group AND r.seq = of_seq AND r.genuine AND savings_outcome(r.id) = 'waiting' ORDER BY r.id
$$;

CREATE FUNCTION savings_document(of_group bigint, of_seq bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT r.document FROM savings_meeting m JOIN savings_received r ON r.id = m.received_id
    WHERE m.group_id = of_group AND m.seq = of_seq
$$;
"""
OUTCOME = """
CREATE FUNCTION savings_outcome(of_received bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(
        (SELECT l.outcome FROM savings_lateroutcome l WHERE l.received_id = of_received ORDER BY l.id DESC LIMIT 1),
        (SELECT r.outcome FROM savings_received r WHERE r.id = of_received))
$$;
"""

KEEPING = """
CREATE FUNCTION savings_trace(of_group bigint, of_verb text, of_details text, of_by bigint, of_at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO kernel_trace (book, at, actor, organisation, verb, subject, details)
    SELECT 'organisation:' || g.unit_id, of_at, of_by, g.unit_id, of_verb, 'savings_group:' || g.uuid, of_details
    FROM savings_group g WHERE g.id = of_group
$$;

CREATE FUNCTION savings_keep(
    of_group bigint, of_document text, of_document_id text, of_seq bigint, of_hash text, of_prev text, of_mark text,
    of_signatures text, is_genuine boolean, of_outcome text, of_rule text, of_line bigint, of_facts text,
    of_by bigint, of_at timestamptz
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    made bigint;
BEGIN
    IF is_genuine AND of_hash IS DISTINCT FROM encode(sha256(convert_to(of_document, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'A document has the fingerprint of its own bytes' USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO savings_received (group_id, document_id, seq, hash, prev, mark, document, signatures, genuine, outcome, rule, line,
        facts, by_id, at)
    VALUES (of_group, of_document_id, of_seq, of_hash, of_prev, of_mark, of_document, of_signatures, is_genuine, of_outcome, of_rule,
        of_line, of_facts, of_by, of_at) RETURNING id INTO made;
    PERFORM savings_trace(of_group, 'receive', json_build_object(
        'meeting', of_seq, 'outcome', of_outcome, 'rule', of_rule, 'document', of_hash)::text, of_by, of_at);
    RETURN made;
END $$;

CREATE FUNCTION savings_post(
    of_received bigint, new_state text, of_cycle bigint, of_day date, lines int[], kinds text[],
    numbers int[], accounts text[], amounts numeric[], of_at timestamptz
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    r record;
BEGIN
    SELECT id, group_id, seq, hash, prev, outcome, by_id INTO r FROM savings_received WHERE id = of_received AND genuine;
    UPDATE savings_groupstate s SET seq = r.seq, head = r.hash, state = new_state
        WHERE s.group_id = r.group_id AND s.seq = r.seq - 1 AND s.head = r.prev;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'A meeting is posted as it was received, after the one before it' USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO savings_meeting (received_id, group_id, seq, cycle, held_on, at)
        VALUES (r.id, r.group_id, r.seq, of_cycle, of_day, of_at);
    INSERT INTO savings_transaction (meeting_id, number, line, kind)
        SELECT r.id, t.number, t.line, t.kind FROM unnest(lines, kinds) WITH ORDINALITY AS t(line, kind, number);
    INSERT INTO savings_posting (meeting_id, place, number, group_id, account, amount)
        SELECT r.id, p.place, p.number, r.group_id, p.account, p.amount
        FROM unnest(numbers, accounts, amounts) WITH ORDINALITY AS p(number, account, amount, place);
    INSERT INTO savings_balance AS kept (group_id, account, amount)
        SELECT r.group_id, p.account, sum(p.amount) FROM unnest(accounts, amounts) AS p(account, amount) GROUP BY p.account
        ORDER BY p.account
        ON CONFLICT (group_id, account) DO UPDATE SET amount = kept.amount + excluded.amount;
    IF r.outcome <> 'posted' THEN
        INSERT INTO savings_lateroutcome (received_id, outcome, rule, facts, at) VALUES (r.id, 'posted', '', '{}', of_at);
        PERFORM savings_trace(r.group_id, 'post', json_build_object('meeting', r.seq, 'document', r.hash)::text, NULL, of_at);
    END IF;
    RETURN r.id;
END $$;

CREATE FUNCTION savings_judge(of_received bigint, of_outcome text, of_rule text, of_line bigint, of_facts text, of_at timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF of_outcome NOT IN ('forked', 'broken') OR savings_outcome(of_received) NOT IN ('waiting', 'forked') THEN
        RAISE EXCEPTION 'Only what waits is judged later' USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO savings_lateroutcome (received_id, outcome, rule, line, facts, at)
        VALUES (of_received, of_outcome, of_rule, of_line, of_facts, of_at);
    PERFORM savings_trace(r.group_id, 'judge', json_build_object(
        'meeting', r.seq, 'outcome', of_outcome, 'rule', of_rule, 'document', r.hash)::text, NULL, of_at)
        FROM savings_received r WHERE r.id = of_received;
END $$;

CREATE FUNCTION savings_note_fork(of_one bigint, of_other bigint, of_at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO savings_fork (group_id, seq, one_id, other_id, at)
    SELECT a.group_id, a.seq, a.id, b.id, of_at FROM savings_received a JOIN savings_received b
        ON b.group_id = a.group_id AND b.seq = a.seq AND b.id <> a.id
    WHERE a.id = of_one AND b.id = of_other AND a.genuine AND b.genuine
$$;
"""
BACK = """
DROP FUNCTION savings_note_fork(bigint, bigint, timestamptz);
DROP FUNCTION savings_judge(bigint, text, text, bigint, text, timestamptz);
DROP FUNCTION savings_post(bigint, text, bigint, date, int[], text[], int[], text[], numeric[], timestamptz);
DROP FUNCTION savings_keep(bigint, text, text, bigint, text, text, text, text, boolean, text, text, bigint, text, bigint, timestamptz);
DROP FUNCTION savings_trace(bigint, text, text, bigint, timestamptz);
DROP FUNCTION savings_document(bigint, bigint);
DROP FUNCTION savings_waiting(bigint, bigint);
DROP FUNCTION savings_answer(bigint);
DROP FUNCTION savings_door(uuid, uuid, bigint, bigint, text, text, text, uuid[]);
DROP FUNCTION savings_outcome(bigint);
"""


class Migration(migrations.Migration):
    """The one way into a group's ledger: functions of the owner, that post what was received and follows."""

    dependencies = [("savings", "0002_walls")]
    operations = [migrations.RunSQL(OUTCOME + AT_THE_DOOR + KEEPING, BACK)]
