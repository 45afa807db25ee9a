from importlib import import_module

from django.db import migrations

WALLS = import_module("omsorg.safeguarding.migrations.0002_walls")
LATER = import_module("omsorg.safeguarding.migrations.0005_nothing_owed_when_closed")
RECEIVED_ON = "(i.received_at AT TIME ZONE 'UTC')::date"

SHUT = """
    SELECT s.incident_id, {person} AS person_id, s.at FROM safeguarding_shutout s
    WHERE s.lifted_at IS NULL AND {person_only}
    UNION ALL
    SELECT s.incident_id, b.person_id, GREATEST(s.at, b.valid_from::timestamp AT TIME ZONE 'UTC')
    FROM safeguarding_shutout s
    JOIN safeguarding_incident i ON i.id = s.incident_id
    CROSS JOIN LATERAL (SELECT LEAST((s.at AT TIME ZONE 'UTC')::date, (i.received_at AT TIME ZONE 'UTC')::date) AS day) since
    JOIN federation_lineage l ON l.ancestor_id = s.organisation_id AND l.valid_from <= app_day()
    JOIN federation_organisation o ON o.id = l.descendant_id
    JOIN (
        SELECT h.person_id, h.organisation_id, h.valid_from, h.valid_until AS last_on, true AS belongs
        FROM federation_home h
        UNION ALL
        SELECT m.person_id, m.organisation_id, m.valid_from, m.valid_until, false
        FROM federation_mandate m
        WHERE m.valid_from <= app_day() AND (m.valid_until IS NULL OR m.valid_until > m.valid_from)
    ) b ON b.organisation_id = l.descendant_id
    WHERE s.lifted_at IS NULL AND {unit_only}
      AND (b.last_on IS NULL OR b.last_on >= since.day)
      AND (l.valid_until IS NULL OR l.valid_until >= LEAST(since.day, o.exists_until))
      AND ((l.depth = 0 AND b.belongs) OR NOT s.organisation_id = ANY(ARRAY(SELECT safeguarding_tops_shut_out())))
"""
"""Whoever belongs to a unit that is shut out or below it, or holds any role there; today or since the day on which the concern came, which counts whole."""

