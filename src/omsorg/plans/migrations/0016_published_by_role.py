from django.db import migrations

ROLES = """
CREATE OR REPLACE FUNCTION plans_roles_that_may(verb text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE verb
        WHEN 'plans.report' THEN ARRAY['reporting_officer']
        WHEN 'plans.verify' THEN ARRAY['verifier']
        WHEN 'plans.approve' THEN ARRAY['reviewer']
        WHEN 'plans.revise' THEN ARRAY['plan_owner']
        WHEN 'plans.rate' THEN ARRAY['plan_owner']
{publish}        ELSE ARRAY[]::text[]
    END
$$;
"""
PUBLISH = "        WHEN 'plans.publish' THEN ARRAY['publisher']\n"

WHERE_I_PUBLISH = "ANY(ARRAY(SELECT my_units_as(plans_roles_that_may('plans.publish'))))"
OF_MINE = "p.owner_id = ANY(ARRAY(SELECT my_units()))"
OF_MY_PUBLISHING = f"p.owner_id = {WHERE_I_PUBLISH}"

POLICIES = """
DROP POLICY plans_report_add ON plans_report;
CREATE POLICY plans_report_add ON plans_report FOR INSERT WITH CHECK (is_house() OR (
    frozen_by_id = my_person() AND EXISTS (SELECT 1 FROM plans_plan p WHERE p.id = plan_id AND {mine})));
DROP POLICY plans_reportpart_add ON plans_reportpart;
CREATE POLICY plans_reportpart_add ON plans_reportpart FOR INSERT WITH CHECK (EXISTS (
    SELECT 1 FROM plans_report r JOIN plans_plan p ON p.id = r.plan_id
    WHERE r.id = report_id AND (is_house() OR (r.frozen_by_id = my_person(){part}))
      AND NOT EXISTS (SELECT 1 FROM plans_release l WHERE l.report_id = r.id)));
DROP POLICY plans_release_add ON plans_release;
CREATE POLICY plans_release_add ON plans_release FOR INSERT WITH CHECK (is_house() OR (
    by_id = my_person() AND EXISTS (
        SELECT 1 FROM plans_report r JOIN plans_plan p ON p.id = r.plan_id WHERE r.id = report_id AND {mine})));
"""

DOCUMENTS = """
DROP POLICY plans_evidence_add ON plans_evidence;
CREATE POLICY plans_evidence_add ON plans_evidence FOR INSERT WITH CHECK (is_house() OR (by_id = my_person()
    AND organisation_id = ANY(ARRAY(SELECT my_units_as(plans_roles_that_may('plans.report'))))));

CREATE FUNCTION plans_guard_evidence() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - ARRAY['withdrawn_at', 'withdrawn_reason']
            <> to_jsonb(OLD) - ARRAY['withdrawn_at', 'withdrawn_reason']
            OR OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL OR NEW.withdrawn_reason = '' THEN
            RAISE EXCEPTION 'A document is only withdrawn, once and with a reason' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.withdrawn_at IS NOT NULL AND NOT is_house() THEN
        RAISE EXCEPTION 'A document is attached before it is withdrawn' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT is_house()
        AND plans_answer_is_locked(NEW.plan_id, NEW.organisation_id, NEW.period_start, NEW.period_months) THEN
        RAISE EXCEPTION 'An answer that has been handed in keeps its documents' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plans_evidence_guarded BEFORE INSERT OR UPDATE ON plans_evidence
    FOR EACH ROW EXECUTE FUNCTION plans_guard_evidence();
"""
DOCUMENTS_BACK = """
DROP TRIGGER plans_evidence_guarded ON plans_evidence;
DROP FUNCTION plans_guard_evidence();
DROP POLICY plans_evidence_add ON plans_evidence;
CREATE POLICY plans_evidence_add ON plans_evidence FOR INSERT WITH CHECK (is_house()
    OR organisation_id = ANY(ARRAY(SELECT my_units_as(plans_roles_that_may('plans.report')))));
"""


class Migration(migrations.Migration):
    """Publishers freeze and release, nobody else; a document stays as it was attached, until it is withdrawn."""

    dependencies = [("plans", "0015_open_to_read")]
    operations = [
        migrations.RunSQL(ROLES.format(publish=PUBLISH), migrations.RunSQL.noop),
        migrations.RunSQL(
            POLICIES.format(mine=OF_MY_PUBLISHING, part=f" AND {OF_MY_PUBLISHING}"),
            POLICIES.format(mine=OF_MINE, part=""),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, ROLES.format(publish="")),
        migrations.RunSQL(DOCUMENTS, DOCUMENTS_BACK),
    ]
