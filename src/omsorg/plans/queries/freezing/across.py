"""One indicator over all organisations: its own document in the report."""

from collections.abc import Mapping
from typing import Any

from omsorg.kernel.periods import Period
from omsorg.plans.models import Target
from omsorg.plans.queries.freezing.moment import Moment, Read
from omsorg.plans.queries.freezing.shown import BEFORE, cell_of_organisation, digits, shown, value_of
from omsorg.plans.queries.tallies import OrganisationFigure
from omsorg.plans.rules.measures import State
from omsorg.plans.rules.rollup import Missing

INDICATOR_FORMAT = "omsorg-indicator-1"
STATES = {state.value: state.name.lower() for state in State}


def over_organisations(moment: Moment, read: Read, organisations: Mapping[int, dict[str, str]]) -> dict[str, Any]:
    """One indicator's own document: every organisation's figure, the periods before, the targets, the definition.

    `organisations` gives the code, name and country of each, in the order in which they are listed.
    """
    revision = read.revision
    told = {figure.organisation_id: figure for figure in read.figures}
    asked = read.asked.get(moment.period, frozenset()) if read.asked else frozenset()
    hidden = {pk for pk in told if cell_of_organisation(moment.period, pk) in read.hidden} if read.hidden else ()
    return {
        "format": INDICATOR_FORMAT,
        "code": read.indicator.code,
        "period": moment.period.code,
        "text": revision.text,
        "numerator": revision.numerator,
        "denominator": revision.denominator,
        "time_rule": revision.time_rule,
        "roll_up": revision.roll_up,
        "threshold": digits(revision.threshold),
        "comparison": revision.comparison,
        "tolerance": digits(revision.tolerance),
        "organisations": [
            organisation | _told(told.get(pk), pk in hidden)
            for pk, organisation in organisations.items()
            if pk in told or pk in asked
        ],
        "periods": [_period_row(read, period) for period in _periods(moment, read)],
        "targets": [_stated(target, target.series == 2 and BEFORE in read.hidden) for target in read.targets],
    }


def _periods(moment: Moment, read: Read) -> list[Period]:
    """Those of which somebody told something, and the one of the report where it was asked for, told of or not."""
    asked = {moment.period} if read.asked.get(moment.period) else set()
    return sorted({*read.tallies, *asked})


def _stated(target: Target, hidden: bool) -> dict[str, Any]:
    """A baseline or target as it was stated; of a hidden one no number, and no reason, which may say the number."""
    return {
        "series": "baseline" if target.series == 2 else "target",
        "due_on": target.due_on.isoformat(),
        "number": None if hidden else digits(target.number),
        "denominator": None if hidden else digits(target.denominator),
        "missing": Missing.HIDDEN.value if hidden else None,
        "in_force_on": target.in_force_on.isoformat(),
        "reason": "" if hidden else target.reason,
        "reason_language": "" if hidden else target.reason_language,
        "reason_in": {} if hidden else target.reason_in,
    }


def _told(figure: OrganisationFigure | None, hidden: bool) -> dict[str, Any]:
    """What the document tells of one organisation's figure."""
    if figure is None:
        return {"state": "silent"}
    if hidden:
        return {"state": Missing.HIDDEN.value}
    return {
        "state": STATES[figure.state],
        "numerator": digits(figure.numerator),
        "denominator": digits(figure.denominator),
        "text": figure.text,
        "verdict": figure.verdict,
        "verified_by": figure.verified_by,
    }


def _period_row(read: Read, period: Period) -> dict[str, Any]:
    rolled = shown(read, period)
    value = value_of(rolled)
    return {
        "period": period.code,
        "numerator": digits(value.numerator) if value else None,
        "denominator": digits(value.denominator) if value else None,
        "missing": rolled.missing.value if rolled.missing else None,
        "reported": rolled.tally.reported,
        "expected": rolled.tally.expected,
        "estimated": rolled.tally.estimated,
    }
