import django.db.models.deletion
from django.db import migrations, models

from omsorg.kernel.wall import append_only, protect

CORRECTING = """
CREATE FUNCTION savings_correct_group() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE savings_group SET name = NEW.name, unit_id = NEW.unit_id, phase = NEW.phase
    WHERE id = NEW.group_id AND (name, unit_id, phase) = (NEW.name_was, NEW.unit_was_id, NEW.phase_was);
    IF NOT FOUND OR (NEW.name, NEW.unit_id, NEW.phase) = (NEW.name_was, NEW.unit_was_id, NEW.phase_was) THEN
        RAISE EXCEPTION 'A correction says what a group was, and changes it' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER savings_groupcorrection_corrects BEFORE INSERT ON savings_groupcorrection
    FOR EACH ROW EXECUTE FUNCTION savings_correct_group();

CREATE FUNCTION savings_group_by_correction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.name, NEW.unit_id, NEW.phase) IS DISTINCT FROM (OLD.name, OLD.unit_id, OLD.phase)
        AND pg_trigger_depth() = 1
    THEN
        RAISE EXCEPTION 'A group is renamed, moved or changes its phase by a correction' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER savings_group_corrected BEFORE UPDATE ON savings_group
    FOR EACH ROW EXECUTE FUNCTION savings_group_by_correction();
"""
CORRECTING_BACK = """
DROP TRIGGER savings_group_corrected ON savings_group;
DROP FUNCTION savings_group_by_correction();
DROP TRIGGER savings_groupcorrection_corrects ON savings_groupcorrection;
DROP FUNCTION savings_correct_group();
"""
OFFICER = "ANY(ARRAY(SELECT savings_units(ARRAY['savings_field_officer'])))"


class Migration(migrations.Migration):
    """What a group is called, where it stands and its phase change by a correction that stays."""

    dependencies = [
        ("federation", "0013_roles_given_by"),
        ("savings", "0008_quarters"),
    ]

    operations = [
        migrations.CreateModel(
            name="GroupCorrection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_was", models.CharField(max_length=200)),
                (
                    "phase_was",
                    models.CharField(
                        choices=[
                            ("mobilisation", "Mobilisation"),
                            ("intensive", "Intensive"),
                            ("development", "Development"),
                            ("maturity", "Maturity"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("mobilisation", "Mobilisation"),
                            ("intensive", "Intensive"),
                            ("development", "Development"),
                            ("maturity", "Maturity"),
                        ],
                        max_length=12,
                    ),
                ),
                ("why", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="federation.person"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="savings.group"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="federation.organisation"
                    ),
                ),
                (
                    "unit_was",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="federation.organisation"
                    ),
                ),
            ],
        ),
        append_only("savings_groupcorrection"),
        protect(
            "savings_groupcorrection",
            see="is_house() OR group_id = ANY(ARRAY(SELECT savings_groups_seen()))",
            write="false",
            add=f"is_house() OR (by_id = my_person() AND unit_was_id = {OFFICER} AND unit_id = {OFFICER})",
        ),
        migrations.RunSQL(CORRECTING, CORRECTING_BACK),
    ]
