from django.db import migrations

MINE = "case_id = ANY(ARRAY(SELECT ombuds_my_cases()))"
BY_CODE = "case_id = (SELECT ombuds_case_of_code())"
ON_A_YES = f"{BY_CODE} AND assent_id IS NOT NULL"
TOLD_FIRST = f"""{BY_CODE} AND (assent_id IS NOT NULL
    OR disclosure_id IN (SELECT d.id FROM ombuds_disclosure d WHERE d.child_told_on IS NOT NULL))"""


class Migration(migrations.Migration):
    """A child who was told first reads that the desk for incidents was told once that desk has its copy, not before."""

    dependencies = [("ombuds", "0031_a_whole_day_to_read")]
    operations = [
        migrations.RunSQL(
            f"ALTER POLICY ombuds_handover_see ON ombuds_handover USING ({MINE} OR ({TOLD_FIRST}) OR is_house());",
            f"ALTER POLICY ombuds_handover_see ON ombuds_handover USING ({MINE} OR ({ON_A_YES}) OR is_house());",
        )
    ]
