from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from omsorg.kernel.wall import append_only, protect

BEFORE = import_module("omsorg.safeguarding.migrations.0021_help_has_a_clock").CLOCKS
CLOCKS = [*BEFORE[:-1], ("need", "need"), BEFORE[-1]]
STEPS = import_module("omsorg.safeguarding.migrations.0019_measures_have_clocks").KINDS
PLACE = STEPS.index("supported")
KINDS = [*STEPS[:PLACE], "need_named", "need_answered", *STEPS[PLACE:]]
HELP = [(code, code) for code in ("medical", "psychological", "social", "legal", "other", "none")]
SAID_BY = [(code, code) for code in ("themselves", "close", "professional", "team")]
ANSWERS = [(code, code) for code in ("met", "later", "not_met", "over", "again")]
SEEN = "incident_id = ANY(ARRAY(SELECT safeguarding_visible())) OR is_house()"
PERSON = {"null": True, "on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": "federation.person"}
PROTECT = {"on_delete": django.db.models.deletion.PROTECT}

OPEN = """
CREATE FUNCTION safeguarding_need_open(of_need bigint) RETURNS bigint LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    persons_of bigint;
    still bigint;
    said record;
BEGIN
    SELECT persons INTO persons_of FROM safeguarding_need WHERE id = of_need;
    still := persons_of;
    FOR said IN SELECT a.answer, a.persons FROM safeguarding_needanswer a WHERE a.need_id = of_need
        AND (a.answer = 'met' OR a.by_id IS NULL OR NOT safeguarding_is_shut_out(a.incident_id, a.by_id))
        ORDER BY a.id
    LOOP
        still := CASE said.answer WHEN 'again' THEN least(persons_of, still + said.persons)
            ELSE greatest(0, still - said.persons) END;
    END LOOP;
    RETURN still;
END $$;

CREATE FUNCTION safeguarding_need_answered() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    still bigint;
    persons_of bigint;
    its bigint;
BEGIN
    SELECT persons, incident_id INTO persons_of, its FROM safeguarding_need WHERE id = NEW.need_id FOR UPDATE;
    IF its IS DISTINCT FROM NEW.incident_id OR (NEW.support_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM safeguarding_support s
        WHERE s.id = NEW.support_id AND s.incident_id = NEW.incident_id AND s.kind <> 'none')) THEN
        RAISE EXCEPTION 'It belongs to another incident' USING ERRCODE = 'check_violation';
    END IF;
    still := safeguarding_need_open(NEW.need_id);
    IF NEW.persons > (CASE NEW.answer WHEN 'again' THEN persons_of - still ELSE still END)
        OR (NEW.answer = 'later' AND still = 0) THEN
        RAISE EXCEPTION 'A need is answered for no more than have it' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER safeguarding_need_answered BEFORE INSERT ON safeguarding_needanswer
    FOR EACH ROW EXECUTE FUNCTION safeguarding_need_answered();

CREATE FUNCTION safeguarding_not_closed_in_need() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.stage IN ('closed', 'decided') AND OLD.stage NOT IN ('closed', 'decided') AND EXISTS (
        SELECT 1 FROM safeguarding_need n WHERE n.incident_id = NEW.id AND safeguarding_need_open(n.id) > 0
          AND NOT coalesce((SELECT a.answer = 'later' AND a.next_on >= app_day() FROM safeguarding_needanswer a
              WHERE a.need_id = n.id AND a.answer IN ('later', 'again')
                AND NOT safeguarding_is_shut_out(a.incident_id, a.by_id)
              ORDER BY a.id DESC LIMIT 1), false)) THEN
        RAISE EXCEPTION 'An incident is not closed with a need that nobody has answered'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER safeguarding_not_closed_in_need BEFORE UPDATE ON safeguarding_incident
    FOR EACH ROW EXECUTE FUNCTION safeguarding_not_closed_in_need();
"""
OPEN_BACK = """
DROP TRIGGER safeguarding_not_closed_in_need ON safeguarding_incident;
DROP FUNCTION safeguarding_not_closed_in_need();
DROP TRIGGER safeguarding_need_answered ON safeguarding_needanswer;
DROP FUNCTION safeguarding_need_answered();
DROP FUNCTION safeguarding_need_open(bigint);
"""


class Migration(migrations.Migration):
    """What those affected need is a record of its own, and what became of it another: an incident is not closed while
    a need is open of which nobody says anything, and a need lives on after closing."""

    dependencies = [("federation", "0013_roles_given_by"), ("safeguarding", "0023_names_of_a_second_try")]
    operations = [
        migrations.AlterField("clockreminder", "clock", models.CharField(max_length=16, choices=CLOCKS)),
        migrations.AlterField("pause", "clock", models.CharField(max_length=16, choices=CLOCKS)),
        migrations.AlterField("step", "kind", models.CharField(max_length=20, choices=[(c, c) for c in KINDS])),
        migrations.CreateModel(
            name="Need",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=HELP, max_length=16)),
                ("persons", models.PositiveSmallIntegerField()),
                ("said_by", models.CharField(choices=SAID_BY, max_length=16)),
                ("since_on", models.DateField()),
                ("needed_by_on", models.DateField()),
                ("note", models.TextField()),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(**PERSON)),
                ("incident", models.ForeignKey(**PROTECT, related_name="needs", to="safeguarding.incident")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=~Q(kind="none"), name="safeguarding_need_is_of_something"),
                    models.CheckConstraint(condition=Q(persons__gt=0), name="safeguarding_need_of_somebody"),
                ]
            },
        ),
        migrations.CreateModel(
            name="NeedAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("answer", models.CharField(choices=ANSWERS, max_length=12)),
                ("persons", models.PositiveSmallIntegerField()),
                ("on", models.DateField()),
                ("next_on", models.DateField(null=True)),
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(**PERSON)),
                ("incident", models.ForeignKey(**PROTECT, related_name="need_answers", to="safeguarding.incident")),
                ("need", models.ForeignKey(**PROTECT, related_name="answers", to="safeguarding.need")),
                ("support", models.ForeignKey(**PROTECT, null=True, related_name="meets", to="safeguarding.support")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(answer="met", support__isnull=False) | (~Q(answer="met") & Q(support__isnull=True)),
                        name="safeguarding_need_met_by_help",
                    ),
                    models.CheckConstraint(
                        condition=Q(answer="met") | ~Q(note=""), name="safeguarding_need_answer_says_why"
                    ),
                    models.CheckConstraint(
                        condition=Q(answer="later", next_on__isnull=False, persons=0)
                        | (~Q(answer="later") & Q(next_on__isnull=True, persons__gt=0)),
                        name="safeguarding_need_later_has_a_day",
                    ),
                ]
            },
        ),
        append_only("safeguarding_need"),
        append_only("safeguarding_needanswer"),
        protect("safeguarding_need", see=SEEN),
        protect("safeguarding_needanswer", see=SEEN),
        migrations.RunSQL(OPEN, OPEN_BACK),
    ]
