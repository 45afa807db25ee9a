from django.db import migrations

from omsorg.kernel.wall import protect

GUARD = """
CREATE FUNCTION plans_guard_plan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT is_house() AND
        (NEW.code, NEW.owner_id, NEW.adopted_on, NEW.frequency_months, NEW.reporting_kind, NEW.currency, NEW.is_example)
        IS DISTINCT FROM
        (OLD.code, OLD.owner_id, OLD.adopted_on, OLD.frequency_months, OLD.reporting_kind, OLD.currency, OLD.is_example)
    THEN
        RAISE EXCEPTION 'A plan is revised in its title, its summary and its period' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plans_plan_guarded BEFORE UPDATE ON plans_plan FOR EACH ROW EXECUTE FUNCTION plans_guard_plan();
"""
GUARD_BACK = """
DROP TRIGGER plans_plan_guarded ON plans_plan;
DROP FUNCTION plans_guard_plan();
"""

WHERE_I_REVISE = "owner_id = ANY(ARRAY(SELECT my_units_as(plans_roles_that_may('plans.revise'))))"
OF_MY_PLAN = f"is_house() OR EXISTS (SELECT 1 FROM plans_plan p WHERE p.id = plan_id AND p.{WHERE_I_REVISE})"
OF_MY_SOURCE = (
    "is_house() OR EXISTS (SELECT 1 FROM plans_source s JOIN plans_plan p ON p.id = s.plan_id"
    f" WHERE s.id = source_id AND p.{WHERE_I_REVISE})"
)


class Migration(migrations.Migration):
    """What is promised is open to be read: who revises the plan adds to it, and takes hold of it, and changes no name.

    An action, an indicator or a recommendation is only a name: what is said of it changes by a revision. So it may be
    held by those who revise, and changed by nobody.
    """

    dependencies = [("plans", "0014_sums_follow_the_tree"), ("federation", "0009_open_to_read")]
    operations = [
        migrations.RunSQL(GUARD, GUARD_BACK),
        protect("plans_plan", see="true", write=f"is_house() OR {WHERE_I_REVISE}", remove="is_house()"),
        *[
            protect(table, see="true", add=mine, write=mine, becoming="is_house()", remove="is_house()")
            for table, mine in {
                "plans_source": OF_MY_PLAN,
                "plans_recommendation": OF_MY_SOURCE,
                "plans_action": OF_MY_PLAN,
                "plans_indicator": OF_MY_PLAN,
            }.items()
        ],
        protect("plans_disaggregationkey", see="true", write="is_house()"),
    ]
