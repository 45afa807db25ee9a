"""What a personal key to the HTTP API may be used for in the plan tracker."""

from django.utils.translation import gettext_lazy as _

from omsorg.federation.scopes import Scope

SCOPES = (
    Scope("plans:read", _("Read plans, answers and figures that you may see."), frozenset({"plans.see"})),
    Scope(
        "plans:report",
        _("Enter figures and hand answers in, in your name."),
        frozenset({"plans.see", "plans.report"}),
    ),
    Scope(
        "plans:verify",
        _("Confirm or contest what others have reported, in your name."),
        frozenset({"plans.see", "plans.verify"}),
    ),
    Scope(
        "plans:approve",
        _("Approve the answers of organisations below you, or send them back, in your name."),
        frozenset({"plans.see", "plans.approve"}),
    ),
    Scope(
        "plans:revise",
        _("Revise the plan and rate what no rule can, in your name."),
        frozenset({"plans.see", "plans.revise", "plans.rate"}),
    ),
    Scope(
        "plans:publish",
        _("Freeze a report, or release one that somebody else has frozen, in your name."),
        frozenset({"plans.see", "plans.publish"}),
    ),
)
