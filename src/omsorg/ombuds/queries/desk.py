"""The desk of an ombudsperson: the cases whose keys she holds, and all that lies in one of them."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from omsorg.kernel import clock
from omsorg.ombuds.access import CaseInHand, OpenRing, in_hand
from omsorg.ombuds.models import (
    Case,
    CaseKey,
    CheckIn,
    Disclosure,
    Erasure,
    Handover,
    Note,
    Ring,
    Risk,
    SealedFile,
    ShutOut,
)
from omsorg.ombuds.queries.childs_view import ChildsCase, childs_case
from omsorg.ombuds.queries.codes import is_code_known_elsewhere, known_elsewhere
from omsorg.ombuds.queries.days import day_at
from omsorg.ombuds.queries.misplaced import StatedWish, stated_wishes
from omsorg.ombuds.rules.levels import Level, Status
from omsorg.ombuds.rules.promises import is_missed


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the list of cases, `today` where the child is. Only one's own `label` and the `danger` are opened."""

    code: str
    level: Level
    country: str
    language: str
    channel: str
    status: Status
    opened_on: date
    promise_on: date | None
    is_missed: bool
    promises_missed: int
    helped: str
    review_asked_on: date | None
    because: str
    since: date | None
    check_in_due: date | None
    alarms: int
    answers: int
    look_again_on: date | None
    news: frozenset[str]
    second_view_waits: bool
    agreed_waits: bool
    label: str
    danger: str
    code_is_unconfirmed: bool
    code_known_elsewhere: bool
    today: date

    @property
    def is_open(self) -> bool:
        return self.status == Status.OPEN

    @property
    def is_in_danger(self) -> bool:
        """Whether the danger was judged great, or now, when it was judged last."""
        return self.is_open and self.danger in ("great", "now")

    @property
    def is_new(self) -> bool:
        """Whether the child has done something that nobody has answered."""
        return bool(self.news) or (self.status == Status.OPEN and self.answers == 0)


def my_cases(person_id: int, *, at: datetime, ring: OpenRing | None = None) -> list[CaseRow]:
    """The cases that somebody works: those in great danger first, then the next promise. Within `at_the_desk`.

    With the open `ring` each comes with its label and how great the danger is thought to be.
    """
    keys = CaseKey.objects.select_related("case").filter(person=person_id, waiting=False)
    keys = keys.exclude(case__status=Status.ERASED)
    due: dict[int, date] = {}
    alarms: Counter[int] = Counter()
    for case_id, due_on, done_on, alarm in CheckIn.objects.filter(case__in=[key.case_id for key in keys]).values_list(
        "case_id", "due_on", "done_on", "alarm"
    ):
        alarms[case_id] += alarm
        if done_on is None:
            due[case_id] = min(due_on, due.get(case_id, due_on))
    judged = Risk.objects.filter(case__in=[key.case_id for key in keys]).order_by("number")
    risks = {row.case_id: row for row in judged}
    seconds = set(Disclosure.objects.filter(second=person_id, standing="proposed").values_list("case_id", flat=True))
    agreed = set(Disclosure.objects.filter(asked_by=person_id, standing="agreed").values_list("case_id", flat=True))
    elsewhere = known_elsewhere([key.case for key in keys], at.date())
    there = {key.pk: day_at(key.case.country, at) for key in keys}
    opened = {key.pk: _opened(key, risks.get(key.case_id), ring) for key in keys}
    rows = [
        CaseRow(
            code=key.case.code,
            level=Level(key.case.level),
            country=key.case.country,
            language=key.case.language,
            channel=key.case.channel,
            status=Status(key.case.status),
            opened_on=key.case.opened_on,
            promise_on=key.case.promise_on,
            is_missed=is_missed(key.case.promise_on, there[key.pk]),
            promises_missed=key.case.promises_missed,
            helped=key.case.helped,
            review_asked_on=key.case.review_asked_on,
            because=key.because,
            since=key.opened_on,
            check_in_due=due.get(key.case_id),
            alarms=alarms[key.case_id],
            answers=key.case.answers,
            look_again_on=risks[key.case_id].look_again_on if key.case_id in risks else None,
            news=frozenset(key.case.news.split()),
            second_view_waits=key.case_id in seconds,
            agreed_waits=key.case_id in agreed,
            label=opened[key.pk][0],
            danger=opened[key.pk][1],
            code_is_unconfirmed=key.case.codes_given > key.case.code_confirmed,
            code_known_elsewhere=key.case_id in elsewhere,
            today=there[key.pk],
        )
        for key in keys
    ]
    return sorted(rows, key=lambda row: (not row.is_open, not row.is_in_danger, row.promise_on or date.max, row.code))


def _opened(key: CaseKey, risk: Risk | None, ring: OpenRing | None) -> tuple[str, str]:
    """The holder's own label of a case, and how great its danger is thought to be; empty where nobody has said."""
    if ring is None or key.ring_id != ring.ring or (key.label is None and risk is None):
        return "", ""
    hand = in_hand(key, ring)
    return hand.read(key, "label"), json.loads(hand.read(risk))["danger"] if risk else ""


def own_label(hand: CaseInHand, ring: OpenRing) -> str:
    """The holder's own label of a case in hand; empty where there is none. Within `at_the_desk`."""
    return hand.read(CaseKey.objects.get(case=hand.case, ring_id=ring.ring), "label")


@dataclass(frozen=True, slots=True)
class AdultNote:
    """What an adult left in a case."""

    on: date
    by: int | None
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """How great the danger was thought to be on a day."""

    on: date
    by: int
    danger: str
    reasons: str
    look_again_on: date


