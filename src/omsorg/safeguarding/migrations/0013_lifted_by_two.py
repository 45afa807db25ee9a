import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Whoever asks first to lift a shutting out is kept: a second person lifts it."""

    dependencies = [
        ("federation", "0013_roles_given_by"),
        ("safeguarding", "0012_parts_numbered_within"),
    ]

    operations = [
        migrations.AddField(
            model_name="shutout",
            name="lifting_asked_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="federation.person"
            ),
        ),
        migrations.AddField(
            model_name="shutout",
            name="lifting_reason",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
    ]
