"""Numbers and days as people write them in spreadsheets, read without guessing.

Where a text can be read in two ways, it is not read at all: the refusal says what
to write instead. What cannot be read is unreadable, never nought.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from ..refusals import InLanguages, Refusal
from ..refusals import written as _
from .said import DaySaid
from .writing_systems import LANGUAGES, months_by_name, writing_system


class NotANumber(Refusal):
    sentence = _("“%(text)s” is not a number.")


class AmbiguousNumber(Refusal):
    sentence = _(
        "“%(text)s” can be read as %(as_thousands)s or as %(as_decimal)s. Say whether decimals are "
        "written with a comma or a point, or write the number without thousands marks."
    )


class TwoReadings(Refusal):
    """Asked of who types a number, where nothing but the number itself can say how it is meant."""

    sentence = _("“%(text)s” can be read in two ways. Write %(as_thousands)s or %(as_decimal)s.")


class SeparatorsContradict(Refusal):
    sentence = _("“%(text)s” does not fit: here decimals are written with “%(mark)s”.")


class PercentSign(Refusal):
    sentence = _(
        "“%(text)s” is a percentage. Percentages are computed here: give the count and the whole it is a "
        "part of, or the number without the sign where a score is asked for."
    )


class NotADate(Refusal):
    sentence = _("“%(text)s” is not a date. Write it as 2024-03-31.")


class NoSuchDay(Refusal):
    sentence = _("There is no day “%(text)s” in the calendar.")


class ShortYear(Refusal):
    sentence = _("“%(text)s” has a short year. Write the year with four figures, for example 2024-03-31.")


class DayOutOfReach(Refusal):
    """A day in no year that can be meant. `first` and `last` are years, both included."""

    sentence = _("The day %(day)s cannot be right: write one between %(first)s and %(last)s.")


class AmbiguousDate(Refusal):
    sentence = _("“%(text)s” can be read as %(one)s or as %(other)s. Write the day as one of these.")


FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""No day of what is reported or promised lies before or after."""
_LONGEST = 60
_MINUSES = str.maketrans(dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\ufe63\uff0d", "-"))
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2008\u2009\u200a\u202f\u2002\u2003\t", " "))
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2019\u02bc\u00b4`", "'"))
_COULD_BE_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}", re.ASCII)
_PLAIN = re.compile(r"([+-]?) ?([0-9][0-9 '.,]*|[.,][0-9]+)", re.ASCII)


def read_number(text: str | int | float | Decimal, *, decimal_comma: bool | None = None) -> Decimal:
    """The number in `text`, exactly as published.

    `decimal_comma` says how the file writes decimals: True 1.234,5, False 1,234.5, None not
    known. Not known, a single mark before exactly three figures ("1.000") is asked about and not
    guessed. Spaces and apostrophes may set thousands apart. A number that a spreadsheet
    already holds as a number is taken with its 15 significant figures.
    """
    if not isinstance(text, str):
        return _typed_number(text)
    return _number(*_parts(text), decimal_comma)


def read_typed(text: str, language: str) -> Decimal:
    """The number that a person typed on a page in `language`.

    A single mark before exactly three figures is asked about, whichever it is: 1.234 and 1,234 are written for a
    thousand in one country and for a little more than one in the next. Only 1,234 on an English page is a thousand.
    """
    shown, minus, body = _parts(text)
    decimal_comma = writing_system(language).decimal == ","
    if _COULD_BE_THOUSANDS.fullmatch(body) and (decimal_comma or "." in body):
        whole, fraction = body[:-4], body[-3:]
        as_decimal = written_to_type(Decimal(f"{minus}{whole}.{fraction}"), language)
        raise TwoReadings(text=shown, as_thousands=f"{minus}{whole}{fraction}", as_decimal=as_decimal)
    return _number(shown, minus, body, decimal_comma)


def written_to_type(number: Decimal, language: str) -> str:
    """A number as it is typed on a page in `language`: no thousands marks, no noughts at the end.

    With three decimals it could be taken for thousands: then a nought stands at its end, so that it is read again.
    """
    plain = format(number.normalize(), "f")
    if _COULD_BE_THOUSANDS.fullmatch(plain.lstrip("-")):
        plain += "0"
    return plain.replace(".", writing_system(language).decimal)


def _parts(text: str) -> tuple[str, str, str]:
    """What is shown of `text` in a refusal, its minus (or nothing), and the figures with their marks."""
    shown = text.strip()[:_LONGEST]
    plain = text.translate(_SPACES).strip()
    if "%" in plain or "\u2030" in plain or "\uff05" in plain:
        raise PercentSign(text=shown)
    match = _PLAIN.fullmatch(plain.translate(_MINUSES).translate(_APOSTROPHES))
    if match is None or len(plain) > _LONGEST:
        raise NotANumber(text=shown)
    sign, body = match.groups()
    return shown, "-" if sign == "-" else "", body


def _number(shown: str, minus: str, body: str, decimal_comma: bool | None) -> Decimal:
    whole, fraction = _split(minus, body, decimal_comma, shown)
    digits = _without_thousands(whole, shown)
    if fraction is not None and not fraction.isdigit():
        raise NotANumber(text=shown)
    return Decimal(f"{minus}{digits or '0'}.{fraction or ''}".rstrip("."))


def _typed_number(value: int | float | Decimal) -> Decimal:
    if isinstance(value, bool):
        raise NotANumber(text=value)
    number = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise NotANumber(text=value)
    return number


def _split(minus: str, body: str, decimal_comma: bool | None, shown: str) -> tuple[str, str | None]:
    """Part the whole from the decimals; refuse what could be parted in two ways."""
    marks = [mark for mark in body if mark in ".,"]
    kinds = set(marks)
    if not marks:
        return body, None
    mark = marks[-1]
    whole, fraction = body.rsplit(mark, 1)
    if len(kinds) == 2:
        if marks.count(mark) > 1:
            raise NotANumber(text=shown)
        _fits(mark, decimal_comma, shown)
        return whole, fraction
    if len(marks) > 1:
        _fits("," if mark == "." else ".", decimal_comma, shown)
        return body, None
    could_be_thousands = _COULD_BE_THOUSANDS.fullmatch(body) is not None
    if decimal_comma is None:
        if could_be_thousands:
            raise AmbiguousNumber(
                text=shown,
                as_thousands=minus + body.replace(mark, ""),
                as_decimal=_decimal_said(minus + whole, fraction),
            )
        return whole, fraction
    if mark == ("," if decimal_comma else "."):
        return whole, fraction
    if could_be_thousands:
        return body, None
    raise SeparatorsContradict(text=shown, mark="," if decimal_comma else ".")


def _decimal_said(whole: str, fraction: str) -> InLanguages:
    """1.500 with decimals, as each reader writes it: 1.5 or 1,5."""
    kept = fraction.rstrip("0")
    return InLanguages({each: f"{whole}{writing_system(each).decimal}{kept}" if kept else whole for each in LANGUAGES})


def _fits(mark: str, decimal_comma: bool | None, shown: str) -> None:
    if decimal_comma is not None and mark != ("," if decimal_comma else "."):
        raise SeparatorsContradict(text=shown, mark="," if decimal_comma else ".")


def _without_thousands(whole: str, shown: str) -> str:
    """The figures of the whole part; thousands must be set apart by one mark, in threes."""
    marks = {mark for mark in whole if not mark.isdigit()}
    if not marks:
        return whole
    if len(marks) > 1 or not re.fullmatch(r"[0-9]{1,3}([ '.,][0-9]{3})+", whole):
        raise NotANumber(text=shown)
    return whole.replace(marks.pop(), "")


_YEAR_FIRST = re.compile(r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})", re.ASCII)
_YEAR_FIRST_TIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-./]) ?(\d{1,2})\2 ?(\d{4})", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}([-./]) ?\d{1,2}\1 ?\d{2}", re.ASCII)
_DAY_MONTH_NAME = re.compile(r"(?:den )?(\d{1,2})(?:\.|st|nd|rd|th)? ?(?:of )?([^\W\d_]+)\.? (\d{4})")
_MONTH_NAME_DAY = re.compile(r"([^\W\d_]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_MIDNIGHT = re.compile(r"[T ]00:00(:00(\.0+)?)?Z?$")


def read_date(
    value: str | date | datetime,
    *,
    day_first: bool | None = None,
    within: tuple[date, date] = (FIRST_DAY, LAST_DAY),
) -> date:
    """The day in `value`: 2024-03-31, 31.03.2024, 31/03/2024, 31 mars 2024, March 31, 2024.

    A day that nobody alive is told of (9999-12-31) is refused, or one that is not `within` closer bounds. With points
    the day always stands first. With slashes or dashes it must be clear which figure is the day, unless `day_first`
    says so. A date that a spreadsheet already holds passes through.
    """
    found = _date_in(value, day_first)
    check_within(found, *within)
    return found


def check_within(day: date, first: date, last: date) -> None:
    """Let a day pass from `first` to `last`, the first day of a year and the last of one."""
    if not first <= day <= last:
        raise DayOutOfReach(day=DaySaid.of(day), first=first.year, last=last.year)


def _date_in(value: str | date | datetime, day_first: bool | None) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    shown = value.strip()[:_LONGEST]
    text = " ".join(value.translate(_SPACES).translate(_MINUSES).split())
    if len(text) > _LONGEST:
        raise NotADate(text=shown)
    text = _MIDNIGHT.sub("", text)
    if match := _YEAR_FIRST.fullmatch(text):
        return _day(match[1], match[3], match[4], shown)
    if match := _YEAR_FIRST_TIGHT.fullmatch(text):
        return _day(match[1], match[2], match[3], shown)
    if match := _YEAR_LAST.fullmatch(text):
        return _year_last(int(match[1]), int(match[3]), match[4], match[2], day_first, shown)
    if _SHORT_YEAR.fullmatch(text):
        raise ShortYear(text=shown)
    if match := _DAY_MONTH_NAME.fullmatch(text.lower()):
        return _day(match[3], _month(match[2], shown), match[1], shown)
    if match := _MONTH_NAME_DAY.fullmatch(text.lower()):
        return _day(match[3], _month(match[1], shown), match[2], shown)
    raise NotADate(text=shown)


def _year_last(one: int, two: int, year: str, mark: str, day_first: bool | None, shown: str) -> date:
    if mark == "." or day_first or one > 12 or one == two:
        return _day(year, two, one, shown)
    if day_first is False or two > 12:
        return _day(year, one, two, shown)
    raise AmbiguousDate(
        text=shown, one=_day(year, two, one, shown).isoformat(), other=_day(year, one, two, shown).isoformat()
    )


def _month(name: str, shown: str) -> int:
    try:
        return months_by_name()[name]
    except KeyError:
        raise NotADate(text=shown) from None


def _day(year: int | str, month: int | str, day: int | str, shown: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise NoSuchDay(text=shown) from None
