"""What everybody reads: the register, one case, a quarter, a year; put into the reader's language."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import ngettext

from omsorg.kernel.periods import Period
from omsorg.openness.models import Edition
from omsorg.openness.pages.words import (
    CLOSED_AS,
    CLOSED_MEANS,
    HEADINGS,
    LEFT_OUT,
    MEASURES,
    SUBJECTS,
    day,
    language_name,
    language_now,
    money,
    month,
    place_name,
    quarter_name,
)
from omsorg.openness.queries.incidents import is_on
from omsorg.openness.queries.register import PublicCase, ToldInAll
from omsorg.openness.rules.cases import ClosedAs, Heading, Told, told_in
from omsorg.openness.rules.figures import ALL, Measure, Shown, told_number
from omsorg.openness.rules.redactions import parts


@dataclass(frozen=True, slots=True)
class PartView:
    """A piece of a text, or the word why something is left out in its place."""

    text: str = ""
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class TextView:
    """One heading with its text, as one reader gets it. `note` says that it is missing in their language."""

    title: str
    language: str
    is_missing: bool
    note: str
    paragraphs: tuple[tuple[PartView, ...], ...]


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the register."""

    code: str
    url: str
    when: str
    machine_when: str
    place: str
    organisation: str
    summary: str
    summary_language: str
    closed_as: str
    subject: str
    repaid: str
    is_withdrawn: bool
    is_example: bool


def case_row(case: PublicCase) -> CaseRow:
    said = case.said(Heading.SUMMARY, language_now())
    text = "".join(part.text or "[…]" for part in parts(said.text))
    return CaseRow(
        code=case.code,
        url=reverse("openness:case", args=[case.code]),
        when=month(case.closed_in),
        machine_when=f"{case.closed_in:%Y-%m}",
        place=place_name(case.country, case.region) if not case.is_withdrawn else "",
        organisation=case.organisation,
        summary=__("The text is withdrawn.") if case.is_withdrawn else text,
        summary_language=language_now() if case.is_withdrawn else said.language,
        closed_as=str(CLOSED_AS.get(case.closed_as, "")),
        subject=str(SUBJECTS.get(case.subject, "")),
        repaid=repaid_text(case.repaid),
        is_withdrawn=case.is_withdrawn,
        is_example=case.is_example,
    )


def repaid_text(repaid: Iterable[Mapping[str, object]]) -> str:
    """Money and to whom it went, in one line."""
    return "; ".join(
        __("%(money)s to %(whom)s")
        % {"money": money(int(str(each["minor"])), str(each["currency"])), "whom": each["to_whom"]}
        for each in repaid
    )


def text_view(heading: Heading, told: Told, left_out: Iterable[Mapping[str, object]]) -> TextView:
    """A text ready for the page: in paragraphs, with the reason where something is left out."""
    why = {each["number"]: str(each["words"] or LEFT_OUT.get(str(each["why"]), "")) for each in left_out}
    note = ""
    if told.is_missing:
        note = __("This is not written in your language yet. Here is the original, in %(language)s.") % {
            "language": language_name(told.language)
        }
    return TextView(
        title=str(HEADINGS[heading]),
        language=told.language,
        is_missing=told.is_missing,
        note=note,
        paragraphs=tuple(
            tuple(
                PartView(text=part.text) if part.left_out is None else PartView(left_out=why.get(part.left_out, "…"))
                for part in parts(paragraph)
            )
            for paragraph in told.text.split("\n")
            if paragraph.strip()
        ),
    )


def texts_of(case: PublicCase, language: str) -> list[TextView]:
    """The three headings; the summary stands above them as the lead."""
    headings = (Heading.HAPPENED, Heading.DID, Heading.LEARNED)
    return [text_view(heading, case.said(heading, language), case.left_out) for heading in headings]