NEW = f"""
CREATE OR REPLACE FUNCTION safeguarding_is_top(unit bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT NOT EXISTS (SELECT 1 FROM federation_lineage l JOIN federation_organisation o ON o.id = l.descendant_id
        WHERE l.descendant_id = unit AND l.depth > 0 AND l.valid_from <= LEAST(app_day(), o.exists_until - 1)
          AND (l.valid_until IS NULL OR l.valid_until > LEAST(app_day(), o.exists_until - 1)))
$$;

CREATE FUNCTION safeguarding_tops_shut_out() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER ROWS 2
SET search_path = public, pg_temp AS $$
    SELECT u.id FROM (SELECT DISTINCT organisation_id AS id FROM safeguarding_shutout
        WHERE organisation_id IS NOT NULL AND lifted_at IS NULL OFFSET 0) u WHERE safeguarding_is_top(u.id)
$$;

CREATE FUNCTION safeguarding_shut_for(of_person bigint) RETURNS TABLE (incident_id bigint, person_id bigint, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 20 SET search_path = public, pg_temp AS $$
{SHUT.format(person="s.person_id", person_only="s.person_id = of_person", unit_only="b.person_id = of_person")}
$$;

CREATE FUNCTION safeguarding_shut_of(of_incident bigint) RETURNS TABLE (incident_id bigint, person_id bigint, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 20 SET search_path = public, pg_temp AS $$
{
    SHUT.format(
        person="s.person_id",
        person_only="s.person_id IS NOT NULL AND s.incident_id = of_incident",
        unit_only="s.incident_id = of_incident",
    )
}
$$;

CREATE OR REPLACE FUNCTION safeguarding_is_shut_out(of_incident bigint, of_person bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM safeguarding_shut_for(of_person) s WHERE s.incident_id = of_incident)
$$;

CREATE FUNCTION safeguarding_role_opens(of_incident bigint, of_mandate bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT NOT EXISTS (
        SELECT 1 FROM federation_mandate m JOIN safeguarding_incident i ON i.id = of_incident
        WHERE m.id = of_mandate AND m.given_by_id IS NOT NULL AND m.valid_from >= {RECEIVED_ON}
          AND safeguarding_is_shut_out(i.id, m.given_by_id))
$$;

CREATE OR REPLACE FUNCTION safeguarding_sight(of_incident bigint, of_person bigint)
RETURNS TABLE (incident_id bigint, person_id bigint, seat_id bigint, depth integer, is_handler boolean)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 100 SET search_path = public, pg_temp AS $$
    WITH shut AS MATERIALIZED (
        SELECT s.incident_id, s.person_id FROM safeguarding_shut_of(of_incident) s WHERE of_incident IS NOT NULL
        UNION
        SELECT s.incident_id, s.person_id FROM (
            SELECT of_person AS id UNION SELECT given_by_id FROM federation_mandate WHERE person_id = of_person) who
        CROSS JOIN LATERAL safeguarding_shut_for(who.id) s WHERE of_incident IS NULL AND of_person IS NOT NULL
        UNION
        SELECT s.incident_id, s.person_id FROM safeguarding_incident every
        CROSS JOIN LATERAL safeguarding_shut_of(every.id) s WHERE of_incident IS NULL AND of_person IS NULL
    )
    SELECT i.id, m.person_id, m.organisation_id, up.depth::integer, m.role = 'safeguarding_focal_person'
    FROM federation_mandate m
    JOIN federation_person p ON p.id = m.person_id AND (p.left_on IS NULL OR p.left_on > app_day())
    JOIN safeguarding_incident i ON of_incident IS NULL OR i.id = of_incident
    JOIN federation_organisation o ON o.id = i.organisation_id
    JOIN federation_organisation h ON h.id = i.handled_at_id
    LEFT JOIN federation_lineage up ON up.ancestor_id = m.organisation_id AND up.descendant_id = i.handled_at_id
        AND up.valid_from <= LEAST(app_day(), h.exists_until - 1)
        AND (up.valid_until IS NULL OR up.valid_until > LEAST(app_day(), h.exists_until - 1))
    WHERE (of_person IS NULL OR m.person_id = of_person)
      AND m.role IN ('safeguarding_focal_person', 'incident_team')
      AND m.valid_from <= app_day() AND (m.valid_until IS NULL OR m.valid_until > app_day())
      AND ((m.role = 'safeguarding_focal_person' AND (up.depth IS NOT NULL OR EXISTS (
                SELECT 1 FROM federation_lineage l
                WHERE l.ancestor_id = m.organisation_id AND l.descendant_id = i.organisation_id
                  AND l.valid_from <= LEAST(app_day(), o.exists_until - 1)
                  AND (l.valid_until IS NULL OR l.valid_until > LEAST(app_day(), o.exists_until - 1)))))
           OR EXISTS (SELECT 1 FROM safeguarding_teammember t
                WHERE t.incident_id = i.id AND t.person_id = m.person_id AND t.left_at IS NULL))
      AND NOT EXISTS (SELECT 1 FROM shut s WHERE s.incident_id = i.id AND s.person_id = m.person_id)
      AND NOT EXISTS (SELECT 1 FROM shut s WHERE s.incident_id = i.id AND s.person_id = m.given_by_id
                AND m.valid_from >= {RECEIVED_ON})
$$;

CREATE FUNCTION safeguarding_end_at_somebody(of_incident bigint, moment timestamptz) RETURNS text LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    elsewhere bigint;
    given text := 'elsewhere';
BEGIN
    IF EXISTS (SELECT 1 FROM safeguarding_sight(of_incident, NULL) WHERE is_handler AND depth IS NOT NULL) THEN
        RETURN '';
    END IF;
    SELECT m.organisation_id INTO elsewhere
    FROM federation_mandate m
    JOIN federation_person p ON p.id = m.person_id AND (p.left_on IS NULL OR p.left_on > app_day())
    JOIN federation_organisation o ON o.id = m.organisation_id AND (o.exists_until IS NULL OR o.exists_until > app_day())
    WHERE m.role = 'safeguarding_focal_person'
      AND m.valid_from <= app_day() AND (m.valid_until IS NULL OR m.valid_until > app_day())
      AND m.person_id NOT IN (SELECT s.person_id FROM safeguarding_shut_of(of_incident) s)
      AND safeguarding_role_opens(of_incident, m.id)
    ORDER BY array_position(ARRAY['international', 'region', 'national_association'], o.kind::text) NULLS LAST, o.id
    LIMIT 1;
    IF elsewhere IS NOT NULL THEN
        UPDATE safeguarding_incident SET handled_at_id = elsewhere WHERE id = of_incident;
    ELSE
        given := 'top';
        UPDATE safeguarding_shutout s SET lifted_at = moment
        WHERE s.incident_id = of_incident AND s.lifted_at IS NULL AND s.person_id IN (
            SELECT m.person_id FROM federation_mandate m
            WHERE m.role = 'safeguarding_focal_person' AND safeguarding_is_top(m.organisation_id)
              AND m.valid_from <= app_day() AND (m.valid_until IS NULL OR m.valid_until > app_day()));
    END IF;
    INSERT INTO safeguarding_step (incident_id, number, kind, note, facts, at)
    SELECT of_incident, coalesce(max(number), 0) + 1, 'noted', '', jsonb_build_object('handed', given), moment
    FROM safeguarding_step WHERE incident_id = of_incident;
    RETURN given;
END $$;

DROP FUNCTION safeguarding_my_concerns();
CREATE FUNCTION safeguarding_my_concerns() RETURNS TABLE (
    code text, received_at timestamptz, standing text, handed text
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT i.code::text, i.received_at,
        CASE WHEN bool_or(s.kind = 'closed') THEN 'closed'
             WHEN bool_or(s.kind = 'triaged') THEN 'worked_on'
             WHEN bool_or(s.kind IN ('taken_up', 'acknowledged')) THEN 'looked_at' ELSE 'received' END,
        coalesce((SELECT h.facts->>'handed' FROM safeguarding_step h
            WHERE h.incident_id = i.id AND h.number = 2 AND h.at = i.received_at), '')
    FROM safeguarding_incident i
    LEFT JOIN safeguarding_step s ON s.incident_id = i.id AND NOT EXISTS (
        SELECT 1 FROM safeguarding_shut_for(my_person()) o WHERE o.incident_id = i.id AND o.at <= s.at)
    WHERE i.raised_by_id = my_person()
    GROUP BY i.id
$$;

CREATE OR REPLACE FUNCTION safeguarding_decided_for(units bigint[]) RETURNS TABLE (
    id bigint, code text, number text, country text, organisation_id bigint, level text, nature text,
    received_on date, closed_on date, decision text, reason_class text, review_on date, affected jsonb
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT i.id, i.code::text, i.shown_number::text, i.country_code::text, i.organisation_id, i.level::text,
        i.nature::text, {RECEIVED_ON}, (i.closed_at AT TIME ZONE 'UTC')::date,
        d.decision::text, d.reason_class::text, d.review_on,
        coalesce((SELECT jsonb_object_agg(c.type, c.count) FROM (
            SELECT DISTINCT ON (type) type, count FROM safeguarding_personcount
            WHERE incident_id = i.id AND side = 'affected' ORDER BY type, id DESC) c WHERE c.count > 0), '{{}}')
    FROM safeguarding_incident i
    JOIN federation_organisation o ON o.id = i.organisation_id
    JOIN LATERAL (SELECT * FROM safeguarding_publicationdecision p WHERE p.incident_id = i.id
                  ORDER BY p.number DESC LIMIT 1) d ON true
    WHERE i.stage = 'decided' AND i.organisation_id = ANY(units) AND d.decision IN ('publish', 'hold')
      AND (is_house() OR (
        i.id <> ALL(ARRAY(SELECT s.incident_id FROM safeguarding_shut_for(my_person()) s)) AND EXISTS (
            SELECT 1 FROM federation_mandate m JOIN federation_lineage l ON l.ancestor_id = m.organisation_id
            WHERE m.person_id = my_person() AND m.role IN ('openness_writer', 'openness_releaser')
              AND l.descendant_id = i.organisation_id
              AND m.valid_from <= app_day() AND (m.valid_until IS NULL OR m.valid_until > app_day())
              AND l.valid_from <= LEAST(app_day(), o.exists_until - 1)
              AND (l.valid_until IS NULL OR l.valid_until > LEAST(app_day(), o.exists_until - 1))
              AND safeguarding_role_opens(i.id, m.id))))
    ORDER BY i.closed_at, i.id
$$;

DROP FUNCTION safeguarding_seat_is_shut_out(bigint, bigint);
DROP FUNCTION safeguarding_covers(bigint, bigint);
"""


