from django.db import migrations

# Whoever closes or moves an organisation writes so in its book afterwards, when it may be below them no more; and who
# brings figures into a plan in the book of the plan's owner, above them.
WERE = """
CREATE FUNCTION books_of_mine() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT book.id FROM federation_mandate m, LATERAL (
        SELECT m.organisation_id
        UNION ALL SELECT descendant_id FROM federation_lineage WHERE ancestor_id = m.organisation_id
        UNION ALL SELECT ancestor_id FROM federation_lineage WHERE descendant_id = m.organisation_id
    ) AS book(id)
    WHERE m.person_id = my_person() AND m.valid_from <= app_day() AND (m.valid_until IS NULL OR m.valid_until > app_day())
$$;
"""
ADD = """
DROP POLICY kernel_trace_add ON kernel_trace;
CREATE POLICY kernel_trace_add ON kernel_trace FOR INSERT WITH CHECK (is_house() OR (actor = my_person() AND (
    organisation IS NULL
    OR organisation = (SELECT organisation_id FROM federation_person WHERE id = my_person())
    OR organisation = ANY(ARRAY(SELECT books_of_mine())))));
"""
BACK = """
DROP POLICY kernel_trace_add ON kernel_trace;
CREATE POLICY kernel_trace_add ON kernel_trace FOR INSERT WITH CHECK (is_house() OR actor = my_person());
"""


class Migration(migrations.Migration):
    """A person leaves traces in the book of the house, of their own organisation, of those they work for, and above these."""

    dependencies = [("federation", "0011_names_dated"), ("kernel", "0007_own_book")]
    operations = [
        migrations.RunSQL(WERE, "DROP FUNCTION books_of_mine()"),
        migrations.RunSQL(ADD, BACK),
    ]
