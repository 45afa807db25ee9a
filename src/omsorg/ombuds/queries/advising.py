"""What the office has recommended and where the answers stand; whom it has been to see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings

from omsorg.federation.models import Organisation
from omsorg.federation.naming import known_in
from omsorg.kernel.reidentification import LANGUAGES, Finding, Kind, check_texts
from omsorg.kernel.wall import as_house
from omsorg.ombuds.models import Advice, Visit

LOOKED_AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class AdviceRow:
    """One recommendation and where its answer stands."""

    code: str
    organisation_code: str
    organisation: str
    text: dict[str, str]
    made_on: date
    answer_due_on: date
    answer: str
    answered_on: date | None
    reasons: str
    done_on: date | None
    published_on: date | None
    made_by: int
    answer_by: int | None
    answer_confirmed_on: date | None
    withdrawal: str
    withdrawal_by: int | None
    withdrawal_asked_on: date | None
    withdrawn_on: date | None

    def is_late(self, today: date) -> bool:
        return not self.answer and self.withdrawn_on is None and self.answer_due_on < today


def found_in_text(text: Mapping[str, str]) -> list[Finding]:
    """What in the text of a recommendation could tell who somebody is, in each of its languages.

    A language that the check does not read is told as one thing found: whoever publishes reads it themselves.
    """
    smallest = settings.ENVIRONMENT.small_cell
    found = list(check_texts({"": dict(text)}, known_in(text.values()), smallest_shown=smallest))
    return found + [_unread(language, words) for language, words in sorted(text.items()) if language not in LANGUAGES]


def found_in_reasons(reasons: str) -> list[Finding]:
    """The same in the reasons of an answer, whose language nobody has said: read as each, each thing told once.

    It may be in none of them, so that whoever confirms it always says that they have read it themselves.
    """
    found: dict[tuple[str, int, int], Finding] = {}
    for each in found_in_text(dict.fromkeys(sorted(LANGUAGES), reasons)) if reasons else ():
        found.setdefault((each.kind, each.start, each.end), each)
    return [*found.values(), _unread("", reasons)] if reasons else []


def _unread(language: str, words: str) -> Finding:
    """That nobody but a person has read these words."""
    return Finding(Kind.UNREAD, language, "", 0, 0, "", words)


@dataclass(frozen=True, slots=True)
class Said:
    """The answer that everybody reads: the newest that two have confirmed."""

    answer: str = ""
    reasons: str = ""


def said_in_public(advice: Advice) -> Said:
    """The newest confirmed answer; none where none is."""
    if advice.answer_confirmed_on is not None:
        return Said(advice.answer, advice.reasons)
    confirmed = [each for each in advice.earlier if each.get("confirmed")]
    return Said(confirmed[-1]["answer"], confirmed[-1]["reasons"]) if confirmed else Said()


def is_hidden(advice: Advice) -> bool:
    """Whether its words are kept from the public while a second decides: one has said that somebody is recognised."""
    return advice.withdrawal == Advice.Withdrawal.RECOGNISED and advice.withdrawn_on is None


def _names(codes: set[str]) -> dict[str, str]:
    """The organisations by name, read as the house: a recommendation may go to one that its reader does not see."""
    with as_house():
        return dict(Organisation.objects.filter(code__in=codes).values_list("code", "name"))


def _rows(found: list[Advice]) -> list[AdviceRow]:
    names = _names({row.organisation for row in found})
    return [
        AdviceRow(
            code=row.code,
            organisation_code=row.organisation,
            organisation=names.get(row.organisation, row.organisation),
            text=dict(row.text),
            made_on=row.made_on,
            answer_due_on=row.answer_due_on,
            answer=row.answer,
            answered_on=row.answered_on,
            reasons=row.reasons,
            done_on=row.done_on,
            published_on=row.published_on,
            made_by=row.made_by,
            answer_by=row.answer_by,
            answer_confirmed_on=row.answer_confirmed_on,
            withdrawal=row.withdrawal,
            withdrawal_by=row.withdrawal_by,
            withdrawal_asked_on=row.withdrawal_asked_on,
            withdrawn_on=row.withdrawn_on,
        )
        for row in found
    ]


def all_advice() -> list[AdviceRow]:
    """Every recommendation, the newest first. Within `at_the_desk`."""
    return _rows(list(Advice.objects.order_by("-made_on", "code")))


def advice_called(code: str) -> AdviceRow | None:
    """One recommendation; None where there is none."""
    return next(iter(_rows(list(Advice.objects.filter(code=code)))), None)


def advice_waiting(today: date) -> list[AdviceRow]:
    """Those whose answer is owed by now or within a fortnight, the longest owed first. Within `at_the_desk`."""
    waiting = Advice.objects.filter(answer="", withdrawn_on=None, answer_due_on__lte=today + LOOKED_AHEAD)
    return _rows(list(waiting.order_by("answer_due_on", "code")))


def visits() -> list[Visit]:
    """The register of visits, the newest first. Within `at_the_desk`."""
    return list(Visit.objects.order_by("-on", "pk"))


def organisations() -> list[tuple[str, str]]:
    """Every organisation that stands today, by code and name: to whom something can be recommended."""
    with as_house():
        return list(Organisation.objects.order_by("name").values_list("code", "name"))
