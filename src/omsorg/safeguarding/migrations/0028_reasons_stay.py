from importlib import import_module

from django.db import migrations

TWO = import_module("omsorg.safeguarding.migrations.0017_police_not_told_by_two").BY_TWO
NOT_TOLD = TWO[TWO.index("CREATE FUNCTION safeguarding_guard_not_told") : TWO.index("CREATE TRIGGER")].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
STAYS = "OR NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id THEN"
REASON_STAYS = NOT_TOLD.replace(
    STAYS, "OR NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id OR NEW.reason IS DISTINCT FROM OLD.reason THEN", 1
).replace(
    "    IF NEW.standing <> 'not_to_tell' THEN",
    """    IF NEW.standing = 'to_agree' AND was_standing = 'to_agree' AND NEW.reason IS DISTINCT FROM OLD.reason THEN
        RAISE EXCEPTION 'What a second person is to agree to stays as it was read' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.standing <> 'not_to_tell' THEN""",
    1,
)

CLOSES = import_module("omsorg.safeguarding.migrations.0026_by_oneself").RESTS
ANEW = CLOSES[CLOSES.index("CREATE OR REPLACE FUNCTION safeguarding_decided_anew") :]
NOT_KNOWN_IS_NO = ANEW.replace(
    "safeguarding_rests_on_shut_out(NEW.id) THEN", "safeguarding_rests_on_shut_out(NEW.id) IS NOT FALSE THEN"
)


class Migration(migrations.Migration):
    """Why the police is not told stays as the second person read it; and where it cannot be known whether an end rests
    on somebody who is shut out, it is no end."""

    dependencies = [("safeguarding", "0027_in_nobodys_name")]
    operations = [
        migrations.RunSQL(REASON_STAYS, NOT_TOLD),
        migrations.RunSQL(NOT_KNOWN_IS_NO, ANEW),
    ]
