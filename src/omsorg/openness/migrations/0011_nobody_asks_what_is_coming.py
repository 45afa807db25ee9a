from django.db import migrations

GONE = "DROP FUNCTION openness_is_coming(text)"
BACK = """
CREATE FUNCTION openness_is_coming(of_code text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM openness_publication p JOIN openness_round r ON r.publication_id = p.id
        WHERE p.code = of_code AND r.listed > 0)
$$;
"""


class Migration(migrations.Migration):
    """Nobody can ask any more whether a case that is not public is there."""

    dependencies = [("openness", "0010_held_at_a_day")]
    operations = [migrations.RunSQL(GONE, BACK)]
