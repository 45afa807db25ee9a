from django.db import migrations

HOUSES = """
CREATE FUNCTION federation_house_on(of_organisation bigint, day date) RETURNS bigint LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce((
        SELECT l.ancestor_id FROM federation_lineage l JOIN federation_organisation o ON o.id = l.ancestor_id
        WHERE l.descendant_id = of_organisation AND o.kind NOT IN ('region', 'programme', 'local_partner')
          AND l.valid_from <= day AND (l.valid_until IS NULL OR l.valid_until > day)
        ORDER BY l.depth LIMIT 1), of_organisation)
$$;

CREATE FUNCTION plans_are_of_one_house(one bigint, other bigint, then_on date) RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT federation_house_on(one, app_day()) IN (federation_house_on(other, app_day()), federation_house_on(other, then_on))
        OR federation_house_on(one, then_on) IN (federation_house_on(other, app_day()), federation_house_on(other, then_on))
$$;
"""
HOUSES_BACK = """
DROP FUNCTION plans_are_of_one_house(bigint, bigint, date);
DROP FUNCTION federation_house_on(bigint, date);
"""

BEGIN = """
CREATE OR REPLACE FUNCTION plans_not_ones_own() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
"""
HANDED_IN = """
DECLARE
    said record;
    belongs_to bigint;
BEGIN
    IF NEW.figure_id IS NOT NULL THEN
        SELECT f.by_id, f.organisation_id, f.at, f.period_start, f.period_months, i.plan_id, true AS of_answer INTO said
        FROM plans_figure f JOIN plans_indicator i ON i.id = f.indicator_id WHERE f.id = NEW.figure_id;
    ELSE
        SELECT a.by_id, a.organisation_id, a.at, a.period_start, a.period_months, i.plan_id,
            a.voice = 'self' AND NOT a.as_published AS of_answer INTO said
        FROM plans_assessment a JOIN plans_indicator i ON i.id = a.indicator_id WHERE a.id = NEW.assessment_id;
    END IF;
    SELECT organisation_id INTO belongs_to FROM federation_person WHERE id = NEW.by_id;
    IF said.by_id = NEW.by_id THEN
        RAISE EXCEPTION 'Nobody verifies their own figure' USING ERRCODE = 'check_violation';
    END IF;
    IF belongs_to IS NULL OR belongs_to = said.organisation_id
       OR plans_are_of_one_house(belongs_to, said.organisation_id, (said.at AT TIME ZONE 'UTC')::date) THEN
        RAISE EXCEPTION 'A verifier belongs to another organisation' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.organisation_id <> said.organisation_id OR NEW.by_organisation_id <> belongs_to THEN
        RAISE EXCEPTION 'A verification names the organisation it is about and the one it comes from'
            USING ERRCODE = 'check_violation';
    END IF;
    IF said.of_answer AND coalesce((
        SELECT step NOT IN ('submitted', 'approved') FROM plans_submissionstep
        WHERE plan_id = said.plan_id AND organisation_id = said.organisation_id
          AND period_start = said.period_start AND period_months = said.period_months
        ORDER BY number DESC LIMIT 1), true) THEN
        RAISE EXCEPTION 'Only an answer that is handed in is verified' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
BEFORE = """
DECLARE
    entered_by bigint;
    about bigint;
    belongs_to bigint;
BEGIN
    IF NEW.figure_id IS NOT NULL THEN
        SELECT by_id, organisation_id INTO entered_by, about FROM plans_figure WHERE id = NEW.figure_id;
    ELSE
        SELECT by_id, organisation_id INTO entered_by, about FROM plans_assessment WHERE id = NEW.assessment_id;
    END IF;
    SELECT organisation_id INTO belongs_to FROM federation_person WHERE id = NEW.by_id;
    IF entered_by = NEW.by_id THEN
        RAISE EXCEPTION 'Nobody verifies their own figure' USING ERRCODE = 'check_violation';
    END IF;
    IF belongs_to IS NULL OR belongs_to = about OR federation_house_of(belongs_to) = federation_house_of(about) THEN
        RAISE EXCEPTION 'A verifier belongs to another organisation' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.organisation_id <> about OR NEW.by_organisation_id <> belongs_to THEN
        RAISE EXCEPTION 'A verification names the organisation it is about and the one it comes from'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    """Only what is handed in is verified, and never in one's own house: as the tree stands, or as it stood then."""

    dependencies = [("plans", "0009_moves_resummed")]
    operations = [
        migrations.RunSQL(HOUSES + BEGIN + HANDED_IN, BEGIN + BEFORE + HOUSES_BACK),
    ]
