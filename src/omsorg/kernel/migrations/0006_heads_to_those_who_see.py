from django.db import migrations

HEAD = """
CREATE OR REPLACE FUNCTION kernel_trace_head(of_book text) RETURNS text LANGUAGE sql STABLE SECURITY {whose}
SET search_path = public, pg_temp AS
$$ SELECT fingerprint FROM kernel_trace WHERE book = of_book ORDER BY number DESC LIMIT 1 $$;
"""


class Migration(migrations.Migration):
    """The head of a book is told to those who may see its traces, and to the house that prints it; to nobody else."""

    dependencies = [("kernel", "0005_import_drafts")]
    operations = [migrations.RunSQL(HEAD.format(whose="INVOKER"), HEAD.format(whose="DEFINER"))]
