"""Tables of safeguarding, one module per noun. Behind each stands a wall that whoever is complained of never passes."""

from omsorg.safeguarding.models.handling import (
    Allegation,
    AllegationFinding,
    ClockReminder,
    Document,
    Duty,
    Measure,
    Pause,
    TeamMember,
)
from omsorg.safeguarding.models.incidents import CopyNames, Incident, PublicationDecision, Serial, Shutout, Step
from omsorg.safeguarding.models.needs import Need, NeedAnswer
from omsorg.safeguarding.models.people import EmploymentState, FollowUp, Lesson, PersonCount, SetApartName, Support

__all__ = [
    "Allegation",
    "AllegationFinding",
    "ClockReminder",
    "CopyNames",
    "Document",
    "Duty",
    "EmploymentState",
    "FollowUp",
    "Incident",
    "Lesson",
    "Measure",
    "Need",
    "NeedAnswer",
    "Pause",
    "PersonCount",
    "PublicationDecision",
    "Serial",
    "SetApartName",
    "Shutout",
    "Step",
    "Support",
    "TeamMember",
]
