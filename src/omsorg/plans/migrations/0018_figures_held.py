from django.db import migrations

# What a definition lets pass, in the words of rules/observations.check_figure: the same for whoever writes.
HELD = """
CREATE FUNCTION plans_like_defined() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM fresh f
        LEFT JOIN plans_indicatorrevision r ON r.indicator_id = f.indicator_id AND r.number = f.revision
        WHERE r.id IS NULL OR (f.state IN (1, 2) AND (CASE r.kind
            WHEN 'count' THEN f.denominator IS NULL AND f.numerator >= 0 AND f.numerator = trunc(f.numerator)
            WHEN 'stock' THEN f.denominator IS NULL AND f.numerator >= 0
            WHEN 'milestone' THEN f.denominator IS NULL AND f.numerator IN (0, 1)
            WHEN 'ordinal' THEN f.denominator IS NULL AND f.numerator = trunc(f.numerator)
                AND f.numerator BETWEEN coalesce(r.lowest, f.numerator) AND coalesce(r.highest, f.numerator)
            WHEN 'ratio' THEN f.numerator BETWEEN 0 AND f.denominator
            WHEN 'rate' THEN f.numerator >= 0 AND (f.denominator > 0 OR (f.denominator = 0 AND f.numerator = 0))
            WHEN 'score' THEN (f.denominator = 0 AND f.numerator = 0) OR (f.denominator > 0 AND f.numerator
                BETWEEN coalesce(r.lowest * f.denominator, f.numerator) AND coalesce(r.highest * f.denominator, f.numerator))
            WHEN 'qualitative' THEN f.numerator IS NULL AND f.denominator IS NULL AND f.text <> ''
        END) IS NOT TRUE)
    ) THEN
        RAISE EXCEPTION 'A figure is one that its definition can have' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER plans_figure_like_defined AFTER INSERT ON plans_figure REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION plans_like_defined();
"""
HELD_BACK = """
DROP TRIGGER plans_figure_like_defined ON plans_figure;
DROP FUNCTION plans_like_defined();
"""

# Where, when and for what a person enters figures: an open answer, a period of the plan, what is asked there.
ASKED = """
CREATE FUNCTION plans_refuse_unasked() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    answer record;
    day date;
    is_kind boolean;
BEGIN
    IF is_house() THEN
        RETURN NULL;
    END IF;
    FOR answer IN
        SELECT p.id AS plan_id, p.owner_id, p.reporting_kind, p.frequency_months, p.runs_from, p.runs_until,
            f.organisation_id, f.period_start, f.period_months, min(f.at) AS first_at, max(f.at) AS last_at,
            (f.period_start + make_interval(months => f.period_months) - interval '1 day')::date AS last_day
        FROM fresh f JOIN plans_indicator i ON i.id = f.indicator_id JOIN plans_plan p ON p.id = i.plan_id
        GROUP BY p.id, f.organisation_id, f.period_start, f.period_months
    LOOP
        IF plans_answer_is_locked(answer.plan_id, answer.organisation_id, answer.period_start, answer.period_months) THEN
            RAISE EXCEPTION 'An answer that has been handed in is not changed' USING ERRCODE = 'check_violation';
        END IF;
        IF answer.last_at > now() + interval '1 day' OR answer.first_at < answer.period_start
            OR answer.first_at < (SELECT max(s.at) FROM plans_submissionstep s
                WHERE s.plan_id = answer.plan_id AND s.organisation_id = answer.organisation_id
                  AND s.period_start = answer.period_start AND s.period_months = answer.period_months)
        THEN
            RAISE EXCEPTION 'A figure is dated when it is entered' USING ERRCODE = 'check_violation';
        END IF;
        IF answer.period_months <> answer.frequency_months
            OR extract(day FROM answer.period_start) <> 1
            OR (extract(month FROM answer.period_start)::int - 1) % answer.period_months <> 0
            OR answer.period_start >= answer.runs_until OR answer.last_day < answer.runs_from
        THEN
            RAISE EXCEPTION 'A figure is of a period of its plan' USING ERRCODE = 'check_violation';
        END IF;
        SELECT o.kind = answer.reporting_kind INTO is_kind
        FROM federation_organisation o WHERE o.id = answer.organisation_id;
        day := least(answer.last_day, (answer.last_at AT TIME ZONE 'UTC')::date);
        IF NOT (answer.organisation_id = answer.owner_id OR (is_kind AND EXISTS (
                SELECT 1 FROM federation_lineage l
                WHERE l.ancestor_id = answer.owner_id AND l.descendant_id = answer.organisation_id
                  AND l.valid_from <= answer.last_day AND (l.valid_until IS NULL OR l.valid_until > answer.last_day)
            )) OR EXISTS (
                SELECT 1 FROM plans_actionrevision r JOIN plans_action a ON a.id = r.action_id
                WHERE a.plan_id = answer.plan_id AND r.owner_id = answer.organisation_id
                  AND r.in_force_on <= answer.last_day
            )) OR EXISTS (
            SELECT 1 FROM (
                SELECT DISTINCT f.indicator_id, f.revision FROM fresh f JOIN plans_indicator i ON i.id = f.indicator_id
                WHERE i.plan_id = answer.plan_id AND f.organisation_id = answer.organisation_id
                  AND f.period_start = answer.period_start
            ) given LEFT JOIN LATERAL (
                SELECT r.number, r.activity, r.asked_of_associations FROM plans_indicatorrevision r
                WHERE r.indicator_id = given.indicator_id AND r.in_force_on <= day
                ORDER BY r.in_force_on DESC, r.number DESC LIMIT 1
            ) r ON true
            WHERE (r.number = given.revision AND r.activity = 'active' AND CASE WHEN r.asked_of_associations THEN is_kind
                ELSE plans_measures_for(given.indicator_id, answer.owner_id, answer.organisation_id, day) END) IS NOT TRUE
        ) THEN
            RAISE EXCEPTION 'A figure is given where it is asked' USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
DROP TRIGGER plans_figure_in_open_answer ON plans_figure;
DROP FUNCTION plans_refuse_in_locked_answer();
CREATE TRIGGER plans_figure_asked AFTER INSERT ON plans_figure REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION plans_refuse_unasked();
"""
# Who answers for an indicator that is not asked of all: the owners of its actions on the day, or the plan's owner.
MEASURES = """
CREATE FUNCTION plans_measures_for(indicator bigint, plan_owner bigint, organisation bigint, day date)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(bool_or(owner.owner_id = organisation), organisation = plan_owner) FROM (
        SELECT DISTINCT ON (m.action_id) m.action_id, m.holds FROM plans_indicatoraction m
        WHERE m.indicator_id = indicator AND m.in_force_on <= day ORDER BY m.action_id, m.number DESC
    ) linked JOIN LATERAL (
        SELECT a.owner_id FROM plans_actionrevision a WHERE a.action_id = linked.action_id AND a.in_force_on <= day
        ORDER BY a.in_force_on DESC, a.number DESC LIMIT 1
    ) owner ON true WHERE linked.holds
$$;
"""
ASKED_BACK = """
DROP TRIGGER plans_figure_asked ON plans_figure;
DROP FUNCTION plans_refuse_unasked();
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
"""

