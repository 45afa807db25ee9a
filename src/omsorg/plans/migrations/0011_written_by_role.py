from django.db import migrations

from omsorg.kernel.wall import protect

VERBS = """
CREATE FUNCTION plans_roles_that_may(verb text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE verb
        WHEN 'plans.report' THEN ARRAY['reporting_officer']
        WHEN 'plans.verify' THEN ARRAY['verifier']
        WHEN 'plans.approve' THEN ARRAY['reviewer']
        WHEN 'plans.revise' THEN ARRAY['plan_owner']
        WHEN 'plans.rate' THEN ARRAY['plan_owner']
        ELSE ARRAY[]::text[]
    END
$$;

CREATE OR REPLACE FUNCTION plans_answer_is_locked(of_plan bigint, of_organisation bigint, start date, months smallint)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN is_house() OR of_organisation = ANY(ARRAY(SELECT my_units())) THEN coalesce((
        SELECT step IN ('submitted', 'approved') FROM plans_submissionstep
        WHERE plan_id = of_plan AND organisation_id = of_organisation
          AND period_start = start AND period_months = months
        ORDER BY number DESC LIMIT 1), false) END
$$;
"""
VERBS_BACK = """
CREATE OR REPLACE FUNCTION plans_answer_is_locked(of_plan bigint, of_organisation bigint, start date, months smallint)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce((
        SELECT step IN ('submitted', 'approved') FROM plans_submissionstep
        WHERE plan_id = of_plan AND organisation_id = of_organisation
          AND period_start = start AND period_months = months
        ORDER BY number DESC LIMIT 1), false)
$$;
DROP FUNCTION plans_roles_that_may(text);
"""

MINE = "organisation_id = ANY(ARRAY(SELECT my_units()))"


def where_i(verb: str) -> str:
    """The organisations at which the acting person holds a role that may `verb`."""
    return f"ANY(ARRAY(SELECT my_units_as(plans_roles_that_may('plans.{verb}'))))"


WRITTEN = {
    "plans_figure": f"organisation_id = {where_i('report')}",
    "plans_assessment": (
        f"organisation_id = {where_i('report')} AND voice = 'self' AND NOT as_published"
        f" OR organisation_id = {where_i('rate')} AND (voice = 'override' OR as_published)"
    ),
    "plans_verification": f"organisation_id = {where_i('verify')}",
    "plans_submissionstep": (
        f"organisation_id = {where_i('report')} AND step = 'submitted'"
        f" OR organisation_id = {where_i('approve')} AND step <> 'submitted'"
    ),
}
"""Who may add a row, besides being the one in whose name it is added: what the rule asks for, asked again."""

REVISED = {
    "plans_actionrevision": "plans_action a JOIN plans_plan p ON p.id = a.plan_id WHERE a.id = action_id",
    "plans_actionrecommendation": "plans_action a JOIN plans_plan p ON p.id = a.plan_id WHERE a.id = action_id",
    "plans_budgetentry": "plans_action a JOIN plans_plan p ON p.id = a.plan_id WHERE a.id = action_id",
    "plans_indicatorrevision": "plans_indicator i JOIN plans_plan p ON p.id = i.plan_id WHERE i.id = indicator_id",
    "plans_target": "plans_indicator i JOIN plans_plan p ON p.id = i.plan_id WHERE i.id = indicator_id",
    "plans_recommendationresponse": (
        "plans_recommendation r JOIN plans_source s ON s.id = r.source_id JOIN plans_plan p ON p.id = s.plan_id"
        " WHERE r.id = recommendation_id"
    ),
}
"""How the plan is found that a revision belongs to: who revises it writes there, and everybody reads."""


def added(table: str, before: str, now: str) -> migrations.RunSQL:
    policy = f"DROP POLICY {table}_add ON {table}; CREATE POLICY {table}_add ON {table} FOR INSERT WITH CHECK "
    return migrations.RunSQL(f"{policy}({now});", f"{policy}({before});")


def evidence(condition: str, removing: str) -> str:
    return f"""
DROP POLICY plans_evidence_add ON plans_evidence;
DROP POLICY plans_evidence_change ON plans_evidence;
DROP POLICY plans_evidence_remove ON plans_evidence;
CREATE POLICY plans_evidence_add ON plans_evidence FOR INSERT WITH CHECK ({condition});
CREATE POLICY plans_evidence_change ON plans_evidence FOR UPDATE USING ({condition}) WITH CHECK ({condition});
CREATE POLICY plans_evidence_remove ON plans_evidence FOR DELETE USING ({removing});
"""


class Migration(migrations.Migration):
    """Rows are added by those whose role it is, not by everybody with any role in the branch; nobody asks beyond it."""

    dependencies = [
        ("plans", "0010_judged_when_handed_in"),
        ("federation", "0008_units_by_role"),
    ]
    operations = [
        migrations.RunSQL(VERBS, VERBS_BACK),
        *[
            added(
                table,
                f"is_house() OR (by_id = my_person() AND {MINE})",
                f"is_house() OR (by_id = my_person() AND ({condition}))",
            )
            for table, condition in WRITTEN.items()
        ],
        migrations.RunSQL(
            evidence(f"is_house() OR organisation_id = {where_i('report')}", "is_house()"),
            evidence(f"{MINE} OR is_house()", f"{MINE} OR is_house()"),
        ),
        *[
            protect(
                table,
                see="true",
                write=f"is_house() OR (by_id = my_person() AND EXISTS ("
                f"SELECT 1 FROM {of_plan} AND p.owner_id = {where_i('revise')}))",
            )
            for table, of_plan in REVISED.items()
        ],
    ]
