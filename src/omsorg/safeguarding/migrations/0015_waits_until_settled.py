from importlib import import_module

from django.db import migrations, models

SHUT = import_module("omsorg.safeguarding.migrations.0009_who_is_shut_out")
BEGINS = "CREATE FUNCTION safeguarding_my_concerns()"
ENDS = "CREATE OR REPLACE FUNCTION safeguarding_decided_for"
MY_CONCERNS = SHUT.NEW[SHUT.NEW.index(BEGINS) : SHUT.NEW.index(ENDS)].replace("CREATE", "CREATE OR REPLACE", 1)
NOTHING_HANDED = "WHERE h.incident_id = i.id AND h.number = 2 AND h.at = i.received_at), '')"
WAITING = """WHERE h.incident_id = i.id AND h.number = 2 AND h.at = i.received_at),
            CASE WHEN EXISTS (SELECT 1 FROM safeguarding_shutout w
                WHERE w.incident_id = i.id AND w.until_settled AND w.lifted_at IS NULL) THEN 'above' ELSE '' END)"""

CLOCKS = [
    (code, code)
    for code in (
        "take_up acknowledge triage team plan investigation closure decision write_up review duty".split()  # noqa: SIM905
    )
]


class Migration(migrations.Migration):
    """A concern about somebody whom nobody here is called waits one level up until it is settled whom it is about, and
    whoever raised it is told so."""

    dependencies = [("safeguarding", "0014_closings_counted")]
    operations = [
        migrations.AddField("shutout", "until_settled", models.BooleanField(default=False, db_default=False)),
        migrations.AlterField("clockreminder", "clock", models.CharField(max_length=16, choices=CLOCKS)),
        migrations.AlterField("pause", "clock", models.CharField(max_length=16, choices=CLOCKS)),
        migrations.RunSQL(MY_CONCERNS.replace(NOTHING_HANDED, WAITING), MY_CONCERNS),
    ]
