from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

BEFORE = import_module("omsorg.safeguarding.migrations.0025_decided_anew")
NEEDS = import_module("omsorg.safeguarding.migrations.0024_needs").OPEN
FROM, UNTIL = "    SELECT coalesce(array_agg", "        RAISE EXCEPTION 'What somebody decided"
JUDGED = BEFORE.ANEW[BEFORE.ANEW.index(FROM) : BEFORE.ANEW.index(UNTIL)]
RESTS = f"""
CREATE FUNCTION safeguarding_rests_on_shut_out(of_incident bigint) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    shut bigint[];
BEGIN
{JUDGED.replace("NEW.id", "of_incident")}        RETURN true;
    END IF;
    RETURN false;
END $$;

CREATE OR REPLACE FUNCTION safeguarding_decided_anew() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.stage IN ('closed', 'decided') AND OLD.stage NOT IN ('closed', 'decided')
        AND safeguarding_rests_on_shut_out(NEW.id) THEN
        RAISE EXCEPTION 'What somebody decided who is shut out since is decided anew' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
ANEW_BEFORE = BEFORE.ANEW[: BEFORE.ANEW.index("CREATE TRIGGER")].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
RESTS_BACK = ANEW_BEFORE + "DROP FUNCTION safeguarding_rests_on_shut_out(bigint);"

STAMPED = {
    **dict.fromkeys(BEFORE.WRITTEN, ("by_id",)),
    "duty": ("by_id", "decided_by_id", "agreed_by_id"),
    "lesson": ("by_id", "checked_by_id"),
    "shutout": ("by_id", "lifting_asked_by_id", "lifted_by_id"),
    "teammember": ("by_id",),
    "setapartname": ("by_id",),
}
BY_ONESELF = """
CREATE FUNCTION safeguarding_by_oneself() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    stamp text;
    was jsonb := CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(OLD) ELSE '{}' END;
    now_is jsonb := to_jsonb(NEW);
BEGIN
    IF is_house() OR NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    FOREACH stamp IN ARRAY TG_ARGV LOOP
        IF (TG_OP = 'INSERT' AND stamp = 'by_id' AND now_is->>stamp IS DISTINCT FROM my_person()::text
                AND NOT (now_is->>stamp IS NULL AND coalesce(now_is->>'until_settled', '') = 'true'))
            OR (now_is->>stamp IS DISTINCT FROM was->>stamp AND now_is->>stamp IS NOT NULL
                AND now_is->>stamp <> coalesce(my_person()::text, ''))
            OR (TG_OP = 'UPDATE' AND stamp <> 'agreed_by_id' AND was->>stamp IS NOT NULL AND now_is->>stamp IS NULL)
            OR (stamp = 'lifted_by_id' AND now_is->>stamp IS NULL AND now_is->>'lifted_at' IS DISTINCT FROM was->>'lifted_at') THEN
            RAISE EXCEPTION 'Nobody does anything in an incident in the name of another'
                USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
""" + "".join(
    f"CREATE TRIGGER safeguarding_{table}_by_oneself BEFORE INSERT OR UPDATE ON safeguarding_{table}"
    f" FOR EACH ROW EXECUTE FUNCTION safeguarding_by_oneself({', '.join(repr(each) for each in stamps)});"
    for table, stamps in STAMPED.items()
)
BY_ONESELF_BACK = (
    "".join(f"DROP TRIGGER safeguarding_{table}_by_oneself ON safeguarding_{table};" for table in STAMPED)
    + "DROP FUNCTION safeguarding_by_oneself();"
)

ANSWERED = NEEDS[NEEDS.index("CREATE FUNCTION safeguarding_need_answered") : NEEDS.index("CREATE TRIGGER")].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
HELPED = ANSWERED.replace(
    "    RETURN NEW;\n",
    """    IF NEW.support_id IS NOT NULL AND NEW.persons + (SELECT coalesce(sum(a.persons), 0) FROM safeguarding_needanswer a
        WHERE a.need_id = NEW.need_id AND a.support_id = NEW.support_id)
        > (SELECT s.persons FROM safeguarding_support s WHERE s.id = NEW.support_id) THEN
        RAISE EXCEPTION 'Help meets the need of no more than it was given to' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
""",
)
LIFTED_BY = """
UPDATE safeguarding_shutout s SET lifted_by_id = h.by_id FROM safeguarding_step h
WHERE h.incident_id = s.incident_id AND h.at = s.lifted_at AND h.by_id IS NOT NULL
  AND (h.kind = 'let_in' OR (s.until_settled AND h.kind = 'triaged'));
"""


class Migration(migrations.Migration):
    """Nobody does anything in an incident in the name of another, by the database as well. Who lifted a shutting out is
    kept, so that it is lifted no more once they are shut out. Help meets the need of no more than it was given to."""

    dependencies = [("federation", "0013_roles_given_by"), ("safeguarding", "0025_decided_anew")]
    operations = [
        migrations.AddField(
            "shutout",
            "lifted_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="federation.person"
            ),
        ),
        migrations.RunSQL(LIFTED_BY, migrations.RunSQL.noop),
        migrations.RunSQL(RESTS, RESTS_BACK),
        migrations.RunSQL(BY_ONESELF, BY_ONESELF_BACK),
        migrations.RunSQL(HELPED, ANSWERED),
    ]
