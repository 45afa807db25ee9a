from django.db import migrations, models

from omsorg.kernel.wall import protect


class Migration(migrations.Migration):
    """The house remembers which of its systems lie in a database of their own, and which database that is."""

    dependencies = [("kernel", "0010_letters_taken_back")]
    operations = [
        migrations.CreateModel(
            name="LiesApart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("system", models.CharField(max_length=40, unique=True)),
                ("mark", models.UUIDField()),
                ("since", models.DateField()),
            ],
        ),
        protect("kernel_liesapart", see="true", write="false"),
    ]
