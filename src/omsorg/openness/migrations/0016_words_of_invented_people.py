from django.db import migrations, models

OF_INVENTED = """
ALTER TABLE openness_noticetemplate DISABLE TRIGGER USER;
UPDATE openness_noticetemplate AS t SET is_example = true FROM federation_person AS p WHERE p.id = t.by_id AND p.is_example;
ALTER TABLE openness_noticetemplate ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    """The words of invented people reach invented givers alone."""

    dependencies = [("openness", "0015_words_by_two_lists_age")]
    operations = [
        migrations.AddField("noticetemplate", "is_example", models.BooleanField(default=False)),
        migrations.RunSQL(OF_INVENTED, migrations.RunSQL.noop),
    ]
