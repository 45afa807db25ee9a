from django.db import migrations


class Migration(migrations.Migration):
    """The documents of a report are kept as they are written: squeezing them took longer than reading all figures."""

    dependencies = [("plans", "0018_figures_held")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE plans_reportpart ALTER COLUMN document SET STORAGE EXTERNAL",
            "ALTER TABLE plans_reportpart ALTER COLUMN document SET STORAGE EXTENDED",
        )
    ]