def facts_of(case: PublicCase) -> list[dict[str, str]]:
    facts = [
        {"word": __("Closed in"), "value": month(case.closed_in)},
        {"word": __("Closed as"), "value": str(CLOSED_AS.get(case.closed_as, ""))},
        {"word": __("What it is about"), "value": str(SUBJECTS.get(case.subject, ""))},
        {"word": __("Where"), "value": place_name(case.country, case.region)},
        {"word": __("Who answers for it"), "value": case.organisation},
        {"word": __("Repaid"), "value": repaid_text(case.repaid) or __("No money was repaid.")},
    ]
    return [fact for fact in facts if fact["value"]]


def told_sentence(told: ToldInAll, nobody_because: str = "") -> str:
    """How far the telling of sponsors and donors has come: nobody to tell, being told now, told, came back."""
    if not told.listed:
        if nobody_because:
            return __("Nobody was told by letter or message: %(why)s") % {"why": nobody_because}
        return __("Nobody stood on the list of those who give, so nobody was told by letter or message.")
    said = [_told(told)] if told.number else []
    if told.waiting:
        said.append(__("Sponsors and donors are being told now."))
    if told.returned and not told.number and not told.waiting:
        said.append(__("What was sent to sponsors and donors came back: nobody has been reached yet."))
    elif told.returned:
        said.append(__("What was sent to some of them came back."))
    return " ".join(said)


def _told(told: ToldInAll) -> str:
    """How many were told, and when; a small number is not shown."""
    on = {"first": day(told.first_on), "last": day(told.last_on)}
    number = told_number(told.number, settings.ENVIRONMENT.small_cell)
    when = __("on %(last)s") % on if told.first_on == told.last_on else __("between %(first)s and %(last)s") % on
    if number is None:
        few = {"number": settings.ENVIRONMENT.small_cell, "when": when}
        return __("Fewer than %(number)s sponsors and donors were told, %(when)s.") % few
    said = ngettext(
        "%(number)s sponsor or donor was told, %(when)s.", "%(number)s sponsors and donors were told, %(when)s.", number
    )
    return said % {"number": number, "when": when}


def because(edition: Edition) -> str:
    """Why a text was withdrawn, as a sentence out of its class."""
    if not edition.reason_class:
        return ""
    return __("Why: %(reason)s.") % {"reason": LEFT_OUT[edition.reason_class]}


def history_of(editions: Sequence[Edition], *, newest: Edition) -> list[dict[str, str]]:
    """What was done to the public text, when and why, the newest first; with the way to each earlier text."""
    titles = {
        Edition.Kind.RELEASE: __("Published"),
        Edition.Kind.CORRECTION: __("Corrected"),
        Edition.Kind.WITHDRAWAL: __("Text withdrawn"),
    }
    found = []
    for each in editions:
        said = [told_in(words, language_now(), next(iter(words), "en")).text for words in (each.what, each.why)]
        said.append(because(each))
        if each.hides_earlier and each.kind == Edition.Kind.CORRECTION:
            said.append(__("The text before harmed somebody and is not shown any more."))
        is_readable = each.pk != newest.pk and bool(each.document)
        found.append(
            {
                "on": day(each.at.date()),
                "machine_on": each.at.date().isoformat(),
                "title": titles[Edition.Kind(each.kind)],
                "reason": " ".join(text for text in said if text),
                "by": "",
                "url": reverse("openness:edition", args=[each.code, each.number]) if is_readable else "",
            }
        )
    if editions and editions[-1].number > 1:
        found.append(
            {
                "on": "",
                "machine_on": "",
                "title": __("Earlier texts are withdrawn"),
                "reason": __("They stood here and harmed somebody. Why they went stands above."),
                "by": "",
                "url": "",
            }
        )
    return found


# ---- quarters and years ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line of head figures: received, closed, open; each written out, or why it is not shown."""

    label: str
    cells: tuple[str, ...]
    url: str = ""


