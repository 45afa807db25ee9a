from django.db import migrations

ADD = """
DROP POLICY kernel_trace_add ON kernel_trace;
CREATE POLICY kernel_trace_add ON kernel_trace FOR INSERT WITH CHECK (is_house() OR (actor = my_person() AND (
    organisation IS NULL OR organisation = ANY(ARRAY(SELECT my_units()))
    OR organisation = (SELECT organisation_id FROM federation_person WHERE id = my_person()))));
"""
BACK = """
DROP POLICY kernel_trace_add ON kernel_trace;
CREATE POLICY kernel_trace_add ON kernel_trace FOR INSERT WITH CHECK (is_house() OR actor = my_person());
"""


class Migration(migrations.Migration):
    """A person leaves traces in the book of the house, of their own organisation, and of those they work for."""

    dependencies = [("federation", "0011_names_dated"), ("kernel", "0007_own_book")]
    operations = [migrations.RunSQL(ADD, BACK)]
