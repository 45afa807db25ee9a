from django.db import migrations

ADD = """
DROP POLICY plans_figure_add ON plans_figure;
CREATE POLICY plans_figure_add ON plans_figure FOR INSERT WITH CHECK (
    {house} OR (by_id = {person} AND organisation_id = ANY(ARRAY(SELECT my_units_as(plans_roles_that_may('plans.report')))))
);
"""


class Migration(migrations.Migration):
    """Whose figures these are is asked once for all of them, not once for each."""

    dependencies = [("plans", "0025_reasons_in_other_languages")]
    operations = [
        migrations.RunSQL(
            ADD.format(house="(SELECT is_house())", person="(SELECT my_person())"),
            ADD.format(house="is_house()", person="my_person()"),
        ),
    ]
