from django.db import migrations

LOCKED = """
CREATE FUNCTION plans_answer_is_locked(of_plan bigint, of_organisation bigint, start date, months smallint)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce((
        SELECT step IN ('submitted', 'approved') FROM plans_submissionstep
        WHERE plan_id = of_plan AND organisation_id = of_organisation
          AND period_start = start AND period_months = months
        ORDER BY number DESC LIMIT 1), false)
$$;

CREATE FUNCTION plans_refuse_in_locked_answer() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT is_house() AND EXISTS (
        SELECT 1 FROM (
            SELECT DISTINCT i.plan_id, f.organisation_id, f.period_start, f.period_months
            FROM fresh f JOIN plans_indicator i ON i.id = f.indicator_id
        ) a WHERE plans_answer_is_locked(a.plan_id, a.organisation_id, a.period_start, a.period_months)
    ) THEN
        RAISE EXCEPTION 'An answer that has been handed in is not changed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER plans_figure_in_open_answer AFTER INSERT ON plans_figure REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION plans_refuse_in_locked_answer();

CREATE FUNCTION plans_refuse_rating_in_locked_answer() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT is_house() AND NEW.voice = 'self' AND plans_answer_is_locked(
        (SELECT plan_id FROM plans_indicator WHERE id = NEW.indicator_id),
        NEW.organisation_id, NEW.period_start, NEW.period_months
    ) THEN
        RAISE EXCEPTION 'An answer that has been handed in is not changed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plans_assessment_in_open_answer BEFORE INSERT ON plans_assessment
    FOR EACH ROW EXECUTE FUNCTION plans_refuse_rating_in_locked_answer();
"""

LOCKED_BACK = """
DROP TRIGGER plans_assessment_in_open_answer ON plans_assessment;
DROP FUNCTION plans_refuse_rating_in_locked_answer();
DROP TRIGGER plans_figure_in_open_answer ON plans_figure;
DROP FUNCTION plans_refuse_in_locked_answer();
DROP FUNCTION plans_answer_is_locked(bigint, bigint, date, smallint);
"""

STEPS = """
CREATE FUNCTION plans_step_follows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    before record;
BEGIN
    SELECT number, step, by_id INTO before FROM plans_submissionstep
    WHERE plan_id = NEW.plan_id AND organisation_id = NEW.organisation_id
      AND period_start = NEW.period_start AND period_months = NEW.period_months
    ORDER BY number DESC LIMIT 1;
    IF NEW.number <> coalesce(before.number, 0) + 1 OR NOT (
        (NEW.step = 'submitted' AND coalesce(before.step, 'returned') IN ('returned', 'reopened'))
        OR (NEW.step IN ('returned', 'approved') AND coalesce(before.step, '') = 'submitted')
        OR (NEW.step = 'reopened' AND coalesce(before.step, '') = 'approved')
    ) THEN
        RAISE EXCEPTION 'This step does not follow from the one before it' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.step = 'approved' AND NEW.by_id IS NOT DISTINCT FROM before.by_id AND NOT is_house() THEN
        RAISE EXCEPTION 'An answer is approved by another person than the one who handed it in'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plans_submissionstep_follows BEFORE INSERT ON plans_submissionstep
    FOR EACH ROW EXECUTE FUNCTION plans_step_follows();
"""

STEPS_BACK = """
DROP TRIGGER plans_submissionstep_follows ON plans_submissionstep;
DROP FUNCTION plans_step_follows();
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0004_about_children")]
    operations = [
        migrations.RunSQL(LOCKED, LOCKED_BACK),
        migrations.RunSQL(STEPS, STEPS_BACK),
    ]
