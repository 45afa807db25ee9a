from importlib import import_module

from django.db import migrations

NEEDS = import_module("omsorg.safeguarding.migrations.0024_needs").OPEN
BEFORE = import_module("omsorg.safeguarding.migrations.0026_by_oneself")


def again(sql: str) -> str:
    """The same functions once more, over those that are there."""
    return sql.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


OPEN, CLOSED_IN_NEED = "CREATE FUNCTION safeguarding_need_open", "CREATE FUNCTION safeguarding_not_closed_in_need"
STILL_OPEN = again(
    NEEDS[NEEDS.index(OPEN) : NEEDS.index("CREATE FUNCTION safeguarding_need_answered")]
    + NEEDS[NEEDS.index(CLOSED_IN_NEED) : NEEDS.index("CREATE TRIGGER safeguarding_not_closed_in_need")]
)

RESTS = BEFORE.RESTS[: BEFORE.RESTS.index("CREATE OR REPLACE FUNCTION")]
FOR_WHO_SEES_IT = again(
    RESTS.replace(
        "BEGIN\n",
        """BEGIN
    IF NOT is_house() AND of_incident NOT IN (SELECT safeguarding_visible()) THEN
        RETURN NULL;
    END IF;
""",
        1,
    )
)

BY_ONESELF = BEFORE.BY_ONESELF[: BEFORE.BY_ONESELF.index("CREATE TRIGGER")]
ITS_OWN_STAMP = again(
    BY_ONESELF.replace(
        "    FOREACH stamp",
        """    IF TG_TABLE_NAME = 'safeguarding_duty' AND now_is->>'standing' IN ('to_tell', 'to_agree', 'not_to_tell')
        AND (now_is->>'standing' IS DISTINCT FROM was->>'standing' OR now_is->>'reason' IS DISTINCT FROM was->>'reason')
        AND my_person()::text IS DISTINCT FROM (CASE WHEN was->>'standing' = 'to_agree'
            AND now_is->>'standing' = 'not_to_tell' THEN now_is->>'agreed_by_id' ELSE now_is->>'decided_by_id' END) THEN
        RAISE EXCEPTION 'Nobody does anything in an incident in the name of another' USING ERRCODE = 'check_violation';
    END IF;
    FOREACH stamp""",
    )
)

OF_A_UNIT = """
CREATE FUNCTION safeguarding_shut_by_nobody() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.by_id IS NULL AND NEW.until_settled AND NOT is_house() AND (NEW.organisation_id IS NULL OR EXISTS (
        SELECT 1 FROM safeguarding_step s WHERE s.incident_id = NEW.incident_id AND s.kind = 'triaged')) THEN
        RAISE EXCEPTION 'Nobody is shut out in the name of nobody' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER safeguarding_shut_by_nobody BEFORE INSERT ON safeguarding_shutout
    FOR EACH ROW EXECUTE FUNCTION safeguarding_shut_by_nobody();
"""
OF_A_UNIT_BACK = (
    "DROP TRIGGER safeguarding_shut_by_nobody ON safeguarding_shutout; DROP FUNCTION safeguarding_shut_by_nobody();"
)


class Migration(migrations.Migration):
    """What is decided of a duty bears the name of whoever decided it; in nobody's name a unit alone waits outside, until
    the first look. Whether an end rests on somebody who is shut out is told to those who see the incident. What keeps
    an incident open in need is written down once more, for a database that learnt it in its first words."""

    dependencies = [("safeguarding", "0026_by_oneself")]
    operations = [
        migrations.RunSQL(STILL_OPEN, migrations.RunSQL.noop),
        migrations.RunSQL(FOR_WHO_SEES_IT, again(RESTS)),
        migrations.RunSQL(ITS_OWN_STAMP, again(BY_ONESELF)),
        migrations.RunSQL(OF_A_UNIT, OF_A_UNIT_BACK),
    ]
