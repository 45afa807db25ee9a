"""What a child reads who comes back with the code: what both sides said, what was promised, what was asked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings

from omsorg.kernel import clock
from omsorg.ombuds.access import CaseInHand, with_code
from omsorg.ombuds.models import Assent, Case, CaseKey, Disclosure, Handover, Misplaced, SealedFile, Words
from omsorg.ombuds.queries.days import day_at
from omsorg.ombuds.queries.misplaced import misplaced_in, stated_wishes
from omsorg.ombuds.queries.reachable import hearers
from omsorg.ombuds.rules.levels import Level, Status
from omsorg.ombuds.rules.return_code import ReturnCode


@dataclass(frozen=True, slots=True)
class Message:
    """What one side said on a day. `is_mine`: the child's own words; `taken_down`: written down by an adult.

    `is_marked`: it came with a new code that the child has not confirmed yet. `is_misplaced`: not this child's, and
    its code does not open it; those who work the case see it marked.
    """

    number: int
    is_mine: bool
    on: date
    text: str
    language: str
    taken_down: bool
    is_marked: bool
    is_misplaced: bool
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sharing:
    """One act of sharing that the child was asked about: what, to whom, until when, what the child has said, and the
    days on which a copy was handed over on that yes. Of a copy `house` is what it is about; `of_whole_house`: nobody of
    that house may handle it. `is_over`: its last day is past, so that the child is asked no more."""

    number: int
    what: str
    to_whom: str
    until_on: date
    standing: str
    asked_on: date
    withdrawn_on: date | None
    told_on: tuple[date, ...] = ()
    to_desk: bool = False
    handed_over: bool = False
    is_marked: bool = False
    house: str = ""
    of_whole_house: bool = False
    is_over: bool = False
    is_cut_off: bool = False

    def serves_desk(self, today: date) -> bool:
        """Whether this yes allows a copy to be handed to the desk for incidents on a day, or one that was cut off on
        the way is to be asked after there."""
        given = self.standing == Assent.Standing.GIVEN and today <= self.until_on
        return (given or self.is_cut_off) and self.to_desk and not self.handed_over

    @property
    def is_asked(self) -> bool:
        return self.standing == Assent.Standing.ASKED

    @property
    def waits_for_the_child(self) -> bool:
        """Whether the child is still to say yes or no."""
        return self.is_asked and not self.is_over

    @property
    def can_be_withdrawn(self) -> bool:
        return self.standing == Assent.Standing.GIVEN


@dataclass(frozen=True, slots=True)
class Told:
    """What was told, to whom and on which day; `taken_back`: that the child has taken its yes back since. Without a yes
    `why` is said as well (empty where it was written for adults), and `at_once`: that it could not wait until the day
    after the child was told."""

    what: str
    to_whom: str
    on: date
    taken_back: bool
    why: str = ""
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class ToBeTold:
    """What will be told without the child's yes, to whom and why: the child reads it first, from the day `on`."""

    what: str
    to_whom: str
    why: str
    on: date


@dataclass(frozen=True, slots=True)
class Reader:
    """One who reads the case now, or would where those who do fail: the child can shut out each of them."""

    ring: int
    name: str


@dataclass(frozen=True, slots=True)
class ChildsCase:
    """Everything that a child may read of its case."""

    case_id: str
    language: str
    level: Level
    opened_on: date
    promise_on: date | None
    missed_at: str
    is_closed: bool
    closed_on: date | None
    helped: str
    review_asked_on: date | None
    messages: tuple[Message, ...]
    wishes: tuple[str, ...]
    sharings: tuple[Sharing, ...]
    told: tuple[Told, ...]
    to_be_told: tuple[ToBeTold, ...]
    asks_for_confirmation: bool
    readers: tuple[Reader, ...]

    @property
    def went_up(self) -> bool:
        """Whether somebody above those who missed the last promise looks after the case now."""
        return bool(self.missed_at) and self.level.rank > Level(self.missed_at).rank


def open_with_code(code: ReturnCode) -> ChildsCase | None:
    """The case that belongs to a code, None where there is none. Slow on purpose: ask the gate first."""
    with with_code(code) as hand:
        return childs_case(hand) if hand is not None else None


