from django.db import migrations

TRAIL = """
ALTER TABLE kernel_trace ADD CONSTRAINT kernel_trace_own_book
    CHECK (book = CASE WHEN organisation IS NULL THEN 'house' ELSE 'organisation:' || organisation END);
"""
TRAIL_BACK = """
ALTER TABLE kernel_trace DROP CONSTRAINT kernel_trace_own_book;
"""
LETTER = """
DROP POLICY kernel_letter_add ON kernel_letter;
CREATE POLICY kernel_letter_add ON kernel_letter FOR INSERT WITH CHECK (is_house() OR standing = 'waiting');
"""
LETTER_BACK = """
DROP POLICY kernel_letter_add ON kernel_letter;
CREATE POLICY kernel_letter_add ON kernel_letter FOR INSERT WITH CHECK (true);
"""


class Migration(migrations.Migration):
    """A trace stands in the book that it names, and a letter begins by waiting."""

    dependencies = [("kernel", "0006_heads_to_those_who_see")]
    operations = [
        migrations.RunSQL(TRAIL, TRAIL_BACK),
        migrations.RunSQL(LETTER, LETTER_BACK),
    ]
