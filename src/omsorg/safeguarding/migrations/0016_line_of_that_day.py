from importlib import import_module

from django.db import migrations

SHUT = import_module("omsorg.safeguarding.migrations.0009_who_is_shut_out")
BEGINS = "CREATE OR REPLACE FUNCTION safeguarding_sight("
ENDS = "CREATE FUNCTION safeguarding_end_at_somebody("
SIGHT = SHUT.NEW[SHUT.NEW.index(BEGINS) : SHUT.NEW.index(ENDS)]
TODAY = """WHERE l.ancestor_id = m.organisation_id AND l.descendant_id = i.organisation_id
                  AND l.valid_from <= LEAST(app_day(), o.exists_until - 1)
                  AND (l.valid_until IS NULL OR l.valid_until > LEAST(app_day(), o.exists_until - 1))"""
THAT_DAY = TODAY.replace("app_day()", SHUT.RECEIVED_ON)


class Migration(migrations.Migration):
    """An organisation that is moved does not take its incidents along: those who stood above it on the day of the
    concern read them, and those who stand above it since do not."""

    dependencies = [("safeguarding", "0015_waits_until_settled")]
    operations = [migrations.RunSQL(SIGHT.replace(TODAY, THAT_DAY), SIGHT)]
