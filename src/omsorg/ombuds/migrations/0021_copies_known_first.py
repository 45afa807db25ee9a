from django.db import migrations, models


class Migration(migrations.Migration):
    """A copy is kept before it is handed over; those that are there have arrived on their day."""

    dependencies = [("ombuds", "0020_read_from_a_seat")]
    operations = [
        migrations.AddField("handover", "delivered_on", models.DateField(null=True)),
        migrations.RunSQL('UPDATE ombuds_handover SET delivered_on = "on"', migrations.RunSQL.noop),
    ]
