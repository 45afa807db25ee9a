from django.db import migrations, models
from django.db.models import Q

KEEP = """
CREATE OR REPLACE FUNCTION plans_keep_sums() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    {one_answer}
    INSERT INTO plans_summary AS kept (node_id, indicator_id, period_start, period_months, key_id,
        numerator, denominator, reported, estimated, meeting, no_cases,
        not_collected, not_applicable, suppressed, refused, unreadable)
    SELECT l.ancestor_id, c.indicator_id, c.period_start, c.period_months, c.key_id,
        coalesce(sum(c.sign * c.numerator), 0), coalesce(sum(c.sign * c.denominator), 0),
        sum(c.sign * (c.state IN (1, 2))::int), sum(c.sign * (c.state = 2)::int),
        sum(c.sign * (c.meets IS TRUE)::int),
        sum(c.sign * (c.state IN (1, 2) AND c.denominator IS NOT DISTINCT FROM 0)::int),
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
    {added};
    RETURN NULL;
END $$;
"""
ADDED = """ON CONFLICT (node_id, indicator_id, period_start, period_months, key_id) DO UPDATE SET
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
        unreadable = kept.unreadable + excluded.unreadable"""
ONE_ANSWER = f"""-- A first answer of one organisation has each cell once: there is nothing to add up before it is added.
    IF NOT EXISTS (
        SELECT FROM fresh HAVING min(organisation_id) <> max(organisation_id) OR count(supersedes_id) > 0
    ) AND NOT EXISTS (
        SELECT FROM federation_lineage l WHERE l.depth > 0 AND l.descendant_id = (SELECT organisation_id FROM fresh LIMIT 1)
        GROUP BY l.ancestor_id HAVING count(*) > 1
    ) THEN
        INSERT INTO plans_summary AS kept (node_id, indicator_id, period_start, period_months, key_id,
            numerator, denominator, reported, estimated, meeting, no_cases,
            not_collected, not_applicable, suppressed, refused, unreadable)
        SELECT l.ancestor_id, c.indicator_id, c.period_start, c.period_months, c.key_id,
            coalesce(c.numerator, 0), coalesce(c.denominator, 0),
            (c.state IN (1, 2))::int, (c.state = 2)::int,
            (c.meets IS TRUE)::int, (c.state IN (1, 2) AND c.denominator IS NOT DISTINCT FROM 0)::int,
            (c.state = 3)::int, (c.state = 4)::int, (c.state = 5)::int, (c.state = 6)::int, (c.state = 7)::int
        FROM fresh c
        JOIN federation_lineage l ON l.descendant_id = c.organisation_id AND l.depth > 0
            AND l.valid_from < c.period_start + make_interval(months => c.period_months)
            AND (l.valid_until IS NULL OR l.valid_until >= c.period_start + make_interval(months => c.period_months))
        ORDER BY 1, 2, 3, 4, 5
        {ADDED};
        RETURN NULL;
    END IF;"""
# A sum is changed many times in its life: room beside it keeps the change on its page, and out of the indexes.
ROOM = "ALTER TABLE plans_summary SET (fillfactor = 70)"
# Whether it is the house that reads is asked once a statement, not once a row, and expected to be so by the planner.
SEEN = """
ALTER POLICY plans_figure_see ON plans_figure
    USING ((SELECT is_house()) OR organisation_id = ANY(ARRAY(SELECT my_units())));
ALTER POLICY plans_summary_see ON plans_summary
    USING ((SELECT is_house()) OR node_id = ANY(ARRAY(SELECT my_units())));
ALTER POLICY plans_submissionstep_see ON plans_submissionstep
    USING ((SELECT is_house()) OR organisation_id = ANY(ARRAY(SELECT my_units())));
"""
SEEN_BEFORE = """
ALTER POLICY plans_figure_see ON plans_figure
    USING (organisation_id = ANY(ARRAY(SELECT my_units())) OR is_house());
ALTER POLICY plans_summary_see ON plans_summary
    USING (node_id = ANY(ARRAY(SELECT my_units())) OR is_house());
ALTER POLICY plans_submissionstep_see ON plans_submissionstep
    USING (organisation_id = ANY(ARRAY(SELECT my_units())) OR is_house());
"""


class Migration(migrations.Migration):
    """Totals are read out of an index of their own, and a first answer is added to the sums without a detour."""

    dependencies = [("plans", "0011_written_by_role")]
    operations = [
        migrations.RemoveIndex("figure", "plans_figure_across"),
        migrations.AddIndex(
            "figure",
            models.Index(
                fields=["indicator", "period_start", "organisation"],
                include=["id", "period_months", "revision", "state", "numerator", "denominator", "meets", "at"],
                condition=Q(key=0),
                name="plans_figure_totals",
            ),
        ),
        migrations.RemoveIndex("summary", "plans_summary_totals"),
        migrations.AddIndex(
            "summary",
            models.Index(
                fields=["indicator", "period_start", "node"],
                include=["numerator", "denominator", "reported"],
                condition=Q(key=0),
                name="plans_summary_totals",
            ),
        ),
        migrations.RunSQL(KEEP.format(one_answer=ONE_ANSWER, added=ADDED), KEEP.format(one_answer="", added=ADDED)),
        migrations.RunSQL(ROOM, "ALTER TABLE plans_summary RESET (fillfactor)"),
        migrations.RunSQL(SEEN, SEEN_BEFORE),
    ]
