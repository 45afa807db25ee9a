from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """What another system of the house has brought is known by the name it has there, whatever is renamed since."""

    dependencies = [("plans", "0029_reasons_of_ratings")]
    operations = [
        migrations.AddField(
            "recommendation", "brought_as", models.CharField(blank=True, db_default="", default="", max_length=60)
        ),
        migrations.AddConstraint(
            "recommendation",
            models.UniqueConstraint(
                fields=["brought_as"], condition=~Q(brought_as=""), name="plans_recommendation_brought_once"
            ),
        ),
    ]
