from django.db import migrations, models

CLOCKS = [
    (code, code)
    for code in (
        *("take_up", "acknowledge", "triage", "team", "plan", "investigation", "closure", "decision", "write_up"),
        *("review", "duty", "measure", "follow_up"),
    )
]


class Migration(migrations.Migration):
    """Help that is to be looked at again has a clock, which is written about and shown one level up like every other."""

    dependencies = [("safeguarding", "0020_copies_keep_quiet")]
    operations = [
        migrations.AlterField("clockreminder", "clock", models.CharField(max_length=16, choices=CLOCKS)),
        migrations.AlterField("pause", "clock", models.CharField(max_length=16, choices=CLOCKS)),
    ]
