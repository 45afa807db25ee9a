import secrets

from django.db import migrations

from omsorg.kernel.wall import protect

WHO_ASKS = """
CREATE FUNCTION ombuds_code() RETURNS text LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('app.return_code', true), '') $$;

CREATE FUNCTION ombuds_case_of_code() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS
$$ SELECT id FROM ombuds_case WHERE lookup = ombuds_code() $$;

CREATE FUNCTION ombuds_my_cases() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER ROWS 50
SET search_path = public, pg_temp AS
$$ SELECT case_id FROM ombuds_casekey WHERE person = my_person() AND NOT waiting $$;

CREATE FUNCTION ombuds_i_hear() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM ombuds_ring WHERE person = my_person() AND vouched_on IS NOT NULL AND retired_on IS NULL)
$$;

CREATE FUNCTION ombuds_i_am_of_the_board() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT ombuds_i_hear() AND EXISTS (
        SELECT 1 FROM ombuds_seat WHERE person = my_person() AND level = 'board'
          AND (valid_until IS NULL OR valid_until > app_day()))
$$;

CREATE FUNCTION ombuds_keep_unchanged() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM ombuds_case WHERE id = OLD.case_id AND status = 'erased') THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'What is kept in % is never changed or removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION ombuds_guard_ring() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM pg_advisory_xact_lock(hashtextextended('ombuds_ring', 0));
        IF NEW.vouched_on IS NOT NULL AND EXISTS (
            SELECT 1 FROM ombuds_ring WHERE id <> NEW.id AND vouched_on IS NOT NULL) THEN
            RAISE EXCEPTION 'Only the first ring founds the office' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.id, NEW.person, NEW.public_key, NEW.made_on) IS DISTINCT FROM (OLD.id, OLD.person, OLD.public_key, OLD.made_on) THEN
        RAISE EXCEPTION 'A ring keeps its person and its key' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.retired_on IS NOT NULL AND NEW.retired_on IS DISTINCT FROM OLD.retired_on THEN
        RAISE EXCEPTION 'A retired ring stays retired' USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.vouched_by, NEW.vouched_on) IS DISTINCT FROM (OLD.vouched_by, OLD.vouched_on) THEN
        IF OLD.vouched_on IS NOT NULL OR NEW.vouched_by IS DISTINCT FROM my_person() OR NEW.vouched_by = NEW.person
           OR NOT ombuds_i_hear() THEN
            RAISE EXCEPTION 'Another ombudsperson vouches for a ring, once' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ombuds_ring_guarded BEFORE INSERT OR UPDATE ON ombuds_ring
    FOR EACH ROW EXECUTE FUNCTION ombuds_guard_ring();

CREATE POLICY kernel_trace_add_by_code ON kernel_trace FOR INSERT
    WITH CHECK (actor IS NULL AND book = 'ombuds:' || ombuds_case_of_code());
CREATE POLICY kernel_trace_see_of_case ON kernel_trace FOR SELECT
    USING (book = ANY(ARRAY(SELECT 'ombuds:' || mine FROM ombuds_my_cases() AS mine)));
"""

BACK = """
DROP POLICY kernel_trace_see_of_case ON kernel_trace;
DROP POLICY kernel_trace_add_by_code ON kernel_trace;
DROP TRIGGER ombuds_ring_guarded ON ombuds_ring;
DROP FUNCTION ombuds_guard_ring();
DROP FUNCTION ombuds_keep_unchanged();
DROP FUNCTION ombuds_i_am_of_the_board();
DROP FUNCTION ombuds_i_hear();
DROP FUNCTION ombuds_my_cases();
DROP FUNCTION ombuds_case_of_code();
DROP FUNCTION ombuds_code();
"""

NEVER_CHANGED = ["ombuds_words", "ombuds_note", "ombuds_wish", "ombuds_sealedfile", "ombuds_sealedpiece", "ombuds_risk"]
STAYS = ";".join(
    f"CREATE TRIGGER {table}_unchanged BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION ombuds_keep_unchanged()"
    for table in NEVER_CHANGED
)
GOES = ";".join(f"DROP TRIGGER {table}_unchanged ON {table}" for table in NEVER_CHANGED)

MINE = "case_id = ANY(ARRAY(SELECT ombuds_my_cases()))"
BY_CODE = "case_id = (SELECT ombuds_case_of_code())"
I_HEAR = "(SELECT ombuds_i_hear())"
ME = "person = my_person()"
HOUSE = "is_house()"


def found_the_office(apps, schema_editor):
    """The salt of this office, drawn once: where these walls are taken back and put up again it stays, or no code of a
    child would open any more."""
    office = apps.get_model("ombuds", "Office").objects.using(schema_editor.connection.alias)
    office.get_or_create(id=1, defaults={"salt": secrets.token_bytes(32)})


class Migration(migrations.Migration):
    """Who sees what. These walls ask the tables of the ombuds system alone: no role of the house opens them."""

    dependencies = [("ombuds", "0001_tables"), ("kernel", "0003_guards")]
    operations = [
        migrations.RunPython(found_the_office, migrations.RunPython.noop),
        migrations.RunSQL(WHO_ASKS, BACK),
        migrations.RunSQL(STAYS, GOES),
        protect("ombuds_ring", see="true", write=f"{ME} OR {I_HEAR} OR {HOUSE}"),
        protect("ombuds_ringsecret", see=ME),
        protect(
            "ombuds_recoveryshare",
            see='my_person() IN ("outer", "inner") OR ring_id IN (SELECT id FROM ombuds_ring WHERE person = my_person())',
        ),
        protect("ombuds_recovery", see=f"{ME} OR (SELECT ombuds_i_am_of_the_board())"),
        protect("ombuds_opening", see=f"{ME} OR {HOUSE}"),
        protect("ombuds_seat", see="true", write=HOUSE),
        protect(
            "ombuds_case",
            see=f"id = ANY(ARRAY(SELECT ombuds_my_cases())) OR lookup = ombuds_code() OR {HOUSE}",
        ),
        protect(
            "ombuds_casekey",
            see=f"({ME} AND NOT waiting) OR {MINE} OR {BY_CODE} OR {HOUSE}",
            write=f"{MINE} OR {BY_CODE} OR {HOUSE}",
        ),
        protect("ombuds_words", see=f"{MINE} OR {BY_CODE}"),
        protect("ombuds_note", see=MINE),
        protect("ombuds_wish", see=f"{MINE} OR {BY_CODE}"),
        protect("ombuds_shutout", see=f"{MINE} OR {BY_CODE}"),
        protect("ombuds_sealedfile", see=f"{MINE} OR {BY_CODE}"),
        protect("ombuds_sealedpiece", see=f"{MINE} OR {BY_CODE}"),
        protect("ombuds_assent", see=f"{MINE} OR {BY_CODE}"),
        protect("ombuds_risk", see=MINE),
        protect("ombuds_checkin", see=f"{MINE} OR {HOUSE}", write=MINE),
        protect("ombuds_disclosure", see=MINE),
        protect("ombuds_handover", see=MINE),
        protect("ombuds_erasure", see=f"{MINE} OR {HOUSE}", write=MINE),
        protect("ombuds_advice", see=f"published_on IS NOT NULL OR {I_HEAR} OR {HOUSE}", write=I_HEAR),
        protect("ombuds_visit", see=I_HEAR, write=I_HEAR),
    ]
