from importlib import import_module

from django.db import migrations

BEFORE = import_module("omsorg.plans.migrations.0010_judged_when_handed_in")

MY_HOUSE = """
CREATE FUNCTION plans_is_my_house(of_organisation bigint, then_on date) RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM my_homes_on(then_on) AS home
        WHERE home = of_organisation OR plans_are_of_one_house(home, of_organisation, then_on))
$$;
"""
NOW_AND_THEN = BEFORE.HANDED_IN.replace(
    "OR plans_are_of_one_house(belongs_to, said.organisation_id, (said.at AT TIME ZONE 'UTC')::date) THEN",
    "OR plans_are_of_one_house(belongs_to, said.organisation_id, (said.at AT TIME ZONE 'UTC')::date)\n"
    "       OR (NEW.by_id = my_person() AND plans_is_my_house(said.organisation_id, (said.at AT TIME ZONE 'UTC')::date)) THEN",
)


class Migration(migrations.Migration):
    """Nobody verifies what was said in a house of their own: where they belong today, or belonged on that day."""

    dependencies = [("plans", "0016_published_by_role"), ("federation", "0010_homes_dated")]
    operations = [
        migrations.RunSQL(
            MY_HOUSE + BEFORE.BEGIN + NOW_AND_THEN,
            BEFORE.BEGIN + BEFORE.HANDED_IN + "DROP FUNCTION plans_is_my_house(bigint, date);",
        ),
    ]
