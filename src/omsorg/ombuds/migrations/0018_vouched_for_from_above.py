from django.db import migrations, models

RANKED = """
CREATE FUNCTION ombuds_rank(of_level text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT array_position(ARRAY['national', 'regional', 'global', 'board'], of_level)
$$;
CREATE FUNCTION ombuds_ring_vouched_from_above() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM ombuds_seat t
        WHERE t.person = NEW.person AND (t.valid_until IS NULL OR t.valid_until > app_day())
          AND NOT EXISTS (
            SELECT 1 FROM ombuds_seat m
            WHERE m.person = NEW.vouched_by AND m.confirmed_on IS NOT NULL
              AND (m.valid_until IS NULL OR m.valid_until > app_day())
              AND ombuds_rank(m.level) >= ombuds_rank(t.level))) THEN
        RAISE EXCEPTION 'A ring is vouched for from its own level or above' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ombuds_ring_vouched_from_above BEFORE UPDATE OF vouched_on ON ombuds_ring FOR EACH ROW
    WHEN (NEW.vouched_on IS NOT NULL AND OLD.vouched_on IS NULL)
    EXECUTE FUNCTION ombuds_ring_vouched_from_above();
"""
ANYHOW = """
DROP TRIGGER ombuds_ring_vouched_from_above ON ombuds_ring;
DROP FUNCTION ombuds_ring_vouched_from_above();
DROP FUNCTION ombuds_rank(text);
"""


class Migration(migrations.Migration):
    """A ring is vouched for by nobody below it; what was proposed of a case ends when its child speaks again."""

    dependencies = [("ombuds", "0017_words_hidden_at_once")]
    operations = [
        migrations.AddField("erasure", "words_count", models.PositiveIntegerField(null=True)),
        migrations.RunSQL(RANKED, ANYHOW),
    ]
