from django.db import migrations

from omsorg.kernel.wall import append_only, protect

TOTAL = """
INSERT INTO plans_disaggregationkey (id, dimension, code, label, is_unknown)
VALUES (0, '', 'total', '{"en": "total", "da": "i alt", "nb": "i alt", "sv": "totalt"}', false);
"""

SUMS = """
CREATE VIEW plans_current_figure WITH (security_invoker = true) AS
    SELECT f.* FROM plans_figure f
    WHERE NOT EXISTS (SELECT 1 FROM plans_figure later WHERE later.supersedes_id = f.id);

CREATE FUNCTION plans_keep_sums() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO plans_summary AS kept (node_id, indicator_id, period_start, period_months, key_id,
        numerator, denominator, reported, estimated, meeting, no_cases,
        not_collected, not_applicable, suppressed, refused, unreadable)
    SELECT l.ancestor_id, c.indicator_id, c.period_start, c.period_months, c.key_id,
        coalesce(sum(c.sign * c.numerator), 0), coalesce(sum(c.sign * c.denominator), 0),
        sum(c.sign * (c.state IN (1, 2))::int), sum(c.sign * (c.state = 2)::int),
        sum(c.sign * (c.meets IS TRUE)::int), sum(c.sign * (c.state IN (1, 2) AND c.denominator IS NOT DISTINCT FROM 0)::int),
        sum(c.sign * (c.state = 3)::int), sum(c.sign * (c.state = 4)::int), sum(c.sign * (c.state = 5)::int),
        sum(c.sign * (c.state = 6)::int), sum(c.sign * (c.state = 7)::int)
    FROM (
        SELECT 1 AS sign, organisation_id, indicator_id, period_start, period_months, key_id,
               state, numerator, denominator, meets FROM fresh
        UNION ALL
        SELECT -1, o.organisation_id, o.indicator_id, o.period_start, o.period_months, o.key_id,
               o.state, o.numerator, o.denominator, o.meets
        FROM fresh JOIN plans_figure o ON o.id = fresh.supersedes_id
    ) c
    JOIN federation_lineage l ON l.descendant_id = c.organisation_id AND l.depth > 0
        AND l.valid_from < c.period_start + make_interval(months => c.period_months)
        AND (l.valid_until IS NULL OR l.valid_until >= c.period_start + make_interval(months => c.period_months))
    GROUP BY 1, 2, 3, 4, 5
    ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (node_id, indicator_id, period_start, period_months, key_id) DO UPDATE SET
        numerator = kept.numerator + excluded.numerator,
        denominator = kept.denominator + excluded.denominator,
        reported = kept.reported + excluded.reported,
        estimated = kept.estimated + excluded.estimated,
        meeting = kept.meeting + excluded.meeting,
        no_cases = kept.no_cases + excluded.no_cases,
        not_collected = kept.not_collected + excluded.not_collected,
        not_applicable = kept.not_applicable + excluded.not_applicable,
        suppressed = kept.suppressed + excluded.suppressed,
        refused = kept.refused + excluded.refused,
        unreadable = kept.unreadable + excluded.unreadable;
    RETURN NULL;
END $$;

CREATE TRIGGER plans_figure_summed AFTER INSERT ON plans_figure REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION plans_keep_sums();

CREATE FUNCTION plans_true_sums() RETURNS TABLE (
    node_id bigint, indicator_id bigint, period_start date, period_months smallint, key_id bigint,
    numerator numeric, denominator numeric, reported int, estimated int, meeting int, no_cases int,
    not_collected int, not_applicable int, suppressed int, refused int, unreadable int
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT l.ancestor_id, f.indicator_id, f.period_start, f.period_months, f.key_id,
        coalesce(sum(f.numerator), 0), coalesce(sum(f.denominator), 0),
        count(*) FILTER (WHERE f.state IN (1, 2))::int, count(*) FILTER (WHERE f.state = 2)::int,
        count(*) FILTER (WHERE f.meets)::int, count(*) FILTER (WHERE f.state IN (1, 2) AND f.denominator = 0)::int,
        count(*) FILTER (WHERE f.state = 3)::int, count(*) FILTER (WHERE f.state = 4)::int,
        count(*) FILTER (WHERE f.state = 5)::int, count(*) FILTER (WHERE f.state = 6)::int,
        count(*) FILTER (WHERE f.state = 7)::int
    FROM plans_figure f
    JOIN federation_lineage l ON l.descendant_id = f.organisation_id AND l.depth > 0
        AND l.valid_from < f.period_start + make_interval(months => f.period_months)
        AND (l.valid_until IS NULL OR l.valid_until >= f.period_start + make_interval(months => f.period_months))
    WHERE NOT EXISTS (SELECT 1 FROM plans_figure later WHERE later.supersedes_id = f.id)
    GROUP BY 1, 2, 3, 4, 5
$$;

CREATE FUNCTION plans_rebuild_sums() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    made bigint;
BEGIN
    IF NOT is_house() THEN RAISE EXCEPTION 'Only the house makes the sums anew'; END IF;
    LOCK TABLE plans_figure IN SHARE MODE;
    DELETE FROM plans_summary;
    INSERT INTO plans_summary (node_id, indicator_id, period_start, period_months, key_id,
        numerator, denominator, reported, estimated, meeting, no_cases,
        not_collected, not_applicable, suppressed, refused, unreadable)
    SELECT * FROM plans_true_sums();
    GET DIAGNOSTICS made = ROW_COUNT;
    RETURN made;
END $$;
"""

