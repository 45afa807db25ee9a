"""An invented ombuds office: its board, its ombudspersons with key rings, three cases, a recommendation and visits.

It stands in the example federation and is marked as example. Its rings open with one passphrase that only this
installation knows, and hear invented children alone: no key of a real case is ever sealed to one of them.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from omsorg.federation.access import Acting, acting_as
from omsorg.federation.models import Account, Mandate, Organisation, Person
from omsorg.kernel.wall import as_house
from omsorg.ombuds.access import OpenRing, at_the_desk
from omsorg.ombuds.actions.advising import (
    confirm_answer,
    enter_answer,
    enter_visit,
    mark_of_answer,
    publish_advice,
    recommend,
)
from omsorg.ombuds.actions.cases import (
    Danger,
    NoteKind,
    add_note,
    answer_child,
    close_case,
    judge_risk,
    plan_check_ins,
    write_down_wish,
)
from omsorg.ombuds.actions.rings import lock_ring, make_ring, mark_of_ring, unlock_ring, vouch_for
from omsorg.ombuds.actions.submissions import Submitted, submit
from omsorg.ombuds.models import Advice, Visit
from omsorg.ombuds.queries.advising import found_in_reasons, found_in_text
from omsorg.ombuds.queries.reachable import is_only_example
from omsorg.ombuds.roles import BOARD_MEMBER, OMBUDSPERSON
from omsorg.ombuds.rules.levels import Channel

TOP, REGION, COUNTRY = "international", "region-east-southern-africa", "tanzania"
BEGINNING = date(2021, 1, 1)
ANSWERED = "From next term on."


@dataclass(frozen=True, slots=True)
class Hearing:
    """Somebody of the invented office: belongs where the role is held."""

    login: str
    name: str
    role: str
    at: str

    @property
    def email(self) -> str:
        return f"{self.login}@example.org"


PEOPLE = (
    Hearing("ombuds.board", "Bodil Example", BOARD_MEMBER.code, TOP),
    Hearing("ombuds.second.board", "Carlos Example", BOARD_MEMBER.code, TOP),
    Hearing("ombuds.third.board", "Dina Example", BOARD_MEMBER.code, TOP),
    Hearing("ombuds.africa", "Rashid Example", OMBUDSPERSON.code, REGION),
    Hearing("ombuds.tanzania", "Zuhura Mfano", OMBUDSPERSON.code, COUNTRY),
)


def example_passphrase() -> str:
    """The one passphrase of all example rings on this installation: nobody outside can know it."""
    return f"example ring {_seal('example rings').hex()[:12]}"


def _seal(said: str) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).digest()


def is_loaded() -> bool:
    """Whether the example's people of the office are there. To be asked as the house."""
    return Person.objects.filter(email__in=[each.email for each in PEOPLE], is_example=True).exists()


def load_office(*, at: datetime) -> Submitted | None:
    """Found the invented office and live through its cases, as if they had come in the weeks before `at`.

    Says what the first child was shown, so that one can come back with its code; None where nothing was loaded: the
    office is there already, or there is no example federation.
    """
    with at_the_desk(None):
        if not is_only_example():
            return None
    with as_house(day=at.date()):
        houses = {each.code: each for each in Organisation.objects.filter(is_example=True)}
        is_there = is_loaded()
    if is_there or not {TOP, REGION, COUNTRY} <= set(houses):
        return None
    office = _found_office(houses, at - timedelta(days=60))
    zuhura = office["ombuds.tanzania"]
    ring, _cookie = unlock_ring(passphrase=example_passphrase(), by=zuhura, at=at)
    first = _come_to_its_end(ring, zuhura, at)
    _in_work(ring, zuhura, at)
    _told("I want to know who decides when I can visit my sister.", "en", at - timedelta(days=1), number=3)
    made = _recommended(houses[COUNTRY], ring, zuhura, at)
    lock_ring(by=zuhura, at=at)
    _confirmed_by_another(made, office["ombuds.africa"], at)
    return first


def _found_office(houses: dict[str, Organisation], at: datetime) -> dict[str, Acting]:
    """Everybody with an account and a ring; the first of the board vouches for the others."""
    acting = {each.login: _appointed(each, houses[each.at], at) for each in PEOPLE}
    made = {by.person_id: make_ring(passphrase=example_passphrase(), by=by, at=at) for by in acting.values()}
    founder, *others = acting.values()
    ring, _cookie = unlock_ring(passphrase=example_passphrase(), by=founder, at=at)
    for each in others:
        vouch_for(person=each.person_id, mark=[mark_of_ring(made[each.person_id])], ring=ring, by=founder, at=at)
    lock_ring(by=founder, at=at)
    return acting


