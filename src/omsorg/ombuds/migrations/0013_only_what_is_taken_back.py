from django.db import migrations

MINE = "case_id = ANY(ARRAY(SELECT ombuds_my_cases()))"
BY_CODE = "case_id = (SELECT ombuds_case_of_code())"


class Migration(migrations.Migration):
    """Of what children were asked the clocks of the house see what was taken back, and nothing else."""

    dependencies = [("ombuds", "0012_known_day")]
    operations = [
        migrations.RunSQL(
            f"""
            ALTER POLICY ombuds_assent_see ON ombuds_assent
                USING ({MINE} OR {BY_CODE} OR (is_house() AND standing = 'withdrawn'));
            """,
            f"ALTER POLICY ombuds_assent_see ON ombuds_assent USING ({MINE} OR {BY_CODE} OR is_house());",
        ),
    ]
