from django.db import migrations, models

KNOWN = "UPDATE ombuds_case SET missed_at = level WHERE promises_missed > 0 AND promise_on IS NOT NULL"


class Migration(migrations.Migration):
    """Which level missed the last promise: a child is told that somebody higher looks only where somebody does. Of
    those missed until now it is not known, and nothing is claimed."""

    dependencies = [("ombuds", "0022_told_again")]
    operations = [
        migrations.AddField(
            "case", "missed_at", models.CharField(blank=True, default="", max_length=8), preserve_default=False
        ),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
    ]
