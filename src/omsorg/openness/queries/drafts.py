"""A case as it is written: its newest text, its steps, and what the check finds in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from omsorg.federation.models import Organisation, Person, Place
from omsorg.federation.places import countries
from omsorg.kernel.money import Money
from omsorg.kernel.wall import as_house
from omsorg.openness.models import Edition, Justification, Publication, Revision, Step
from omsorg.openness.rules import deciding
from omsorg.openness.rules.cases import ClosedAs, Draft, Repaid, Subject, Tell
from omsorg.openness.rules.deciding import Ready, Telling
from omsorg.openness.rules.reidentification import Finding, Known, check_texts
from omsorg.openness.rules.reidentification.words import LETTER

FINER = (Organisation.Kind.PROGRAMME, Organisation.Kind.LOCAL_PARTNER, Organisation.Kind.MUNICIPALITY)
WORD = re.compile(rf"{LETTER}[\w'’\-]+")


@dataclass(frozen=True, slots=True)
class Checked:
    """Something that the check found, and what was said of it: justified by whom, accepted by whom."""

    finding: Finding
    justification: Justification | None = None
    accepted_by: str = ""

    @property
    def is_justified(self) -> bool:
        return self.justification is not None

    @property
    def is_accepted(self) -> bool:
        return bool(self.accepted_by)


def newest_revision(publication: Publication) -> Revision | None:
    """The text as it is now; None before the first."""
    return publication.revisions.prefetch_related("repaid").order_by("-number").first()


def draft_of(revision: Revision) -> Draft:
    """A revision as the rules know it."""
    return Draft(
        texts=revision.texts,
        original=revision.original,
        closed_in=revision.closed_in,
        closed_as=ClosedAs(revision.closed_as),
        subject=Subject(revision.subject),
        country=revision.country,
        region=revision.region,
        tell=Tell(revision.tell),
        repaid=tuple(Repaid(Money(each.minor, each.currency), each.to_whom) for each in revision.repaid.order_by("id")),
    )


def newest_step(publication: Publication) -> Step | None:
    """The newest step of a case; None while it is first written."""
    return publication.steps.select_related("by").order_by("-number").first()


def step_of(publication: Publication) -> deciding.Step | None:
    """Where a case stands by its newest step."""
    found = newest_step(publication)
    return deciding.Step(found.step) if found else None


def newest_edition(publication: Publication) -> Edition | None:
    """What stands in public; None before the first release."""
    return publication.editions.order_by("-number").first()


def standing_of(publication: Publication) -> deciding.Standing:
    """Where a case stands: written, handed in, held, published, withdrawn."""
    edition = newest_edition(publication)
    return deciding.standing_of(
        _step_since(publication, edition),
        is_public=edition is not None,
        is_withdrawn=edition is not None and edition.kind == Edition.Kind.WITHDRAWAL,
    )


def _step_since(publication: Publication, edition: Edition | None) -> deciding.Step | None:
    """The newest step after the newest edition: what was decided before a release is over with it."""
    found = newest_step(publication)
    if found is None or (edition is not None and found.at <= edition.at):
        return None
    return deciding.Step(found.step)


def step_now(publication: Publication) -> deciding.Step | None:
    """The step that still holds: a release puts an end to what was decided before it."""
    return _step_since(publication, newest_edition(publication))


def may_be_told(publication_id: int, person_id: int, role: str) -> bool:
    """Whether a person holds this role where the case belongs and is not shut out of its incident."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT openness_may_be_told(%s, %s, %s)", [publication_id, person_id, [role]])
        found: tuple[bool] = cursor.fetchone()
    return found[0]


# ---- the check ---------------------------------------------------------------------------------------------------