def _appointed(hearing: Hearing, house: Organisation, at: datetime) -> Acting:
    """The sign-in has the password of the other example people."""
    with as_house(day=at.date()):
        known = Account.objects.filter(person__is_example=True).order_by("pk").values_list("password", flat=True)
        password = known.first() or ""
        person = Person.objects.create(organisation=house, name=hearing.name, email=hearing.email, is_example=True)
        Mandate.objects.create(person=person, role=hearing.role, organisation=house, valid_from=BEGINNING)
        Account.objects.enter([Account(email=hearing.email, person=person, password=password)])
        return acting_as(person.pk, day=at.date())


def _told(message: str, language: str, at: datetime, *, number: int, by: Acting | None = None) -> Submitted:
    return submit(
        token=_seal(f"example child {number}"),
        message=message,
        language=language,
        country="TZ",
        channel=Channel.IN_PERSON if by else Channel.WEB,
        by=by,
        at=at,
    )


def _come_to_its_end(ring: OpenRing, by: Acting, at: datetime) -> Submitted:
    told = _told("Hatupati muda wa kucheza baada ya shule.", "sw", at - timedelta(days=40), number=1)
    answered, later = at - timedelta(days=38), at - timedelta(days=30)
    hand: dict[str, Any] = {"case": told.case_id, "ring": ring, "by": by}
    answer_child(
        message="Asante kwa kutuambia. Tutazungumza na walezi.",
        promise_on=later.date(),
        language="sw",
        at=answered,
        **hand,
    )
    write_down_wish(wish="Nataka kucheza na wengine kila siku.", step="first", at=answered, **hand)
    close_case(
        message="Sasa kuna saa moja ya kucheza kila siku. Je, ni kweli?",
        language="sw",
        at=later,
        **hand,
    )
    return told


def _in_work(ring: OpenRing, by: Acting, at: datetime) -> None:
    said = at - timedelta(days=12)
    told = _told("There is no light in our room at night, and nobody comes when we call.", "en", said, number=2, by=by)
    hand: dict[str, Any] = {"case": told.case_id, "ring": ring, "by": by}
    judge_risk(
        danger=Danger.SOME,
        reasons="Small children are alone in the dark. Nobody hurts them.",
        look_again_on=(at + timedelta(days=10)).date(),
        at=said,
        **hand,
    )
    add_note(text="Three children said the same, in the same house.", kind=NoteKind.NOTE, at=said, **hand)
    answer_child(
        message="Thank you for telling me under the tree. I have asked for a lamp.",
        promise_on=(at + timedelta(days=4)).date(),
        language="en",
        at=at - timedelta(days=10),
        **hand,
    )
    plan_check_ins(at=at - timedelta(days=10), **hand)


def _confirmed_by_another(made: list[Advice], by: Acting, at: datetime) -> None:
    """Published, and the one answer confirmed, by somebody who wrote neither."""
    ring, _cookie = unlock_ring(passphrase=example_passphrase(), by=by, at=at)
    for advice in made:
        accepted = [each.key for each in found_in_text(advice.text)]
        publish_advice(code=advice.code, accepted=accepted, ring=ring, by=by, at=at - timedelta(days=20))
    accepted = [each.key for each in found_in_reasons(ANSWERED)]
    read = mark_of_answer(Advice.Answer.ACCEPTED, ANSWERED)
    confirm_answer(code=made[0].code, read=read, accepted=accepted, ring=ring, by=by, at=at - timedelta(days=7))
    lock_ring(by=by, at=at)


def _recommended(house: Organisation, ring: OpenRing, by: Acting, at: datetime) -> list[Advice]:
    texts = (
        "Keep one hour after school free for play in every house, and let the children choose what.",
        "Put a lamp by the beds of every room, and say whom to call at night.",
    )
    made = [
        recommend(
            organisation=house,
            text={"en": text},
            answer_due_on=(at + timedelta(days=days)).date(),
            ring=ring,
            by=by,
            at=at - timedelta(days=25),
        )
        for text, days in zip(texts, (5, 35), strict=True)
    ]
    enter_answer(
        code=made[0].code,
        answer=Advice.Answer.ACCEPTED,
        reasons=ANSWERED,
        ring=ring,
        by=by,
        at=at - timedelta(days=8),
    )
    seen = ((45, Visit.Kind.VILLAGE, "Example village", 32, 9), (12, Visit.Kind.SCHOOL, "Example school", 18, 14))
    for days, kind, place, children, know in seen:
        on = at - timedelta(days=days)
        enter_visit(
            on=on.date(),
            kind=kind,
            country="TZ",
            place=place,
            children=children,
            know_their_ombudsperson=know,
            ring=ring,
            by=by,
            at=on,
        )
    return made
