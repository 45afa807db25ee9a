from django.db import migrations, models
from django.db.models import F, Q

AS_THEY_WERE = (
    "UPDATE ombuds_disclosure SET danger_now = ''::bytea"
    " WHERE standing = 'done' AND why_not_told IS NULL AND child_told_on >= done_on"
)


class Migration(migrations.Migration):
    """The child is told on a day before anybody else is, or it is on record why that could not wait. What was told on
    the same day until now stays as it is, with nothing said."""

    dependencies = [("ombuds", "0023_missed_at_a_level")]
    operations = [
        migrations.AddField("disclosure", "danger_now", models.BinaryField(null=True)),
        migrations.RunSQL(AS_THEY_WERE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "disclosure",
            models.CheckConstraint(
                condition=~Q(standing="done")
                | Q(child_told_on__lt=F("done_on"))
                | Q(danger_now__isnull=False)
                | Q(why_not_told__isnull=False),
                name="ombuds_disclosure_a_day_before",
            ),
        ),
    ]
