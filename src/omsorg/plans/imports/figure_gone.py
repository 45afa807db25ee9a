"""Columns of the form that are not in a file of figures: what stands in them stays, and what that means is told."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from omsorg.kernel.imports import ImportFault
from omsorg.kernel.imports.one_sheet import SheetRead
from omsorg.kernel.numbers import PeriodSaid
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as said
from omsorg.plans.access import Answer
from omsorg.plans.imports.figure_columns import (
    COLUMNS,
    FIGURE,
    ORGANISATION,
    PART,
    PERIOD,
    REASON,
    SEEN,
    STATE,
    WHOLE,
    WORDS,
)
from omsorg.plans.queries.figures import KeptFigure
from omsorg.plans.rules.measures import Definition, Kind, State

MOST_CODES = 10


class ColumnsNotNeeded(Refusal):
    sentence = said(
        "Not in the file, and not needed: %(columns)s. Every row is read as one of this page: %(organisation)s,"
        " %(period)s."
    )


class PartGone(Refusal):
    sentence = said("The column “%(column)s” is not in the file: every row is read as the total of its indicator.")


class ColumnsGone(Refusal):
    sentence = said("Not in the file: %(columns)s. What stands there already stays as it is.")


class StateGone(Refusal):
    sentence = said(
        "The column “%(column)s” is not in the file: a figure that is estimated stays so, and one that is new is taken"
        " as counted."
    )


class ReasonGone(Refusal):
    sentence = said(
        "The column “%(column)s” is not in the file: a figure that stays as it is keeps its reason, and one that"
        " changes comes in without."
    )


class MarkGone(Refusal):
    """The last column is not in the file: nothing tells whether somebody has written since the form was made."""

    sentence = said(
        "The column “%(column)s” is not in the file. By it we notice when somebody has entered something since the form"
        " was made. Look at every figure that changes before you confirm, or take a new form and leave that column in"
        " it."
    )


class ColumnNeeded(Refusal):
    """One fault for the whole file, in place of one for each row."""

    sentence = said(
        "The column “%(column)s” is not in the file, and these need it: %(codes)s. Put it back, or take a new form."
    )


def gone_from(read: SheetRead) -> frozenset[str]:
    """The names of the columns of the form that are not in the file."""
    return frozenset(each.column.name for each in COLUMNS if each.column.name not in read.places)


def told_of_gone(gone: Collection[str], answer: Answer) -> Iterator[ImportFault]:
    """What it means that they are not there: none of them is passed over without a word, but those only to read."""
    known = [str(column.label) for column in (ORGANISATION, PERIOD) if column.name in gone]
    if known:
        here, period = answer.organisation.name, PeriodSaid(answer.period)
        yield ImportFault(ColumnsNotNeeded(columns=", ".join(known), organisation=here, period=period).said)
    if PART.name in gone:
        yield ImportFault(PartGone(column=PART.label).said)
    left = [str(column.label) for column in (FIGURE, WHOLE, WORDS) if column.name in gone]
    if left:
        yield ImportFault(ColumnsGone(columns=", ".join(left)).said)
    if STATE.name in gone:
        yield ImportFault(StateGone(column=STATE.label).said)
    if REASON.name in gone:
        yield ImportFault(ReasonGone(column=REASON.label).said)
    if SEEN.name in gone:
        yield ImportFault(MarkGone(column=SEEN.label).said)


def as_left(
    values: Mapping[str, Any], gone: Collection[str], standing: KeptFigure | None, definition: Definition
) -> dict[str, Any]:
    """The values of a row, with what stands there already in the columns that are not in the file.

    A reason belongs to its figure: it is not carried over to another one.
    """
    left = dict(values)
    if standing is None:
        return left
    if STATE.name in gone and standing.state.has_value:
        left["kind"] = standing.state
    if not (left["kind"] or State.MEASURED).has_value:
        return left
    if FIGURE.name in gone:
        left["figure"] = standing.numerator
    if WHOLE.name in gone and definition.kind.needs_denominator and left["figure"] is not None:
        left["of"] = standing.denominator
    if WORDS.name in gone and definition.kind is Kind.QUALITATIVE:
        left["words"] = standing.text
    return left


def lacking(values: Mapping[str, Any], gone: Collection[str], definition: Definition) -> tuple[str, ...]:
    """The columns not in the file in which a row has nothing, also not from before."""
    wanted = [FIGURE.name, WORDS.name, REASON.name]
    wanted += [WHOLE.name] if definition.kind.needs_denominator else []
    return tuple(name for name in wanted if name in gone and not values[name] and values[name] != 0)


def needed(column: str, codes: Sequence[str]) -> ImportFault:
    """The fault of a file that lacks a column which the rows of these indicators need."""
    label = next(each.column.label for each in COLUMNS if each.column.name == column)
    named = list(dict.fromkeys(codes))
    shown = ", ".join([*named[:MOST_CODES], *(["…"] if len(named) > MOST_CODES else [])])
    return ImportFault(ColumnNeeded(column=label, codes=shown).said)
