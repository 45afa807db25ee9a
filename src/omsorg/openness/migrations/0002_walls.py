from django.db import migrations

from omsorg.kernel.wall import append_only, protect

WHO = """
CREATE FUNCTION openness_units(roles text[]) RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER ROWS 50
SET search_path = public, pg_temp AS $$
    SELECT DISTINCT l.descendant_id
    FROM federation_mandate m JOIN federation_lineage l ON l.ancestor_id = m.organisation_id
    WHERE m.person_id = my_person() AND m.role = ANY(roles)
      AND m.valid_from <= app_day() AND (m.valid_until IS NULL OR m.valid_until > app_day())
      AND l.valid_from <= app_day() AND (l.valid_until IS NULL OR l.valid_until > app_day())
$$;

CREATE FUNCTION openness_releases_all() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM federation_mandate m
        WHERE m.person_id = my_person() AND m.role = 'openness_releaser'
          AND m.valid_from <= app_day() AND (m.valid_until IS NULL OR m.valid_until > app_day())
          AND NOT EXISTS (SELECT 1 FROM federation_lineage l WHERE l.descendant_id = m.organisation_id AND l.depth > 0
              AND l.valid_from <= app_day() AND (l.valid_until IS NULL OR l.valid_until > app_day())))
$$;

CREATE FUNCTION openness_incident_open(incident bigint) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    shut boolean;
BEGIN
    IF incident IS NULL THEN RETURN true; END IF;
    IF to_regprocedure('safeguarding_is_shut_out(bigint, bigint)') IS NULL THEN RETURN false; END IF;
    EXECUTE 'SELECT safeguarding_is_shut_out($1, my_person())' INTO shut USING incident;
    RETURN NOT coalesce(shut, true);
END $$;

CREATE FUNCTION openness_taken_back(of_publication bigint, of_number integer) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM openness_edition e
        WHERE e.publication_id = of_publication AND e.number > of_number AND e.hides_earlier)
$$;

CREATE FUNCTION openness_how_told(of_round bigint)
RETURNS TABLE (listed int, waiting int, waiting_mail int, told int, returned int, first_on date, last_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH newest AS (
        SELECT n.id, n.channel, (SELECT p.proof FROM openness_proof p WHERE p.notice_id = n.id ORDER BY p.id DESC LIMIT 1) AS proof,
               (SELECT min(p."on") FROM openness_proof p WHERE p.notice_id = n.id) AS began
        FROM openness_notice n WHERE n.round_id = of_round
    )
    SELECT count(*)::int, count(*) FILTER (WHERE proof IS NULL)::int,
           count(*) FILTER (WHERE proof IS NULL AND channel = 'email')::int,
           count(*) FILTER (WHERE proof <> 'returned')::int, count(*) FILTER (WHERE proof = 'returned')::int,
           min(began), max(began)
    FROM newest
$$;

CREATE FUNCTION openness_told(of_publication bigint) RETURNS TABLE (told int, first_on date, last_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(DISTINCT n.reference)::int, min(p."on"), max(p."on")
    FROM openness_round r JOIN openness_notice n ON n.round_id = r.id JOIN openness_proof p ON p.notice_id = n.id
    WHERE r.publication_id = of_publication AND p.proof <> 'returned'
      AND NOT EXISTS (SELECT 1 FROM openness_proof later
          WHERE later.notice_id = n.id AND later.id > p.id AND later.proof = 'returned')
$$;
"""

WHO_BACK = """
DROP FUNCTION openness_told(bigint);
DROP FUNCTION openness_how_told(bigint);
DROP FUNCTION openness_taken_back(bigint, integer);
DROP FUNCTION openness_incident_open(bigint);
DROP FUNCTION openness_releases_all();
DROP FUNCTION openness_units(text[]);
"""

FOUR_EYES = """
CREATE FUNCTION openness_second_person() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.kind = 'withdrawal' THEN RETURN NEW; END IF;
    IF NEW.by_id IS NULL OR EXISTS (
        SELECT 1 FROM openness_revision mine JOIN openness_revision released ON released.id = NEW.revision_id
        WHERE mine.publication_id = NEW.publication_id AND mine.number <= released.number AND mine.by_id = NEW.by_id
    ) THEN
        RAISE EXCEPTION 'Whoever wrote on a case does not release it' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM openness_revision r
        WHERE r.id = NEW.revision_id AND r.publication_id = NEW.publication_id) THEN
        RAISE EXCEPTION 'An edition shows a text of its own case' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER openness_edition_four_eyes BEFORE INSERT ON openness_edition
    FOR EACH ROW EXECUTE FUNCTION openness_second_person();

CREATE FUNCTION openness_not_ones_own() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.by_id IS NULL OR EXISTS (
        SELECT 1 FROM openness_justification j WHERE j.id = NEW.justification_id AND j.by_id = NEW.by_id
    ) THEN
        RAISE EXCEPTION 'Nobody accepts what they have justified themselves' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER openness_acceptance_four_eyes BEFORE INSERT ON openness_acceptance
    FOR EACH ROW EXECUTE FUNCTION openness_not_ones_own();
"""

