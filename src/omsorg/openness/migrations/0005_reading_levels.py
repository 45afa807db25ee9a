from django.db import migrations, models


def level() -> models.CharField:
    """How easy words are, or are asked for. Whatever was said before was said in standard words."""
    return models.CharField(max_length=10, default="standard")


class Migration(migrations.Migration):
    """How easy words must be: asked for on the lists, written for each form letter, frozen with each notice."""

    dependencies = [("openness", "0004_open_to_read")]
    operations = [
        migrations.AddField("recipient", "reading", level()),
        migrations.AddField("noticetemplate", "reading", level()),
        migrations.AddField("notice", "reading", level()),
        migrations.AddField("notice", "asked_reading", level()),
        migrations.RemoveConstraint("noticetemplate", "openness_template_numbered"),
        migrations.AddConstraint(
            "noticetemplate",
            models.UniqueConstraint(
                fields=["channel", "language", "reading", "number"], name="openness_template_numbered"
            ),
        ),
        migrations.AddConstraint(
            "notice",
            models.CheckConstraint(
                condition=~models.Q(reading="easy") | models.Q(asked_reading="easy"),
                name="openness_notice_easy_where_asked",
            ),
        ),
    ]
