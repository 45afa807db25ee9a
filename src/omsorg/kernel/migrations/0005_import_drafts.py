from django.db import migrations, models


class Migration(migrations.Migration):
    """A draft keeps the file itself and what was told of it; a draft made before is not worth keeping."""

    dependencies = [("kernel", "0004_letters_stay")]
    operations = [
        migrations.RunSQL("DELETE FROM kernel_importdraft", migrations.RunSQL.noop),
        migrations.RemoveField("importdraft", "rows"),
        migrations.RemoveField("importdraft", "errors"),
        migrations.AlterField("importdraft", "filename", models.CharField(blank=True, max_length=200)),
        migrations.AddField(
            "importdraft", "stored_as", models.CharField(default="", max_length=80), preserve_default=False
        ),
        migrations.AddField("importdraft", "size", models.PositiveIntegerField(default=0), preserve_default=False),
        migrations.AddField("importdraft", "told", models.JSONField(default=dict)),
        migrations.AddField("importdraft", "done_at", models.DateTimeField(null=True)),
        migrations.AddIndex("importdraft", models.Index(fields=["person", "kind"], name="kernel_draft_of")),
    ]
