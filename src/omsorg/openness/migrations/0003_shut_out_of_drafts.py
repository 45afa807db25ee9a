from django.db import migrations

OPEN = """
CREATE FUNCTION openness_case_open(incident bigint, unit bigint, roles text[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    is_open boolean;
BEGIN
    IF incident IS NULL THEN RETURN true; END IF;
    IF to_regprocedure('safeguarding_seat_is_shut_out(bigint, bigint)') IS NULL THEN RETURN false; END IF;
    EXECUTE 'SELECT NOT safeguarding_is_shut_out($1, my_person()) AND EXISTS (
        SELECT 1 FROM federation_mandate m JOIN federation_lineage l ON l.ancestor_id = m.organisation_id
        WHERE m.person_id = my_person() AND m.role = ANY($3) AND l.descendant_id = $2
          AND m.valid_from <= app_day() AND (m.valid_until IS NULL OR m.valid_until > app_day())
          AND l.valid_from <= app_day() AND (l.valid_until IS NULL OR l.valid_until > app_day())
          AND NOT safeguarding_seat_is_shut_out($1, m.organisation_id))'
        INTO is_open USING incident, unit, roles;
    RETURN coalesce(is_open, false);
END $$;

CREATE FUNCTION openness_may_be_told(of_publication bigint, of_person bigint, roles text[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    kept openness_publication%ROWTYPE;
    told boolean;
BEGIN
    SELECT * INTO kept FROM openness_publication WHERE id = of_publication;
    IF NOT FOUND THEN RETURN false; END IF;
    IF kept.incident IS NULL THEN
        RETURN EXISTS (SELECT 1 FROM federation_mandate m JOIN federation_lineage l ON l.ancestor_id = m.organisation_id
            WHERE m.person_id = of_person AND m.role = ANY(roles) AND l.descendant_id = kept.organisation_id
              AND m.valid_from <= app_day() AND (m.valid_until IS NULL OR m.valid_until > app_day())
              AND l.valid_from <= app_day() AND (l.valid_until IS NULL OR l.valid_until > app_day()));
    END IF;
    IF to_regprocedure('safeguarding_seat_is_shut_out(bigint, bigint)') IS NULL THEN RETURN false; END IF;
    EXECUTE 'SELECT NOT safeguarding_is_shut_out($1, $2) AND EXISTS (
        SELECT 1 FROM federation_mandate m JOIN federation_lineage l ON l.ancestor_id = m.organisation_id
        WHERE m.person_id = $2 AND m.role = ANY($4) AND l.descendant_id = $3
          AND m.valid_from <= app_day() AND (m.valid_until IS NULL OR m.valid_until > app_day())
          AND l.valid_from <= app_day() AND (l.valid_until IS NULL OR l.valid_until > app_day())
          AND NOT safeguarding_seat_is_shut_out($1, m.organisation_id))'
        INTO told USING kept.incident, of_person, kept.organisation_id, roles;
    RETURN coalesce(told, false);
END $$;

CREATE FUNCTION openness_letter_is_mine(once text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN once LIKE 'openness-notice:%' THEN EXISTS (
            SELECT 1 FROM openness_notice n WHERE n.id = split_part(once, ':', 2)::bigint)
        WHEN once LIKE 'openness-reply:%' THEN EXISTS (
            SELECT 1 FROM openness_reply r WHERE r.id = split_part(once, ':', 2)::bigint)
        ELSE false END
$$;

ALTER POLICY openness_publication_see ON openness_publication USING (
    is_house() OR (organisation_id = ANY(ARRAY(SELECT openness_units(
            ARRAY['openness_writer', 'openness_releaser', 'openness_teller'])))
        AND openness_case_open(incident, organisation_id,
            ARRAY['openness_writer', 'openness_releaser', 'openness_teller'])));
ALTER POLICY openness_publication_add ON openness_publication WITH CHECK (
    is_house() OR (opened_by_id = my_person()
        AND organisation_id = ANY(ARRAY(SELECT openness_units(ARRAY['openness_writer', 'openness_releaser'])))
        AND openness_case_open(incident, organisation_id, ARRAY['openness_writer', 'openness_releaser'])));
ALTER POLICY openness_reply_see ON openness_reply USING (
    is_house() OR (organisation_id = ANY(ARRAY(SELECT openness_units(ARRAY['openness_teller'])))
        AND EXISTS (SELECT 1 FROM openness_publication p WHERE p.id = publication_id)));
ALTER POLICY openness_reply_add ON openness_reply WITH CHECK (
    is_house() OR (by_id = my_person()
        AND organisation_id = ANY(ARRAY(SELECT openness_units(ARRAY['openness_teller'])))
        AND EXISTS (SELECT 1 FROM openness_publication p WHERE p.id = publication_id)));

CREATE POLICY kernel_letter_of_tellers_see ON kernel_letter FOR SELECT USING (openness_letter_is_mine(once));
CREATE POLICY kernel_letter_of_tellers_decide ON kernel_letter FOR UPDATE USING (openness_letter_is_mine(once));
CREATE POLICY kernel_letter_not_of_openness ON kernel_letter AS RESTRICTIVE FOR ALL
    USING (once NOT LIKE 'openness-%' OR is_house() OR to_person = my_person() OR openness_letter_is_mine(once))
    WITH CHECK (true);
"""

OPEN_BACK = """
DROP POLICY kernel_letter_not_of_openness ON kernel_letter;
DROP POLICY kernel_letter_of_tellers_decide ON kernel_letter;
DROP POLICY kernel_letter_of_tellers_see ON kernel_letter;
ALTER POLICY openness_reply_add ON openness_reply WITH CHECK (
    is_house() OR (by_id = my_person()
        AND organisation_id = ANY(ARRAY(SELECT openness_units(ARRAY['openness_teller'])))));
ALTER POLICY openness_reply_see ON openness_reply USING (
    is_house() OR organisation_id = ANY(ARRAY(SELECT openness_units(ARRAY['openness_teller']))));
ALTER POLICY openness_publication_add ON openness_publication WITH CHECK (
    is_house() OR (opened_by_id = my_person()
        AND organisation_id = ANY(ARRAY(SELECT openness_units(ARRAY['openness_writer', 'openness_releaser'])))
        AND openness_incident_open(incident)));
ALTER POLICY openness_publication_see ON openness_publication USING (
    is_house() OR (organisation_id = ANY(ARRAY(SELECT openness_units(
            ARRAY['openness_writer', 'openness_releaser', 'openness_teller'])))
        AND openness_incident_open(incident)));
DROP FUNCTION openness_letter_is_mine(text);
DROP FUNCTION openness_may_be_told(bigint, bigint, text[]);
DROP FUNCTION openness_case_open(bigint, bigint, text[]);
"""


class Migration(migrations.Migration):
    """Whoever is shut out of an incident finds no draft, reply or letter of its case; tellers see their own letters."""

    dependencies = [("openness", "0002_walls"), ("kernel", "0004_letters_stay")]
    operations = [migrations.RunSQL(OPEN, OPEN_BACK)]
