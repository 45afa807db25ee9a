from django.db import migrations, models


class Migration(migrations.Migration):
    """Each form in which a code is handed in opens once; what is sent again from a browser's history opens nothing."""

    dependencies = [("ombuds", "0010_what_is_new")]
    operations = [
        migrations.CreateModel(
            name="UsedTicket",
            fields=[
                ("mark", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("span", models.PositiveIntegerField()),
            ],
        ),
        migrations.AddIndex("usedticket", models.Index(fields=["span"], name="ombuds_ticket_span")),
        migrations.RunSQL("ALTER TABLE ombuds_usedticket SET UNLOGGED", "ALTER TABLE ombuds_usedticket SET LOGGED"),
    ]
