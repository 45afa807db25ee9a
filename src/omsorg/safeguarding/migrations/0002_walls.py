from django.db import migrations

from omsorg.kernel.wall import append_only, protect

SIGHT = """
CREATE FUNCTION safeguarding_is_top(unit bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT NOT EXISTS (SELECT 1 FROM federation_lineage l WHERE l.descendant_id = unit AND l.depth > 0
        AND l.valid_from <= app_day() AND (l.valid_until IS NULL OR l.valid_until > app_day()))
$$;

CREATE FUNCTION safeguarding_covers(unit bigint, other bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT unit = other OR (NOT safeguarding_is_top(unit) AND EXISTS (
        SELECT 1 FROM federation_lineage l WHERE l.ancestor_id = unit AND l.descendant_id = other
        AND l.valid_from <= app_day() AND (l.valid_until IS NULL OR l.valid_until > app_day())))
$$;

CREATE FUNCTION safeguarding_is_shut_out(of_incident bigint, of_person bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM safeguarding_shutout s JOIN federation_person p ON p.id = of_person
        WHERE s.incident_id = of_incident AND s.lifted_at IS NULL
          AND (s.person_id = of_person OR safeguarding_covers(s.organisation_id, p.organisation_id)))
$$;

CREATE FUNCTION safeguarding_sight(of_incident bigint, of_person bigint)
RETURNS TABLE (incident_id bigint, person_id bigint, seat_id bigint, depth integer, is_handler boolean)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 100 SET search_path = public, pg_temp AS $$
    SELECT i.id, m.person_id, m.organisation_id, up.depth::integer, m.role = 'safeguarding_focal_person'
    FROM federation_mandate m
    JOIN federation_person p ON p.id = m.person_id AND (p.left_on IS NULL OR p.left_on > app_day())
    JOIN safeguarding_incident i ON of_incident IS NULL OR i.id = of_incident
    LEFT JOIN federation_lineage up ON up.ancestor_id = m.organisation_id AND up.descendant_id = i.handled_at_id
        AND up.valid_from <= app_day() AND (up.valid_until IS NULL OR up.valid_until > app_day())
    WHERE (of_person IS NULL OR m.person_id = of_person)
      AND m.role IN ('safeguarding_focal_person', 'incident_team')
      AND m.valid_from <= app_day() AND (m.valid_until IS NULL OR m.valid_until > app_day())
      AND ((m.role = 'safeguarding_focal_person' AND EXISTS (
                SELECT 1 FROM federation_lineage l
                WHERE l.ancestor_id = m.organisation_id AND l.descendant_id = i.organisation_id
                  AND l.valid_from <= app_day() AND (l.valid_until IS NULL OR l.valid_until > app_day())))
           OR EXISTS (SELECT 1 FROM safeguarding_teammember t
                WHERE t.incident_id = i.id AND t.person_id = m.person_id AND t.left_at IS NULL))
      AND NOT EXISTS (
            SELECT 1 FROM safeguarding_shutout s WHERE s.incident_id = i.id AND s.lifted_at IS NULL
              AND (s.person_id = m.person_id
                   OR safeguarding_covers(s.organisation_id, p.organisation_id)
                   OR (NOT safeguarding_is_top(s.organisation_id)
                       AND safeguarding_covers(s.organisation_id, m.organisation_id))))
$$;

CREATE FUNCTION safeguarding_visible() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER ROWS 100
SET search_path = public, pg_temp AS $$
    SELECT DISTINCT incident_id FROM safeguarding_sight(NULL, my_person()) WHERE my_person() IS NOT NULL
$$;

CREATE FUNCTION safeguarding_just_raised() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER ROWS 5
SET search_path = public, pg_temp AS $$
    SELECT id FROM safeguarding_incident WHERE raised_by_id = my_person() AND stage = 'received'
$$;

CREATE FUNCTION safeguarding_my_concerns() RETURNS TABLE (code text, received_at timestamptz, standing text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT i.code::text, i.received_at,
        CASE WHEN bool_or(s.kind = 'closed') THEN 'closed'
             WHEN bool_or(s.kind = 'triaged') THEN 'worked_on'
             WHEN bool_or(s.kind IN ('taken_up', 'acknowledged')) THEN 'looked_at' ELSE 'received' END
    FROM safeguarding_incident i
    LEFT JOIN safeguarding_step s ON s.incident_id = i.id AND NOT EXISTS (
        SELECT 1 FROM safeguarding_shutout o WHERE o.incident_id = i.id AND o.at <= s.at AND o.lifted_at IS NULL
          AND safeguarding_is_shut_out(i.id, my_person()))
    WHERE i.raised_by_id = my_person()
    GROUP BY i.id
$$;

CREATE FUNCTION safeguarding_people_named(said text) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER ROWS 5 SET search_path = public, pg_temp AS $$
    WITH spoken AS (SELECT ' ' || regexp_replace(lower(said), '[^[:alnum:]@.]+', ' ', 'g') || ' ' AS words)
    SELECT p.id FROM federation_person p, spoken
    WHERE length(p.name) > 3 AND (p.left_on IS NULL OR p.left_on > app_day()) AND (
        (p.email <> '' AND position(' ' || lower(p.email) || ' ' IN spoken.words) > 0)
        OR (SELECT count(*) > 1 AND bool_and(position(' ' || word || ' ' IN replace(spoken.words, '.', ' ')) > 0)
            FROM regexp_split_to_table(lower(p.name), '[^[:alnum:]]+') AS word WHERE word <> ''))
$$;

CREATE FUNCTION safeguarding_next_serial(of_country text, of_year integer, reserved boolean) RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO safeguarding_serial AS kept (country_code, year, is_reserved, last)
    VALUES (of_country, of_year, reserved, 1)
    ON CONFLICT (country_code, year, is_reserved) DO UPDATE SET last = kept.last + 1
    RETURNING last
$$;
"""

