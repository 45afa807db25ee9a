from importlib import import_module

from django.db import migrations

WALLS = import_module("omsorg.openness.migrations.0002_walls")
DRAFTS = import_module("omsorg.openness.migrations.0003_shut_out_of_drafts")

ENDED = """l.valid_from <= LEAST(app_day(), o.exists_until - 1)
          AND (l.valid_until IS NULL OR l.valid_until > LEAST(app_day(), o.exists_until - 1))"""
HELD = f"""SELECT 1 FROM federation_mandate m JOIN federation_lineage l ON l.ancestor_id = m.organisation_id
        JOIN federation_organisation o ON o.id = l.descendant_id
        WHERE m.valid_from <= app_day() AND (m.valid_until IS NULL OR m.valid_until > app_day())
          AND {ENDED}"""
"""A role above, as the line stands today or, of an organisation that has ended, as it stood on its last day."""

OPEN = f"""
CREATE OR REPLACE FUNCTION openness_units(roles text[]) RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER ROWS 50
SET search_path = public, pg_temp AS $$
    SELECT DISTINCT l.descendant_id
    FROM federation_mandate m JOIN federation_lineage l ON l.ancestor_id = m.organisation_id
    JOIN federation_organisation o ON o.id = l.descendant_id
    WHERE m.person_id = my_person() AND m.role = ANY(roles)
      AND m.valid_from <= app_day() AND (m.valid_until IS NULL OR m.valid_until > app_day())
      AND {ENDED}
$$;

CREATE OR REPLACE FUNCTION openness_case_open(incident bigint, unit bigint, roles text[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    is_open boolean;
BEGIN
    IF incident IS NULL THEN RETURN true; END IF;
    IF to_regprocedure('safeguarding_role_opens(bigint, bigint)') IS NULL THEN RETURN false; END IF;
    EXECUTE 'SELECT NOT safeguarding_is_shut_out($1, my_person()) AND EXISTS ({HELD}
          AND m.person_id = my_person() AND m.role = ANY($3) AND l.descendant_id = $2
          AND safeguarding_role_opens($1, m.id))'
        INTO is_open USING incident, unit, roles;
    RETURN coalesce(is_open, false);
END $$;

CREATE OR REPLACE FUNCTION openness_may_be_told(of_publication bigint, of_person bigint, roles text[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    kept openness_publication%ROWTYPE;
    told boolean;
BEGIN
    SELECT * INTO kept FROM openness_publication WHERE id = of_publication;
    IF NOT FOUND THEN RETURN false; END IF;
    IF kept.incident IS NULL THEN
        RETURN EXISTS ({HELD}
          AND m.person_id = of_person AND m.role = ANY(roles) AND l.descendant_id = kept.organisation_id);
    END IF;
    IF to_regprocedure('safeguarding_role_opens(bigint, bigint)') IS NULL THEN RETURN false; END IF;
    EXECUTE 'SELECT NOT safeguarding_is_shut_out($1, $2) AND EXISTS ({HELD}
          AND m.person_id = $2 AND m.role = ANY($4) AND l.descendant_id = $3
          AND safeguarding_role_opens($1, m.id))'
        INTO told USING kept.incident, of_person, kept.organisation_id, roles;
    RETURN coalesce(told, false);
END $$;
"""


def again(text: str, *names: str) -> str:
    """The functions of these names as an earlier migration made them."""
    made = [part.split("\n\nALTER POLICY")[0] for part in text.split("CREATE FUNCTION ")[1:]]
    return "".join(f"CREATE OR REPLACE FUNCTION {part}" for part in made if part.partition("(")[0] in names)


BACK = again(WALLS.WHO, "openness_units") + again(DRAFTS.OPEN, "openness_case_open", "openness_may_be_told")


class Migration(migrations.Migration):
    """Cases of an organisation that has ended stay open to those who stood above it; and whoever is shut out of an
    incident by any role, or was let in by somebody who is, finds no draft of it."""

    dependencies = [("openness", "0006_released_as_read"), ("federation", "0013_roles_given_by")]
    operations = [migrations.RunSQL(OPEN, BACK)]
