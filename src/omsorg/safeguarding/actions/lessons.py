"""A lesson leaves the incident: written anew, checked by a second person, offered to a plan, taken in by its owner."""

from datetime import datetime

from django.apps import apps
from django.db import transaction

from omsorg.federation.access import Acting, NothingHere, require
from omsorg.federation.models import Lineage, Person
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.actions.naming import SaidOf, add_worded_step, settle_names
from omsorg.safeguarding.actions.steps import add_step, hold_to_handle, hold_to_work, must_be_closed, words
from omsorg.safeguarding.models import CopyNames, Incident, Lesson, SetApartName, Shutout, Step, TeamMember
from omsorg.safeguarding.models.incidents import new_code
from omsorg.safeguarding.rules.codes import Publication, Stage, StepKind
from omsorg.safeguarding.rules.conflicts import ReasonMissing
from omsorg.safeguarding.rules.progress import DoneAlready
from omsorg.safeguarding.rules.telling import (
    CheckedByAnother,
    CheckFirst,
    NotAsItIsWorded,
    NotWhileHeld,
    TellsOfSomebody,
    identifying_words,
)

SOURCE = "incident-lessons"
TITLE = {
    "en": "Lessons from incidents",
    "da": "Læring af hændelser",
    "nb": "Læring av hendelser",
    "sv": "Lärdomar av händelser",
}

COMMON = frozenset({"example", "association", "programme", "region", "office", "village", "children", "villages"})
"""Words of organisations' names that tell of none."""


