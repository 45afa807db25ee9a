from django.db import migrations

RESUM = """
CREATE FUNCTION plans_sum_anew_since(since date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF since IS NULL OR NOT EXISTS (
        SELECT 1 FROM plans_figure WHERE period_start + make_interval(months => period_months) > since
    ) THEN
        RETURN;
    END IF;
    LOCK TABLE plans_figure IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM plans_summary WHERE period_start + make_interval(months => period_months) > since;
    INSERT INTO plans_summary (node_id, indicator_id, period_start, period_months, key_id,
        numerator, denominator, reported, estimated, meeting, no_cases,
        not_collected, not_applicable, suppressed, refused, unreadable)
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
    WHERE f.period_start + make_interval(months => f.period_months) > since
      AND NOT EXISTS (SELECT 1 FROM plans_figure later WHERE later.supersedes_id = f.id)
    GROUP BY 1, 2, 3, 4, 5;
END $$;

CREATE FUNCTION plans_sum_anew_after_move() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        PERFORM plans_sum_anew_since(least(OLD.valid_from, NEW.valid_from, OLD.valid_until, NEW.valid_until));
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM plans_sum_anew_since(OLD.valid_from);
    ELSE
        PERFORM plans_sum_anew_since(NEW.valid_from);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER plans_move_summed AFTER INSERT OR UPDATE OR DELETE ON federation_position
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION plans_sum_anew_after_move();
"""

RESUM_BACK = """
DROP TRIGGER plans_move_summed ON federation_position;
DROP FUNCTION plans_sum_anew_after_move();
DROP FUNCTION plans_sum_anew_since(date);
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0008_reports_closed"), ("federation", "0002_walls")]
    operations = [migrations.RunSQL(RESUM, RESUM_BACK)]
