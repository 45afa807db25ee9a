from django.db import migrations, models

BY_TWO = """
CREATE FUNCTION ombuds_advice_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.published_on IS NOT NULL THEN
            RAISE EXCEPTION 'What was published is withdrawn, not removed' USING ERRCODE = 'check_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.made_by IS DISTINCT FROM my_person() OR NEW.published_on IS NOT NULL OR NEW.published_by IS NOT NULL
           OR NEW.answer <> '' OR NEW.answer_confirmed_on IS NOT NULL OR NEW.done_on IS NOT NULL
           OR NEW.withdrawal <> '' OR NEW.withdrawn_on IS NOT NULL THEN
            RAISE EXCEPTION 'A recommendation begins as a draft of whoever wrote it' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.withdrawn_on IS NOT NULL THEN
        RAISE EXCEPTION 'What was withdrawn stays as it was' USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.code, NEW.organisation, NEW.text, NEW.made_on, NEW.made_by)
       IS DISTINCT FROM (OLD.code, OLD.organisation, OLD.text, OLD.made_on, OLD.made_by) THEN
        RAISE EXCEPTION 'A recommendation keeps its words and whoever wrote them' USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.published_on, NEW.published_by) IS DISTINCT FROM (OLD.published_on, OLD.published_by)
       AND (OLD.published_on IS NOT NULL OR NEW.published_on IS NULL OR NEW.published_by IS NULL
            OR NEW.published_by IS DISTINCT FROM my_person() OR NEW.published_by = OLD.made_by) THEN
        RAISE EXCEPTION 'Another ombudsperson publishes, once' USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.answer, NEW.reasons, NEW.answered_on) IS DISTINCT FROM (OLD.answer, OLD.reasons, OLD.answered_on) THEN
        IF NEW.answer_by IS NULL OR NEW.answer_by IS DISTINCT FROM my_person()
           OR NEW.answer_confirmed_on IS NOT NULL OR NEW.answer_confirmed_by IS NOT NULL THEN
            RAISE EXCEPTION 'An answer waits for another to confirm it' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.answer_by IS DISTINCT FROM OLD.answer_by THEN
        RAISE EXCEPTION 'Who entered an answer stays' USING ERRCODE = 'check_violation';
    ELSIF (NEW.answer_confirmed_on, NEW.answer_confirmed_by)
          IS DISTINCT FROM (OLD.answer_confirmed_on, OLD.answer_confirmed_by)
          AND (OLD.answer_confirmed_on IS NOT NULL OR OLD.answer = '' OR NEW.answer_confirmed_on IS NULL
               OR NEW.answer_confirmed_by IS NULL OR NEW.answer_confirmed_by IS DISTINCT FROM my_person()
               OR NEW.answer_confirmed_by = OLD.answer_by) THEN
        RAISE EXCEPTION 'Another ombudsperson confirms an answer, once' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.done_on IS DISTINCT FROM OLD.done_on AND OLD.answer_confirmed_on IS NULL THEN
        RAISE EXCEPTION 'Done is what a confirmed answer promised' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.done_on IS NOT NULL AND NEW.answer IN ('', 'refused') THEN
        RAISE EXCEPTION 'What is done is not refused' USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.withdrawal, NEW.withdrawal_by) IS DISTINCT FROM (OLD.withdrawal, OLD.withdrawal_by)
       AND NOT (OLD.withdrawal <> '' AND NEW.withdrawal = '' AND NEW.withdrawal_by IS NULL)
       AND (OLD.withdrawal <> '' OR OLD.published_on IS NULL OR NEW.withdrawal = ''
            OR NEW.withdrawal_by IS NULL OR NEW.withdrawal_by IS DISTINCT FROM my_person()) THEN
        RAISE EXCEPTION 'A withdrawal is asked for once, with its reason' USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.withdrawn_on, NEW.withdrawn_by) IS DISTINCT FROM (OLD.withdrawn_on, OLD.withdrawn_by)
       AND (OLD.withdrawal = '' OR NEW.withdrawn_on IS NULL OR NEW.withdrawn_by IS NULL
            OR NEW.withdrawn_by IS DISTINCT FROM my_person() OR NEW.withdrawn_by = OLD.withdrawal_by) THEN
        RAISE EXCEPTION 'Another ombudsperson agrees to a withdrawal' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ombuds_advice_of_two BEFORE INSERT OR UPDATE OR DELETE ON ombuds_advice
    FOR EACH ROW EXECUTE FUNCTION ombuds_advice_by_two();
ALTER POLICY ombuds_advice_see ON ombuds_advice USING (
    (published_on IS NOT NULL AND withdrawn_on IS NULL) OR (SELECT ombuds_i_hear()) OR is_house());
"""
BACK = """
ALTER POLICY ombuds_advice_see ON ombuds_advice USING (
    published_on IS NOT NULL OR (SELECT ombuds_i_hear()) OR is_house());
DROP TRIGGER ombuds_advice_of_two ON ombuds_advice;
DROP FUNCTION ombuds_advice_by_two();
"""
ANSWERED_BEFORE = (
    "UPDATE ombuds_advice SET answer_confirmed_on = answered_on WHERE answer <> '' AND published_on IS NOT NULL;"
)
"""What the public had read of an answer before it took two stays as it was."""
REASONS = [("recognised", "Recognised"), ("wrong", "Wrong"), ("overtaken", "Overtaken"), ("law", "Law")]


def who() -> models.BigIntegerField:
    return models.BigIntegerField(null=True)


class Migration(migrations.Migration):
    """What the office recommends is published, answered and withdrawn by two, never by one alone."""

    dependencies = [("ombuds", "0015_codes_changed")]
    operations = [
        migrations.AddField("advice", "published_by", who()),
        migrations.AddField(
            "advice",
            "weighed",
            models.JSONField(default=list, help_text="what the check had found and whoever published let stand"),
        ),
        migrations.AddField("advice", "answer_by", who()),
        migrations.AddField("advice", "answer_confirmed_on", models.DateField(null=True)),
        migrations.AddField("advice", "answer_confirmed_by", who()),
        migrations.AddField("advice", "withdrawal", models.CharField(max_length=12, choices=REASONS, blank=True)),
        migrations.AddField("advice", "withdrawal_by", who()),
        migrations.AddField("advice", "withdrawn_on", models.DateField(null=True)),
        migrations.AddField("advice", "withdrawn_by", who()),
        migrations.RunSQL(ANSWERED_BEFORE, migrations.RunSQL.noop),
        migrations.RunSQL(BY_TWO, BACK),
    ]
