from django.db import migrations

from omsorg.kernel.wall import append_only, protect

WHO = """
CREATE FUNCTION savings_units(roles text[]) RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER ROWS 50
SET search_path = public, pg_temp AS $$
    SELECT DISTINCT l.descendant_id
    FROM federation_mandate m JOIN federation_lineage l ON l.ancestor_id = m.organisation_id
    WHERE m.person_id = my_person() AND m.role = ANY(roles)
      AND m.valid_from <= app_day() AND (m.valid_until IS NULL OR m.valid_until > app_day())
      AND l.valid_from <= app_day() AND (l.valid_until IS NULL OR l.valid_until > app_day())
$$;

CREATE FUNCTION savings_groups_seen() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER ROWS 200
SET search_path = public, pg_temp AS $$
    SELECT g.id FROM savings_group g WHERE g.unit_id IN (SELECT savings_units(ARRAY['savings_field_officer']))
        OR (g.figures_opened AND g.unit_id IN (SELECT savings_units(ARRAY['savings_reader'])))
$$;

CREATE FUNCTION savings_begins(of_group bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM savings_group g WHERE g.id = of_group
            AND g.unit_id IN (SELECT savings_units(ARRAY['savings_field_officer'])))
        AND NOT EXISTS (SELECT 1 FROM savings_received r WHERE r.group_id = of_group)
$$;
"""
WHO_BACK = """
DROP FUNCTION savings_begins(bigint);
DROP FUNCTION savings_groups_seen();
DROP FUNCTION savings_units(text[]);
"""

LEDGER = """
CREATE FUNCTION savings_founded_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.uuid, NEW.currency, NEW.constitution, NEW.at) IS DISTINCT FROM (OLD.uuid, OLD.currency, OLD.constitution, OLD.at) THEN
        RAISE EXCEPTION 'What a savings group began with is never changed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER savings_group_founded BEFORE UPDATE ON savings_group
    FOR EACH ROW EXECUTE FUNCTION savings_founded_for_good();

CREATE FUNCTION savings_meeting_as_received() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM savings_received r WHERE r.id = NEW.received_id AND r.genuine
            AND r.group_id = NEW.group_id AND r.seq = NEW.seq)
        OR (NEW.seq > 1 AND NOT EXISTS (SELECT 1 FROM savings_meeting before JOIN savings_received was ON was.id = before.received_id
            JOIN savings_received r ON r.id = NEW.received_id
            WHERE before.group_id = NEW.group_id AND before.seq = NEW.seq - 1 AND was.hash = r.prev))
    THEN
        RAISE EXCEPTION 'A meeting is posted as it was received, after the one before it' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER savings_meeting_follows BEFORE INSERT ON savings_meeting
    FOR EACH ROW EXECUTE FUNCTION savings_meeting_as_received();

CREATE FUNCTION savings_sums_to_nothing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM (SELECT meeting_id, number, group_id, sum(amount) AS total FROM added GROUP BY 1, 2, 3) part
        LEFT JOIN savings_transaction t ON t.meeting_id = part.meeting_id AND t.number = part.number
        LEFT JOIN savings_meeting m ON m.received_id = part.meeting_id
        WHERE part.total <> 0 OR t.meeting_id IS NULL OR m.group_id IS DISTINCT FROM part.group_id
    ) THEN
        RAISE EXCEPTION 'A transaction sums to nothing, in a meeting of its own group' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER savings_posting_sums AFTER INSERT ON savings_posting REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION savings_sums_to_nothing();

ALTER TABLE savings_balance SET (fillfactor = 60);
ALTER TABLE savings_groupstate SET (fillfactor = 40);
"""
LEDGER_BACK = """
DROP TRIGGER savings_posting_sums ON savings_posting;
DROP FUNCTION savings_sums_to_nothing();
DROP TRIGGER savings_meeting_follows ON savings_meeting;
DROP FUNCTION savings_meeting_as_received();
DROP TRIGGER savings_group_founded ON savings_group;
DROP FUNCTION savings_founded_for_good();
"""

ONLY_GROWS = ["device", "received", "lateroutcome", "fork", "meeting", "transaction", "posting"]
OFFICER = "ANY(ARRAY(SELECT savings_units(ARRAY['savings_field_officer'])))"
READER = "ANY(ARRAY(SELECT savings_units(ARRAY['savings_reader'])))"
SEEN = "is_house() OR group_id = ANY(ARRAY(SELECT savings_groups_seen()))"
BEGINS = "by_id = my_person() AND savings_begins(group_id)"


class Migration(migrations.Migration):
    """Who sees a group, that nobody writes its money by hand, and that each transaction sums to nothing."""

    dependencies = [("savings", "0001_tables"), ("federation", "0006_true_lineage"), ("kernel", "0003_guards")]
    operations = [
        migrations.RunSQL(WHO, WHO_BACK),
        migrations.RunSQL(LEDGER, LEDGER_BACK),
        *[append_only(f"savings_{table}") for table in ONLY_GROWS],
        protect(
            "savings_group",
            see=f"is_house() OR unit_id = {OFFICER} OR (figures_opened AND unit_id = {READER})",
            write=f"is_house() OR unit_id = {OFFICER}",
            add=f"is_house() OR (by_id = my_person() AND unit_id = {OFFICER})",
            remove="false",
        ),
        *[
            protect(f"savings_{table}", see=SEEN, write="false", add=f"is_house() OR ({BEGINS})")
            for table in ("device", "memberkey")
        ],
        protect(
            "savings_groupstate",
            see=SEEN,
            write="is_house()",
            add="is_house() OR (seq = 0 AND savings_begins(group_id))",
            remove="false",
        ),
        protect("savings_balance", see=SEEN, write="is_house()"),
        *[protect(f"savings_{table}", see=SEEN, write="false") for table in ("received", "fork", "meeting", "posting")],
        protect(
            "savings_lateroutcome",
            see="is_house() OR EXISTS (SELECT 1 FROM savings_received r WHERE r.id = received_id)",
            write="false",
        ),
        protect(
            "savings_transaction",
            see="is_house() OR EXISTS (SELECT 1 FROM savings_meeting m WHERE m.received_id = meeting_id)",
            write="false",
        ),
    ]
