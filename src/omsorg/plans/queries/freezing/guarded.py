"""Which cells of an indicator about children a report hides, seen together with all that earlier reports show.

One place decides for the overview, the organisations and the periods before; all that is published is made of them.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from omsorg.federation.models import Organisation
from omsorg.kernel.periods import Period
from omsorg.plans.models import Report, ReportPart
from omsorg.plans.queries.few_children import with_hidden_baselines
from omsorg.plans.queries.freezing.gathered import gather
from omsorg.plans.queries.freezing.moment import Cell, Moment, Read
from omsorg.plans.queries.freezing.promised import actions_of
from omsorg.plans.queries.freezing.shown import (
    BEFORE,
    SINCE_START,
    accumulated,
    cell_of_organisation,
    cell_of_period,
    rolled_up,
    value_of,
)
from omsorg.plans.queries.published import document_of, indicator_part
from omsorg.plans.rules.baselines import OF_ORGANISATIONS, children_told
from omsorg.plans.rules.measures import RollUp
from omsorg.plans.rules.rollup import Missing
from omsorg.plans.rules.suppression import Count, Sum, Told, hidden_cells

HIDDEN = Missing.HIDDEN.value
ADDED = (RollUp.SUM, RollUp.RATIO_OF_SUMS)


def guard(moment: Moment, reads: Sequence[Read], released: Sequence[Report]) -> None:
    """Note in each of `reads` which of its cells must be hidden, so that no report in `released` gives them away."""
    guarded = {read.indicator.code: read for read in reads if read.about_children}
    if not guarded:
        return
    documents = _documents(released, guarded)
    told = [_told_by(report, moment, guarded, documents[report.pk]) for report in released]
    few_before = with_hidden_baselines(
        [read.indicator.pk for read in guarded.values()],
        smallest_shown=moment.limits.small_cell,
        known_at=moment.known_at,
    )
    for code, read in guarded.items():
        read.hidden = _hidden(moment, read, [each[code] for each in told if code in each])
        if read.indicator.pk in few_before:
            read.hidden |= {BEFORE, SINCE_START}


def _hidden(moment: Moment, read: Read, earlier: Sequence[Told[Cell]]) -> frozenset[Cell]:
    """One hidden period hides what is counted from the start: the other periods are shown, and would tell."""
    counts, sums = _cells(moment, read)
    whole = counts.pop(SINCE_START, None)
    hidden = hidden_cells(counts, sums, smallest_shown=moment.limits.small_cell, earlier=earlier)
    if whole is None:
        return hidden
    if not _periods(hidden):
        all_of_it = {**counts, SINCE_START: whole}
        both = hidden_cells(all_of_it, sums, smallest_shown=moment.limits.small_cell, earlier=earlier)
        if SINCE_START not in both and not _periods(both):
            return both
    return hidden | {SINCE_START}


def _periods(hidden: Collection[Cell]) -> bool:
    return any(kind == "period" for kind, _period, _organisation in hidden)


def _cells(moment: Moment, read: Read) -> tuple[dict[Cell, Count], list[Sum[Cell]]]:
    """Every count of children that the report tells of one indicator, and how they add up.

    What is counted since the plan began is told with what there was before, which everybody can take away again.
    """
    definition = read.definition
    here = cell_of_period(moment.period)
    counts: dict[Cell, Count] = {}
    for figure in read.figures:
        if figure.numerator is not None:
            cell = cell_of_organisation(moment.period, figure.organisation_id)
            counts[cell] = children_told(definition.kind, figure.numerator, figure.denominator)
    rows = tuple(counts)
    if definition.roll_up in OF_ORGANISATIONS:
        return counts, []
    for period in read.tallies:
        value = value_of(rolled_up(read, period))
        if value is not None:
            counts[cell_of_period(period)] = children_told(definition.kind, value.numerator, value.denominator)
    if here not in counts:
        return counts, []
    periods = tuple(cell for cell in counts if cell not in rows)
    if definition.roll_up in ADDED:
        sums = [Sum(here, rows)]
    else:
        sums = [Sum(here, (cell,)) for cell in _the_same(moment, read)]
    if definition.accumulates:
        before, total = accumulated(read)
        counts[SINCE_START] = Count(total - before)
        sums.append(Sum(SINCE_START, periods))
    return counts, sums


def _the_same(moment: Moment, read: Read) -> list[Cell]:
    """The organisations whose own figure is the one that is shown above them: the worst, or the only one."""
    value = value_of(rolled_up(read, moment.period))
    return [
        cell_of_organisation(moment.period, figure.organisation_id)
        for figure in read.figures
        if value is not None
        and figure.numerator == value.numerator
        and (value.denominator is None or figure.denominator == value.denominator)
    ]


def _documents(released: Sequence[Report], codes: Iterable[str]) -> dict[int, dict[str, dict[str, Any]]]:
    """What the released reports show of some indicators, by report and by the code of the indicator."""
    names = {indicator_part(code) for code in codes}
    found: dict[int, dict[str, dict[str, Any]]] = {report.pk: {} for report in released}
    for part in ReportPart.objects.filter(report__in=released, name__in=names):
        document = json.loads(part.document)
        found[part.report_id][document["code"]] = document
    return found


def _told_by(
    report: Report, moment: Moment, guarded: Mapping[str, Read], documents: Mapping[str, dict[str, Any]]
) -> dict[str, Told[Cell]]:
    """What a released report tells, by indicator: read again as it was known then, and what it hides of it.

    What was measured before an indicator was redefined is another thing, and is not compared.
    """
    period = Period(report.period_start, report.period_months)
    then = Moment(moment.plan, period, report.as_at, report.frozen_at, moment.limits)
    reads = {
        read.indicator.code: read
        for read in gather(then, actions_of(then))
        if read.indicator.code in documents and read.first_revision == guarded[read.indicator.code].first_revision
    }
    overviews = {part.code: part for part in document_of(report).indicators}
    codes = dict(
        Organisation.objects.filter(
            pk__in={each.organisation_id for read in reads.values() for each in read.figures}
        ).values_list("pk", "code")
    )
    found = {}
    for code, read in reads.items():
        counts, sums = _cells(then, read)
        rows = {row["code"] for row in documents[code]["organisations"] if row["state"] == HIDDEN}
        periods = {row["period"] for row in documents[code]["periods"] if row["missing"] == HIDDEN}
        hidden = {cell_of_organisation(period, pk) for pk, each in codes.items() if each in rows}
        hidden |= {cell_of_period(Period.parse(each)) for each in periods}
        if overviews[code].missing is Missing.HIDDEN:
            hidden.add(SINCE_START)
        found[code] = Told(counts, sums, frozenset(hidden))
    return found
