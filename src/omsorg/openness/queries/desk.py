"""What waits for a person who writes, releases or tells: each case with where it stands."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from omsorg.federation.access import Acting
from omsorg.openness.access import TELL
from omsorg.openness.models import Edition, Notice, Publication, Reply, ReplyStep, Revision, Round, Step
from omsorg.openness.queries.drafts import how_told
from omsorg.openness.queries.mail import notices_in_doubt
from omsorg.openness.rules import deciding
from omsorg.openness.rules.cases import Heading, told_in
from omsorg.openness.rules.deciding import Standing


@dataclass(frozen=True, slots=True)
class DeskCase:
    """A case on the desk: its first words, where it stands, since when, and when a held one is looked at again."""

    publication: Publication
    standing: Standing
    summary: str
    since: date
    step: Step | None
    has_public_text: bool

    def is_due(self, on: date) -> bool:
        return self.step is not None and self.step.review_on is not None and deciding.is_due(self.step.review_on, on=on)


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """A reply, its number within the case, and who answers it. Overdue when its day is past and nobody has answered."""

    reply: Reply
    number: int
    assigned_to: str
    is_answered: bool

    def is_overdue(self, on: date) -> bool:
        return not self.is_answered and self.reply.due_on < on


@dataclass(frozen=True, slots=True)
class TellingRow:
    """The newest round of a case with notices that are not handed over; `doubtful` of them are e-mail in doubt."""

    publication: Publication
    number: int
    waiting: int
    returned: int
    doubtful: int


def desk_cases(language: str) -> list[DeskCase]:
    """Every case that the person may see, with where it stands; the newest first."""
    publications = list(Publication.objects.select_related("organisation").order_by("-opened_at"))
    ids = [each.pk for each in publications]
    editions = {each.publication_id: each for each in Edition.objects.filter(publication__in=ids).order_by("number")}
    steps = {
        each.publication_id: each
        for each in Step.objects.filter(publication__in=ids).select_related("by").order_by("number")
    }
    revisions = {each.publication_id: each for each in Revision.objects.filter(publication__in=ids).order_by("number")}
    return [
        _case(each, editions.get(each.pk), steps.get(each.pk), revisions.get(each.pk), language)
        for each in publications
    ]


def _case(
    publication: Publication, edition: Edition | None, step: Step | None, revision: Revision | None, language: str
) -> DeskCase:
    if step is not None and edition is not None and step.at <= edition.at:
        step = None
    standing = deciding.standing_of(
        deciding.Step(step.step) if step else None,
        is_public=edition is not None,
        is_withdrawn=edition is not None and edition.kind == Edition.Kind.WITHDRAWAL,
    )
    is_newer = revision is not None and (edition is None or revision.pk != edition.revision_id)
    if standing is Standing.PUBLISHED and is_newer and revision is not None and edition is not None:
        standing = Standing.WRITTEN if revision.at > edition.at else standing
    at = max(each.at for each in (step, edition, revision) if each) if step or edition or revision else None
    return DeskCase(
        publication=publication,
        standing=standing,
        summary=summary_of(revision, language),
        since=(at or publication.opened_at).date(),
        step=step,
        has_public_text=edition is not None,
    )


def summary_of(revision: Revision | None, language: str) -> str:
    """What happened, in one sentence; in this language or else as it was written first. Empty where nothing is
    written."""
    return told_in(revision.texts.get(Heading.SUMMARY, {}), language, revision.original).text if revision else ""


def telling_rows(acting: Acting) -> list[TellingRow]:
    """The cases with letters or messages that wait, in the branches where this person tells."""
    found = []
    newest: dict[int, Round] = {}
    rounds = Round.objects.filter(publication__organisation__in=acting.units_answered_for(TELL)).select_related(
        "publication"
    )
    for each in rounds.order_by("number"):
        newest[each.publication_id] = each
    doubtful = Counter(Notice.objects.filter(pk__in=notices_in_doubt()).values_list("round", flat=True))
    for each in newest.values():
        told = how_told(each.publication, None)
        if told is not None and (told.waiting or told.returned):
            found.append(TellingRow(each.publication, each.number, told.waiting, told.returned, doubtful[each.pk]))
    return found


def reply_rows(acting: Acting, *, everything: bool = False) -> list[ReplyRow]:
    """What people wrote back and is not answered, the most urgent first; with `everything` also what is answered."""
    replies = Reply.objects.filter(organisation__in=acting.units_answered_for(TELL)).select_related(
        "publication", "notice"
    )
    assigned: dict[int, str] = {}
    answered: set[int] = set()
    for step in ReplyStep.objects.filter(reply__in=replies).select_related("to").order_by("number"):
        if step.step == "answered":
            answered.add(step.reply_id)
        elif step.to is not None:
            assigned[step.reply_id] = step.to.name
    last: Counter[int] = Counter()
    numbers: dict[int, int] = {}
    for reply in replies.order_by("id"):
        last[reply.publication_id] += 1
        numbers[reply.pk] = last[reply.publication_id]
    rows = [
        ReplyRow(each, numbers[each.pk], assigned.get(each.pk, ""), each.pk in answered)
        for each in replies.order_by("due_on", "id")
    ]
    return [row for row in rows if everything or not row.is_answered]
