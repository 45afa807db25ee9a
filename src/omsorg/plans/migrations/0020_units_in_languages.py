from django.db import migrations, models

TO_TEXTS = """
ALTER TABLE plans_indicatorrevision ALTER COLUMN unit TYPE jsonb USING CASE
    WHEN unit = '' THEN '{}'::jsonb
    WHEN jsonb_exists(title, 'en') THEN jsonb_build_object('en', unit)
    ELSE jsonb_build_object(coalesce(substring(title::text from '"([^"]+)"'), 'en'), unit) END;
"""
"""A unit that was given once is in the language that the title is in: English, where there is an English title."""

TO_ONE_WORD = """
ALTER TABLE plans_indicatorrevision ALTER COLUMN unit TYPE varchar(40) USING left(
    coalesce(unit ->> 'en', substring(unit::text from ': "([^"]+)"'), ''), 40);
"""


class Migration(migrations.Migration):
    """The unit of an indicator is kept in every language in which it is given, like its other words."""

    dependencies = [("plans", "0019_documents_as_written")]
    operations = [
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(TO_TEXTS, TO_ONE_WORD)],
            [
                migrations.AlterField(
                    "indicatorrevision",
                    "unit",
                    models.JSONField(default=dict, help_text="what is counted, in a word, by language"),
                )
            ],
        ),
    ]
