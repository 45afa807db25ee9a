from datetime import timedelta

from django.db import migrations, models
from django.db.models import F, Q

AS_THEY_WERE = (
    "UPDATE ombuds_disclosure SET danger_now = ''::bytea"
    " WHERE standing = 'done' AND why_not_told IS NULL AND danger_now IS NULL AND child_told_on >= done_on - 1"
)


class Migration(migrations.Migration):
    """A whole day lies between telling the child and telling others: told at two minutes to midnight, it had none. What
    was told on the day after until now stays as it is, with nothing said."""

    dependencies = [("ombuds", "0030_asked_as_it_was")]
    operations = [
        migrations.RunSQL(AS_THEY_WERE, migrations.RunSQL.noop),
        migrations.RemoveConstraint("disclosure", "ombuds_disclosure_a_day_before"),
        migrations.AddConstraint(
            "disclosure",
            models.CheckConstraint(
                condition=~Q(standing="done")
                | Q(child_told_on__lt=F("done_on") - timedelta(days=1))
                | Q(danger_now__isnull=False)
                | Q(why_not_told__isnull=False),
                name="ombuds_disclosure_a_whole_day",
            ),
        ),
    ]
