"""The one place for numbers, dates and percentages: how they are shown, and how they are read.

Shown: `format_number`, `format_percent`, `format_money`, `format_date`, `format_day_of_week`,
`format_instant`, `format_period`, `format_sum`. Read: `read_number` out of files, `read_typed` off a page (and
`written_to_type` the other way round), `read_date`. Exact decimals throughout; rounding
only here, half to even, and only for display. No float is ever shown.
"""

from .reading import (
    FIRST_DAY,
    LAST_DAY,
    AmbiguousDate,
    AmbiguousNumber,
    DayOutOfReach,
    NoSuchDay,
    NotADate,
    NotANumber,
    PercentSign,
    SeparatorsContradict,
    ShortYear,
    TwoReadings,
    check_within,
    read_date,
    read_number,
    read_typed,
    written_to_type,
)
from .said import DaySaid, NumberSaid, PeriodSaid
from .showing import (
    Ratio,
    format_date,
    format_day_of_week,
    format_instant,
    format_money,
    format_number,
    format_percent,
    format_period,
    format_sum,
)
from .writing_systems import ALSO_SHOWN, LANGUAGES, LanguageNotKnown

__all__ = [
    "ALSO_SHOWN",
    "FIRST_DAY",
    "LANGUAGES",
    "LAST_DAY",
    "AmbiguousDate",
    "AmbiguousNumber",
    "DayOutOfReach",
    "DaySaid",
    "LanguageNotKnown",
    "NoSuchDay",
    "NotADate",
    "NotANumber",
    "NumberSaid",
    "PercentSign",
    "PeriodSaid",
    "Ratio",
    "SeparatorsContradict",
    "ShortYear",
    "TwoReadings",
    "check_within",
    "format_date",
    "format_day_of_week",
    "format_instant",
    "format_money",
    "format_number",
    "format_percent",
    "format_period",
    "format_sum",
    "read_date",
    "read_number",
    "read_typed",
    "written_to_type",
]