SIGHT_BACK = """
DROP FUNCTION safeguarding_next_serial(text, integer, boolean);
DROP FUNCTION safeguarding_people_named(text);
DROP FUNCTION safeguarding_my_concerns();
DROP FUNCTION safeguarding_just_raised();
DROP FUNCTION safeguarding_visible();
DROP FUNCTION safeguarding_sight(bigint, bigint);
DROP FUNCTION safeguarding_is_shut_out(bigint, bigint);
DROP FUNCTION safeguarding_covers(bigint, bigint);
DROP FUNCTION safeguarding_is_top(bigint);
"""

GUARDS = """
CREATE FUNCTION safeguarding_guard_incident() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'An incident is never removed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.code, NEW.raised_by_id, NEW.received_at) IS DISTINCT FROM (OLD.code, OLD.raised_by_id, OLD.received_at)
        OR (OLD.serial IS NOT NULL AND (NEW.country_code, NEW.year, NEW.serial, NEW.is_reserved, NEW.shown_number)
            IS DISTINCT FROM (OLD.country_code, OLD.year, OLD.serial, OLD.is_reserved, OLD.shown_number)) THEN
        RAISE EXCEPTION 'The number of an incident and the way it came never change'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER safeguarding_incident_guarded BEFORE UPDATE OR DELETE ON safeguarding_incident
    FOR EACH ROW EXECUTE FUNCTION safeguarding_guard_incident();

CREATE FUNCTION safeguarding_guard_team() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.left_at IS NULL AND safeguarding_is_shut_out(NEW.incident_id, NEW.person_id) THEN
        RAISE EXCEPTION 'Whoever is complained of does not work the incident' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER safeguarding_team_guarded BEFORE INSERT OR UPDATE ON safeguarding_teammember
    FOR EACH ROW EXECUTE FUNCTION safeguarding_guard_team();

CREATE FUNCTION safeguarding_guard_closure() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.stage = 'closed' AND OLD.stage <> 'closed' AND EXISTS (
        SELECT 1 FROM safeguarding_duty d WHERE d.incident_id = NEW.id AND d.standing IN ('owed', 'to_tell')) THEN
        RAISE EXCEPTION 'An incident is not closed while telling somebody is owed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER safeguarding_incident_closes BEFORE UPDATE ON safeguarding_incident
    FOR EACH ROW EXECUTE FUNCTION safeguarding_guard_closure();

CREATE POLICY kernel_letter_not_of_safeguarding ON kernel_letter AS RESTRICTIVE FOR ALL
    USING (once NOT LIKE 'safeguarding:%' OR is_house() OR to_person = my_person()) WITH CHECK (true);
"""

