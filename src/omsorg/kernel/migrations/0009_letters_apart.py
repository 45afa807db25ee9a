from django.db import migrations

APART = """
CREATE POLICY kernel_letter_not_apart ON kernel_letter AS RESTRICTIVE FOR ALL
    USING (once NOT LIKE 'apart:%' OR is_house() OR to_person = my_person()) WITH CHECK (true);
"""
BACK = "DROP POLICY kernel_letter_not_apart ON kernel_letter;"


class Migration(migrations.Migration):
    """A letter that is written apart is looked after by nobody: even that it was written is told to its reader alone."""

    dependencies = [("kernel", "0008_books_of_systems")]
    operations = [migrations.RunSQL(APART, BACK)]
