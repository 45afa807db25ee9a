from django.db import migrations

ELSEWHERE = """
CREATE FUNCTION holds_roles_elsewhere(of_person bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM federation_mandate m
        WHERE m.person_id = of_person AND (m.valid_until IS NULL OR m.valid_until > app_day())
          AND NOT m.organisation_id = ANY(ARRAY(SELECT units_i_keep()))
    ) AND EXISTS (
        SELECT 1 FROM federation_person p
        WHERE p.id = of_person AND p.organisation_id = ANY(ARRAY(SELECT units_i_keep()))
    )
$$;
"""


class Migration(migrations.Migration):
    """Whoever looks after a person learns that there are roles beyond their sight, and nothing more of them."""

    dependencies = [("federation", "0006_true_lineage")]
    operations = [migrations.RunSQL(ELSEWHERE, "DROP FUNCTION holds_roles_elsewhere(bigint);")]
