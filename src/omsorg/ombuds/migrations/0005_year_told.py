from django.db import migrations, models

from omsorg.kernel.wall import append_only, protect


class Migration(migrations.Migration):
    dependencies = [
        ("ombuds", "0004_rings_by_seat"),
    ]

    operations = [
        migrations.CreateModel(
            name="YearTold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(unique=True)),
                ("said", models.JSONField()),
                ("told_on", models.DateField()),
                ("told_by", models.BigIntegerField()),
            ],
        ),
        protect("ombuds_yeartold", see="true", write="told_by = my_person() AND (SELECT ombuds_i_sit_on_the_board())"),
        append_only("ombuds_yeartold"),
    ]
