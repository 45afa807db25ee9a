"""Doors of safeguarding: for whoever is complained of, or is not asked to work it, an incident is not there."""

from omsorg.federation.access import Acting, NotAllowed, NothingHere
from omsorg.federation.models import Organisation
from omsorg.safeguarding.models import Document, Incident, Lesson, TeamMember
from omsorg.safeguarding.rules.codes import WHOLE, About
from omsorg.safeguarding.rules.conflicts import WhichUnit

SEE, HANDLE, WORK, REPORT = "safeguarding.see", "safeguarding.handle", "safeguarding.work", "safeguarding.report"


def require_reporting(by: Acting) -> None:
    """Pass whoever holds any role here: each of them must report. A key must be made for it."""
    if not by.mandates or (by.only is not None and REPORT not in by.only):
        raise NotAllowed(REPORT)


def incident_for(acting: Acting, code: str) -> Incident:
    """The one door to an incident. The database has left out what this person must not find."""
    found = Incident.objects.select_related("organisation", "handled_at").filter(code=code).first()
    if found is None or not sees(acting, found):
        raise NothingHere(code)
    return found


def sees(acting: Acting, incident: Incident) -> bool:
    """A focal person of the organisation or above, or of where it is handled, or a member of the team: the first wall,
    before the database's. An organisation that has ended leaves its incidents to those who stood above it."""
    line = (incident.organisation_id, incident.handled_at_id)
    return any(acting.answers_for(HANDLE, unit) for unit in line) or is_in_team(acting, incident)


def is_in_team(acting: Acting, incident: Incident) -> bool:
    """Whether this person works the incident now."""
    return (
        acting.may_anywhere(WORK)
        and TeamMember.objects.filter(incident=incident, person_id=acting.person_id, left_at=None).exists()
    )


def handles(acting: Acting, incident: Incident) -> bool:
    """Whether this person decides on the incident: a focal person where it is handled, or above."""
    return acting.answers_for(HANDLE, incident.handled_at_id)


def require_handling(by: Acting, incident: Incident) -> None:
    """Pass, or raise NotAllowed."""
    if not handles(by, incident):
        raise NotAllowed(HANDLE)


def require_work(by: Acting, incident: Incident) -> None:
    """Pass those who handle the incident and its team, or raise NotAllowed."""
    if not handles(by, incident) and not is_in_team(by, incident):
        raise NotAllowed(WORK)


def document_for(acting: Acting, code: str) -> Document:
    """The one door to a file of an incident, withdrawn or not."""
    found = Document.objects.select_related("incident").filter(code=code).first()
    if found is None or not sees(acting, found.incident):
        raise NothingHere(code)
    return found


def offered_lesson_for(acting: Acting, code: str) -> Lesson:
    """The door to a lesson for the owner of the plan to whom it was offered; nothing of its incident."""
    found = Lesson.objects.filter(code=code, offered_at__isnull=False).first()
    if found is None or found.offered_owner_id is None or not acting.may("plans.revise", found.offered_owner_id):
        raise NothingHere(code)
    return found


def place_called(code: str) -> Organisation:
    """Where a concern is about: any organisation that is there; which ones there are is public."""
    found = Organisation.objects.filter(code=code).first()
    if found is None:
        raise NothingHere(code)
    return found


def unit_complained_of(about: About, code: str | None) -> Organisation | None:
    """The organisation that a concern complains of. Whoever says that it is a unit, or a leadership, says which."""
    if about not in WHOLE:
        return None
    if not code:
        raise WhichUnit
    return place_called(code)
