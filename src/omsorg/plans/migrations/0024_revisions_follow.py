from django.db import migrations, models

# A revision follows the newest one by number, and does not take force before it.
FOLLOWS = """
CREATE FUNCTION plans_revision_follows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    last_number int;
    last_day date;
BEGIN
    IF is_house() THEN
        RETURN NEW;
    END IF;
    EXECUTE format('SELECT max(number), max(in_force_on) FROM %I WHERE %s', TG_TABLE_NAME, TG_ARGV[0])
        INTO last_number, last_day USING NEW;
    IF NEW.number <> coalesce(last_number, 0) + 1 OR NEW.in_force_on < last_day THEN
        RAISE EXCEPTION 'A revision follows the one before it' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
OF = {
    "plans_planrevision": "plan_id = ($1).plan_id",
    "plans_actionrevision": "action_id = ($1).action_id",
    "plans_indicatorrevision": "indicator_id = ($1).indicator_id",
}
FOLLOW = "CREATE TRIGGER {0}_follows BEFORE INSERT ON {0} FOR EACH ROW EXECUTE FUNCTION plans_revision_follows('{1}');"

# What is judged is there before it is judged, under a definition that is there.
JUDGED = """
CREATE FUNCTION plans_judged_after() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT is_house() AND NOT EXISTS (
        SELECT 1 FROM plans_indicatorrevision r
        WHERE r.indicator_id = NEW.indicator_id AND r.number = NEW.revision AND r.activity = 'active'
    ) THEN
        RAISE EXCEPTION 'A rating is of an indicator as it is defined' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plans_assessment_of_defined BEFORE INSERT ON plans_assessment
    FOR EACH ROW EXECUTE FUNCTION plans_judged_after();
"""
JUDGED_BACK = "DROP TRIGGER plans_assessment_of_defined ON plans_assessment; DROP FUNCTION plans_judged_after();"


class Migration(migrations.Migration):
    """A revision follows the newest, a rating is of an indicator as it is defined, a report is named in its plan."""

    dependencies = [("plans", "0023_opening_asked")]
    operations = [
        migrations.RunSQL(FOLLOWS, "DROP FUNCTION plans_revision_follows()"),
        migrations.RunSQL(
            "".join(FOLLOW.format(*each) for each in OF.items()),
            "".join(f"DROP TRIGGER {table}_follows ON {table};" for table in OF),
        ),
        migrations.RunSQL(JUDGED, JUDGED_BACK),
        migrations.AlterField("report", "code", models.CharField(max_length=40)),
        migrations.AddConstraint(
            "report", models.UniqueConstraint(fields=["plan", "code"], name="plans_report_code_in_plan")
        ),
    ]