@dataclass(frozen=True, slots=True)
class PlannedCheckIn:
    """A day planned for asking, and what was found."""

    due_on: date
    done_on: date | None
    alarm: bool
    found: str


@dataclass(frozen=True, slots=True)
class ProposedDisclosure:
    """Telling somebody without assent: where that stands."""

    number: int
    on: date
    standing: str
    ground: str
    what: str
    to_whom: str
    why: str
    asked_by: int
    second: int
    second_view: str
    child_told_on: date | None
    why_not_told: str
    danger_now: str
    done_on: date | None
    to_desk: bool
    handed_over: bool

    @property
    def is_not_with_the_desk(self) -> bool:
        """Whether it was to be told to the desk for incidents and that desk has nothing yet."""
        return self.standing == "done" and self.to_desk and not self.handed_over


@dataclass(frozen=True, slots=True)
class GivenCopy:
    """A copy that was handed over, and the number it has there; none where nobody knows yet whether it has arrived."""

    on: date
    by: int
    desk: str
    reference: str
    copy: str


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of the case: its name and size."""

    number: int
    with_words: int
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who can open the case."""

    person: int
    name: str
    level: Level
    because: str
    since: date | None
    waits: bool


@dataclass(frozen=True, slots=True)
class ProposedErasure:
    """That a colleague proposed to erase the case, and why."""

    on: date
    ground: str
    asked_by: int


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All that lies in a case. `told` is what the child reads of it as well."""

    case: Case
    told: ChildsCase
    notes: tuple[AdultNote, ...]
    wishes: tuple[StatedWish, ...]
    risks: tuple[Judgement, ...]
    check_ins: tuple[PlannedCheckIn, ...]
    disclosures: tuple[ProposedDisclosure, ...]
    copies: tuple[GivenCopy, ...]
    files: tuple[KeptFile, ...]
    shut_out: tuple[str, ...]
    holders: tuple[Holder, ...]
    erasure: ProposedErasure | None
    code_known_elsewhere: bool


def case_file(hand: CaseInHand, *, today: date | None = None) -> CaseFile:
    """Everything of a case that is in hand. Within `at_the_desk`."""
    of = {"case": hand.case}
    return CaseFile(
        case=hand.case,
        told=childs_case(hand),
        notes=tuple(
            AdultNote(row.on, row.by, row.kind, hand.read(row)) for row in Note.objects.filter(**of).order_by("number")
        ),
        wishes=stated_wishes(hand),
        risks=tuple(_judgement(hand, row) for row in Risk.objects.filter(**of).order_by("number")),
        check_ins=tuple(
            PlannedCheckIn(row.due_on, row.done_on, row.alarm, hand.read(row))
            for row in CheckIn.objects.filter(**of).order_by("due_on")
        ),
        disclosures=tuple(_disclosure(hand, row) for row in Disclosure.objects.filter(**of).order_by("number")),
        copies=tuple(_copy(hand, row) for row in Handover.objects.filter(**of).order_by("number")),
        files=tuple(_file(hand, row) for row in SealedFile.objects.filter(**of).order_by("number")),
        shut_out=tuple(sorted(hand.read(row) for row in ShutOut.objects.filter(**of))),
        holders=holders_of(hand.case),
        erasure=_erasure(hand.case),
        code_known_elsewhere=is_code_known_elsewhere(hand.case, today or clock.today()),
    )


def _erasure(case: Case) -> ProposedErasure | None:
    row = Erasure.objects.filter(case=case).first()
    return ProposedErasure(row.on, row.ground, row.asked_by) if row else None


def _judgement(hand: CaseInHand, row: Risk) -> Judgement:
    said = json.loads(hand.read(row))
    return Judgement(row.on, row.by, said["danger"], said["reasons"], row.look_again_on)


def _disclosure(hand: CaseInHand, row: Disclosure) -> ProposedDisclosure:
    said = json.loads(hand.read(row))
    return ProposedDisclosure(
        number=row.pk,
        on=row.on,
        standing=row.standing,
        ground=row.ground,
        what=said["what"],
        to_whom=said["to_whom"],
        why=said["why"],
        asked_by=row.asked_by,
        second=row.second,
        second_view=hand.read(row, "second_view"),
        child_told_on=row.child_told_on,
        why_not_told=hand.read(row, "why_not_told"),
        danger_now=hand.read(row, "danger_now"),
        done_on=row.done_on,
        to_desk=said.get("to_desk", False),
        handed_over=Handover.objects.filter(disclosure=row, delivered_on__isnull=False).exists(),
    )


def _copy(hand: CaseInHand, row: Handover) -> GivenCopy:
    said = json.loads(hand.read(row))
    return GivenCopy(row.on, row.by, row.desk, said["reference"], said["copy"])


def _file(hand: CaseInHand, row: SealedFile) -> KeptFile:
    said = json.loads(hand.read(row))
    return KeptFile(row.pk, row.with_words, said["name"], said["media_type"], row.size)


def holders_of(case: Case) -> tuple[Holder, ...]:
    """Who can open a case now, and who is kept in readiness above."""
    names = dict(Ring.objects.values_list("pk", "shown_name"))
    keys = CaseKey.objects.filter(case=case)
    found = [
        Holder(key.person, names[key.ring_id], Level(key.level), key.because, key.opened_on, key.waiting)
        for key in keys
    ]
    return tuple(sorted(found, key=lambda holder: (holder.waits, holder.level.rank, holder.name)))
