from django.db import migrations, models
from django.db.models import F, Q

WALLS = """
CREATE OR REPLACE FUNCTION ombuds_i_am_of_the_board() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT ombuds_i_hear() AND EXISTS (
        SELECT 1 FROM ombuds_seat WHERE person = my_person() AND level = 'board' AND confirmed_on IS NOT NULL
          AND (valid_until IS NULL OR valid_until > app_day()))
$$;

CREATE OR REPLACE FUNCTION ombuds_guard_ring() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM pg_advisory_xact_lock(hashtextextended('ombuds_ring', 0));
        IF NEW.vouched_on IS NOT NULL AND EXISTS (
            SELECT 1 FROM ombuds_ring
            WHERE id <> NEW.id AND vouched_on IS NOT NULL AND is_example = NEW.is_example) THEN
            RAISE EXCEPTION 'Only the first ring founds the office' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.id, NEW.person, NEW.public_key, NEW.made_on, NEW.is_example)
       IS DISTINCT FROM (OLD.id, OLD.person, OLD.public_key, OLD.made_on, OLD.is_example) THEN
        RAISE EXCEPTION 'A ring keeps its person and its key' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.retired_on IS NOT NULL AND NEW.retired_on IS DISTINCT FROM OLD.retired_on THEN
        RAISE EXCEPTION 'A retired ring stays retired' USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.vouched_by, NEW.vouched_on) IS DISTINCT FROM (OLD.vouched_by, OLD.vouched_on) THEN
        IF OLD.vouched_on IS NOT NULL OR NEW.vouched_by IS DISTINCT FROM my_person() OR NEW.vouched_by = NEW.person
           OR NOT ombuds_i_hear() THEN
            RAISE EXCEPTION 'Another ombudsperson vouches for a ring, once' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE POLICY ombuds_checkin_climbs ON ombuds_checkin FOR UPDATE USING (is_house()) WITH CHECK (is_house());

CREATE FUNCTION ombuds_answers_grow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.answer, NEW.reasons, NEW.answered_on) IS DISTINCT FROM (OLD.answer, OLD.reasons, OLD.answered_on) THEN
        IF OLD.answer <> '' AND (
            jsonb_array_length(NEW.earlier) <> jsonb_array_length(OLD.earlier) + 1
            OR NOT NEW.earlier @> OLD.earlier OR NEW.earlier -> -1 ->> 'answer' IS DISTINCT FROM OLD.answer
            OR NEW.earlier -> -1 ->> 'reasons' IS DISTINCT FROM OLD.reasons) THEN
            RAISE EXCEPTION 'An answer is not replaced: it stays beside the new one' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.earlier IS DISTINCT FROM OLD.earlier THEN
        RAISE EXCEPTION 'Earlier answers stay as they were' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ombuds_advice_answers_grow BEFORE UPDATE ON ombuds_advice
    FOR EACH ROW EXECUTE FUNCTION ombuds_answers_grow();
"""
BACK = """
DROP TRIGGER ombuds_advice_answers_grow ON ombuds_advice;
DROP FUNCTION ombuds_answers_grow();
DROP POLICY ombuds_checkin_climbs ON ombuds_checkin;
"""
CONFIRMED = """
UPDATE ombuds_seat s SET confirmed_by = r.vouched_by, confirmed_on = r.vouched_on
FROM ombuds_ring r WHERE r.person = s.person AND r.vouched_on IS NOT NULL AND r.retired_on IS NULL;
"""


class Migration(migrations.Migration):
    """A seat counts once the office has confirmed it; invented people hear invented children; answers only grow."""

    dependencies = [("ombuds", "0013_only_what_is_taken_back")]
    operations = [
        migrations.AddField("ring", "is_example", models.BooleanField(default=False)),
        migrations.AddField("case", "is_example", models.BooleanField(default=False)),
        migrations.AddField("seat", "confirmed_by", models.BigIntegerField(null=True)),
        migrations.AddField("seat", "confirmed_on", models.DateField(null=True)),
        migrations.AddField("seat", "end_told_on", models.DateField(null=True)),
        migrations.AddField("checkin", "climbed_on", models.DateField(null=True)),
        migrations.AddField(
            "advice",
            "earlier",
            models.JSONField(default=list, help_text="answers that were given before the one in force; only grows"),
        ),
        migrations.RemoveField("visit", "what_came_of_it"),
        migrations.RemoveConstraint("recoveryshare", "ombuds_share_of_two"),
        migrations.AddConstraint(
            "recoveryshare", models.CheckConstraint(condition=~Q(outer=F("inner")), name="ombuds_share_of_two")
        ),
        migrations.AddConstraint(
            "handover",
            models.UniqueConstraint(
                fields=["assent"], condition=Q(assent__isnull=False), name="ombuds_handover_once_for_a_yes"
            ),
        ),
        migrations.AddConstraint(
            "handover",
            models.UniqueConstraint(
                fields=["disclosure"], condition=Q(disclosure__isnull=False), name="ombuds_handover_once_without"
            ),
        ),
        migrations.RunSQL(WALLS, BACK),
        migrations.RunSQL(CONFIRMED, migrations.RunSQL.noop),
    ]