GUARDS_BACK = """
DROP POLICY kernel_letter_not_of_safeguarding ON kernel_letter;
DROP TRIGGER safeguarding_incident_closes ON safeguarding_incident;
DROP FUNCTION safeguarding_guard_closure();
DROP TRIGGER safeguarding_team_guarded ON safeguarding_teammember;
DROP FUNCTION safeguarding_guard_team();
DROP TRIGGER safeguarding_incident_guarded ON safeguarding_incident;
DROP FUNCTION safeguarding_guard_incident();
"""

TOLD = """
CREATE FUNCTION safeguarding_decided_for(units bigint[]) RETURNS TABLE (
    id bigint, code text, number text, country text, organisation_id bigint, level text, nature text,
    received_on date, closed_on date, decision text, reason_class text, review_on date, affected jsonb
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT i.id, i.code::text, i.shown_number::text, i.country_code::text, i.organisation_id, i.level::text,
        i.nature::text, (i.received_at AT TIME ZONE 'UTC')::date, (i.closed_at AT TIME ZONE 'UTC')::date,
        d.decision::text, d.reason_class::text, d.review_on,
        coalesce((SELECT jsonb_object_agg(c.type, c.count) FROM (
            SELECT DISTINCT ON (type) type, count FROM safeguarding_personcount
            WHERE incident_id = i.id AND side = 'affected' ORDER BY type, id DESC) c WHERE c.count > 0), '{}')
    FROM safeguarding_incident i
    JOIN LATERAL (SELECT * FROM safeguarding_publicationdecision p WHERE p.incident_id = i.id
                  ORDER BY p.number DESC LIMIT 1) d ON true
    WHERE i.stage = 'decided' AND i.organisation_id = ANY(units) AND d.decision IN ('publish', 'hold')
      AND (is_house() OR (NOT safeguarding_is_shut_out(i.id, my_person()) AND EXISTS (
            SELECT 1 FROM federation_mandate m JOIN federation_lineage l ON l.ancestor_id = m.organisation_id
            WHERE m.person_id = my_person() AND m.role IN ('openness_writer', 'openness_releaser')
              AND l.descendant_id = i.organisation_id
              AND m.valid_from <= app_day() AND (m.valid_until IS NULL OR m.valid_until > app_day())
              AND l.valid_from <= app_day() AND (l.valid_until IS NULL OR l.valid_until > app_day())
              AND NOT EXISTS (SELECT 1 FROM safeguarding_shutout s WHERE s.incident_id = i.id AND s.lifted_at IS NULL
                  AND NOT safeguarding_is_top(s.organisation_id)
                  AND safeguarding_covers(s.organisation_id, m.organisation_id)))))
    ORDER BY i.closed_at, i.id
$$;

CREATE FUNCTION safeguarding_heads(as_at date) RETURNS TABLE (what text, reason_class text, counted bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH known AS (
        SELECT i.id FROM safeguarding_incident i
        WHERE (i.received_at AT TIME ZONE 'UTC')::date <= as_at AND NOT i.is_example
    ), closings AS (
        SELECT s.incident_id, s.kind FROM (
            SELECT DISTINCT ON (incident_id) incident_id, kind FROM safeguarding_step
            WHERE kind IN ('closed', 'reopened') AND (at AT TIME ZONE 'UTC')::date <= as_at
            ORDER BY incident_id, number DESC) s JOIN known k ON k.id = s.incident_id WHERE s.kind = 'closed'
    ), decisions AS (
        SELECT DISTINCT ON (p.incident_id) p.incident_id, p.decision, p.reason_class
        FROM safeguarding_publicationdecision p JOIN closings c ON c.incident_id = p.incident_id
        WHERE (p.at AT TIME ZONE 'UTC')::date <= as_at ORDER BY p.incident_id, p.number DESC
    )
    SELECT 'received', '', count(*) FROM known
    UNION ALL SELECT 'closed', '', count(*) FROM closings
    UNION ALL SELECT 'open', '', (SELECT count(*) FROM known) - (SELECT count(*) FROM closings)
    UNION ALL SELECT decision::text, reason_class::text, count(*) FROM decisions GROUP BY 2, 1
$$;
"""

