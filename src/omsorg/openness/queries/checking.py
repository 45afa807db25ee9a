"""The check before release, over every word that would become public; and all that a release rests on."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from omsorg.federation.models import Organisation, Person, Place
from omsorg.federation.places import countries
from omsorg.kernel.wall import as_house
from omsorg.openness.models import Justification, Publication, Revision
from omsorg.openness.queries.drafts import how_told, step_now
from omsorg.openness.queries.incidents import may_be_public
from omsorg.openness.queries.proposals import handed_in_with, public_words
from omsorg.openness.rules.cases import Draft, Tell, Texts
from omsorg.openness.rules.deciding import Ready, Telling
from omsorg.openness.rules.reidentification import Finding, Known, check_texts
from omsorg.openness.rules.reidentification.words import LETTER

FINER = (Organisation.Kind.PROGRAMME, Organisation.Kind.LOCAL_PARTNER, Organisation.Kind.MUNICIPALITY)
NO_PLACE = frozenset({"Programme", "Program", "Project", "Centre", "Center", "House", "Home", "School", "Village"})
"""Words in the names of programmes that name no place."""
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


def known_for(draft: Draft, texts: Texts) -> Known:
    """What the house knows that the public must not read in these texts: its people, and places finer than shown.

    Names are looked for in the name of the house, whoever checks: only those that stand in the text come back. To whom
    money was repaid is checked itself and explains no other word. Where a region is shown, money of one country alone
    tells the country.
    """
    text = "\n".join(text for words in texts.values() for text in words.values())
    there = {word.casefold() for word in re.findall(r"[\w'’\-]+", text)}
    with as_house():
        names = set(Person.objects.values_list("name", flat=True))
    organisations = list(Organisation.objects.values_list("kind", "name"))
    wide = NO_PLACE | _words(name for kind, name in organisations if kind not in FINER)
    finer = [name for kind, name in organisations if kind in FINER]
    places = {*finer, *(word for name in finer for word in WORD.findall(name) if len(word) > 3 and word not in wide)}
    municipalities = Place.objects.filter(kind=Place.Kind.MUNICIPALITY)
    if draft.country:
        municipalities = municipalities.filter(country_code=draft.country)
    places |= {name for told in municipalities.values_list("name", flat=True) for name in told.values()}
    currencies = {each.money.currency for each in draft.repaid}
    allowed = set(wide) | currencies
    if draft.region:
        places |= _country_names() | {each for each in currencies if each[:2] in countries()}
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
    """What the check finds in everything that would become public with this text, each with what was said of it."""
    texts = public_words(publication, draft)
    findings = check_texts(texts, known_for(draft, texts), smallest_shown=smallest_shown)
    said: dict[str, Justification] = {}
    for each in publication.justifications.select_related("by", "acceptance__by").order_by("id"):
        said[each.key] = each
    return [_checked(finding, said.get(finding.key)) for finding in findings]


def _checked(finding: Finding, said: Justification | None) -> Checked:
    acceptance = getattr(said, "acceptance", None)
    return Checked(finding, said, (acceptance.by.name if acceptance.by else "–") if acceptance else "")


def writers_of(publication: Publication) -> frozenset[int]:
    """Everybody whose words would become public with a case: none of them releases it."""
    found = set(publication.revisions.exclude(by=None).values_list("by_id", flat=True))
    handed_in = handed_in_with(publication)
    if handed_in is not None and handed_in.what and handed_in.by_id:
        found.add(handed_in.by_id)
    return frozenset(found)


def ready_for(publication: Publication, revision: Revision, found: Iterable[Checked]) -> Ready:
    """Everything that a release rests on, as it is now."""
    found = list(found)
    told = how_told(publication, revision)
    handed_in = handed_in_with(publication)
    nobody = publication.rounds.filter(revision=revision, listed=0).order_by("-number").first()
    return Ready(
        step=step_now(publication),
        found=frozenset(each.finding.key for each in found),
        justified=frozenset(each.finding.key for each in found if each.is_justified),
        accepted=frozenset(each.finding.key for each in found if each.is_accepted),
        tell=Tell(revision.tell),
        telling=Telling(True, told.is_of_this_text, told.waiting, told.waiting_mail) if told else Telling(),
        writers=writers_of(publication),
        handed_in_by=handed_in.by_id if handed_in else None,
        told_nobody_by=nobody.by_id if nobody else None,
        is_decided=may_be_public(publication),
    )
