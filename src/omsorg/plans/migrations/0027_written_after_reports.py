from django.db import migrations

AFTER = """
CREATE FUNCTION plans_written_after(of_plan bigint, moment timestamptz) RETURNS timestamptz LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- First the lock, then the look: a report that is being frozen is waited for, and seen.
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('plans_release ' || of_plan, 0));
    RETURN greatest(moment, (SELECT max(frozen_at) + interval '1 microsecond' FROM plans_report WHERE plan_id = of_plan));
END $$;
"""


class Migration(migrations.Migration):
    """What comes in while a report is frozen is dated after it: the report, read again, is what it was."""

    dependencies = [("plans", "0026_figures_asked_once")]
    operations = [migrations.RunSQL(AFTER, "DROP FUNCTION plans_written_after(bigint, timestamptz)")]
