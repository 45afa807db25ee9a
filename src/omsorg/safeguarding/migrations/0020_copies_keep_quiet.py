from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

from omsorg.kernel.wall import append_only, protect

NAMES = import_module("omsorg.safeguarding.migrations.0010_names_known_again").NAMES
KNEW = NAMES[
    NAMES.index("CREATE FUNCTION safeguarding_know_again") : NAMES.index("CREATE TRIGGER safeguarding_person_ent")
]

VISIBLE = "incident_id = ANY(ARRAY(SELECT safeguarding_visible()))"
MINE = "incident_id = ANY(ARRAY(SELECT safeguarding_just_raised()))"

SEEN = f"""
ALTER POLICY safeguarding_shutout_see ON safeguarding_shutout USING (({VISIBLE} AND NOT is_quiet) OR is_house());
ALTER POLICY safeguarding_shutout_add ON safeguarding_shutout
    WITH CHECK ((({VISIBLE} OR {MINE}) AND NOT is_quiet) OR is_house());
ALTER POLICY safeguarding_shutout_change ON safeguarding_shutout
    USING ((({VISIBLE} OR {MINE}) AND NOT is_quiet) OR is_house())
    WITH CHECK ((({VISIBLE} OR {MINE}) AND NOT is_quiet) OR is_house());
"""
SEEN_BACK = f"""
ALTER POLICY safeguarding_shutout_see ON safeguarding_shutout USING ({VISIBLE} OR is_house());
ALTER POLICY safeguarding_shutout_add ON safeguarding_shutout WITH CHECK ({VISIBLE} OR {MINE} OR is_house());
ALTER POLICY safeguarding_shutout_change ON safeguarding_shutout
    USING ({VISIBLE} OR {MINE} OR is_house()) WITH CHECK ({VISIBLE} OR {MINE} OR is_house());
"""

KNOWN_AGAIN = """
CREATE OR REPLACE FUNCTION safeguarding_know_again() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    kept bigint;
    quietly boolean;
    called text[] := safeguarding_name_words(NEW.name) || lower(NEW.email);
BEGIN
    FOR kept, quietly IN
        SELECT i.id, false FROM safeguarding_step s JOIN safeguarding_incident i ON i.id = s.incident_id
        WHERE s.kind = 'received' AND safeguarding_words(safeguarding_said(s.note, s.facts)) && called
          AND NOT EXISTS (SELECT 1 FROM safeguarding_shutout o
              WHERE o.incident_id = i.id AND o.person_id = NEW.id AND NOT o.is_quiet)
          AND NEW.id IN (SELECT * FROM safeguarding_people_named(
              coalesce(s.facts->>'complained_of', ''), s.note || ' ' || coalesce(s.facts->>'when', ''),
              i.organisation_id, i.raised_by_id))
        UNION ALL
        SELECT i.id, true FROM safeguarding_copynames c JOIN safeguarding_incident i ON i.id = c.incident_id
        WHERE safeguarding_words(c.names) && called
          AND NOT EXISTS (SELECT 1 FROM safeguarding_shutout o
              WHERE o.incident_id = i.id AND o.person_id = NEW.id AND o.is_quiet)
          AND NEW.id IN (SELECT * FROM safeguarding_people_named(c.names, '', i.organisation_id, NULL))
        ORDER BY 1
    LOOP
        PERFORM 1 FROM safeguarding_incident i WHERE i.id = kept FOR UPDATE;
        INSERT INTO safeguarding_shutout (incident_id, person_id, reason, at, is_quiet)
        VALUES (kept, NEW.id, CASE WHEN quietly THEN 'came with the copy' ELSE 'named in the concern' END, now(), quietly);
        PERFORM safeguarding_end_at_somebody(kept, now());
    END LOOP;
    RETURN NULL;
END $$;
"""

BEFORE = """
ALTER TABLE safeguarding_shutout DISABLE TRIGGER USER;
ALTER TABLE safeguarding_step DISABLE TRIGGER USER;
INSERT INTO safeguarding_copynames (incident_id, names)
SELECT s.incident_id, s.facts->>'complained_of' FROM safeguarding_step s
JOIN safeguarding_incident i ON i.id = s.incident_id
WHERE i.channel = 'ombuds' AND s.number = 1 AND coalesce(s.facts->>'complained_of', '') <> '';
UPDATE safeguarding_shutout s SET is_quiet = true FROM safeguarding_incident i
WHERE i.id = s.incident_id AND i.channel = 'ombuds' AND s.person_id IS NOT NULL AND s.by_id IS NULL
  AND (s.reason = 'shut out where it comes from' OR s.person_id IN (
      SELECT p FROM safeguarding_copynames c, safeguarding_people_named(c.names, '', i.organisation_id, NULL) AS p
      WHERE c.incident_id = i.id));
UPDATE safeguarding_step s SET facts = s.facts - 'complained_of' FROM safeguarding_incident i
WHERE i.id = s.incident_id AND i.channel = 'ombuds' AND s.number = 1;
ALTER TABLE safeguarding_step ENABLE TRIGGER USER;
ALTER TABLE safeguarding_shutout ENABLE TRIGGER USER;
"""

BEFORE_BACK = """
ALTER TABLE safeguarding_step DISABLE TRIGGER USER;
UPDATE safeguarding_step s SET facts = s.facts || jsonb_build_object('complained_of', c.names)
FROM safeguarding_copynames c WHERE c.incident_id = s.incident_id AND s.number = 1;
ALTER TABLE safeguarding_step ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    """Whom a copy complains of beside its words, and who may not hear it where it comes from, is read by the house alone:
    the child agreed to the words. What came before is quiet from now on as well."""

    dependencies = [("safeguarding", "0019_measures_have_clocks")]
    operations = [
        migrations.AddField("shutout", "is_quiet", models.BooleanField(default=False, db_default=False)),
        migrations.CreateModel(
            name="CopyNames",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("names", models.TextField()),
                (
                    "incident",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="safeguarding.incident"
                    ),
                ),
            ],
        ),
        protect("safeguarding_copynames", see="is_house()"),
        migrations.RunSQL(SEEN, SEEN_BACK),
        migrations.RunSQL(KNOWN_AGAIN, KNEW.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")),
        migrations.RunSQL(BEFORE, BEFORE_BACK),
        append_only("safeguarding_copynames"),
    ]
