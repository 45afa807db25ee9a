from django.db import migrations

STAYING = ("shutout", "teammember", "measure", "document", "duty", "pause", "setapartname", "lesson", "serial")
VISIBLE = "incident_id = ANY(ARRAY(SELECT safeguarding_visible()))"
OFFERED = (
    "(offered_at IS NOT NULL AND NOT safeguarding_is_shut_out(incident_id, my_person()) AND EXISTS ("
    "SELECT 1 FROM federation_lineage l JOIN federation_mandate m ON m.organisation_id = l.ancestor_id"
    " WHERE l.descendant_id = offered_owner_id AND m.person_id = my_person() AND m.role = 'plan_owner'"
    " AND m.valid_from <= app_day() AND (m.valid_until IS NULL OR m.valid_until > app_day())"
    " AND l.valid_from <= app_day() AND (l.valid_until IS NULL OR l.valid_until > app_day())))"
)
BEFORE = {
    "shutout": f"{VISIBLE} OR incident_id = ANY(ARRAY(SELECT safeguarding_just_raised())) OR is_house()",
    "lesson": f"{VISIBLE} OR {OFFERED} OR is_house()",
    "serial": "is_house()",
}

NEVER = "".join(f"ALTER POLICY safeguarding_{each}_remove ON safeguarding_{each} USING (false);" for each in STAYING)
AGAIN = "".join(
    f"ALTER POLICY safeguarding_{each}_remove ON safeguarding_{each}"
    f" USING ({BEFORE.get(each, f'{VISIBLE} OR is_house()')});"
    for each in STAYING
)

KEPT = """
CREATE FUNCTION safeguarding_never_back() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ended text := TG_ARGV[0];
    was jsonb := to_jsonb(OLD);
BEGIN
    IF was->>'incident_id' IS DISTINCT FROM to_jsonb(NEW)->>'incident_id'
        OR (was->>ended IS NOT NULL AND was->>ended IS DISTINCT FROM to_jsonb(NEW)->>ended) THEN
        RAISE EXCEPTION 'What was ended or done in an incident is not undone' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION safeguarding_duty_stays_done() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.incident_id <> NEW.incident_id OR OLD."to" <> NEW."to"
        OR (OLD.standing = 'done' AND NEW.standing <> 'done')
        OR (OLD.standing = 'not_to_tell' AND NEW.standing NOT IN ('not_to_tell', 'to_tell', 'done')) THEN
        RAISE EXCEPTION 'What was told stays told, and a decision stays' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER safeguarding_duty_done BEFORE UPDATE ON safeguarding_duty
    FOR EACH ROW EXECUTE FUNCTION safeguarding_duty_stays_done();
""" + "".join(
    f"CREATE TRIGGER safeguarding_{table}_never_back BEFORE UPDATE ON safeguarding_{table}"
    f" FOR EACH ROW EXECUTE FUNCTION safeguarding_never_back('{ended}');"
    for table, ended in (
        ("shutout", "lifted_at"),
        ("teammember", "left_at"),
        ("measure", "done_on"),
        ("document", "withdrawn_at"),
        ("pause", "resumed_at"),
        ("setapartname", "wiped_at"),
    )
)
KEPT_BACK = (
    "".join(
        f"DROP TRIGGER safeguarding_{table}_never_back ON safeguarding_{table};"
        for table in ("shutout", "teammember", "measure", "document", "pause", "setapartname")
    )
    + "DROP TRIGGER safeguarding_duty_done ON safeguarding_duty;"
    "DROP FUNCTION safeguarding_duty_stays_done(); DROP FUNCTION safeguarding_never_back();"
)


class Migration(migrations.Migration):
    """Nothing of an incident is ever removed, and what was done, lifted or ended does not go back."""

    dependencies = [("safeguarding", "0010_names_known_again")]
    operations = [migrations.RunSQL(NEVER, AGAIN), migrations.RunSQL(KEPT, KEPT_BACK)]
