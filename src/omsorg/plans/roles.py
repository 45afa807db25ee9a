"""Roles of the plan tracker. Nobody holds all of them: who enters does not verify, who freezes does not release."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from omsorg.federation.roles import Role

REPORTING_OFFICER = Role(
    code="reporting_officer",
    title=_("Reporting officer"),
    sentence=_("Enters the figures and the own rating of the organisation, attaches evidence and hands the answer in."),
    may=frozenset({"plans.see", "plans.report"}),
)
VERIFIER = Role(
    code="verifier",
    title=_("Verifier"),
    sentence=_("Confirms or contests what other organisations have reported. Never what they entered themselves."),
    may=frozenset({"plans.see", "plans.verify"}),
)
REVIEWER = Role(
    code="reviewer",
    title=_("Reviewer of answers"),
    sentence=_("Receives the answers of the organisations below, returns them with a reason or approves them."),
    may=frozenset({"plans.see", "plans.approve"}),
)
PLAN_OWNER = Role(
    code="plan_owner",
    title=_("Plan owner"),
    sentence=_("Revises the plan: wording, targets, dates, activity, budget. Each change is dated and gives a reason."),
    may=frozenset({"plans.see", "plans.revise", "plans.rate"}),
)
PUBLISHER = Role(
    code="publisher",
    title=_("Publisher"),
    sentence=_("Freezes a report, or releases one that somebody else has frozen."),
    may=frozenset({"plans.see", "plans.publish"}),
)
ROLES = (REPORTING_OFFICER, VERIFIER, REVIEWER, PLAN_OWNER, PUBLISHER)
VERBS: dict[str, str | Promise] = {
    "plans.see": _("read plans, answers and figures"),
    "plans.report": _("enter figures, attach evidence and hand answers in"),
    "plans.verify": _("confirm or contest what others have reported"),
    "plans.approve": _("return answers with a reason, or approve them"),
    "plans.revise": _("revise the plan"),
    "plans.rate": _("rate what no rule can rate, with a reason"),
    "plans.publish": _("freeze a report, or release one that somebody else has frozen"),
}
