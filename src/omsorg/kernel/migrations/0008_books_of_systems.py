from django.db import migrations

OWN_BOOK = """
ALTER TABLE kernel_trace DROP CONSTRAINT kernel_trace_own_book;
ALTER TABLE kernel_trace ADD CONSTRAINT kernel_trace_own_book CHECK (
    CASE WHEN organisation IS NULL THEN book NOT LIKE 'organisation:%' ELSE book = 'organisation:' || organisation END);
"""
BACK = """
ALTER TABLE kernel_trace DROP CONSTRAINT kernel_trace_own_book;
ALTER TABLE kernel_trace ADD CONSTRAINT kernel_trace_own_book
    CHECK (book = CASE WHEN organisation IS NULL THEN 'house' ELSE 'organisation:' || organisation END);
"""


class Migration(migrations.Migration):
    """A trace that names no organisation stands in the book of the house, or in a book of a system's own."""

    dependencies = [("kernel", "0007_own_book")]
    operations = [migrations.RunSQL(OWN_BOOK, BACK)]