@transaction.atomic
def write_lesson(
    *,
    incident: Incident,
    area: str,
    text: str,
    language: str = "en",
    said_of: SaidOf | None = None,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Lesson:
    """Write down what was learned, anew and about nobody, in the language that is said. Refused where a name, a place
    or a number is in it."""
    held = hold_to_work(incident, expected, by, also_closed=True)
    must_be_closed(held)
    _must_tell_of_nobody(held, f"{words(area)} {words(text)}")
    named = settle_names(held, f"{area}\n{text}", said_of, by=by)
    lesson = Lesson.objects.create(
        incident=held,
        code=new_code(),
        area=area.strip(),
        text=text.strip(),
        language=language,
        by_id=by.person_id,
        at=at,
    )
    facts = {"lesson": lesson.code}
    add_worded_step(named, held, StepKind.LESSON_WRITTEN, verb="write_lesson", by=by, at=at, facts=facts)
    return lesson


@transaction.atomic
def check_lesson(*, lesson: Lesson, expected: int | None = None, by: Acting, at: datetime) -> Step:
    """Say, as a second person, that the lesson gives nobody away."""
    held = hold_to_work(lesson.incident, expected, by, also_closed=True)
    kept = Lesson.objects.select_for_update().get(pk=lesson.pk)
    if kept.by_id == by.person_id:
        raise CheckedByAnother
    if kept.checked_at is not None:
        raise DoneAlready
    _must_tell_of_nobody(held, f"{kept.area} {kept.text}")
    kept.checked_by_id, kept.checked_at = by.person_id, at
    kept.save(update_fields=["checked_by", "checked_at"])
    return add_step(held, StepKind.LESSON_CHECKED, verb="check_lesson", by=by, at=at, facts={"lesson": kept.code})


@transaction.atomic
def offer_lesson_to_plan(*, lesson: Lesson, plan: str, expected: int | None = None, by: Acting, at: datetime) -> Step:
    """Offer a checked lesson to the owner of a plan. It carries its own words and nothing of the incident.

    Refused while the incident is open again, or held back from the public.
    """
    held = hold_to_handle(lesson.incident, expected, by)
    must_be_closed(held)
    if held.stage == Stage.DECIDED and held.decision == Publication.HOLD:
        raise NotWhileHeld
    kept = Lesson.objects.select_for_update().get(pk=lesson.pk)
    if kept.checked_at is None:
        raise CheckFirst
    if kept.offered_at is not None:
        raise DoneAlready
    kept.offered_to, kept.offered_owner_id, kept.offered_at = plan, owner_of(plan), at
    kept.save(update_fields=["offered_to", "offered_owner", "offered_at"])
    return add_step(held, StepKind.LESSON_OFFERED, verb="offer_lesson_to_plan", by=by, at=at, facts={"plan": plan})


@transaction.atomic
def take_lesson(*, lesson: Lesson, reason: str, by: Acting, at: datetime) -> str:
    """The plan's owner takes the lesson in as a recommendation, of one source for all lessons. Returns its code.

    The code is counted on within the plan and tells nothing of the incident. Refused, without a word of why, where it
    names somebody of whom the desk itself is not told: to leave it and ask for other words is open.
    """
    kept = _open_offer(lesson, by)
    _must_name_nobody_kept_quiet(kept)
    code = _take_in(kept, reason, by, at)
    kept.answer, kept.answer_reason, kept.answered_at = "taken", reason.strip(), at
    kept.save(update_fields=["answer", "answer_reason", "answered_at"])
    return code


@transaction.atomic
def leave_lesson(*, lesson: Lesson, reason: str, by: Acting, at: datetime) -> None:
    """The plan's owner does not take the lesson in, and says why."""
    kept = _open_offer(lesson, by)
    if not reason.strip():
        raise ReasonMissing
    kept.answer, kept.answer_reason, kept.answered_at = "left", reason.strip(), at
    kept.save(update_fields=["answer", "answer_reason", "answered_at"])


def plans_to_offer_to() -> list[tuple[str, str]]:
    """The plans that a lesson can be offered to, by code and title; none where the plan tracker is off."""
    if not apps.is_installed("omsorg.plans"):
        return []
    from omsorg.kernel.refusals import InLanguages
    from omsorg.plans.models import Plan

    return [(plan.code, str(InLanguages(plan.title))) for plan in Plan.objects.order_by("-adopted_on", "code")]


def owner_of(plan: str) -> int:
    """The organisation whose plan it is; there is nothing here where there is no such plan."""
    if not apps.is_installed("omsorg.plans"):
        raise NothingHere(plan)
    from omsorg.plans.models import Plan

    found = Plan.objects.filter(code=plan).values_list("owner_id", flat=True).first()
    if found is None:
        raise NothingHere(plan)
    return found


def _open_offer(lesson: Lesson, by: Acting) -> Lesson:
    kept = Lesson.objects.select_for_update().filter(pk=lesson.pk, offered_at__isnull=False).first()
    if kept is None or kept.offered_owner_id is None:
        raise NothingHere(lesson.code)
    require(by, "plans.revise", kept.offered_owner_id)
    if kept.answer:
        raise DoneAlready
    return kept


def _take_in(lesson: Lesson, reason: str, by: Acting, at: datetime) -> str:
    from omsorg.plans.actions.bringing import bring_recommendation
    from omsorg.plans.models import Plan
    from omsorg.plans.rules.drafts import SourceDraft

    kept = bring_recommendation(
        plan=Plan.objects.select_related("owner").get(code=lesson.offered_to),
        source=SourceDraft(code=SOURCE, title=TITLE, kind="incident_lesson"),
        mark="L",
        text={lesson.language: lesson.text},
        area={lesson.language: lesson.area},
        reason=reason,
        by=by,
        at=at,
    )
    return kept.code


def _must_tell_of_nobody(incident: Incident, text: str) -> None:
    """Hold the lesson against every name that the incident knows: places, people who worked it, names set apart."""
    line = Lineage.objects.filter(descendant_id=incident.organisation_id).values_list("ancestor__name", flat=True)
    # The name of the federation itself stands in every plan; that of the place and its association may not.
    known = list(line.order_by("-depth"))[1:]
    known += [each.told() for each in SetApartName.objects.filter(incident=incident)]
    with as_house():
        shut = Shutout.objects.filter(incident=incident, person__isnull=False, is_quiet=False)
        known += shut.values_list("person__name", flat=True)
    people = {
        *TeamMember.objects.filter(incident=incident).values_list("person_id", flat=True),
        *Step.objects.filter(incident=incident, by__isnull=False).values_list("by_id", flat=True),
    }
    known += Person.objects.filter(pk__in=people).values_list("name", flat=True)
    told = Step.objects.filter(incident=incident, kind=StepKind.RECEIVED).values_list("facts", flat=True)
    known += [str(facts.get("complained_of", "")) for facts in told]
    found = identifying_words(text, known=known, common=COMMON)
    if found:
        raise TellsOfSomebody(words=", ".join(found))


def _must_name_nobody_kept_quiet(lesson: Lesson) -> None:
    """Hold a lesson against the names that came with a copy and the persons who are shut out where it comes from. Asked
    of whoever takes it in, who knows nothing of the incident: the desk that wrote it could guess at them otherwise."""
    with as_house():
        shut = Shutout.objects.filter(incident=lesson.incident_id, person__isnull=False, is_quiet=True)
        quiet = [*shut.values_list("person__name", flat=True)]
        quiet += CopyNames.objects.filter(incident=lesson.incident_id).values_list("names", flat=True)
    text = f"{lesson.area} {lesson.text}"
    if set(identifying_words(text, known=quiet, common=COMMON)) - set(identifying_words(text, known=())):
        raise NotAsItIsWorded
