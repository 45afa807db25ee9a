from django.db import migrations, models
from django.db.models import Q

STAYS = """
CREATE FUNCTION plans_recommendation_stays_withdrawn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.withdrawn_at IS NOT NULL
       AND (NEW.withdrawn_at, NEW.hidden_at, NEW.text) IS DISTINCT FROM (OLD.withdrawn_at, OLD.hidden_at, OLD.text) THEN
        RAISE EXCEPTION 'What was withdrawn stays withdrawn' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plans_recommendation_stays_withdrawn BEFORE UPDATE ON plans_recommendation
    FOR EACH ROW EXECUTE FUNCTION plans_recommendation_stays_withdrawn();
CREATE FUNCTION plans_no_answer_to_withdrawn() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM plans_recommendation r WHERE r.id = NEW.recommendation_id AND r.hidden_at IS NOT NULL) THEN
        RAISE EXCEPTION 'Nothing is answered to what was withdrawn' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plans_no_answer_to_withdrawn BEFORE INSERT ON plans_recommendationresponse
    FOR EACH ROW EXECUTE FUNCTION plans_no_answer_to_withdrawn();
"""
GONE = """
DROP TRIGGER plans_no_answer_to_withdrawn ON plans_recommendationresponse;
DROP FUNCTION plans_no_answer_to_withdrawn();
DROP TRIGGER plans_recommendation_stays_withdrawn ON plans_recommendation;
DROP FUNCTION plans_recommendation_stays_withdrawn();
"""
WITHDRAWN_BEFORE = """
UPDATE plans_recommendation r SET hidden_at = a.at, withdrawn_at = a.at
FROM plans_recommendationresponse a
WHERE a.recommendation_id = r.id AND a.by_id IS NULL AND a.reason = 'Withdrawn by the ombudsperson'
  AND r.brought_as LIKE 'ombuds:%';
"""
"""What was withdrawn until now had its day as an answer of the house."""


class Migration(migrations.Migration):
    """Of a recommendation that was withdrawn no word is read any more, and nothing is answered to it."""

    dependencies = [("plans", "0030_brought_once")]
    operations = [
        migrations.AddField("recommendation", "hidden_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("recommendation", "withdrawn_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunSQL(WITHDRAWN_BEFORE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "recommendation",
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(hidden_at__isnull=False),
                name="plans_recommendation_withdrawn_hidden",
            ),
        ),
        migrations.RunSQL(STAYS, GONE),
    ]
