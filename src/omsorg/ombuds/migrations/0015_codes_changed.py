import django.db.models.deletion
from django.db import migrations, models

import omsorg.ombuds.models.keys
from omsorg.kernel.wall import protect

MINE = "case_id = ANY(ARRAY(SELECT ombuds_my_cases()))"
SEEN = """
UPDATE ombuds_case c SET code_by = w.by FROM ombuds_words w WHERE w.case_id = c.id AND w.number = 1 AND w.taken_down;
UPDATE ombuds_case c SET code_by = n.by, codes_given = n.given, code_confirmed = n.given
FROM (SELECT case_id, count(*) AS given, (array_agg(by ORDER BY number DESC))[1] AS by
      FROM ombuds_note WHERE kind = 'new_code' GROUP BY case_id) n
WHERE n.case_id = c.id;
"""


class Migration(migrations.Migration):
    """A code that was changed says so to whoever comes with it; what comes with a new one is marked until the child has
    confirmed it; and a case knows which ombudsperson has seen its code."""

    dependencies = [("ombuds", "0014_seats_confirmed")]
    operations = [
        migrations.AddField("case", "codes_given", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("case", "code_confirmed", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("case", "code_by", models.BigIntegerField(null=True)),
        migrations.AddField("case", "helped_under", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("words", "under_code", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("wish", "under_code", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("assent", "under_code", models.PositiveSmallIntegerField(default=0)),
        migrations.CreateModel(
            name="OldCode",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=omsorg.ombuds.models.keys.random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("lookup", models.CharField(max_length=64, unique=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="old_codes", to="ombuds.case"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.RunSQL(SEEN, migrations.RunSQL.noop),
        protect("ombuds_oldcode", see=f"lookup = ombuds_code() OR {MINE}", write=MINE),
    ]
