from django.db import migrations, models

import omsorg.plans.models.plans

WITH_A_REASON = (
    "planrevision",
    "actionrevision",
    "indicatorrevision",
    "actionrecommendation",
    "indicatoraction",
    "recommendationresponse",
    "target",
    "budgetentry",
)


class Migration(migrations.Migration):
    """Beside each reason stands the language in which it was written; of those written before, it is not known."""

    dependencies = [("plans", "0020_units_in_languages")]
    operations = [
        migrations.AddField(
            model,
            "reason_language",
            models.CharField(blank=True, db_default="", default=omsorg.plans.models.plans.written_in, max_length=8),
        )
        for model in WITH_A_REASON
    ]
