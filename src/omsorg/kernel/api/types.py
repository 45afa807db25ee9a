"""What may be handed in to the HTTP API: each type lets through only what the database can keep.

No text holds a NUL, no number has more digits than its column, no day lies where the calendar ends: what is out of
bounds is refused in words before anything else is asked.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.conf import settings
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic.json_schema import WithJsonSchema
from pydantic_core import PydanticCustomError

from omsorg.kernel.numbers import FIRST_DAY, LAST_DAY

_WRITTEN_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WRITTEN_NUMBER = r"-?[0-9]{1,18}(\.[0-9]{1,6})?"
_FIGURES = r"-?[0-9]{1,200}(\.[0-9]{1,200})?"


def _day_in_writing(said: Any) -> Any:
    """Only 2024-03-31 is a day: not a number of seconds, not an instant."""
    if isinstance(said, str) and not _WRITTEN_DAY.fullmatch(said):
        raise PydanticCustomError("not_a_day", "write a day as 2024-03-31")
    if not isinstance(said, str | date):
        raise PydanticCustomError("not_a_day", "write a day as 2024-03-31")
    return said


def _day_within_reach(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise PydanticCustomError(
            "day_out_of_reach",
            "no day between {first} and {last}",
            {"day": day.isoformat(), "first": FIRST_DAY.year, "last": LAST_DAY.year},
        )
    return day


def _not_the_first_day(day: date) -> date:
    """The calendar has no day before the first one of it, which is asked for where a day is the one after the last."""
    return _day_within_reach(day) if day == date.min else day


def _languages_of_readers(texts: dict[str, str]) -> dict[str, str]:
    """Texts by the languages that somebody reads here; `no` is taken as `nb`, as in a file."""
    known = [code for code, _name in settings.LANGUAGES]
    for code in texts:
        if code not in (*known, "no"):
            more = {"language": code, "languages": ", ".join(known)}
            raise PydanticCustomError("language_not_here", "the languages are {languages}", more)
    norwegian = texts.get("nb") or texts.get("no")
    found = {code: text for code, text in texts.items() if code != "no"}
    return found if norwegian is None else {**found, "nb": norwegian}


def _whole_text(said: Any) -> Any:
    """A number is written as a number, or as text in plain figures with a point; never as true or false.

    One with too many figures is a number all the same: it is told that these are too many.
    """
    if isinstance(said, bool) or (isinstance(said, str) and not re.fullmatch(_FIGURES, said)):
        raise PydanticCustomError("not_a_number", "a number is asked for")
    return said


Code = Annotated[str, StringConstraints(pattern=r"^[\w.\-]{1,40}$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-zA-Z0-9_\-]{1,40}$")]
Words = Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00]*$")]
Line = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00-\x1f]*$")]
Text = Annotated[str, StringConstraints(max_length=10_000, pattern=r"^[^\x00]*$")]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
_READ = AfterValidator(_languages_of_readers)
Texts = Annotated[dict[LanguageCode, Text], Field(max_length=20), _READ]
"""One text in several languages: {"en": "Training for all", "da": "…"}."""
Title = Annotated[str, StringConstraints(max_length=300, pattern=r"^[^\x00]*$")]
Titles = Annotated[dict[LanguageCode, Title], Field(max_length=20), _READ]
"""A title or a word in several languages."""
Prose = Annotated[str, StringConstraints(max_length=4_000, pattern=r"^[^\x00]*$")]
Proses = Annotated[dict[LanguageCode, Prose], Field(max_length=20), _READ]
"""What is told at more length, in several languages."""
RowId = Annotated[int, Field(ge=1, le=2**63 - 1, strict=True)]
Small = Annotated[int, Field(ge=0, le=32_767, strict=True)]
Minor = Annotated[int, Field(ge=-(10**15), le=10**15, strict=True)]
"""Money in minor units of its currency."""
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Yes = Annotated[bool, Field(strict=True)]
Day = Annotated[date, BeforeValidator(_day_in_writing), AfterValidator(_day_within_reach)]
DayOfPlan = Annotated[date, BeforeValidator(_day_in_writing), AfterValidator(_not_the_first_day)]
"""A day that is held to the reach of what it belongs to, by the act itself: so one range is told, the right one."""
PeriodCode = Annotated[str, StringConstraints(pattern=r"^(19|20|21)[0-9]{2}(-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?$")]
Exact = Annotated[
    Decimal,
    BeforeValidator(_whole_text),
    Field(max_digits=24, decimal_places=6, allow_inf_nan=False),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": -(10**17), "maximum": 10**17},
                {"type": "string", "pattern": f"^{_WRITTEN_NUMBER}$"},
            ],
            "description": 'An exact number; written as text ("0.1") it keeps every digit.',
        },
        mode="validation",
    ),
]


class HandedIn(BaseModel):
    """What is handed in as the body of a request: every name is known, whatever else is there is refused."""

    model_config = ConfigDict(extra="forbid")


def such_as(**said: Any) -> ConfigDict:
    """The same, with an example of it for the reference."""
    return ConfigDict(extra="forbid", json_schema_extra={"example": said})