STAYS = """
CREATE FUNCTION plans_stays_about_children() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT NEW.about_children AND EXISTS (
        SELECT 1 FROM plans_indicatorrevision r WHERE r.indicator_id = NEW.indicator_id AND r.about_children
    ) AND EXISTS (
        SELECT 1 FROM plans_release released JOIN plans_report told ON told.id = released.report_id
        JOIN plans_indicator i ON i.plan_id = told.plan_id WHERE i.id = NEW.indicator_id
    ) THEN
        RAISE EXCEPTION 'What a released report hides about children stays hidden' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plans_indicatorrevision_stays_about_children BEFORE INSERT ON plans_indicatorrevision
    FOR EACH ROW EXECUTE FUNCTION plans_stays_about_children();
"""
STAYS_BACK = """
DROP TRIGGER plans_indicatorrevision_stays_about_children ON plans_indicatorrevision;
DROP FUNCTION plans_stays_about_children();
"""

SPENT = """
CREATE FUNCTION plans_spent_stays_above_nothing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.kind = 'spent' AND NEW.amount_minor < 0 THEN
        PERFORM 1 FROM plans_action WHERE id = NEW.action_id FOR UPDATE;
        IF EXISTS (
            SELECT 1 FROM (
                SELECT e.on_day, sum(e.amount_minor) OVER (ORDER BY e.on_day) AS spent FROM plans_budgetentry e
                WHERE e.action_id = NEW.action_id AND e.currency = NEW.currency AND e.kind = 'spent'
            ) running WHERE running.spent < 0
        ) THEN
            RAISE EXCEPTION 'On no day is less than nothing spent' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.kind <> 'spent' AND NEW.amount_minor < 0 THEN
        RAISE EXCEPTION 'A budget is not below nothing' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER plans_budgetentry_above_nothing AFTER INSERT ON plans_budgetentry
    FOR EACH ROW EXECUTE FUNCTION plans_spent_stays_above_nothing();
"""
SPENT_BACK = """
DROP TRIGGER plans_budgetentry_above_nothing ON plans_budgetentry;
DROP FUNCTION plans_spent_stays_above_nothing();
"""


class Migration(migrations.Migration):
    """What the rules refuse the database refuses too: impossible figures, a mark taken back, spending below nothing."""

    dependencies = [("plans", "0017_home_of_then")]
    operations = [
        migrations.RunSQL(MEASURES, "DROP FUNCTION plans_measures_for(bigint, bigint, bigint, date)"),
        migrations.RunSQL(HELD, HELD_BACK),
        migrations.RunSQL(ASKED, ASKED_BACK),
        migrations.RunSQL(STAYS, STAYS_BACK),
        migrations.RunSQL(SPENT, SPENT_BACK),
    ]
