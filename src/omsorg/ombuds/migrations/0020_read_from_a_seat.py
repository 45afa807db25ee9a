from django.db import migrations

SEATED = """
CREATE OR REPLACE FUNCTION ombuds_my_cases() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER ROWS 50
SET search_path = public, pg_temp AS $$
    SELECT k.case_id FROM ombuds_casekey k JOIN ombuds_case c ON c.id = k.case_id
    WHERE k.person = my_person() AND NOT k.waiting AND EXISTS (
        SELECT 1 FROM ombuds_seat s
        WHERE s.person = k.person AND s.confirmed_on IS NOT NULL
          AND (s.valid_until IS NULL OR s.valid_until > app_day())
          AND (s.countries @> '["*"]' OR (c.country <> '' AND s.countries @> jsonb_build_array(c.country))))
$$;
"""
BY_KEY_ALONE = """
CREATE OR REPLACE FUNCTION ombuds_my_cases() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER ROWS 50
SET search_path = public, pg_temp AS
$$ SELECT case_id FROM ombuds_casekey WHERE person = my_person() AND NOT waiting $$;
"""


class Migration(migrations.Migration):
    """A case is read from a seat that the office has confirmed, for its country: a key that is left from another time
    opens nothing, whatever role the house gives."""

    dependencies = [("ombuds", "0019_names_of_today")]
    operations = [migrations.RunSQL(SEATED, BY_KEY_ALONE)]
