"""Who is told of a published case, how often, and in which words; and until when an answer is owed."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _


class Channel(StrEnum):
    """By which way somebody is told."""

    LETTER = "letter"
    EMAIL = "email"
    SMS = "sms"


class Giver(StrEnum):
    """Whether somebody gives for one child or house, or for the programme as a whole."""

    SPONSOR = "sponsor"
    DONOR = "donor"


class Reading(StrEnum):
    """How easy the words are with which somebody is told."""

    STANDARD = "standard"
    EASY = "easy"


class Proof(StrEnum):
    """What is known of one letter or message. It goes forward; returned can follow on anything."""

    SENT = "sent"
    HANDED_OVER = "handed_over"
    DELIVERED = "delivered"
    RETURNED = "returned"


TOLD = frozenset({Proof.SENT, Proof.HANDED_OVER, Proof.DELIVERED})
"""What counts as told: it left the house. What came back does not."""

ONWARD = (Proof.SENT, Proof.HANDED_OVER, Proof.DELIVERED)
"""The order in which a notice goes forward."""

PLACES = ("name", "place", "month", "summary", "happened", "did", "learned", "repaid", "link", "house")
"""What may stand between braces in a template; it is filled from the published text."""

HOLE = re.compile(r"\{([^{}]*)\}")
LONGEST_REFERENCE = 36
"""How much of a reference is kept where it needs a number behind it."""
SMS_LETTERS = 612  # four joined messages of 153


class NobodyToTell(Refusal):
    sentence = _("There is nobody on the list of this programme. Import the list, or say why nobody has to be told.")


class PlaceNotKnown(Refusal):
    sentence = _("“{%(place)s}” is not filled with anything. There are: %(places)s.")


class LinkMissing(Refusal):
    sentence = _("Each letter and message leads to the public page: put {link} where the address belongs.")


class TextsMissing(Refusal):
    sentence = _("A letter or an e-mail says what happened and what was done: put %(places)s where it belongs.")


class SmsTooLong(Refusal):
    sentence = _("This message would have up to %(length)s characters; a phone takes %(most)s.")


class ProofFromTheFuture(Refusal):
    sentence = _("A day to come proves nothing.")


class ProofBeforeListing(Refusal):
    sentence = _("%(reference)s: nobody was told on %(day)s, the list was made on %(listed)s.")


class MailProvesItself(Refusal):
    sentence = _(
        "%(reference)s is told by e-mail: its proof comes from the outbox. Only that it came back can be entered."
    )


class WhoSaysSo(Refusal):
    sentence = _("Say who says so: the post, the provider, or whoever handed it over.")


class ProofBackward(Refusal):
    sentence = _("%(reference)s: more is known already than what you enter here.")


class SentAgainHow(Refusal):
    sentence = _("%(reference)s came back. Enter it once it was handed over or delivered by another way.")


@dataclass(frozen=True, slots=True)
class Recipient:
    """One line of an audience list: who gives to which programme, how they are reached, how easy the words must be."""

    programme: str
    reference: str
    name: str
    giver: Giver
    language: str
    channel: Channel
    address: str
    reading: Reading = Reading.STANDARD


@dataclass(frozen=True, slots=True)
class Addressee:
    """One who is told, once, whatever they give to. `programmes` are all that are concerned and theirs."""

    recipient: Recipient
    programmes: tuple[str, ...]
    references: tuple[str, ...]


def who_is_told(recipients: Iterable[Recipient], programmes: Collection[str]) -> list[Addressee]:
    """Everybody who gives to one of the programmes, each once, in the order of their references.

    The same reference with the same name or the same address is the same person, in whatever programme it stands. So is
    the same name at the same address by the same way, should one list have them twice. The same reference with another
    name and another address is somebody else: two books number their people alike. Both are told, the second under a
    reference of their own. Told is who stands first; nobody is told less for standing twice, and whoever asks for easy
    words on one list gets them.
    """
    concerned = sorted(
        (each for each in recipients if each.programme in programmes), key=lambda each: (each.reference, each.programme)
    )
    taken, before = {each.reference for each in concerned}, set[str]()
    told = []
    for lines in _people(concerned):
        first, references = lines[0], tuple(dict.fromkeys(each.reference for each in lines))
        own = first.reference if first.reference not in before else _own_reference(first.reference, taken)
        taken.add(own)
        before.update(references)
        reading = Reading.EASY if any(each.reading == Reading.EASY for each in lines) else Reading.STANDARD
        programmes = tuple(dict.fromkeys(each.programme for each in lines))
        told.append(Addressee(replace(first, reference=own, reading=reading), programmes, references))
    return told


def _people(lines: Iterable[Recipient]) -> list[list[Recipient]]:
    """The lines of each person together, whatever order they come in: two lines that agree with a third are one too."""
    people: dict[int, list[Recipient]] = {}
    whose: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(lines):
        name, address = _same(line.name), _same(line.address)
        marks = [
            ("name", line.reference, name),
            ("address", line.reference, line.channel, address),
            ("both", line.channel, name, address),
        ]
        known = sorted({whose[mark] for mark in marks if mark in whose})
        person = known[0] if known else number
        people.setdefault(person, [])
        for other in known[1:]:
            people[person] += people.pop(other)
            whose.update({mark: person for mark, one in whose.items() if one == other})
        people[person].append(line)
        whose.update(dict.fromkeys(marks, person))
    return list(people.values())


def _own_reference(reference: str, taken: Collection[str]) -> str:
    """A reference that nobody else has, for somebody whose own is another's in another book."""
    number = 2
    while (own := f"{reference[:LONGEST_REFERENCE]}~{number}") in taken:
        number += 1
    return own


