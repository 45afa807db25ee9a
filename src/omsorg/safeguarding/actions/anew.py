"""What somebody did in an incident who is shut out of it now: undone, owed again, or done anew by somebody else."""

from datetime import datetime

from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet

from omsorg.federation.access import Acting
from omsorg.kernel.later import do_later
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.actions.steps import OVER, add_step
from omsorg.safeguarding.models import Duty, Incident, Shutout, Step, TeamMember
from omsorg.safeguarding.neighbours import hold_back
from omsorg.safeguarding.queries.parts import number_in
from omsorg.safeguarding.queries.people import end_at_somebody, rests_on_shut_out, shut_out_of, unit_to_handle
from omsorg.safeguarding.rules.codes import TAKES_TWO, DutyStanding, Level, Stage, StepKind

LET_IN_BY_THEM = "let in by somebody who is shut out since"


class NotLookedAt(RuntimeError):
    """Some incidents could not be looked at in the night; the message holds their numbers in the database, no more."""


def decide_anew(incident: Incident, *, by: None = None, at: datetime) -> None:
    """Undo what was done by whoever is shut out now. To be called as the house, once they are shut out.

    Whoever was let in by them is shut out again. A closing rests on nobody's word who is shut out: where one of them
    closed it, or said, found or planned what it rests on, it is open again; where one of them decided on the public,
    that is decided again. What they had decided not to tell the police, or agreed to, is owed. Where a copy from
    elsewhere has shut somebody out of whom nobody here is told, the steps do not say why.
    """
    _take_back_lettings_in(incident, at)
    held = Incident.objects.get(pk=incident.pk)
    if held.stage in OVER:
        _take_back_the_end(held, at)
    _owe_again(held, at)


def look_for_what_is_undone(*, by: None = None, at: datetime) -> None:
    """Undo in every incident what was done by whoever is shut out of it now without anybody having shut them out there:
    they joined a unit that is. To be called each night. Where one cannot be looked at, the others are all the same;
    raises NotLookedAt once all were tried."""
    left: list[int] = []
    with as_house(day=at.date()):
        shut = Shutout.objects.filter(lifted_at=None).values("incident")
        for number in list(Incident.objects.filter(pk__in=shut).order_by("pk").values_list("pk", flat=True)):
            try:
                with transaction.atomic():
                    decide_anew(Incident.objects.select_for_update().get(pk=number), at=at)
            except DatabaseError:
                left.append(number)
    if left:
        raise NotLookedAt(", ".join(map(str, left)))


def open_what_was_closed(incident: Incident, *, by: Acting | None, at: datetime) -> None:
    """That it was closed, when and with which decision stays on record; where one person alone had once decided not to
    tell the police, telling them is owed anew. The step that says so is the caller's."""
    incident.stage, incident.closed_at, incident.decision = Stage.FOUND, None, ""
    incident.save(update_fields=["stage", "closed_at", "decision"])
    alone = Duty.objects.filter(incident=incident, to__in=TAKES_TWO, standing=DutyStanding.NOT_TO_TELL, agreed_by=None)
    alone.update(standing=DutyStanding.OWED)
    hold_back(incident.pk, at=at)


def _owed(incident: Incident) -> QuerySet[Duty]:
    """The decisions not to tell the police that somebody who is shut out had made, or agreed to."""
    shut = shut_out_of(incident.pk)
    told_to_nobody = Duty.objects.filter(
        incident=incident, to__in=TAKES_TWO, standing__in=(DutyStanding.TO_AGREE, DutyStanding.NOT_TO_TELL)
    )
    return told_to_nobody.filter(Q(decided_by__in=shut) | Q(agreed_by__in=shut))


def _owe_again(incident: Incident, at: datetime) -> None:
    """Owe what they had decided, or agreed to; what they said stays in the steps."""
    for duty in _owed(incident).order_by("pk"):
        duty.standing, duty.reason, duty.decided_on = DutyStanding.OWED, "", None
        duty.decided_by_id = duty.agreed_by_id = None
        duty.save(update_fields=["standing", "reason", "decided_on", "decided_by", "agreed_by"])
        facts = {"owed_again": number_in(Duty, incident, duty), "to": duty.to}
        if _quiet(incident.pk).exists():
            facts["looked_at_anew"] = True
        add_step(incident, StepKind.NOTED, verb="decide_anew", by=None, at=at, facts=facts)