FOUR_EYES_BACK = """
DROP TRIGGER openness_acceptance_four_eyes ON openness_acceptance;
DROP FUNCTION openness_not_ones_own();
DROP TRIGGER openness_edition_four_eyes ON openness_edition;
DROP FUNCTION openness_second_person();
"""


def units(*roles: str) -> str:
    """The organisations where the person who asks holds one of these roles."""
    said = ", ".join(f"'openness_{role}'" for role in roles)
    return f"ANY(ARRAY(SELECT openness_units(ARRAY[{said}])))"


def of_publication(where: str, *roles: str) -> str:
    """That the case which the row belongs to is open to the person, in one of these roles."""
    return f"EXISTS (SELECT 1 FROM openness_publication p WHERE p.id = {where} AND p.organisation_id = {units(*roles)})"


ANY = ("writer", "releaser", "teller")
WRITES = ("writer", "releaser")
BY_ME = "by_id = my_person()"
NOTICE_SEEN = "EXISTS (SELECT 1 FROM openness_notice n WHERE n.id = notice_id)"
APPEND_ONLY = [
    "publication",
    "concern",
    "revision",
    "repayment",
    "redaction",
    "step",
    "justification",
    "acceptance",
    "edition",
    "noticetemplate",
    "round",
    "notice",
    "proof",
    "reply",
    "replystep",
    "quartercounts",
    "quartershown",
]


def of_case(table: str, *, see: tuple[str, ...] = ANY, write: tuple[str, ...] = WRITES) -> migrations.RunSQL:
    """A table whose rows belong to a case: seen with it, written by whoever signs for the row."""
    return protect(
        f"openness_{table}",
        see=f"is_house() OR {of_publication('publication_id', *see)}",
        write=f"is_house() OR ({BY_ME} AND {of_publication('publication_id', *write)})",
    )


class Migration(migrations.Migration):
    """Who sees a case, who writes on it, who releases it, who knows the sponsors; and that it takes two."""

    dependencies = [("openness", "0001_tables"), ("federation", "0006_true_lineage")]
    operations = [
        migrations.RunSQL(WHO, WHO_BACK),
        migrations.RunSQL(FOUR_EYES, FOUR_EYES_BACK),
        *[append_only(f"openness_{table}") for table in APPEND_ONLY],
        protect(
            "openness_publication",
            see=f"is_house() OR (organisation_id = {units(*ANY)} AND openness_incident_open(incident))",
            write=f"is_house() OR (opened_by_id = my_person() AND organisation_id = {units(*WRITES)}"
            " AND openness_incident_open(incident))",
        ),
        protect(
            "openness_concern",
            see=f"is_house() OR {of_publication('publication_id', *ANY)}",
            write=f"is_house() OR {of_publication('publication_id', *WRITES)}",
        ),
        *[of_case(table) for table in ("revision", "redaction", "step", "justification")],
        of_case("round", write=("teller",)),
        protect(
            "openness_repayment",
            see="is_house() OR EXISTS (SELECT 1 FROM openness_revision r WHERE r.id = revision_id)",
            write="is_house() OR EXISTS (SELECT 1 FROM openness_revision r WHERE r.id = revision_id"
            " AND r.by_id = my_person())",
        ),
        protect(
            "openness_acceptance",
            see="is_house() OR EXISTS (SELECT 1 FROM openness_justification j WHERE j.id = justification_id)",
            write=f"is_house() OR ({BY_ME} AND EXISTS (SELECT 1 FROM openness_justification j"
            f" WHERE j.id = justification_id AND {of_publication('j.publication_id', 'releaser')}))",
        ),
        protect(
            "openness_edition",
            see="is_house() OR NOT openness_taken_back(publication_id, number)"
            f" OR {of_publication('publication_id', *ANY)}",
            write=f"is_house() OR ({BY_ME} AND {of_publication('publication_id', 'releaser')})",
        ),
        protect("openness_recipient", see=f"is_house() OR programme_id = {units('teller')}"),
        protect(
            "openness_notice",
            see="is_house() OR EXISTS (SELECT 1 FROM openness_round r WHERE r.id = round_id"
            f" AND {of_publication('r.publication_id', 'teller')})",
        ),
        protect(
            "openness_proof",
            see=f"is_house() OR {NOTICE_SEEN}",
            write=f"is_house() OR ({BY_ME} AND {NOTICE_SEEN})",
        ),
        protect(
            "openness_reply",
            see=f"is_house() OR organisation_id = {units('teller')}",
            write=f"is_house() OR ({BY_ME} AND organisation_id = {units('teller')})",
        ),
        protect(
            "openness_replystep",
            see="is_house() OR EXISTS (SELECT 1 FROM openness_reply r WHERE r.id = reply_id)",
            write=f"is_house() OR ({BY_ME} AND EXISTS (SELECT 1 FROM openness_reply r WHERE r.id = reply_id))",
        ),
        protect(
            "openness_quartercounts",
            see="is_house() OR openness_releases_all()",
            write=f"is_house() OR ({BY_ME} AND openness_releases_all())",
        ),
    ]
