from django.db import migrations, models

MINE = "case_id = ANY(ARRAY(SELECT ombuds_my_cases()))"
BY_CODE = "case_id = (SELECT ombuds_case_of_code())"
HOUSE = "is_house()"


class Migration(migrations.Migration):
    """What a child did since the last answer stands on the desk, each ombudsperson has a word of her own for a case,
    and a child reads what was told: on its yes, or after it was told first. The clocks of the house see that a copy was
    handed over and that the yes was taken back, and nothing of what either says."""

    dependencies = [("ombuds", "0009_relayed_calls")]
    operations = [
        migrations.AddField("case", "news", models.CharField(max_length=40, blank=True, default="")),
        migrations.AddField("casekey", "label", models.BinaryField(null=True)),
        migrations.AddField("handover", "taken_back_told_on", models.DateField(null=True)),
        migrations.AlterField("case", "news", models.CharField(max_length=40, blank=True)),
        migrations.RunSQL(
            f"""
            ALTER POLICY ombuds_assent_see ON ombuds_assent USING ({MINE} OR {BY_CODE} OR {HOUSE});
            ALTER POLICY ombuds_handover_see ON ombuds_handover
                USING ({MINE} OR ({BY_CODE} AND assent_id IS NOT NULL) OR {HOUSE});
            ALTER POLICY ombuds_handover_change ON ombuds_handover
                USING ({MINE} OR {HOUSE}) WITH CHECK ({MINE} OR {HOUSE});
            ALTER POLICY ombuds_disclosure_see ON ombuds_disclosure
                USING ({MINE} OR ({BY_CODE} AND child_told_on IS NOT NULL));
            """,
            f"""
            ALTER POLICY ombuds_assent_see ON ombuds_assent USING ({MINE} OR {BY_CODE});
            ALTER POLICY ombuds_handover_see ON ombuds_handover USING ({MINE});
            ALTER POLICY ombuds_handover_change ON ombuds_handover USING ({MINE}) WITH CHECK ({MINE});
            ALTER POLICY ombuds_disclosure_see ON ombuds_disclosure USING ({MINE});
            """,
        ),
    ]