def _because(incident: Incident, why: str) -> dict[str, bool]:
    """The fact that says why something is undone; of whom nobody here is told, it says that alone."""
    return {"looked_at_anew" if _quiet(incident.pk).exists() else why: True}


def _quiet(incident_id: int) -> QuerySet[Shutout]:
    return Shutout.objects.filter(incident=incident_id, lifted_at=None, is_quiet=True)


def _comes_back_quietly(each: Shutout) -> bool:
    """Whether a lifting is undone without the incident's team being told: nobody who lifted it is known to them as
    shut out, so that its coming back would tell of somebody of whom they are told nothing."""
    lifted_by = {each.lifting_asked_by_id, each.lifted_by_id}
    told_of = Shutout.objects.filter(incident=each.incident_id, lifted_at=None, is_quiet=False, person__in=lifted_by)
    return each.is_quiet or (_quiet(each.incident_id).exists() and not told_of.exists())


def _take_back_lettings_in(incident: Incident, at: datetime) -> None:
    """Shut out again whom somebody let in who is shut out now, and whom those had let in; what one of them has asked
    for alone is asked for no more."""
    while again := _let_in_by_them(incident):
        for each in again:
            Shutout.objects.create(
                incident=incident,
                person_id=each.person_id,
                organisation_id=each.organisation_id,
                until_settled=each.until_settled,
                is_quiet=_comes_back_quietly(each),
                reason=LET_IN_BY_THEM,
                at=at,
            )
        people = [each.person_id for each in again if each.person_id]
        TeamMember.objects.filter(incident=incident, person__in=people, left_at=None).update(left_at=at)
        level = Level(incident.level) if incident.level else None
        incident.handled_at_id = unit_to_handle(incident, level=level, day=at.date())
        incident.save(update_fields=["handled_at"])
        end_at_somebody(incident.pk, at)
        do_later("safeguarding.tell_handlers", incident=incident.pk)
    asked = Shutout.objects.filter(incident=incident, lifted_at=None, lifting_asked_by__in=shut_out_of(incident.pk))
    asked.update(lifting_asked_by=None, lifting_reason="")


def _let_in_by_them(incident: Incident) -> list[Shutout]:
    shut = shut_out_of(incident.pk)
    newest: dict[tuple[int | None, int | None], Shutout] = {}
    for each in Shutout.objects.filter(incident=incident).order_by("pk"):
        newest[each.person_id, each.organisation_id] = each
    return [each for each in newest.values() if each.lifted_at and {each.lifting_asked_by_id, each.lifted_by_id} & shut]


def _take_back_the_end(incident: Incident, at: datetime) -> None:
    shut = shut_out_of(incident.pk)
    closed = Step.objects.filter(incident=incident, kind=StepKind.CLOSED).order_by("-number").first()
    if rests_on_shut_out(incident.pk) or (closed and closed.by_id in shut) or _owed(incident).exists():
        open_what_was_closed(incident, by=None, at=at)
        add_step(incident, StepKind.REOPENED, verb="reopen", by=None, at=at, facts=_because(incident, "closed_by_them"))
        do_later("safeguarding.tell_handlers", incident=incident.pk)
        return
    decided = Step.objects.filter(incident=incident, kind=StepKind.DECIDED).order_by("-number").first()
    if incident.stage == Stage.DECIDED and decided and decided.by_id in shut:
        incident.stage, incident.decision = Stage.CLOSED, ""
        incident.save(update_fields=["stage", "decision"])
        hold_back(incident.pk, at=at)
        facts = _because(incident, "decided_by_them")
        add_step(incident, StepKind.NOTED, verb="decide_anew", by=None, at=at, facts=facts)
        do_later("safeguarding.tell_handlers", incident=incident.pk)
