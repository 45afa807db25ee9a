import django.db.models.deletion
from django.db import migrations, models

DROP = """
DROP FUNCTION savings_door(uuid, uuid, bigint, bigint, text, text, text, uuid[]);
"""

DOOR = """
CREATE FUNCTION savings_door(
    of_group uuid, of_device uuid, of_pen bigint, of_seq bigint, of_hash text, of_prev text, of_mark text, of_keys uuid[],
    OUT group_id bigint, OUT constitution text, OUT earlier bigint, OUT pen_from bigint, OUT pen_until bigint,
    OUT seq bigint, OUT head text, OUT state text, OUT keys text[], OUT siblings bigint[], OUT prev_kept boolean,
    OUT forked boolean, OUT next_waits boolean
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
        SELECT EXISTS (SELECT 1 FROM savings_received r
            WHERE r.group_id = savings_door.group_id AND r.genuine AND r.seq = of_seq + 1) INTO next_waits;
    END IF;
    IF pen_from IS NULL THEN state := ''; END IF;
    RETURN NEXT;
END $$;
"""

DOOR_BEFORE = """
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
"""


STATEMENTS = """
CREATE FUNCTION savings_in_a_meeting() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM (SELECT DISTINCT meeting_id FROM added) part
            LEFT JOIN savings_meeting m ON m.received_id = part.meeting_id WHERE m.received_id IS NULL) THEN
        RAISE EXCEPTION 'A transaction stands in a meeting' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER savings_transaction_in_a_meeting AFTER INSERT ON savings_transaction REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION savings_in_a_meeting();
"""
STATEMENTS_BACK = """
DROP TRIGGER savings_transaction_in_a_meeting ON savings_transaction;
DROP FUNCTION savings_in_a_meeting();
"""


class Migration(migrations.Migration):
    """What is asked once a statement is not asked of each row; the door says whether the next number waits."""

    dependencies = [("savings", "0003_receiving")]
    operations = [
        migrations.RunSQL(DROP + DOOR, DROP + DOOR_BEFORE),
        migrations.AlterField(
            model_name="transaction",
            name="meeting",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="transactions",
                to="savings.meeting",
            ),
        ),
        migrations.RunSQL(STATEMENTS, STATEMENTS_BACK),
    ]
