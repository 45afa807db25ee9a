from django.db import migrations, models

from omsorg.kernel.wall import protect


class Migration(migrations.Migration):
    """The newest day that is known lies in the database: a clock that leaps is not believed at once."""

    dependencies = [("ombuds", "0011_used_tickets")]
    operations = [
        migrations.CreateModel(
            name="KnownDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("leapt_to", models.DateField(null=True)),
            ],
        ),
        migrations.AddConstraint(
            "knownday", models.CheckConstraint(condition=models.Q(id=1), name="ombuds_known_day_is_one")
        ),
        protect("ombuds_knownday", see="true", write="is_house()"),
    ]
