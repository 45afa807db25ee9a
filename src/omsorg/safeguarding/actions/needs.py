"""What those affected need, and what became of it: met by help, not met and why, later, or needed again."""

from datetime import date, datetime

from django.db import transaction

from omsorg.federation.access import Acting, NothingHere
from omsorg.safeguarding.actions.naming import SaidOf, add_worded_step, settle_names
from omsorg.safeguarding.actions.steps import hold_to_work, not_in_future, words
from omsorg.safeguarding.models import Incident, Need, NeedAnswer, Step, Support
from omsorg.safeguarding.queries.needs import Open, needs_of
from omsorg.safeguarding.queries.parts import number_in
from omsorg.safeguarding.rules import days
from omsorg.safeguarding.rules.codes import NeedAnswered, SaidBy, StepKind, SupportKind
from omsorg.safeguarding.rules.progress import DayMissing, KindMissing, MoreThanHelped, MoreThanNeeded, SayWhichHelp


@transaction.atomic
def name_need(
    *,
    incident: Incident,
    kind: SupportKind,
    persons: int,
    said_by: SaidBy,
    since_on: date,
    needed_by_on: date,
    note: str,
    said_of: SaidOf | None = None,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Step:
    """Keep what so many of those affected need, since when, who says so, and by when. It is open until it is answered
    for all of them; also after closing somebody may need something. Refused without a kind, or for nobody."""
    held = hold_to_work(incident, expected, by, also_closed=True)
    named = settle_names(held, note, said_of, by=by)
    not_in_future(since_on, at, held)
    days.ahead(needed_by_on, at.date(), at_most=days.NEED)
    if kind is SupportKind.NONE:
        raise KindMissing
    if persons < 1:
        raise MoreThanNeeded(open=1)
    need = Need.objects.create(
        incident=held,
        kind=kind,
        persons=persons,
        said_by=said_by,
        since_on=since_on,
        needed_by_on=needed_by_on,
        note=words(note),
        by_id=by.person_id,
        at=at,
    )
    facts = {"need": number_in(Need, held, need), "kind": kind, "persons": persons, "said_by": said_by}
    return add_worded_step(named, held, StepKind.NEED_NAMED, verb="name_need", by=by, at=at, facts=facts)


@transaction.atomic
def answer_need(
    *,
    incident: Incident,
    need: Need,
    answer: NeedAnswered,
    on: date,
    persons: int | None = None,
    support: Support | None = None,
    next_on: date | None = None,
    note: str = "",
    said_of: SaidOf | None = None,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Step:
    """Say what became of a need, on a day, for how many: met by help that was given; not met, or none any more, and
    why; later, and when it is looked at again (`next_on`, for all who still have it); or needed again.

    `persons`: left out for all of whom it can be said. Refused for more persons than it is open for (again: than it was
    answered for), without the help that meets it and for more than that help was given to, without a reason where it is
    not met, and without a day where it is later. There is nothing here for a need or for help that another incident
    tells of.
    """
    held = hold_to_work(incident, expected, by, also_closed=True)
    named = settle_names(held, note, said_of, by=by)
    stands = next((each for each in needs_of([held.pk]) if each.need.pk == need.pk), None)
    if stands is None or (support is not None and support.incident_id != held.pk):
        raise NothingHere(held.code)
    not_in_future(on, at, held)
    is_met, is_later = answer is NeedAnswered.MET, answer is NeedAnswered.LATER
    most = stands.answered if answer is NeedAnswered.AGAIN else stands.persons
    of = most if persons is None else persons
    if (is_later and not most) or (not is_later and not 0 < of <= most):
        raise MoreThanNeeded(open=most)
    if is_met:
        _must_have_helped(stands, support, of)
    if is_later and next_on is None:
        raise DayMissing
    if is_later and next_on is not None:
        days.ahead(next_on, at.date(), earliest=1, at_most=days.FOLLOW_UP)
    NeedAnswer.objects.create(
        need=need,
        incident=held,
        answer=answer,
        persons=0 if is_later else of,
        support=support if is_met else None,
        on=on,
        next_on=next_on if is_later else None,
        note=note.strip() if is_met else words(note),
        by_id=by.person_id,
        at=at,
    )
    facts = {"need": number_in(Need, held, need), "kind": need.kind, "answer": answer, "persons": of}
    return add_worded_step(
        named, held, StepKind.NEED_ANSWERED, verb="answer_need", by=by, at=at, note=note, facts=facts
    )


def _must_have_helped(stands: Open, support: Support | None, persons: int) -> None:
    """Refuse that a need of so many is met by help that is not said, or was given to fewer: each who was helped has
    this need met once by it."""
    if support is None or support.kind == SupportKind.NONE:
        raise SayWhichHelp
    met = sum(each.persons for each in stands.answers if each.support_id == support.pk)
    if met + persons > support.persons:
        raise MoreThanHelped(helped=max(0, support.persons - met))
