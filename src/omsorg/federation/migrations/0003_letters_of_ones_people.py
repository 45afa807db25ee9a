from django.db import migrations

LETTERS = """
CREATE FUNCTION people_i_keep() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER ROWS 50
SET search_path = public, pg_temp AS $$
    SELECT p.id
    FROM federation_mandate m
    JOIN federation_lineage l ON l.ancestor_id = m.organisation_id
    JOIN federation_person p ON p.organisation_id = l.descendant_id
    WHERE m.person_id = my_person() AND m.role = 'housekeeper'
      AND m.valid_from <= app_day() AND (m.valid_until IS NULL OR m.valid_until > app_day())
      AND l.valid_from <= app_day() AND (l.valid_until IS NULL OR l.valid_until > app_day())
$$;

CREATE FUNCTION i_keep_the_top() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM federation_mandate m
        WHERE m.person_id = my_person() AND m.role = 'housekeeper'
          AND m.valid_from <= app_day() AND (m.valid_until IS NULL OR m.valid_until > app_day())
          AND NOT EXISTS (
            SELECT 1 FROM federation_lineage l WHERE l.descendant_id = m.organisation_id AND l.depth > 0
              AND l.valid_from <= app_day() AND (l.valid_until IS NULL OR l.valid_until > app_day()))
    )
$$;

CREATE POLICY kernel_letter_see_of_people ON kernel_letter FOR SELECT
    USING (to_person = ANY(ARRAY(SELECT people_i_keep())) OR (to_person IS NULL AND (SELECT i_keep_the_top())));
CREATE POLICY kernel_letter_decide ON kernel_letter FOR UPDATE
    USING (to_person = ANY(ARRAY(SELECT people_i_keep())) OR (to_person IS NULL AND (SELECT i_keep_the_top())));
"""

LETTERS_BACK = """
DROP POLICY kernel_letter_decide ON kernel_letter;
DROP POLICY kernel_letter_see_of_people ON kernel_letter;
DROP FUNCTION i_keep_the_top();
DROP FUNCTION people_i_keep();
"""


class Migration(migrations.Migration):
    """Whoever keeps people sees the letters to them, and decides on those in doubt; the top keeps the rest."""

    dependencies = [("federation", "0002_walls"), ("kernel", "0004_letters_stay")]
    operations = [migrations.RunSQL(LETTERS, LETTERS_BACK)]
