from django.db import migrations, models
from django.db.models import Q

OWN = """
CREATE FUNCTION openness_own_edition() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.code IS DISTINCT FROM (SELECT p.code FROM openness_publication p WHERE p.id = NEW.publication_id) THEN
        RAISE EXCEPTION 'An edition stands under the code of its own case' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.number <> 1 + coalesce(
        (SELECT max(e.number) FROM openness_edition e WHERE e.publication_id = NEW.publication_id), 0
    ) THEN
        RAISE EXCEPTION 'Editions follow one another without a gap' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.document <> '' AND NEW.document::jsonb ->> 'code' IS DISTINCT FROM NEW.code THEN
        RAISE EXCEPTION 'A document names its own case' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.kind = 'correction' AND EXISTS (
        SELECT 1 FROM openness_step s WHERE s.publication_id = NEW.publication_id AND s.by_id = NEW.by_id
            AND s.step = 'handed_in' AND s.what = NEW.what AND s.why = NEW.why
    ) THEN
        RAISE EXCEPTION 'Whoever says why it is corrected does not release it' USING ERRCODE = 'check_violation';
    END IF;
    NEW.fingerprint := CASE WHEN NEW.document = '' THEN ''
        ELSE encode(sha256(convert_to(NEW.document, 'UTF8')), 'hex') END;
    RETURN NEW;
END $$;
CREATE TRIGGER openness_edition_own BEFORE INSERT ON openness_edition
    FOR EACH ROW EXECUTE FUNCTION openness_own_edition();
"""

OWN_BACK = """
DROP TRIGGER openness_edition_own ON openness_edition;
DROP FUNCTION openness_own_edition();
"""


class Migration(migrations.Migration):
    """What and why of a correction are handed in with it; a withdrawal has a class of reason; an edition is its own."""

    dependencies = [("openness", "0005_reading_levels")]
    operations = [
        migrations.AddField("step", "what", models.JSONField(default=dict)),
        migrations.AddField("step", "why", models.JSONField(default=dict)),
        migrations.AddField("edition", "reason_class", models.CharField(blank=True, default="", max_length=20)),
        migrations.AlterField("edition", "reason_class", models.CharField(blank=True, max_length=20)),
        migrations.RemoveConstraint("edition", "openness_edition_says_what_and_why"),
        migrations.AddConstraint(
            "edition",
            models.CheckConstraint(
                condition=Q(kind="release")
                | (~Q(what={}) & ~Q(why={}))
                | (Q(kind="withdrawal", what={}, why={}) & ~Q(reason_class="")),
                name="openness_edition_says_what_and_why",
            ),
        ),
        migrations.RunSQL(OWN, OWN_BACK),
    ]
