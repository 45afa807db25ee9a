from importlib import import_module

from django.db import migrations

SHUT = import_module("omsorg.safeguarding.migrations.0009_who_is_shut_out")
WAITS = import_module("omsorg.safeguarding.migrations.0015_waits_until_settled")

END_AT_SOMEBODY = SHUT.NEW[
    SHUT.NEW.index("CREATE FUNCTION safeguarding_end_at_somebody(") : SHUT.NEW.index(
        "DROP FUNCTION safeguarding_my_concerns();"
    )
].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)
FROM, UNTIL = "        given := 'top';", "    END IF;\n    INSERT INTO safeguarding_step"
LIFTED = END_AT_SOMEBODY[END_AT_SOMEBODY.index(FROM) : END_AT_SOMEBODY.index(UNTIL)]
KEPT_UNREAD = """        given := 'nobody';
        IF (SELECT s.facts->>'handed' FROM safeguarding_step s
            WHERE s.incident_id = of_incident AND s.facts ? 'handed' ORDER BY s.number DESC LIMIT 1) = given THEN
            RETURN given;
        END IF;
"""
NOBODY = END_AT_SOMEBODY.replace(LIFTED, KEPT_UNREAD)

MY_CONCERNS = WAITS.MY_CONCERNS.replace(WAITS.NOTHING_HANDED, WAITS.WAITING)
STOOD = MY_CONCERNS[
    MY_CONCERNS.index("        coalesce((SELECT h.facts") : MY_CONCERNS.index("    FROM safeguarding_incident i\n")
]
STANDS = f"""        CASE WHEN EXISTS (SELECT 1 FROM safeguarding_shut_for(my_person()) o WHERE o.incident_id = i.id) THEN
{STOOD}        WHEN i.stage NOT IN ('closed', 'decided') AND NOT EXISTS (SELECT 1 FROM safeguarding_sight(i.id, NULL) s
            WHERE s.is_handler AND s.depth IS NOT NULL) THEN 'nobody'
        ELSE coalesce(NULLIF(
{STOOD}        , 'nobody'), '') END
"""

SHUT_OUT_AGAIN = """
ALTER TABLE safeguarding_shutout DISABLE TRIGGER USER;
UPDATE safeguarding_shutout s SET lifted_at = NULL FROM safeguarding_step h
WHERE h.incident_id = s.incident_id AND h.facts->>'handed' = 'top' AND s.lifted_at = h.at AND s.lifting_asked_by_id IS NULL;
ALTER TABLE safeguarding_shutout ENABLE TRIGGER USER;
UPDATE safeguarding_teammember t SET left_at = now()
WHERE t.left_at IS NULL AND safeguarding_is_shut_out(t.incident_id, t.person_id);
"""


class Migration(migrations.Migration):
    """Whoever is named reads nothing, also where everybody is named who could: the concern is kept unread until
    somebody who is not named is given the role. Those at the top who had been let in for want of others are shut out
    again."""

    dependencies = [("safeguarding", "0017_police_not_told_by_two")]
    operations = [
        migrations.RunSQL(NOBODY, END_AT_SOMEBODY),
        migrations.RunSQL(MY_CONCERNS.replace(STOOD, STANDS), MY_CONCERNS),
        migrations.RunSQL(SHUT_OUT_AGAIN, migrations.RunSQL.noop),
    ]
