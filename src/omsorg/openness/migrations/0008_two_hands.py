from django.db import migrations

HANDS = """
CREATE FUNCTION openness_second_hand() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.kind = 'withdrawal' THEN RETURN NEW; END IF;
    IF NEW.by_id IS NOT DISTINCT FROM (SELECT s.by_id FROM openness_step s
        WHERE s.publication_id = NEW.publication_id AND s.step = 'handed_in' ORDER BY s.number DESC LIMIT 1) THEN
        RAISE EXCEPTION 'Whoever handed a case in does not release it' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM openness_round r WHERE r.publication_id = NEW.publication_id
        AND r.revision_id = NEW.revision_id AND r.listed = 0 AND r.by_id = NEW.by_id) THEN
        RAISE EXCEPTION 'Whoever says that nobody is told does not release it' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER openness_edition_other_hands BEFORE INSERT ON openness_edition
    FOR EACH ROW EXECUTE FUNCTION openness_second_hand();

CREATE FUNCTION openness_is_coming(of_code text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM openness_publication p JOIN openness_round r ON r.publication_id = p.id
        WHERE p.code = of_code AND r.listed > 0)
$$;
"""

HANDS_BACK = """
DROP FUNCTION openness_is_coming(text);
DROP TRIGGER openness_edition_other_hands ON openness_edition;
DROP FUNCTION openness_second_hand();
"""


class Migration(migrations.Migration):
    """Whoever hands a case in, or says that nobody is told, does not release it; a link that was sent is known."""

    dependencies = [("openness", "0007_branches_that_ended")]
    operations = [migrations.RunSQL(HANDS, HANDS_BACK)]
