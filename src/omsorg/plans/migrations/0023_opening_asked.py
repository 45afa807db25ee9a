import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from omsorg.kernel.wall import append_only, protect

MINE = "organisation_id = ANY(ARRAY(SELECT my_units()))"
WHERE_I_REPORT = "organisation_id = ANY(ARRAY(SELECT my_units_as(plans_roles_that_may('plans.report'))))"


class Migration(migrations.Migration):
    """Those who report may ask for a locked answer, in their own name; who sees the answer sees that it was asked for."""

    dependencies = [("plans", "0022_recommendations_called_once"), ("federation", "0011_names_dated")]
    operations = [
        migrations.CreateModel(
            name="OpeningAsked",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period_start", models.DateField()),
                ("period_months", models.PositiveSmallIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="federation.person"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="federation.organisation"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.plan"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["plan", "organisation", "period_start", "period_months", "number"],
                        name="plans_opening_asked_once",
                    ),
                    models.CheckConstraint(condition=~Q(reason=""), name="plans_opening_asked_says_why"),
                ]
            },
        ),
        append_only("plans_openingasked"),
        protect(
            "plans_openingasked",
            see=f"{MINE} OR is_house()",
            write=f"is_house() OR (by_id = my_person() AND {WHERE_I_REPORT})",
        ),
    ]
