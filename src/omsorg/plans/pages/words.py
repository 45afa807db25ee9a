"""The words, marks and written-out values that every page of the plan tracker uses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.conf import settings
from django.utils.functional import Promise
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from omsorg.kernel.numbers import Ratio, format_date, format_number, format_percent
from omsorg.kernel.pictures import Mark
from omsorg.plans.rules.measures import Activity, Cause, Direction, Kind, Rating, RatingSource, Status
from omsorg.plans.rules.reasons import Reason
from omsorg.plans.rules.rollup import Missing
from omsorg.plans.rules.sentences import one_said, unit_said
from omsorg.plans.rules.snapshot import NumberPart
from omsorg.plans.rules.tally import Tally

RATINGS: dict[str, str | Promise] = {
    Rating.COMPLETED: _("completed"),
    Rating.ON_TRACK: _("on track"),
    Rating.OFF_TRACK: _("off track"),
    Rating.NOT_STARTED: _("not started"),
    Rating.NOT_RATED: _("not rated"),
}
ACTIVITIES: dict[str, str | Promise] = {
    Activity.ACTIVE: _("active"),
    Activity.ON_HOLD: _("on hold"),
    Activity.SUPERSEDED: _("superseded"),
    Activity.DROPPED: _("dropped"),
}
STATUSES: dict[str, str | Promise] = {
    Status.COMPLETED: _("completed"),
    Status.ON_TRACK: _("on track"),
    Status.AT_RISK: _("at risk"),
    Status.OFF_TRACK: _("off track"),
    Status.NOT_DUE: _("not due yet"),
    Status.NO_DATA: _("no figures"),
    Status.NOT_RATED: _("not rated"),
}
CAUSES: dict[str, str | Promise] = {
    Cause.TIME: _("needs more time"),
    Cause.RESOURCES: _("lack of resources"),
    Cause.SCOPE: _("the task has grown or changed"),
    Cause.OUTSIDE: _("reasons outside the organisation"),
}
SOURCES_OF_RATING: dict[str, str | Promise] = {
    RatingSource.OVERRIDE: _("set by a person, who says why"),
    RatingSource.COMPUTED: _("computed from the figures"),
    RatingSource.SELF: _("own rating of the responsible organisation"),
    RatingSource.NONE: _("nobody has rated it"),
}
NOT_RATED_BY_FIGURES = _("there are too few figures to compute a rating from")
HIDDEN = _("hidden so that no small group of children can be worked out")
MISSING: dict[str, str | Promise] = {
    Missing.NOT_REPORTED: _("nothing reported"),
    Missing.NO_CASES: _("no cases"),
    Missing.NOT_APPLICABLE: _("not applicable"),
    Missing.SUPPRESSED: _("too few to be shown"),
    Missing.REFUSED: _("not given"),
    Missing.INCOMPLETE: _("not everybody has answered"),
    Missing.NOT_ADDITIVE: _("cannot be added up"),
    Missing.NOT_ROLLED_UP: _("not added up"),
    Missing.IN_WORDS: _("answered in words"),
    Missing.HIDDEN: HIDDEN,
}
COUNTED: str | Promise = _("counted")
REACHED: dict[str, str | Promise] = {"0": _("not reached yet"), "1": _("reached")}
STATES: dict[str, str | Promise] = {
    "measured": _("measured"),
    "estimated": _("estimated"),
    "not_collected": _("not collected"),
    "not_applicable": _("not applicable"),
    "suppressed": _("too few to be shown"),
    "refused": _("not given"),
    "unreadable": _("not readable"),
    "silent": _("no answer"),
    "hidden": HIDDEN,
}
KINDS: dict[str, str | Promise] = {
    Kind.MILESTONE: _("milestone"),
    Kind.COUNT: _("count"),
    Kind.STOCK: _("count on one day"),
    Kind.RATIO: _("share"),
    Kind.RATE: _("rate"),
    Kind.SCORE: _("score"),
    Kind.ORDINAL: _("step"),
    Kind.QUALITATIVE: _("in words"),
}
DIRECTIONS: dict[str, str | Promise] = {
    Direction.UP: _("more is better"),
    Direction.DOWN: _("less is better"),
    Direction.BAND: _("within a band is best"),
    Direction.NONE: _("no direction stated"),
}
ROLL_UPS: dict[str, str | Promise] = {
    "sum": _("the figures are added"),
    "ratio_of_sums": _("numerators and denominators are added, then divided"),
    "share_meeting": _("the share of organisations that meet the threshold"),
    "worst": _("the least good figure counts"),
    "all_must": _("reached when every organisation has reached it"),
    "distinct": _("different persons: cannot be added up"),
    "none": _("one figure for the whole plan"),
}
ACCEPTED: dict[str, str | Promise] = {
    "yes": _("accepted"),
    "partly": _("accepted in part"),
    "no": _("not accepted"),
    "open": _("not answered yet"),
}
SOURCE_KINDS: dict[str, str | Promise] = {
    "review": _("review"),
    "audit": _("audit"),
    "commission": _("commission"),
    "ombuds": _("ombudsperson"),
    "incident_lesson": _("lesson from an incident"),
}
MARKS: dict[str, Mark] = {
    Rating.COMPLETED: Mark.CHECK_DISC,
    Rating.ON_TRACK: Mark.DISC,
    Rating.OFF_TRACK: Mark.CROSS,
    Rating.NOT_STARTED: Mark.RING,
    Rating.NOT_RATED: Mark.DASH,
    Activity.ON_HOLD: Mark.PAUSE,
    Activity.SUPERSEDED: Mark.STRUCK_RING,
    Activity.DROPPED: Mark.STRUCK_RING,
}


def language_now() -> str:
    """The reader's language, English where none is chosen."""
    return get_language() or "en"


