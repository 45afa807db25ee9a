"""The check before release, over every word that would become public; and all that a release rests on."""

from collections.abc import Iterable
from dataclasses import dataclass

from omsorg.federation.naming import known_in
from omsorg.federation.places import countries
from omsorg.kernel.reidentification import Finding, Known, check_texts
from omsorg.openness.models import Justification, Publication, Revision
from omsorg.openness.queries.drafts import how_told, step_now
from omsorg.openness.queries.incidents import may_be_public
from omsorg.openness.queries.proposals import handed_in_with, public_words
from omsorg.openness.rules.cases import Draft, Tell, Texts
from omsorg.openness.rules.deciding import Ready, Telling


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

    To whom money was repaid is checked itself and explains no other word. Where a region is shown, money of one country
    alone tells the country.
    """
    currencies = {each.money.currency for each in draft.repaid}
    hidden = {each for each in currencies if each[:2] in countries()} if draft.region else set()
    return known_in(
        (text for words in texts.values() for text in words.values()),
        country=draft.country,
        hides_countries=bool(draft.region),
        also_places=hidden,
        allowed=currencies,
    )


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
