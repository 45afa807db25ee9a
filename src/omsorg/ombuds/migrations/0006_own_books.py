from django.db import migrations

OWN_BOOKS = """
CREATE FUNCTION ombuds_i_have_a_ring() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS
$$ SELECT EXISTS (SELECT 1 FROM ombuds_ring WHERE person = my_person()) $$;

CREATE POLICY kernel_trace_add_of_ombuds ON kernel_trace AS RESTRICTIVE FOR INSERT WITH CHECK (
    book NOT LIKE 'ombuds:%' OR is_house() OR book = 'ombuds:' || ombuds_case_of_code()
    OR (actor = my_person() AND ((SELECT ombuds_i_have_a_ring()) OR (SELECT ombuds_i_sit())))
);
"""
BACK = """
DROP POLICY kernel_trace_add_of_ombuds ON kernel_trace;
DROP FUNCTION ombuds_i_have_a_ring();
"""


class Migration(migrations.Migration):
    """In the books of the office and of its cases stand the acts of those who work there, of the child and the house."""

    dependencies = [("kernel", "0008_books_of_systems"), ("ombuds", "0005_year_told")]
    operations = [migrations.RunSQL(OWN_BOOKS, BACK)]