def told(texts: Mapping[str, str], language: str | None = None) -> str:
    """A text in the reader's language; where it is not translated, the English (or any other), marked as such."""
    language = language or language_now()
    if texts.get(language):
        return texts[language]
    for other in ("en", *texts):
        if texts.get(other):
            return format_html('<span lang="{}">{}</span>', other, texts[other])
    return ""


def reason_told(reason: str, language: str, reason_in: Mapping[str, str]) -> str:
    """Why something was changed: in the reader's language where it was given in it, else as it was written.

    What is not in the reader's language names its own, where that is known: "Trainers are missing (English)".
    """
    said, written = reason_by_language(reason, language, reason_in, language_now())
    if not said or not written or written == language_now():
        return said
    return format_html('<span lang="{}">{}</span> <span class="soft">({})</span>', written, said, _named(written))


def why_told(why: Reason) -> str:
    """The same of why something is rated so."""
    return reason_told(why.text, why.language, why.elsewhere)


def in_a_row(said: Iterable[str]) -> SafeString:
    """What is said of one thing, each set apart from the next; what is empty is left out."""
    return format_html_join("; ", "{}", ((each,) for each in said if each))


def plain_reason(reason: str, language: str, reason_in: Mapping[str, str]) -> str:
    """The same without markup, for feeds and files."""
    said, written = reason_by_language(reason, language, reason_in, language_now())
    return said if not said or not written or written == language_now() else f"{said} ({_named(written)})"


def reason_by_language(reason: str, written_in: str, reason_in: Mapping[str, str], language: str) -> tuple[str, str]:
    """A reason in `language` where it was given in it, else as it was written; and in which it is, "" if not known."""
    said = reason_in.get(language)
    return (said, language) if said else (reason, written_in if reason else "")


def _named(language: str) -> str:
    return str(dict(settings.LANGUAGES).get(language, language))


def plain(texts: Mapping[str, str], language: str | None = None) -> str:
    """The same without markup, for drawings, feeds and files."""
    language = language or language_now()
    return texts.get(language) or texts.get("en") or next((text for text in texts.values() if text), "")


def day(value: date | None) -> str:
    """A day written out for the reader, empty where there is none."""
    return format_date(value, language_now()) if value else ""


def source_of_rating(stated: Rating, source: RatingSource) -> str:
    """Where the stated rating comes from, as a person says it; "not rated" was not computed from anything."""
    is_lacking = stated is Rating.NOT_RATED and source is RatingSource.COMPUTED
    return str(NOT_RATED_BY_FIGURES if is_lacking else SOURCES_OF_RATING[source])


def short_day(value: date | None) -> str:
    """A day as it stands in a narrow column."""
    return format_date(value, language_now(), "short") if value else ""


def exact_value(kind: Kind, number: Decimal, denominator: Decimal | None, per: int = 1) -> Fraction | None:
    """The value of a number and its denominator; None for no cases."""
    found = _ratio(kind, number, denominator, per)
    return None if found is None else Fraction(*found)


