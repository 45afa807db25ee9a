"""One language speaking: picks the form for one or several, and writes figures in the habit of the language."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from omsorg.kernel.numbers import format_date, format_number, format_percent, format_period, format_sum
from omsorg.kernel.periods import Period

from ..measures import Activity, Kind, Rating, Status
from ..snapshot import IndicatorPart, NumberPart, Texts
from .units import one_said, unit_said
from .words import WORDS

Said = int | Decimal | Fraction | date | Period | str

LANGUAGES = tuple(WORDS)


class LanguageNotSpoken(LookupError):
    """There are no sentences in this language: a mistake in the code, not of a person."""


LANGUAGE_NAMES = {"en": "English", "da": "Dansk", "nb": "Norsk bokmål", "sv": "Svenska"}
"""What a language calls itself, in whatever language that is read."""


class Speech:
    """Says sentences in one language. A `Fraction` handed in is a share and is said as a percentage."""

    def __init__(self, language: str) -> None:
        if language not in WORDS:
            raise LanguageNotSpoken(language)
        self.language = language
        self._words = WORDS[language]

    def say(self, key: str, *, one_if: int | None = None, **said: Said) -> str:
        """The sentence `key`, in the form for one where `one_if` is 1, with what is said put in."""
        forms = self._words[key]
        form = forms if isinstance(forms, str) else forms[0 if one_if == 1 else 1]
        return form.format_map({name: self.shown(value) for name, value in said.items()})

    def none_of(self, key: str, **said: Said) -> str:
        """That not one of several is so; of a single one it is said in words of its own (`key`.one)."""
        return self.say(f"{key}.one" if 1 in said.values() else key, one_if=None, **said)

    def of_many(self, key: str, count: int, **said: Said) -> str:
        """What is said of one thing, said of `count` of them; where there are no other words for many, as of one."""
        many = f"{key}.many"
        return self.say(many if count != 1 and many in self._words else key, one_if=None, **said)

    def thing(self, key: str, count: int) -> str:
        """The word for one or several things."""
        return self.say(key, one_if=count)

    def shown(self, value: Said) -> str:
        """A figure, share, day or period as the language writes it."""
        if isinstance(value, str):
            return value
        if isinstance(value, date):
            return format_date(value, self.language)
        if isinstance(value, Period):
            return format_period(value, self.language)
        if isinstance(value, Fraction):
            return format_percent(value, self.language)
        return format_number(value, self.language)

    def money(self, minor: int, currency: str) -> str:
        """An amount of minor units with its currency; a round one without decimals."""
        return format_sum(minor, currency, self.language)

    def rating(self, rating: Rating) -> str:
        """The word for a rating."""
        return self.say(f"rating.{rating.value}")

    def status(self, status: Status) -> str:
        """The word for a computed status."""
        return self.say(f"status.{status.value}")

    def activity(self, activity: Activity) -> str:
        """The word for whether something is still worked on."""
        return self.say(f"activity.{activity.value}")

    def text(self, texts: Texts) -> str:
        """A text of the plan in this language; else in English, else in the first language that it has."""
        return _in_language(texts, self.language)

    def override_reason(self, part: IndicatorPart, *, between: str = "{}") -> str:
        """Why a person set the computed rating aside; not in this language, it names its own: "… (English)"."""
        if said := part.override_reason_in.get(self.language):
            return between.format(said)
        reason, written = part.override_reason, part.override_reason_language
        marked = reason and written not in ("", self.language)
        return between.format(reason) + (f" ({LANGUAGE_NAMES.get(written, written)})" if marked else "")

    def amount(self, part: IndicatorPart, number: NumberPart) -> str:
        """A value of an indicator: "45 of 120 (37.5 %)", "3.2 per 1,000", "62 homes"."""
        numerator, denominator = number.numerator, number.denominator
        if denominator is None:
            if part.kind is Kind.RATIO:
                return format_percent(numerator, self.language)
            return self._with_unit(part, numerator)
        if denominator == 0:
            return self.say("missing.no_cases").rstrip(".")
        quotient = Fraction(numerator) / Fraction(denominator)
        if part.kind is Kind.RATE:
            return self.say("value.per", value=format_number(quotient * part.per, self.language), per=part.per)
        if part.kind is Kind.SCORE:
            return self._with_unit(part, quotient)
        return self.say("value.share", numerator=numerator, denominator=denominator, percent=quotient)

    def aim(self, part: IndicatorPart, number: NumberPart) -> str:
        """A target of an indicator: as its value, but a share without the numbers it was written as."""
        if number.denominator and part.kind not in (Kind.RATE, Kind.SCORE):
            return format_percent(Fraction(number.numerator) / Fraction(number.denominator), self.language)
        return self.amount(part, number)

    def budget(self, currency: str, original: int | None, revised: int | None, *, spent: str) -> str:
        """The money of one action or of many, in one currency; what there is not is said to be missing."""
        if original is None:
            key = "budget.no_original" if revised is None else "budget.only_revised"
        else:
            key = "budget.unrevised" if revised is None else "budget.revised"
        return self.say(
            key,
            original="" if original is None else self.money(original, currency),
            present="" if revised is None else self.money(revised, currency),
            spent=spent,
        )

    def _with_unit(self, part: IndicatorPart, number: Decimal | Fraction) -> str:
        shown = format_number(number, self.language)
        unit, _language = unit_said(part.unit, self.language)
        if unit and number == 1:
            one = one_said(part.unit, self.language)
            return self.say("value.unit", value=shown, unit=one) if one else f"{unit}: {shown}"
        return self.say("value.unit", value=shown, unit=unit) if unit else shown


@lru_cache(maxsize=8)
def speech(language: str) -> Speech:
    """The speech of a language, made once."""
    return Speech(language)


def _in_language(texts: Mapping[str, str], language: str) -> str:
    for each in (language, "en", *texts):
        if texts.get(each):
            return texts[each]
    return ""