SUMS_BACK = """
DROP FUNCTION plans_rebuild_sums();
DROP FUNCTION plans_true_sums();
DROP TRIGGER plans_figure_summed ON plans_figure;
DROP FUNCTION plans_keep_sums();
DROP VIEW plans_current_figure;
"""

FOUR_EYES = """
CREATE FUNCTION plans_not_ones_own() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
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
    IF belongs_to IS NULL OR belongs_to = about OR EXISTS (
        SELECT 1 FROM federation_lineage WHERE ancestor_id = about AND descendant_id = belongs_to
    ) THEN
        RAISE EXCEPTION 'A verifier belongs to another organisation' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.organisation_id <> about OR NEW.by_organisation_id <> belongs_to THEN
        RAISE EXCEPTION 'A verification names the organisation it is about and the one it comes from'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plans_verification_four_eyes BEFORE INSERT ON plans_verification
    FOR EACH ROW EXECUTE FUNCTION plans_not_ones_own();

CREATE FUNCTION plans_second_person() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.by_id IS NULL OR NEW.by_id = (SELECT frozen_by_id FROM plans_report WHERE id = NEW.report_id) THEN
        RAISE EXCEPTION 'A report is released by another person than the one who froze it'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plans_release_four_eyes BEFORE INSERT ON plans_release
    FOR EACH ROW EXECUTE FUNCTION plans_second_person();

CREATE FUNCTION plans_own_line() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM fresh JOIN plans_figure earlier ON earlier.id = fresh.supersedes_id
        WHERE (earlier.organisation_id, earlier.indicator_id, earlier.period_start, earlier.period_months, earlier.key_id)
           <> (fresh.organisation_id, fresh.indicator_id, fresh.period_start, fresh.period_months, fresh.key_id)
    ) THEN
        RAISE EXCEPTION 'A figure supersedes a figure of its own cell' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER plans_figure_own_line AFTER INSERT ON plans_figure REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION plans_own_line();
"""

FOUR_EYES_BACK = """
DROP TRIGGER plans_figure_own_line ON plans_figure;
DROP FUNCTION plans_own_line();
DROP TRIGGER plans_release_four_eyes ON plans_release;
DROP FUNCTION plans_second_person();
DROP TRIGGER plans_verification_four_eyes ON plans_verification;
DROP FUNCTION plans_not_ones_own();
"""

MINE = "organisation_id = ANY(ARRAY(SELECT my_units()))"
BY_ME = f"is_house() OR (by_id = my_person() AND {MINE})"
OF_MY_PLAN = "EXISTS (SELECT 1 FROM plans_plan p WHERE p.id = plan_id AND p.owner_id = ANY(ARRAY(SELECT my_units())))"
APPEND_ONLY = [
    "plans_recommendationresponse",
    "plans_actionrevision",
    "plans_indicatorrevision",
    "plans_budgetentry",
    "plans_target",
    "plans_figure",
    "plans_assessment",
    "plans_verification",
    "plans_submissionstep",
    "plans_reminder",
    "plans_report",
    "plans_reportpart",
    "plans_release",
]


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_tables"), ("federation", "0002_walls")]
    operations = [
        migrations.RunSQL(TOTAL, migrations.RunSQL.noop),
        migrations.RunSQL(SUMS, SUMS_BACK),
        migrations.RunSQL(FOUR_EYES, FOUR_EYES_BACK),
        *[append_only(table) for table in APPEND_ONLY],
        protect("plans_figure", see=f"{MINE} OR is_house()", write=BY_ME),
        protect("plans_assessment", see=f"{MINE} OR is_house()", write=BY_ME),
        protect("plans_verification", see=f"{MINE} OR is_house()", write=BY_ME),
        protect("plans_submissionstep", see=f"{MINE} OR is_house()", write=BY_ME),
        protect("plans_evidence", see=f"{MINE} OR is_house()"),
        protect("plans_reminder", see=f"{MINE} OR is_house()", write="is_house()"),
        protect("plans_summary", see="node_id = ANY(ARRAY(SELECT my_units())) OR is_house()", write="false"),
        protect("plans_release", see="true", write="is_house() OR by_id = my_person()"),
        protect(
            "plans_report",
            see=f"EXISTS (SELECT 1 FROM plans_release r WHERE r.report_id = plans_report.id) OR {OF_MY_PLAN} OR is_house()",
            write=f"is_house() OR (frozen_by_id = my_person() AND {OF_MY_PLAN})",
        ),
        protect(
            "plans_reportpart",
            see="EXISTS (SELECT 1 FROM plans_report r WHERE r.id = report_id)",
        ),
    ]
