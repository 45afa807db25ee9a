from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

EARLIER = import_module("omsorg.safeguarding.migrations.0005_nothing_owed_when_closed").CLOSED
GOES = import_module("omsorg.safeguarding.migrations.0011_nothing_goes").KEPT
CLOSES = EARLIER[: EARLIER.index("CREATE FUNCTION safeguarding_guard_duty")]
OWES = EARLIER[EARLIER.index("CREATE FUNCTION safeguarding_guard_duty") : EARLIER.index("CREATE TRIGGER")].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
STAYS = GOES[GOES.index("CREATE FUNCTION safeguarding_duty_stays_done") : GOES.index("CREATE TRIGGER")].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
OPEN = "d.standing IN ('owed', 'to_tell')"
OPEN_NOW = """(d.standing IN ('owed', 'to_tell', 'to_agree')
            OR (d."to" = 'police' AND d.standing = 'not_to_tell' AND d.agreed_by_id IS NULL))"""
DECIDED = "(OLD.standing = 'not_to_tell' AND NEW.standing NOT IN ('not_to_tell', 'to_tell', 'done'))"
DECIDED_NOW = """(OLD.standing = 'not_to_tell' AND NEW.standing NOT IN ('not_to_tell', 'to_tell', 'done')
            AND NOT (OLD."to" = 'police' AND NEW.standing = 'owed' AND (OLD.agreed_by_id IS NULL
                OR safeguarding_is_shut_out(OLD.incident_id, OLD.decided_by_id)
                OR safeguarding_is_shut_out(OLD.incident_id, OLD.agreed_by_id))))"""

BY_TWO = (
    CLOSES.replace(OPEN, OPEN_NOW)
    + OWES.replace("NEW.standing IN ('owed', 'to_tell')", "NEW.standing IN ('owed', 'to_tell', 'to_agree')")
    + STAYS.replace(DECIDED, DECIDED_NOW)
    + """
CREATE FUNCTION safeguarding_guard_not_told() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    was_standing text := CASE WHEN TG_OP = 'UPDATE' THEN OLD.standing ELSE '' END;
    was_agreed bigint := CASE WHEN TG_OP = 'UPDATE' THEN OLD.agreed_by_id END;
BEGIN
    IF NEW."to" <> 'police' THEN
        RETURN NEW;
    END IF;
    IF NEW.standing = 'to_agree' AND (NEW.decided_by_id IS NULL OR NEW.agreed_by_id IS NOT NULL OR NEW.reason = ''
        OR (was_standing <> 'to_agree' AND NOT is_house() AND NEW.decided_by_id IS DISTINCT FROM my_person())) THEN
        RAISE EXCEPTION 'Whoever decides that the police is not told says so and why' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.standing <> 'not_to_tell' THEN
        RETURN NEW;
    END IF;
    IF was_standing = 'not_to_tell' THEN
        IF NEW.agreed_by_id IS DISTINCT FROM was_agreed OR NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id THEN
            RAISE EXCEPTION 'Who decided that the police is not told stays on record' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF was_standing <> 'to_agree' OR NEW.agreed_by_id IS NULL OR NEW.agreed_by_id = OLD.decided_by_id
        OR NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id OR NEW.reason IS DISTINCT FROM OLD.reason
        OR (NOT is_house() AND NEW.agreed_by_id IS DISTINCT FROM my_person())
        OR NOT EXISTS (SELECT 1 FROM safeguarding_sight(NEW.incident_id, NEW.agreed_by_id) s WHERE s.is_handler)
        OR (EXISTS (SELECT 1 FROM safeguarding_sight(NEW.incident_id, NULL) s
                WHERE s.is_handler AND s.depth > 0 AND s.person_id <> NEW.decided_by_id)
            AND NOT EXISTS (SELECT 1 FROM safeguarding_sight(NEW.incident_id, NEW.agreed_by_id) s
                WHERE s.is_handler AND s.depth > 0)) THEN
        RAISE EXCEPTION 'That the police is not told takes a second person above' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER safeguarding_duty_not_told BEFORE INSERT OR UPDATE ON safeguarding_duty
    FOR EACH ROW EXECUTE FUNCTION safeguarding_guard_not_told();

UPDATE safeguarding_duty d SET standing = 'owed' FROM safeguarding_incident i
WHERE i.id = d.incident_id AND i.stage NOT IN ('closed', 'decided') AND d."to" = 'police'
  AND d.standing = 'not_to_tell' AND d.agreed_by_id IS NULL;
"""
)
BY_ONE = (
    "DROP TRIGGER safeguarding_duty_not_told ON safeguarding_duty; DROP FUNCTION safeguarding_guard_not_told();"
    " UPDATE safeguarding_duty SET standing = 'owed' WHERE standing = 'to_agree';" + CLOSES + OWES + STAYS
)
STANDINGS = ["owed", "to_tell", "to_agree", "not_to_tell", "done"]
KINDS = [
    "received",
    "taken_up",
    "acknowledged",
    "triaged",
    "team_named",
    "team_left",
    "planned",
    "alleged",
    "found",
    "counted",
    "employment_said",
    "supported",
    "followed_up",
    "measure_set",
    "measure_done",
    "duty_owed",
    "duty_decided",
    "duty_agreed",
    "duty_done",
    "shut_out",
    "let_in",
    "paused",
    "resumed",
    "document_kept",
    "document_withdrawn",
    "name_set_apart",
    "noted",
    "closed",
    "reopened",
    "lesson_written",
    "lesson_checked",
    "lesson_offered",
    "decided",
    "reminded",
]
PERSON = {"null": True, "on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": "federation.person"}


class Migration(migrations.Migration):
    """That the police is not told takes two. Where one alone has decided it in an incident that is open, it is owed
    anew; what was closed with it stays as it was, and is owed anew once it is opened again."""

    dependencies = [("federation", "0013_roles_given_by"), ("safeguarding", "0016_line_of_that_day")]
    operations = [
        migrations.AddField("duty", "decided_by", models.ForeignKey(**PERSON)),
        migrations.AddField("duty", "agreed_by", models.ForeignKey(**PERSON)),
        migrations.AlterField(
            "duty", "standing", models.CharField(max_length=12, choices=[(c, c) for c in STANDINGS], default="owed")
        ),
        migrations.AlterField("step", "kind", models.CharField(max_length=20, choices=[(c, c) for c in KINDS])),
        migrations.RunSQL(BY_TWO, BY_ONE),
    ]