def childs_case(hand: CaseInHand) -> ChildsCase:
    """The case as the child reads it, within the transaction that opened it."""
    case = hand.case
    not_theirs = misplaced_in(case, Misplaced.Thing.WORDS)
    files: dict[int, list[str]] = {}
    for file in SealedFile.objects.filter(case=case).order_by("number"):
        files.setdefault(file.with_words, []).append(json.loads(hand.read(file))["name"])
    handed: dict[int, list[Handover]] = {}
    for copy in Handover.objects.filter(case=case, assent__isnull=False).order_by("number").defer("sealed"):
        handed.setdefault(copy.assent_id or 0, []).append(copy)
    disclosures = _told_first(case)
    sharings = tuple(
        _sharing(hand, row, tuple(handed.get(row.pk, ())))
        for row in Assent.objects.filter(case=case).order_by("number")
    )
    return ChildsCase(
        case_id=case.code,
        language=case.language,
        level=Level(case.level),
        opened_on=case.opened_on,
        promise_on=case.promise_on,
        missed_at=case.missed_at,
        is_closed=case.status == Status.CLOSED,
        closed_on=case.closed_on,
        helped=case.helped,
        review_asked_on=case.review_asked_on,
        messages=tuple(
            Message(
                number=words.number,
                is_mine=words.side == "child",
                on=words.on,
                text=hand.read(words),
                language=words.language,
                taken_down=words.taken_down,
                is_marked=words.under_code > case.code_confirmed,
                is_misplaced=words.number in not_theirs,
                files=tuple(files.get(words.number, ())),
            )
            for words in Words.objects.filter(case=case).order_by("number")
        ),
        wishes=tuple(wish.text for wish in stated_wishes(hand) if not wish.is_misplaced),
        sharings=sharings,
        told=_told(hand, sharings, disclosures),
        to_be_told=_to_be_told(hand, disclosures),
        asks_for_confirmation=case.codes_given > case.code_confirmed,
        readers=_readers(case),
    )


def _readers(case: Case) -> tuple[Reader, ...]:
    """Those who have a key of the case and would hear it today: whoever was removed reads it no more."""
    able = {one.ring for one in hearers(clock.today(), example=case.is_example) if one.hears(case.country)}
    keys = CaseKey.objects.select_related("ring").filter(case=case, ring__in=able)
    return tuple(Reader(key.ring_id, key.ring.shown_name) for key in keys.order_by("waiting", "ring__shown_name"))


def _told(hand: CaseInHand, sharings: tuple[Sharing, ...], disclosures: tuple[Disclosure, ...]) -> tuple[Told, ...]:
    """What was told on the child's yes, and without it where the child was told first; the earliest first."""
    found = [
        Told(one.what, one.to_whom, on, one.standing == Assent.Standing.WITHDRAWN)
        for one in sharings
        for on in one.told_on
    ]
    for row in disclosures:
        said = json.loads(hand.read(row)) if row.done_on is not None else {}
        if row.done_on is not None and not _is_on_its_way(row, said):
            found.append(Told(said["what"], said["to_whom"], row.done_on, False, _why(said), bool(row.danger_now)))
    return tuple(sorted(found, key=lambda told: told.on))


def _is_on_its_way(row: Disclosure, said: Mapping[str, Any]) -> bool:
    """Whether it is meant for the desk for incidents, which has not got its copy yet: nobody has been told."""
    if row.done_on is None or not said.get("to_desk"):
        return False
    return not Handover.objects.filter(disclosure=row, delivered_on__isnull=False).exists()


def _why(said: Mapping[str, Any]) -> str:
    """The reasons, where who wrote them was told that the child reads them; they were for adults alone before."""
    return str(said["why"]) if said.get("child_reads") else ""


def _told_first(case: Case) -> tuple[Disclosure, ...]:
    return tuple(Disclosure.objects.filter(case=case, child_told_on__isnull=False).order_by("number"))


def what_will_be_told(hand: CaseInHand) -> tuple[ToBeTold, ...]:
    """What the child reads first and others are told next, without its yes."""
    return _to_be_told(hand, _told_first(hand.case))


def _to_be_told(hand: CaseInHand, disclosures: tuple[Disclosure, ...]) -> tuple[ToBeTold, ...]:
    """What two have agreed to tell and the child is told first, as long as they may."""
    since = day_at(hand.case.country, clock.now()) - timedelta(days=settings.ENVIRONMENT.ombuds_agreement_days)
    found = []
    for row in disclosures:
        said = json.loads(hand.read(row))
        agreed = row.standing == Disclosure.Standing.AGREED and row.seconded_on is not None and row.seconded_on >= since
        if not agreed and not _is_on_its_way(row, said):
            continue
        found.append(ToBeTold(said["what"], said["to_whom"], _why(said), row.child_told_on or row.on))
    return tuple(found)


def _sharing(hand: CaseInHand, row: Assent, copies: tuple[Handover, ...]) -> Sharing:
    said = json.loads(hand.read(row))
    return Sharing(
        number=row.number,
        what=said["what"],
        to_whom=said["to_whom"],
        until_on=row.until_on,
        standing=row.standing,
        asked_on=row.on,
        withdrawn_on=row.withdrawn_on,
        told_on=tuple(copy.on for copy in copies),
        to_desk=said.get("to_desk", False),
        handed_over=any(copy.delivered_on is not None for copy in copies),
        is_cut_off=any(copy.delivered_on is None for copy in copies),
        is_marked=row.under_code > hand.case.code_confirmed,
        house=said.get("house", ""),
        of_whole_house=said.get("of_whole_house", False),
        is_over=row.until_on < day_at(hand.case.country, clock.now()),
    )