TOLD_BACK = """
DROP FUNCTION safeguarding_heads(date);
DROP FUNCTION safeguarding_decided_for(bigint[]);
"""

RAISING = """
CREATE POLICY safeguarding_incident_raise ON safeguarding_incident FOR INSERT
    WITH CHECK (raised_by_id = my_person() AND stage = 'received' AND serial IS NULL);
"""
RAISING_BACK = "DROP POLICY safeguarding_incident_raise ON safeguarding_incident;"

VISIBLE = "incident_id = ANY(ARRAY(SELECT safeguarding_visible()))"
MINE = "incident_id = ANY(ARRAY(SELECT safeguarding_just_raised()))"
OF_INCIDENTS = [
    "teammember",
    "allegation",
    "allegationfinding",
    "measure",
    "document",
    "duty",
    "pause",
    "publicationdecision",
    "support",
    "followup",
    "setapartname",
]
APPEND_ONLY = [
    "step",
    "allegation",
    "allegationfinding",
    "clockreminder",
    "publicationdecision",
    "personcount",
    "support",
    "followup",
]
OFFERED = (
    "(offered_at IS NOT NULL AND NOT safeguarding_is_shut_out(incident_id, my_person()) AND EXISTS ("
    "SELECT 1 FROM federation_lineage l JOIN federation_mandate m ON m.organisation_id = l.ancestor_id"
    " WHERE l.descendant_id = offered_owner_id AND m.person_id = my_person() AND m.role = 'plan_owner'"
    " AND m.valid_from <= app_day() AND (m.valid_until IS NULL OR m.valid_until > app_day())"
    " AND l.valid_from <= app_day() AND (l.valid_until IS NULL OR l.valid_until > app_day())))"
)


class Migration(migrations.Migration):
    """Who sees an incident is decided here: focal persons of the line, the team, and nobody who is complained of."""

    dependencies = [
        ("safeguarding", "0001_tables"),
        ("federation", "0007_roles_elsewhere"),
        ("kernel", "0004_letters_stay"),
    ]
    operations = [
        migrations.RunSQL(SIGHT, SIGHT_BACK),
        migrations.RunSQL(GUARDS, GUARDS_BACK),
        migrations.RunSQL(TOLD, TOLD_BACK),
        *[append_only(f"safeguarding_{table}") for table in APPEND_ONLY],
        protect(
            "safeguarding_incident",
            see="id = ANY(ARRAY(SELECT safeguarding_visible())) OR is_house()",
        ),
        migrations.RunSQL(RAISING, RAISING_BACK),
        protect("safeguarding_serial", see="is_house()"),
        *[
            protect(f"safeguarding_{table}", see=f"{VISIBLE} OR is_house()", write=f"{VISIBLE} OR {MINE} OR is_house()")
            for table in ("step", "shutout", "personcount")
        ],
        *[protect(f"safeguarding_{table}", see=f"{VISIBLE} OR is_house()") for table in OF_INCIDENTS],
        protect("safeguarding_clockreminder", see=f"{VISIBLE} OR is_house()", write="is_house()"),
        protect("safeguarding_lesson", see=f"{VISIBLE} OR {OFFERED} OR is_house()"),
    ]
