from django.db import migrations, models

ALARMS = "UPDATE ombuds_casekey SET told_at_once = true WHERE because = 'alarm' AND told_on IS NULL AND NOT waiting"


class Migration(migrations.Migration):
    """Whoever has a case is written to again when something new has come, and within minutes after an alarm."""

    dependencies = [("ombuds", "0021_copies_known_first")]
    operations = [
        migrations.AddField("casekey", "told_at_once", models.BooleanField(default=False)),
        migrations.RunSQL(ALARMS, migrations.RunSQL.noop),
    ]
