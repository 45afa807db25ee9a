from django.db import migrations, models


class Migration(migrations.Migration):
    """The houses complained of are kept, sealed, and a seat knows the houses its holder belongs to."""

    dependencies = [("ombuds", "0006_own_books")]
    operations = [
        migrations.AddField("case", "stakes", models.BinaryField(null=True)),
        migrations.AddField("seat", "units", models.JSONField(default=list)),
    ]
