"""Roles of safeguarding. Whoever is complained of finds nothing, whatever their role."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from omsorg.federation.roles import Role

FOCAL_PERSON = Role(
    code="safeguarding_focal_person",
    title=_("Safeguarding focal person"),
    sentence=_("Receives concerns here and below, looks at them first, and calls the incident team together."),
    may=frozenset({"safeguarding.report", "safeguarding.see", "safeguarding.work", "safeguarding.handle"}),
)
INCIDENT_TEAM = Role(
    code="incident_team",
    title=_("Member of an incident team"),
    sentence=_(
        "Works the incidents that are assigned: plan, investigation, findings, measures, support, duties to tell."
    ),
    may=frozenset({"safeguarding.report", "safeguarding.see", "safeguarding.work"}),
)
CONCERNED_COLLEAGUE = Role(
    code="concerned_colleague",
    title=_("Colleague who may raise a concern"),
    sentence=_("Raises a concern. Sees afterwards that it was received, and nothing else."),
    may=frozenset({"safeguarding.report"}),
    manages=False,
)
ROLES = (FOCAL_PERSON, INCIDENT_TEAM, CONCERNED_COLLEAGUE)
VERBS: dict[str, str | Promise] = {
    "safeguarding.report": _("raise a concern"),
    "safeguarding.see": _("read the incidents that are handled here and below, or that are assigned"),
    "safeguarding.handle": _("look at concerns first, set levels, assign teams, see what is overdue below"),
    "safeguarding.work": _("work the incidents assigned"),
}
