from django.db import migrations

RESUM = """
CREATE FUNCTION plans_cells_below(changed bigint, since date) RETURNS TABLE (
    indicator_id bigint, period_start date, period_months smallint, key_id bigint
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH RECURSIVE below AS (
        SELECT changed AS id UNION SELECT p.organisation_id FROM below b JOIN federation_position p ON p.parent_id = b.id
    )
    SELECT DISTINCT f.indicator_id, f.period_start, f.period_months, f.key_id
    FROM plans_figure f JOIN below b ON b.id = f.organisation_id
    WHERE f.period_start + make_interval(months => f.period_months) > since
$$;

CREATE FUNCTION plans_sum_anew_of(changed bigint, since date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF since IS NULL THEN RETURN; END IF;
    -- First the lock, then the look: what is being told while the organisation moves is waited for, and seen.
    LOCK TABLE plans_figure IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM plans_summary s USING plans_cells_below(changed, since) c
    WHERE (s.indicator_id, s.period_start, s.period_months, s.key_id)
        = (c.indicator_id, c.period_start, c.period_months, c.key_id);
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
    FROM plans_cells_below(changed, since) c
    JOIN plans_figure f ON (f.indicator_id, f.period_start, f.period_months, f.key_id)
        = (c.indicator_id, c.period_start, c.period_months, c.key_id)
    JOIN federation_lineage l ON l.descendant_id = f.organisation_id AND l.depth > 0
        AND l.valid_from < f.period_start + make_interval(months => f.period_months)
        AND (l.valid_until IS NULL OR l.valid_until >= f.period_start + make_interval(months => f.period_months))
    WHERE NOT EXISTS (SELECT 1 FROM plans_figure later WHERE later.supersedes_id = f.id)
    GROUP BY 1, 2, 3, 4, 5;
END $$;

CREATE OR REPLACE FUNCTION plans_sum_anew_after_move() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM plans_sum_anew_of(OLD.organisation_id, CASE
            WHEN TG_OP = 'UPDATE' AND NEW.organisation_id = OLD.organisation_id AND NEW.parent_id = OLD.parent_id
                AND NEW.valid_from = OLD.valid_from THEN least(OLD.valid_until, NEW.valid_until)
            WHEN TG_OP = 'UPDATE' THEN least(OLD.valid_from, NEW.valid_from)
            ELSE OLD.valid_from END);
    END IF;
    IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.organisation_id <> OLD.organisation_id) THEN
        PERFORM plans_sum_anew_of(NEW.organisation_id, NEW.valid_from);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION plans_sum_anew_after_closing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM plans_sum_anew_of(NEW.id, least(
        CASE WHEN OLD.exists_from <> NEW.exists_from THEN least(OLD.exists_from, NEW.exists_from) END,
        CASE WHEN OLD.exists_until IS DISTINCT FROM NEW.exists_until
             THEN least(OLD.exists_until, NEW.exists_until) END));
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER plans_closing_summed AFTER UPDATE OF exists_from, exists_until ON federation_organisation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION plans_sum_anew_after_closing();

DROP FUNCTION plans_sum_anew_since(date);
"""

RESUM_BACK = """
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

CREATE OR REPLACE FUNCTION plans_sum_anew_after_move() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
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

DROP TRIGGER plans_closing_summed ON federation_organisation;
DROP FUNCTION plans_sum_anew_after_closing();
DROP FUNCTION plans_sum_anew_of(bigint, date);
DROP FUNCTION plans_cells_below(bigint, date);
"""


class Migration(migrations.Migration):
    """What an organisation told follows it when it moves, closes or opens again, also what is being told meanwhile.

    Only the cells in which the organisation, or one below it, has figures are summed anew: founding one costs nothing.
    """

    dependencies = [("plans", "0013_plan_and_measures_dated"), ("federation", "0008_units_by_role")]
    operations = [migrations.RunSQL(RESUM, RESUM_BACK)]
