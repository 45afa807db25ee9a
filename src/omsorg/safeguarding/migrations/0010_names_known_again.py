from importlib import import_module

from django.db import migrations

WALLS = import_module("omsorg.safeguarding.migrations.0002_walls")
SHUT = import_module("omsorg.safeguarding.migrations.0009_who_is_shut_out")

NAMES = r"""
CREATE FUNCTION safeguarding_folded(said text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = public, pg_temp AS $$
    SELECT replace(replace(replace(replace(replace(replace(replace(
        translate(lower(regexp_replace(normalize(said, NFKD), '[\u0300-\u036f]', '', 'g')), 'øłđðıħŧ', 'olddiht'),
        'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'ae', 'a'), 'oe', 'o'), 'ue', 'u'), 'aa', 'a')
$$;

CREATE FUNCTION safeguarding_words(said text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = public, pg_temp AS $$
    WITH bare AS (SELECT regexp_replace(said, '[\u00ad\u200b-\u200f\u2060\ufeff]', '', 'g') AS text)
    SELECT coalesce(array_agg(DISTINCT word), '{}') FROM (
        SELECT rtrim(found[1], '.') FROM bare,
            regexp_matches(lower(text), '([^\s<>()",;:]+@[^\s<>()",;:]+)', 'g') AS found
        UNION ALL
        SELECT part FROM bare, regexp_split_to_table(
            safeguarding_folded(regexp_replace(text, '\S+@\S+', ' ', 'g')),
            '[\s\u0021-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u02b0-\u02ff\u2000-\u206f\u3000-\u303f]+') AS part
    ) AS every(word) WHERE length(word) > 1
$$;

CREATE FUNCTION safeguarding_name_words(name text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN cardinality(telling) > 1 THEN telling ELSE said END FROM (
        SELECT said, ARRAY(SELECT word FROM unnest(said) AS word WHERE length(word) > 2
            AND word <> ALL(ARRAY['van', 'von', 'der', 'den', 'del', 'dos', 'das', 'bin', 'ibn', 'the'])) AS telling
        FROM (SELECT safeguarding_words(name) AS said) AS spoken) AS split
$$;

CREATE FUNCTION safeguarding_said(note text, facts jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = public, pg_temp AS $$
    SELECT note || ' ' || coalesce(facts->>'when', '') || ' ' || coalesce(facts->>'complained_of', '')
$$;
CREATE INDEX safeguarding_step_words ON safeguarding_step
    USING gin (safeguarding_words(safeguarding_said(note, facts))) WHERE kind = 'received';

CREATE FUNCTION safeguarding_rarely_called(spoken text[], place bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER ROWS 2 SET search_path = public, pg_temp AS $$
    WITH units AS (
        SELECT l.ancestor_id AS id FROM federation_lineage l JOIN federation_organisation o ON o.id = l.descendant_id
        WHERE l.descendant_id = place AND l.valid_from <= LEAST(app_day(), o.exists_until - 1)
          AND (l.valid_until IS NULL OR l.valid_until > LEAST(app_day(), o.exists_until - 1))
        UNION
        SELECT l.descendant_id FROM federation_lineage l WHERE l.ancestor_id = place
    ), near AS (
        SELECT p.id, safeguarding_name_words(p.name) AS words FROM federation_person p
        WHERE (p.left_on IS NULL OR p.left_on > app_day()) AND (
            p.organisation_id IN (SELECT id FROM units)
            OR EXISTS (SELECT 1 FROM federation_mandate m WHERE m.person_id = p.id
                AND m.organisation_id IN (SELECT id FROM units)
                AND (m.valid_until IS NULL OR m.valid_until > app_day())))
    )
    SELECT min(n.id) FROM near n, unnest(n.words) AS word
    WHERE word = ANY(spoken) AND length(word) > 3 GROUP BY word HAVING count(DISTINCT n.id) = 1
$$;

DROP FUNCTION safeguarding_people_named(text);
CREATE FUNCTION safeguarding_people_named(named text, told text, place bigint, told_by bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER ROWS 5 SET search_path = public, pg_temp AS $$
    WITH spoken AS (
        SELECT safeguarding_words(named) AS named, safeguarding_words(named || ' ' || told) AS told
    ), people AS (
        SELECT p.id, lower(p.email) AS email, safeguarding_name_words(p.name) AS words FROM federation_person p
        WHERE p.left_on IS NULL OR p.left_on > app_day()
    )
    SELECT p.id FROM people p, spoken s,
        LATERAL (SELECT CASE WHEN p.id = told_by THEN s.named ELSE s.told END AS told) AS heard
    WHERE p.email = ANY(heard.told) OR (cardinality(p.words) = 1 AND p.words <@ s.named)
        OR (SELECT count(*) > 1 FROM unnest(p.words) AS word WHERE word = ANY(heard.told))
    UNION
    SELECT safeguarding_rarely_called(s.named, place) FROM spoken s
$$;

CREATE FUNCTION safeguarding_leave_when_shut_out() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE safeguarding_teammember SET left_at = NEW.at
    WHERE incident_id = NEW.incident_id AND left_at IS NULL
      AND person_id IN (SELECT s.person_id FROM safeguarding_shut_of(NEW.incident_id) s);
    RETURN NULL;
END $$;
CREATE TRIGGER safeguarding_shutout_leaves AFTER INSERT ON safeguarding_shutout
    FOR EACH ROW EXECUTE FUNCTION safeguarding_leave_when_shut_out();

CREATE FUNCTION safeguarding_know_again() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    kept bigint;
    called text[] := safeguarding_name_words(NEW.name) || lower(NEW.email);
BEGIN
    FOR kept IN
        SELECT i.id FROM safeguarding_step s JOIN safeguarding_incident i ON i.id = s.incident_id
        WHERE s.kind = 'received' AND safeguarding_words(safeguarding_said(s.note, s.facts)) && called
          AND NOT EXISTS (SELECT 1 FROM safeguarding_shutout o WHERE o.incident_id = i.id AND o.person_id = NEW.id)
          AND NEW.id IN (SELECT * FROM safeguarding_people_named(
              coalesce(s.facts->>'complained_of', ''), s.note || ' ' || coalesce(s.facts->>'when', ''),
              i.organisation_id, i.raised_by_id))
        ORDER BY i.id
    LOOP
        PERFORM 1 FROM safeguarding_incident i WHERE i.id = kept FOR UPDATE;
        INSERT INTO safeguarding_shutout (incident_id, person_id, reason, at)
        VALUES (kept, NEW.id, 'named in the concern', now());
        PERFORM safeguarding_end_at_somebody(kept, now());
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER safeguarding_person_entered AFTER INSERT ON federation_person
    FOR EACH ROW EXECUTE FUNCTION safeguarding_know_again();
CREATE TRIGGER safeguarding_person_renamed AFTER UPDATE OF name, email ON federation_person
    FOR EACH ROW WHEN ((NEW.name, NEW.email) IS DISTINCT FROM (OLD.name, OLD.email))
    EXECUTE FUNCTION safeguarding_know_again();
"""

NAMES_BACK = """
DROP TRIGGER safeguarding_person_renamed ON federation_person;
DROP TRIGGER safeguarding_person_entered ON federation_person;
DROP FUNCTION safeguarding_know_again();
DROP TRIGGER safeguarding_shutout_leaves ON safeguarding_shutout;
DROP FUNCTION safeguarding_leave_when_shut_out();
DROP FUNCTION safeguarding_people_named(text, text, bigint, bigint);
DROP FUNCTION safeguarding_rarely_called(text[], bigint);
DROP INDEX safeguarding_step_words;
DROP FUNCTION safeguarding_said(text, jsonb);
DROP FUNCTION safeguarding_name_words(text);
DROP FUNCTION safeguarding_words(text);
DROP FUNCTION safeguarding_folded(text);
""" + SHUT.again(WALLS.SIGHT, "safeguarding_people_named")


class Migration(migrations.Migration):
    """Whoever is named is known by two words of the name, however it is written, in the names and in the text; also
    when the person's entry is made or put right later. Nobody who is shut out stays in a team."""

    dependencies = [("safeguarding", "0009_who_is_shut_out")]
    operations = [migrations.RunSQL(NAMES, NAMES_BACK)]
