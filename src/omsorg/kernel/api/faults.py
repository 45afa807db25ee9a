"""What is wrong with a field that was handed in, as a sentence in the reader's language.

The checking package says it in English alone. Its names of faults never change, so each has a sentence of ours here;
what has none is still told where it stands.
"""

from collections.abc import Mapping
from typing import Any

from omsorg.kernel.numbers import DayOutOfReach, DaySaid
from omsorg.kernel.refusals import Sentence
from omsorg.kernel.refusals import written as _

_NOT_SO = _("This cannot be taken as it is written.")
_WHOLE = _("This must be a whole number.")
_NUMBER = _("This must be a number.")
_TEXT = _("This must be text.")
_YES_OR_NO = _("This must be true or false.")
_DAY = _("Write a day as 2024-03-31.")
_LIST = _("This must be a list.")
_OBJECT = _("This must be an object with names and values.")
_JSON = _("This is not JSON.")

SENTENCES: Mapping[str, str] = {
    "missing": _("This is needed."),
    "extra_forbidden": _("There is no field of this name here."),
    "json_invalid": _JSON,
    "json_type": _JSON,
    "literal_error": _("This must be one of: %(expected)s."),
    "enum": _("This must be one of: %(expected)s."),
    "string_type": _TEXT,
    "string_too_short": _("This is too short: at least %(min_length)s characters."),
    "string_too_long": _("This is too long: at most %(max_length)s characters."),
    "string_pattern_mismatch": _("This is not written as it should be; the pattern is %(pattern)s."),
    "too_short": _("These are too few: at least %(min_length)s."),
    "too_long": _("These are too many: at most %(max_length)s."),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "decimal_max_digits": _("This has too many digits: at most %(max_digits)s."),
    "decimal_whole_digits": _("This has too many digits before the point: at most %(whole_digits)s."),
    "decimal_max_places": _("This has too many digits after the point: at most %(decimal_places)s."),
    "finite_number": _NUMBER,
    "bool_type": _YES_OR_NO,
    "bool_parsing": _YES_OR_NO,
    "greater_than": _("This must be more than %(gt)s."),
    "greater_than_equal": _("This must be at least %(ge)s."),
    "less_than": _("This must be less than %(lt)s."),
    "less_than_equal": _("This must be at most %(le)s."),
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "not_a_day": _DAY,
    "day_out_of_reach": DayOutOfReach.sentence,
    "language_not_here": _("Nobody reads in “%(language)s” here: the languages are %(languages)s."),
    "not_a_number": _NUMBER,
    "list_type": _LIST,
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
}


def fault_said(fault: Mapping[str, Any]) -> Sentence:
    """One fault as the checking package found it (`type`, `ctx`), in our words."""
    said = {name: value for name, value in (fault.get("ctx") or {}).items() if name != "error"}
    if fault.get("type") == "day_out_of_reach":
        said["day"] = DaySaid.fromisoformat(said["day"])
    return Sentence(SENTENCES.get(str(fault.get("type")), _NOT_SO), said)
