from django.db import migrations, models
from django.db.models import Value

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
    """Beside each reason and its language stands the same reason in other languages, where it was given in them."""

    dependencies = [("plans", "0024_revisions_follow")]
    operations = [
        migrations.AddField(
            model,
            "reason_in",
            models.JSONField(
                blank=True, db_default=Value({}, models.JSONField()), default=dict, help_text="by language"
            ),
        )
        for model in WITH_A_REASON
    ]
