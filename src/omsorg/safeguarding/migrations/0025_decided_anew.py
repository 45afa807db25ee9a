from django.db import migrations

BY_NOBODY_SHUT_OUT = """
CREATE FUNCTION safeguarding_not_by_shut_out() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.by_id IS NOT NULL AND safeguarding_is_shut_out(NEW.incident_id, NEW.by_id) THEN
        RAISE EXCEPTION 'Whoever is shut out of an incident does nothing in it' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
WRITTEN = (
    "step",
    "allegation",
    "allegationfinding",
    "measure",
    "duty",
    "personcount",
    "employmentstate",
    "support",
    "followup",
    "need",
    "needanswer",
    "publicationdecision",
    "pause",
    "document",
    "lesson",
)
EACH = "".join(
    f"CREATE TRIGGER safeguarding_{table}_not_by_shut_out BEFORE INSERT ON safeguarding_{table}"
    " FOR EACH ROW EXECUTE FUNCTION safeguarding_not_by_shut_out();"
    for table in WRITTEN
)
EACH_BACK = "".join(f"DROP TRIGGER safeguarding_{table}_not_by_shut_out ON safeguarding_{table};" for table in WRITTEN)
ANEW = """
CREATE FUNCTION safeguarding_decided_anew() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    shut bigint[];
BEGIN
    IF NEW.stage NOT IN ('closed', 'decided') OR OLD.stage IN ('closed', 'decided') THEN
        RETURN NEW;
    END IF;
    SELECT coalesce(array_agg(DISTINCT person_id), '{}') INTO shut FROM safeguarding_shut_of(NEW.id);
    IF EXISTS (SELECT 1 FROM (SELECT DISTINCT ON (s.kind) s.kind, s.by_id FROM safeguarding_step s
            WHERE s.incident_id = NEW.id AND s.kind IN ('triaged', 'planned') ORDER BY s.kind, s.number DESC) newest
            WHERE newest.by_id = ANY(shut)
              AND (newest.kind = 'triaged' OR EXISTS (SELECT 1 FROM safeguarding_allegation a WHERE a.incident_id = NEW.id)
                OR coalesce((SELECT t.facts->>'is_ours' FROM safeguarding_step t WHERE t.incident_id = NEW.id
                    AND t.kind = 'triaged' ORDER BY t.number DESC LIMIT 1), 'true') <> 'false'))
        OR EXISTS (SELECT 1 FROM (SELECT DISTINCT ON (f.allegation_id) f.by_id FROM safeguarding_allegationfinding f
            WHERE f.incident_id = NEW.id ORDER BY f.allegation_id, f.id DESC) newest WHERE newest.by_id = ANY(shut))
        OR EXISTS (SELECT 1 FROM (SELECT DISTINCT ON (a.number) s.kind, s.by_id, a.id FROM safeguarding_step s
            JOIN safeguarding_allegation a ON a.incident_id = s.incident_id AND a.number::text = s.facts->>'allegation'
            WHERE s.incident_id = NEW.id AND s.kind IN ('found', 'no_measure') ORDER BY a.number, s.number DESC) newest
            WHERE newest.kind = 'no_measure' AND newest.by_id = ANY(shut)
              AND NOT EXISTS (SELECT 1 FROM safeguarding_measure m
                  WHERE m.allegation_id = newest.id AND (m.done_on IS NOT NULL OR m.lives_on_reason <> '')))
        OR EXISTS (SELECT 1 FROM (SELECT m.done_on, row_number() OVER (ORDER BY m.id) AS number
                FROM safeguarding_measure m WHERE m.incident_id = NEW.id) numbered
            JOIN safeguarding_step s ON s.incident_id = NEW.id AND s.kind = 'measure_lives_on'
                AND s.facts->>'measure' = numbered.number::text
            WHERE numbered.done_on IS NULL AND s.by_id = ANY(shut)
              AND NOT EXISTS (SELECT 1 FROM safeguarding_step t WHERE t.incident_id = NEW.id
                  AND t.kind = 'measure_lives_on' AND t.facts->>'measure' = numbered.number::text
                  AND t.number > s.number)) THEN
        RAISE EXCEPTION 'What somebody decided who is shut out since is decided anew' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER safeguarding_decided_anew BEFORE UPDATE ON safeguarding_incident
    FOR EACH ROW EXECUTE FUNCTION safeguarding_decided_anew();
"""
ANEW_BACK = (
    "DROP TRIGGER safeguarding_decided_anew ON safeguarding_incident; DROP FUNCTION safeguarding_decided_anew();"
)


class Migration(migrations.Migration):
    """The database as well keeps whoever is shut out from doing anything in an incident; and what they had found,
    planned or decided before is found, planned and decided anew before it is closed."""

    dependencies = [("safeguarding", "0024_needs")]
    operations = [
        migrations.RunSQL(BY_NOBODY_SHUT_OUT, "DROP FUNCTION safeguarding_not_by_shut_out();"),
        migrations.RunSQL(EACH, EACH_BACK),
        migrations.RunSQL(ANEW, ANEW_BACK),
    ]
