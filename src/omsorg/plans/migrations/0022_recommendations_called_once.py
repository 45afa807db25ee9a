from django.db import migrations, models

# One after another in a plan: two who take in a recommendation at once see each other's.
ONCE = """
CREATE FUNCTION plans_recommendation_called_once() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    in_plan bigint;
BEGIN
    SELECT plan_id INTO in_plan FROM plans_source WHERE id = NEW.source_id;
    PERFORM pg_advisory_xact_lock(hashtextextended('plans_recommendation ' || in_plan, 0));
    IF EXISTS (
        SELECT 1 FROM plans_source s JOIN plans_recommendation r ON r.source_id = s.id
        WHERE s.plan_id = in_plan AND r.code = NEW.code AND r.id <> NEW.id
    ) THEN
        RAISE EXCEPTION 'A plan has one recommendation of a code'
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'plans_recommendation_code';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER plans_recommendation_called_once AFTER INSERT OR UPDATE OF code, source_id ON plans_recommendation
    FOR EACH ROW EXECUTE FUNCTION plans_recommendation_called_once();
"""
ONCE_BACK = """
DROP TRIGGER plans_recommendation_called_once ON plans_recommendation;
DROP FUNCTION plans_recommendation_called_once();
"""
# What the house had let in before is not put right unasked: whoever runs it is told which codes.
TOLD = """
DO $$
DECLARE
    twice text;
BEGIN
    SELECT string_agg(DISTINCT t.plan || '/' || t.code, ', ') INTO twice FROM (
        SELECT p.code AS plan, r.code FROM plans_recommendation r
        JOIN plans_source s ON s.id = r.source_id JOIN plans_plan p ON p.id = s.plan_id
        GROUP BY p.id, p.code, r.code HAVING count(*) > 1
    ) t;
    IF twice IS NOT NULL THEN
        RAISE EXCEPTION 'Two recommendations of one plan have the same code: %', twice;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    """The code of a recommendation is its own in the plan: reports, histories and addresses find it by the code alone."""

    dependencies = [("plans", "0021_reasons_in_their_language")]
    operations = [
        migrations.RunSQL(TOLD, migrations.RunSQL.noop),
        migrations.AddIndex(
            "recommendation", models.Index(fields=["source", "code"], name="plans_recommendation_of_source")
        ),
        migrations.RemoveConstraint("recommendation", "plans_recommendation_code"),
        migrations.RunSQL(ONCE, ONCE_BACK),
    ]