def few() -> str:
    """What stands in the place of a number that is too small."""
    return __("fewer than %(number)s, or not told apart") % {"number": settings.ENVIRONMENT.small_cell}


def figure(number: int | None) -> str:
    return few() if number is None else str(number)


def measures() -> list[str]:
    return [str(MEASURES[measure]) for measure in Measure]


def figure_rows(shown: Shown) -> list[FigureRow]:
    """The figures of one quarter: all countries together, those with enough cases, and the others by name."""
    rows = [FigureRow(__("All countries"), tuple(figure(shown.get(measure, ALL)) for measure in Measure))]
    rows += [
        FigureRow(place_name(country, ""), tuple(figure(shown.get(measure, country)) for measure in Measure))
        for country in shown.countries
    ]
    return rows


def few_sentence(shown: Shown) -> str:
    """Which countries are not told apart, all in one sentence."""
    if not shown.few:
        return ""
    names = ", ".join(sorted(place_name(country, "") for country in shown.few))
    return __("Too few cases to be told apart by country: %(countries)s.") % {"countries": names}


def together_sentence(shown: Shown) -> str:
    """Why no country stands by itself, where the figures come from incidents that are kept here."""
    if not (shown.is_of_all_together and is_on()):
        return ""
    return __(
        "These figures are of all countries together, and there are none by country. Whoever works in a country knows"
        " the cases there that they may see. A figure of that country would tell somebody who is complained of that"
        " there is one more. Cases that were written up by hand are no incidents and are not counted here."
    )


def places_of(cases: Iterable[PublicCase], period: Period) -> list[FigureRow]:
    """How many public cases closed in the period there are by country, or by region where only that is told."""
    mine = [each for each in cases if period.includes(each.closed_in) and (each.country or each.region)]
    found = Counter(place_name(each.country, each.region) for each in mine if not each.is_withdrawn)
    return [FigureRow(place, (str(number),)) for place, number in sorted(found.items())]


def closed_means() -> list[dict[str, str]]:
    """What "closed" means, word for word."""
    return [{"word": str(CLOSED_AS[code]).capitalize(), "value": str(CLOSED_MEANS[code])} for code in ClosedAs]


def period_cases(cases: Iterable[PublicCase], period: Period) -> list[CaseRow]:
    return [case_row(each) for each in cases if period.includes(each.closed_in)]


def corrections_in(editions: Iterable[Edition], year: int) -> list[dict[str, str]]:
    """What was corrected or withdrawn in a year."""
    found = []
    for each in editions:
        if each.at.year == year and each.kind != Edition.Kind.RELEASE:
            what = told_in(each.what, language_now(), next(iter(each.what), "en")).text
            found.append(
                {
                    "on": day(each.at.date()),
                    "machine_on": each.at.date().isoformat(),
                    "title": what or __("Text withdrawn"),
                    "reason": because(each) or told_in(each.why, language_now(), next(iter(each.why), "en")).text,
                    "by": "",
                    "url": reverse("openness:case", args=[each.code]),
                }
            )
    return found


def years_of(cases: Iterable[PublicCase], quarters: Iterable[Shown]) -> list[int]:
    found = {each.closed_in.year for each in cases} | {each.quarter.start.year for each in quarters}
    return sorted(found, reverse=True)


def quarters_of(cases: Iterable[PublicCase], quarters: Iterable[Shown]) -> list[Period]:
    found = {Period.holding(each.closed_in, 3) for each in cases} | {each.quarter for each in quarters}
    return sorted(found, reverse=True)


def quarter_links(found: Sequence[Period], *, correct: bool = False) -> list[dict[str, str]]:
    """The way to each quarter; with `correct` to where its figures are corrected."""
    if correct:
        work = reverse("openness:quarters")
        return [{"label": quarter_name(each), "url": f"{work}?correct={each.code}"} for each in found]
    return [{"label": quarter_name(each), "url": reverse("openness:quarter", args=[each.code])} for each in found]
