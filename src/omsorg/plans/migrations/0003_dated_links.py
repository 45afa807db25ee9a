from datetime import date

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from omsorg.kernel.wall import append_only

BEGINNING = date(2000, 1, 1)


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_walls_and_sums"), ("federation", "0002_walls")]
    operations = [
        migrations.RemoveField(model_name="action", name="recommendations"),
        migrations.DeleteModel(name="ActionRecommendation"),
        migrations.CreateModel(
            name="ActionRecommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("holds", models.BooleanField(default=True)),
                ("in_force_on", models.DateField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to="plans.action"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="federation.person"
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to="plans.recommendation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("action", "recommendation", "number"), name="plans_link_number"),
                    models.CheckConstraint(condition=~Q(reason=""), name="plans_link_reason"),
                ],
            },
        ),
        append_only("plans_actionrecommendation"),
        migrations.AddField("source", "in_plan_from", models.DateField(default=BEGINNING), preserve_default=False),
        migrations.AddField(
            "recommendation", "in_plan_from", models.DateField(default=BEGINNING), preserve_default=False
        ),
        migrations.AddField("indicatorrevision", "cause", models.CharField(blank=True, max_length=12, default="")),
        migrations.AlterField("indicatorrevision", "cause", models.CharField(blank=True, max_length=12)),
        migrations.AddField("assessment", "as_published", models.BooleanField(default=False)),
        migrations.RemoveConstraint("assessment", "plans_assessment_off_track_says_why"),
        migrations.AddConstraint(
            "assessment",
            models.CheckConstraint(
                condition=~Q(rating="off_track") | (~Q(cause="") & Q(new_date__isnull=False)) | Q(as_published=True),
                name="plans_assessment_off_track_says_why",
            ),
        ),
    ]
