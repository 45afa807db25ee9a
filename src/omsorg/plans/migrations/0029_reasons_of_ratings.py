from django.db import migrations, models
from django.db.models import Value

import omsorg.plans.models.plans


class Migration(migrations.Migration):
    """Why something is rated so is marked with its language and given in others, as every other reason."""

    dependencies = [("plans", "0028_sums_in_one_row")]
    operations = [
        migrations.AddField(
            "assessment",
            "reason_language",
            models.CharField(blank=True, db_default="", default=omsorg.plans.models.plans.written_in, max_length=8),
        ),
        migrations.AddField(
            "assessment",
            "reason_in",
            models.JSONField(
                blank=True, db_default=Value({}, models.JSONField()), default=dict, help_text="by language"
            ),
        ),
    ]
