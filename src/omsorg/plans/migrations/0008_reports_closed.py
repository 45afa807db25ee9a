from django.db import migrations

TRUE_SUMS = """
CREATE OR REPLACE FUNCTION plans_true_sums() RETURNS TABLE (
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
    WHERE {who}NOT EXISTS (SELECT 1 FROM plans_figure later WHERE later.supersedes_id = f.id)
    GROUP BY 1, 2, 3, 4, 5
$$;
"""

CLOSED = """
DROP POLICY plans_reportpart_add ON plans_reportpart;
CREATE POLICY plans_reportpart_add ON plans_reportpart FOR INSERT WITH CHECK (EXISTS (
    SELECT 1 FROM plans_report r WHERE r.id = report_id AND (is_house() OR r.frozen_by_id = my_person())
      AND NOT EXISTS (SELECT 1 FROM plans_release l WHERE l.report_id = r.id)));
DROP POLICY plans_release_add ON plans_release;
CREATE POLICY plans_release_add ON plans_release FOR INSERT WITH CHECK (is_house() OR (
    by_id = my_person() AND EXISTS (
        SELECT 1 FROM plans_report r JOIN plans_plan p ON p.id = r.plan_id
        WHERE r.id = report_id AND p.owner_id = ANY(ARRAY(SELECT my_units())))));
"""

CLOSED_BACK = """
DROP POLICY plans_release_add ON plans_release;
CREATE POLICY plans_release_add ON plans_release FOR INSERT WITH CHECK (is_house() OR by_id = my_person());
DROP POLICY plans_reportpart_add ON plans_reportpart;
CREATE POLICY plans_reportpart_add ON plans_reportpart FOR INSERT
    WITH CHECK (EXISTS (SELECT 1 FROM plans_report r WHERE r.id = report_id));
"""


class Migration(migrations.Migration):
    """To a released report nothing is added, only those above a plan release it, and all sums are for the house."""

    dependencies = [("plans", "0007_figures_known")]
    operations = [
        migrations.RunSQL(TRUE_SUMS.format(who="is_house() AND "), TRUE_SUMS.format(who="")),
        migrations.RunSQL(CLOSED, CLOSED_BACK),
    ]