def _ratio(kind: Kind, number: Decimal, denominator: Decimal | None, per: int) -> Ratio | None:
    over, under = number.as_integer_ratio()
    if denominator is None:
        return over, under
    if denominator == 0:
        return None
    whole, part = denominator.as_integer_ratio()
    over, under = over * part * (per if kind is Kind.RATE else 1), under * whole
    return (over, under) if under > 0 else (-over, -under)


def value_text(
    kind: Kind,
    part: NumberPart | None,
    *,
    unit: Mapping[str, str] | None = None,
    per: int = 1,
    with_base: bool = True,
    language: str | None = None,
) -> str:
    """A value in the reader's language: a share with its numerator and denominator, a count with its unit."""
    language = language or language_now()
    text, is_one = _number_text(kind, part, per, with_base, language)
    word = unit_said(unit, language)[0] if unit and is_one is not None else ""
    if not word:
        return text
    if is_one and unit:
        one = one_said(unit, language)
        return f"{text} {one}" if one else f"{word}: {text}"
    return f"{text} {word}"


def value_told(
    kind: Kind,
    part: NumberPart | None,
    *,
    unit: Mapping[str, str] | None = None,
    per: int = 1,
    with_base: bool = True,
    language: str | None = None,
) -> str:
    """The same for a page: a unit that is not said in the reader's language is marked with the one that it is in."""
    language = language or language_now()
    text, is_one = _number_text(kind, part, per, with_base, language)
    word, written = unit_said(unit, language) if unit and is_one is not None else ("", language)
    if not word:
        return text
    if written == language:
        return value_text(kind, part, unit=unit, per=per, with_base=with_base, language=language)
    marked = told({written: word}, language)
    return format_html("{}: {}", marked, text) if is_one else format_html("{} {}", text, marked)


def filled(sentence: str, values: Mapping[str, str]) -> SafeString:
    """A sentence for a page, with values put in of which some may be marked."""
    safe = {name: conditional_escape(value) for name, value in values.items()}
    return mark_safe(escape(sentence) % safe)  # noqa: S308 - the sentence and every value are escaped


def _number_text(
    kind: Kind, part: NumberPart | None, per: int, with_base: bool, language: str
) -> tuple[str, bool | None]:
    """A value without its unit, and whether it is one of that; None where no unit is said with it."""
    if part is None:
        return "", None
    if part.denominator is None:
        if kind is Kind.MILESTONE:
            return (gettext("reached") if part.numerator >= 1 else gettext("not reached")), None
        if kind is Kind.RATIO:
            return format_percent(part.numerator, language), None
        return format_number(part.numerator, language), part.numerator == 1
    value = _ratio(kind, part.numerator, part.denominator, per)
    if value is None:
        return gettext("no cases"), None
    if kind in (Kind.RATIO, Kind.MILESTONE, Kind.ORDINAL) or (kind is Kind.COUNT and value[0] <= value[1]):
        text = format_percent(value, language)
    else:
        text = format_number(value, language, 1)
    if not with_base:
        return text, None
    said = {
        "value": text,
        "number": format_number(part.numerator, language),
        "base": format_number(part.denominator, language),
    }
    return gettext("%(value)s (%(number)s of %(base)s)") % said, None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many have answered, written out; empty where nobody was asked. `is_thin`: too few to speak for all."""

    text: str = ""
    is_thin: bool = False


def coverage_of(reported: int, expected: int) -> Coverage:
    """How many have answered of how many that were asked, held against the share that the operator asks for."""
    if not expected:
        return Coverage()
    floor = Fraction(settings.ENVIRONMENT.coverage_floor_percent, 100)
    thin = Tally(reported=reported, expected=expected).is_thin(floor)
    said = (
        _("%(reported)s of %(expected)s have answered, too few to speak for all")
        if thin
        else _("%(reported)s of %(expected)s have answered")
    )
    return Coverage(str(said) % {"reported": reported, "expected": expected}, thin)


def days_told(in_force_on: date, written_on: date) -> str:
    """From which day a change is in force, and on which day it was written down."""
    words = {"day": short_day(in_force_on), "written": short_day(written_on)}
    return gettext("in force from %(day)s, written down on %(written)s") % words
