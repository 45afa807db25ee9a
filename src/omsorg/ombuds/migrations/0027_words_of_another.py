import django.db.models.deletion
from django.db import migrations, models

import omsorg.ombuds.models.keys
from omsorg.kernel.wall import protect

MINE = "case_id = ANY(ARRAY(SELECT ombuds_my_cases()))"
BY_CODE = "case_id = (SELECT ombuds_case_of_code())"
SHUT = """
CREATE FUNCTION ombuds_guard_misplaced() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF (to_jsonb(NEW) ->> 'by')::bigint IS DISTINCT FROM my_person() OR NOT (
        (NEW.thing = 'words' AND EXISTS (
            SELECT 1 FROM ombuds_words w WHERE w.case_id = NEW.case_id AND w.number = NEW.of AND w.taken_down))
        OR (NEW.thing = 'wish' AND EXISTS (
            SELECT 1 FROM ombuds_wish w WHERE w.case_id = NEW.case_id AND w.number = NEW.of AND w.by IS NOT NULL))
    ) THEN
        RAISE EXCEPTION 'Only what an adult took down is marked, by whoever says so' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ombuds_misplaced_guarded BEFORE INSERT ON ombuds_misplaced
    FOR EACH ROW EXECUTE FUNCTION ombuds_guard_misplaced();
CREATE TRIGGER ombuds_misplaced_unchanged BEFORE UPDATE OR DELETE ON ombuds_misplaced
    FOR EACH ROW EXECUTE FUNCTION ombuds_keep_unchanged();
ALTER POLICY ombuds_words_see ON ombuds_words USING (
    case_id = ANY(ARRAY(SELECT ombuds_my_cases())) OR (case_id = (SELECT ombuds_case_of_code()) AND NOT EXISTS (
        SELECT 1 FROM ombuds_misplaced m
        WHERE m.case_id = ombuds_words.case_id AND m.thing = 'words' AND m.of = ombuds_words.number)));
"""
OPEN = """
ALTER POLICY ombuds_words_see ON ombuds_words USING (
    case_id = ANY(ARRAY(SELECT ombuds_my_cases())) OR case_id = (SELECT ombuds_case_of_code()));
DROP TRIGGER ombuds_misplaced_unchanged ON ombuds_misplaced;
DROP TRIGGER ombuds_misplaced_guarded ON ombuds_misplaced;
DROP FUNCTION ombuds_guard_misplaced();
"""


class Migration(migrations.Migration):
    """Words that were taken down in the wrong case are shut to its child's code, and stay on record."""

    dependencies = [("ombuds", "0026_signed_seats")]
    operations = [
        migrations.CreateModel(
            name="Misplaced",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=omsorg.ombuds.models.keys.random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("on", models.DateField()),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("thing", models.CharField(choices=[("words", "Words"), ("wish", "Wish")], max_length=8)),
                ("of", models.PositiveSmallIntegerField()),
                ("by", models.BigIntegerField()),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="ombuds.case")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=["case", "thing", "of"], name="ombuds_misplaced_once")],
            },
        ),
        protect("ombuds_misplaced", see=f"{MINE} OR {BY_CODE}", write=MINE),
        migrations.RunSQL(SHUT, OPEN),
    ]
