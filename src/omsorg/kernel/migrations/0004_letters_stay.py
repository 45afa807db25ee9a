from django.db import migrations

LETTERS = """
DROP POLICY kernel_letter_change ON kernel_letter;
DROP POLICY kernel_letter_remove ON kernel_letter;
CREATE POLICY kernel_letter_change ON kernel_letter FOR UPDATE USING (is_house()) WITH CHECK (is_house());
CREATE POLICY kernel_letter_remove ON kernel_letter FOR DELETE USING (is_house());
"""

LETTERS_BACK = """
DROP POLICY kernel_letter_change ON kernel_letter;
DROP POLICY kernel_letter_remove ON kernel_letter;
CREATE POLICY kernel_letter_change ON kernel_letter FOR UPDATE USING (true) WITH CHECK (true);
CREATE POLICY kernel_letter_remove ON kernel_letter FOR DELETE USING (true);
"""


class Migration(migrations.Migration):
    """Everybody may write a letter; only the house changes or removes one."""

    dependencies = [("kernel", "0003_guards")]
    operations = [migrations.RunSQL(LETTERS, LETTERS_BACK)]
