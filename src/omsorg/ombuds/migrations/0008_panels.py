from django.db import migrations, models

import omsorg.ombuds.models.keys
from omsorg.kernel.wall import protect

I_HEAR = "(SELECT ombuds_i_hear())"


class Migration(migrations.Migration):
    """Panels with children stand beside the visits; whoever hears reads both, and nobody else."""

    dependencies = [("ombuds", "0007_stakes")]
    operations = [
        migrations.CreateModel(
            name="Panel",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=omsorg.ombuds.models.keys.random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("on", models.DateField()),
                ("by", models.BigIntegerField()),
                ("country", models.CharField(max_length=2)),
                ("unit", models.CharField(blank=True, max_length=40)),
                ("place", models.CharField(max_length=120)),
                ("post", models.CharField(max_length=120)),
                ("recruited", models.BigIntegerField(null=True)),
                ("children", models.PositiveSmallIntegerField()),
                ("by_age", models.JSONField(default=dict)),
                ("by_sex", models.JSONField(default=dict)),
                ("looked_for", models.TextField(blank=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("children__gte", 1)), name="ombuds_panel_of_children")
                ]
            },
        ),
        protect("ombuds_panel", see=I_HEAR, write=I_HEAR),
    ]
