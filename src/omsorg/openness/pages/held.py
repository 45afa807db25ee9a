"""What is not public, as the public reads it: in numbers, at the end of a quarter."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as __

from omsorg.openness.pages.public import FigureRow, figure
from omsorg.openness.pages.words import NOT_PUBLIC, quarter_name
from omsorg.openness.queries.incidents import is_on
from omsorg.openness.queries.quarters import held_shown
from omsorg.openness.rules.figures import Shown
from omsorg.openness.rules.held import ALL, NOTHING, UNDECIDED


def held_rows(shown: Shown) -> list[FigureRow]:
    """What is not public at the end of a quarter, line by line."""
    return rows_of_held(shown.held)


def rows_of_held(held: Mapping[str, int]) -> list[FigureRow]:
    """By the class of the reason, how many are past their day, of how many nothing is published or nobody has decided.

    Where incidents are not kept here, nobody knows what is decided of them: those two lines are left out.
    """
    left_out = {str(code) for code in (NOTHING, UNDECIDED) if not is_on() and not held.get(code)}
    told = [(str(code), str(word)) for code, word in NOT_PUBLIC.items() if str(code) not in left_out]
    told.append((ALL, __("All together")))
    return [FigureRow(word, (figure(held.get(code)),)) for code, word in told]


def held_now() -> dict[str, Any]:
    """What is held back as the register's first page tells it: at the end of the last quarter that was told."""
    told = held_shown()
    if not told:
        return {}
    quarter, held = told[-1]
    return {
        "rows": rows_of_held(held),
        "title": __("At the end of the quarter: %(quarter)s") % {"quarter": quarter_name(quarter)},
        "columns": [{"label": __("Why")}, {"label": __("Cases"), "figures": True}],
    }
