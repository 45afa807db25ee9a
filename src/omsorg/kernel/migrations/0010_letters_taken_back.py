from django.db import migrations, models


class Migration(migrations.Migration):
    """A letter that has not gone out yet can be taken back."""

    dependencies = [("kernel", "0009_letters_apart")]
    operations = [
        migrations.AlterField(
            model_name="letter",
            name="standing",
            field=models.CharField(
                choices=[
                    ("waiting", "Waiting"),
                    ("handed_over", "Handed Over"),
                    ("sent", "Sent"),
                    ("in_doubt", "In Doubt"),
                    ("given_up", "Given Up"),
                    ("taken_back", "Taken Back"),
                ],
                default="waiting",
                max_length=12,
            ),
        ),
    ]