def known_for(draft: Draft) -> Known:
    """What the house knows that the public must not read in this text: its people, and places finer than shown.

    Names are looked for in the name of the house, whoever checks: only those that stand in the text come back.
    """
    text = "\n".join(text for words in draft.texts.values() for text in words.values())
    there = {word.casefold() for word in re.findall(r"[\w'’\-]+", text)}
    with as_house():
        names = set(Person.objects.values_list("name", flat=True))
    organisations = list(Organisation.objects.values_list("kind", "name"))
    wide = _words(name for kind, name in organisations if kind not in FINER)
    finer = [name for kind, name in organisations if kind in FINER]
    places = {*finer, *(word for name in finer for word in WORD.findall(name) if len(word) > 3 and word not in wide)}
    municipalities = Place.objects.filter(kind=Place.Kind.MUNICIPALITY)
    if draft.country:
        municipalities = municipalities.filter(country_code=draft.country)
    places |= {name for told in municipalities.values_list("name", flat=True) for name in told.values()}
    allowed = set(wide) | _words(each.to_whom for each in draft.repaid)
    if draft.region:
        places |= _country_names()
    else:
        allowed |= _words(_country_names())
    return Known(
        people=frozenset(name for name in names if _all_in(name, there)),
        places=frozenset(name for name in places if _all_in(name, there)),
        allowed=frozenset(allowed),
    )


def _words(names: Iterable[str]) -> set[str]:
    return {word for name in names for word in WORD.findall(name)}


def _all_in(name: str, there: set[str]) -> bool:
    parts = re.findall(r"[\w'’\-]+", name.casefold())
    return bool(parts) and all(part in there or f"{part}s" in there for part in parts)


@lru_cache(maxsize=1)
def _country_names() -> frozenset[str]:
    return frozenset(name for names in countries().values() for name in names.values())


def checked(publication: Publication, draft: Draft, *, smallest_shown: int) -> list[Checked]:
    """What the check finds in this text, each with what was said of it."""
    findings = check_texts(draft.texts, known_for(draft), smallest_shown=smallest_shown)
    said: dict[str, Justification] = {}
    for each in publication.justifications.select_related("by", "acceptance__by").order_by("id"):
        said[each.key] = each
    return [_checked(finding, said.get(finding.key)) for finding in findings]


def _checked(finding: Finding, said: Justification | None) -> Checked:
    acceptance = getattr(said, "acceptance", None)
    return Checked(finding, said, (acceptance.by.name if acceptance.by else "–") if acceptance else "")


def writers_of(publication: Publication) -> frozenset[int]:
    """Everybody who wrote on a case: none of them releases it."""
    return frozenset(publication.revisions.exclude(by=None).values_list("by_id", flat=True))


# ---- who is told, as far as the releaser may know -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HowTold:
    """How far the telling of one round has come, in numbers: names are for the tellers alone."""

    number: int
    is_of_this_text: bool
    listed: int
    waiting: int
    waiting_mail: int
    told: int
    returned: int
    nobody_because: str


def how_told(publication: Publication, revision: Revision | None) -> HowTold | None:
    """The newest round of a case in numbers; None where nobody has decided who is told."""
    newest = publication.rounds.order_by("-number").first()
    if newest is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT listed, waiting, waiting_mail, told, returned FROM openness_how_told(%s)", [newest.pk])
        row = cursor.fetchone()
    listed, waiting, waiting_mail, told, returned = row
    return HowTold(
        number=newest.number,
        is_of_this_text=revision is not None and newest.revision_id == revision.pk,
        listed=listed,
        waiting=waiting,
        waiting_mail=waiting_mail,
        told=told,
        returned=returned,
        nobody_because=newest.nobody_because,
    )


def ready_for(publication: Publication, revision: Revision, found: Iterable[Checked]) -> Ready:
    """Everything that a release rests on, as it is now."""
    found = list(found)
    told = how_told(publication, revision)
    return Ready(
        step=step_now(publication),
        found=frozenset(each.finding.key for each in found),
        justified=frozenset(each.finding.key for each in found if each.is_justified),
        accepted=frozenset(each.finding.key for each in found if each.is_accepted),
        tell=Tell(revision.tell),
        telling=Telling(True, told.is_of_this_text, told.waiting, told.waiting_mail) if told else Telling(),
        writers=writers_of(publication),
    )
