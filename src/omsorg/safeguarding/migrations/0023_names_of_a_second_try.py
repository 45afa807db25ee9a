import django.db.models.deletion
from django.db import migrations, models

EACH_ONCE = """
DO $$ BEGIN
    EXECUTE replace(pg_get_functiondef('safeguarding_know_again'::regproc), 'UNION ALL', 'UNION');
END $$;
"""
EACH_ONCE_BACK = """
DO $$ BEGIN
    EXECUTE replace(pg_get_functiondef('safeguarding_know_again'::regproc), 'UNION', 'UNION ALL');
END $$;
"""


class Migration(migrations.Migration):
    """A copy of which nobody knows whether it arrived comes a second time, and may name somebody more: they are kept
    beside the first. Whoever comes later and is called like two of them is shut out once."""

    dependencies = [("safeguarding", "0022_of_this_incident")]
    operations = [
        migrations.AlterField(
            "copynames",
            "incident",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="safeguarding.incident"
            ),
        ),
        migrations.RunSQL(EACH_ONCE, EACH_ONCE_BACK),
    ]