def again(text: str, *names: str) -> str:
    """The functions of these names as an earlier migration made them."""
    made = ["CREATE OR REPLACE FUNCTION " + part for part in text.split("CREATE FUNCTION ")[1:]]
    return "".join(part for part in made if part.split("FUNCTION ")[1].partition("(")[0] in names)


BACK = (
    "DROP FUNCTION safeguarding_my_concerns();"
    + again(
        WALLS.SIGHT,
        *(f"safeguarding_{name}" for name in ("is_top", "covers", "is_shut_out", "sight", "my_concerns")),
    )
    + again(WALLS.TOLD, "safeguarding_decided_for")
    + again(LATER.CLOSED, "safeguarding_seat_is_shut_out")
    + "DROP FUNCTION safeguarding_end_at_somebody(bigint, timestamptz);"
    "DROP FUNCTION safeguarding_role_opens(bigint, bigint);"
    "DROP FUNCTION safeguarding_shut_of(bigint);"
    "DROP FUNCTION safeguarding_shut_for(bigint);"
    "DROP FUNCTION safeguarding_tops_shut_out();"
)


class Migration(migrations.Migration):
    """Shut out is whoever belonged to a unit or held any role there since the concern came, on every road; and no
    incident is left without anybody because its organisation has ended."""

    dependencies = [
        ("safeguarding", "0008_lessons_in_their_language"),
        ("federation", "0013_roles_given_by"),
    ]
    operations = [migrations.RunSQL(NEW, BACK)]
