from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

TWO = import_module("omsorg.safeguarding.migrations.0017_police_not_told_by_two")
CLOSES = TWO.CLOSES.replace(TWO.OPEN, TWO.OPEN_NOW)
PLACE = TWO.KINDS.index("measure_done") + 1
KINDS = [*TWO.KINDS[:PLACE], "measure_lives_on", "no_measure", *TWO.KINDS[PLACE:]]
RETURNS = "    RETURN NEW;"
DONE = """    IF NEW.stage IN ('closed', 'decided') AND OLD.stage NOT IN ('closed', 'decided') THEN
        IF EXISTS (SELECT 1 FROM safeguarding_measure m
            WHERE m.incident_id = NEW.id AND m.done_on IS NULL AND m.lives_on_reason = '') THEN
            RAISE EXCEPTION 'An incident is not closed with an open measure' USING ERRCODE = 'check_violation';
        END IF;
        IF EXISTS (SELECT 1 FROM safeguarding_allegation a WHERE a.incident_id = NEW.id
            AND 'substantiated' = (SELECT f.finding FROM safeguarding_allegationfinding f
                WHERE f.allegation_id = a.id ORDER BY f.id DESC LIMIT 1)
            AND NOT EXISTS (SELECT 1 FROM safeguarding_measure m
                WHERE m.allegation_id = a.id AND (m.done_on IS NOT NULL OR m.lives_on_reason <> ''))
            AND NOT EXISTS (SELECT 1 FROM safeguarding_step s WHERE s.incident_id = NEW.id AND s.kind = 'no_measure'
                AND s.facts->>'allegation' = a.number::text AND s.number > coalesce((
                    SELECT max(w.number) FROM safeguarding_step w WHERE w.incident_id = NEW.id AND w.kind = 'found'
                        AND w.facts->>'allegation' = a.number::text), 0))) THEN
            RAISE EXCEPTION 'What is substantiated has a measure, or a reason why none'
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
"""
MEASURED = (
    CLOSES.replace(RETURNS, DONE + RETURNS)
    + """
UPDATE safeguarding_measure m SET allegation_id = a.id FROM safeguarding_allegation a
WHERE a.incident_id = m.incident_id
  AND NOT EXISTS (SELECT 1 FROM safeguarding_allegation o WHERE o.incident_id = a.incident_id AND o.id <> a.id);

CREATE FUNCTION safeguarding_measure_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.allegation_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM safeguarding_allegation a
        WHERE a.id = NEW.allegation_id AND a.incident_id = NEW.incident_id) THEN
        RAISE EXCEPTION 'A measure is about an allegation of its own incident' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        RETURN NEW;
    END IF;
    IF (NEW.allegation_id, NEW.text, NEW.due_on, NEW.at) IS DISTINCT FROM (OLD.allegation_id, OLD.text, OLD.due_on, OLD.at)
        OR (OLD.lives_on_reason <> '' AND NEW.lives_on_reason <> OLD.lives_on_reason) THEN
        RAISE EXCEPTION 'What was decided, and by when, stays' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER safeguarding_measure_stays BEFORE INSERT OR UPDATE ON safeguarding_measure
    FOR EACH ROW EXECUTE FUNCTION safeguarding_measure_stays();
"""
)
BACK = (
    "DROP TRIGGER safeguarding_measure_stays ON safeguarding_measure;"
    " DROP FUNCTION safeguarding_measure_stays();" + CLOSES
)
CLOCKS = [
    (code, code)
    for code in (
        *("take_up", "acknowledge", "triage", "team", "plan", "investigation", "closure", "decision", "write_up"),
        *("review", "duty", "measure"),
    )
]


class Migration(migrations.Migration):
    """What is substantiated has a measure before it is closed, or a reason why none; and a measure has a clock. Where
    one thing alone is alleged, what was decided is about that."""

    dependencies = [("safeguarding", "0018_read_by_nobody_named")]
    operations = [
        migrations.AddField(
            "measure",
            "allegation",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="measures",
                to="safeguarding.allegation",
            ),
        ),
        migrations.AddField("measure", "lives_on_reason", models.TextField(blank=True, db_default="", default="")),
        migrations.AlterField("clockreminder", "clock", models.CharField(max_length=16, choices=CLOCKS)),
        migrations.AlterField("pause", "clock", models.CharField(max_length=16, choices=CLOCKS)),
        migrations.AlterField("step", "kind", models.CharField(max_length=20, choices=[(c, c) for c in KINDS])),
        migrations.RunSQL(MEASURED, BACK),
    ]
