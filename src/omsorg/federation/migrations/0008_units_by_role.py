from django.db import migrations

BY_ROLE = """
CREATE FUNCTION my_units_as(roles text[]) RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER ROWS 50
SET search_path = public, pg_temp AS $$
    SELECT DISTINCT l.descendant_id
    FROM federation_mandate m JOIN federation_lineage l ON l.ancestor_id = m.organisation_id
    WHERE m.person_id = my_person() AND m.role = ANY(roles)
      AND m.valid_from <= app_day() AND (m.valid_until IS NULL OR m.valid_until > app_day())
      AND l.valid_from <= app_day() AND (l.valid_until IS NULL OR l.valid_until > app_day())
$$;
"""


class Migration(migrations.Migration):
    """The database knows not only where somebody holds a role, but where they hold which."""

    dependencies = [("federation", "0007_roles_elsewhere")]
    operations = [migrations.RunSQL(BY_ROLE, "DROP FUNCTION my_units_as(text[]);")]