def _same(text: str) -> str:
    return re.sub(r"[\s.,;]+", " ", text).strip().casefold()


@dataclass(frozen=True, slots=True)
class EasyLook:
    """How many of a list ask for easy words, and how many of them get the standard ones, by channel and language."""

    asked: int
    without: Mapping[tuple[str, str], int]


def easy_look(told: Iterable[tuple[str, str, str, str]]) -> EasyLook:
    """`told`: for each one the channel, the language, the reading level asked for, and that of the words they get."""
    asking = [(channel, language, gets) for channel, language, asked, gets in told if asked == Reading.EASY]
    without = Counter((channel, language) for channel, language, gets in asking if gets != Reading.EASY)
    return EasyLook(len(asking), dict(sorted(without.items())))


def check_template(body: str, channel: Channel, reading: Reading = Reading.STANDARD) -> None:
    """Pass, or refuse a template with a hole that nothing fills, or that does not say what it is for.

    Each leads to the public page. A letter or an e-mail says what happened and what was done; in easy words at least
    in a sentence. A message has no room for it.
    """
    for hole in HOLE.findall(body):
        if hole not in PLACES:
            raise PlaceNotKnown(place=hole, places=", ".join(f"{{{place}}}" for place in PLACES))
    if "{link}" not in body:
        raise LinkMissing
    needed = ("summary",) if reading is Reading.EASY else ("happened", "did")
    holes = set(HOLE.findall(body))
    is_told = set(needed) <= holes or {"happened", "did"} <= holes
    if channel is not Channel.SMS and not is_told:
        raise TextsMissing(places=", ".join(f"{{{place}}}" for place in needed))
    check_length(body, channel)


def check_length(body: str, channel: Channel) -> None:
    """Pass, or refuse a message that a phone does not take. Asked of the form and of every message as it is filled."""
    if channel is Channel.SMS and len(body) > SMS_LETTERS:
        raise SmsTooLong(length=len(body), most=SMS_LETTERS)


def machine_number(address: str) -> str:
    """A phone number as a provider takes it: digits and one plus."""
    digits = re.sub(r"\D", "", address)
    return f"+{digits.removeprefix('00')}"


def filled(body: str, places: Mapping[str, str]) -> str:
    """The template with its places filled. Braces in what is filled in stay what they are."""
    return HOLE.sub(lambda hole: places.get(hole[1], hole[0]), body)


def check_proof(
    before: Proof | None,
    now: Proof,
    *,
    on: date,
    listed_on: date,
    today: date,
    reference: str,
    channel: Channel,
    source: str,
) -> None:
    """Pass, or refuse a proof that cannot be true, or that nobody stands behind.

    Nobody was told before they were listed, or on a day to come. It goes forward: sent, handed over, delivered. An
    e-mail is proved by the outbox alone; that it came back after it was sent may be said by hand, and that somebody
    whose notice came back was reached by another way: it was handed over to them, or delivered.
    """
    if not source.strip():
        raise WhoSaysSo
    if on > today:
        raise ProofFromTheFuture
    if on < listed_on:
        raise ProofBeforeListing(reference=reference, day=on.isoformat(), listed=listed_on.isoformat())
    came_back = before is Proof.RETURNED
    if channel is Channel.EMAIL and not (came_back or (now is Proof.RETURNED and before is not None)):
        raise MailProvesItself(reference=reference)
    if came_back and now is Proof.SENT:
        raise SentAgainHow(reference=reference)
    if before is not None and not came_back and now in ONWARD[: ONWARD.index(before)]:
        raise ProofBackward(reference=reference)


def answer_due(received_on: date, *, days: int) -> date:
    """Until when somebody who wrote back must have been answered."""
    return received_on + timedelta(days=days)
