"""Figures come in: checked by the rules, kept in one statement, summed up the tree by the database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction

from omsorg.federation.access import Acting, require
from omsorg.federation.models import Organisation
from omsorg.kernel.numbers import PeriodSaid
from omsorg.kernel.periods import Period
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.kernel.trail import leave_trace
from omsorg.plans.access import answers_to, periods_of
from omsorg.plans.actions.locks import after_reports, hold_answer
from omsorg.plans.models import Plan
from omsorg.plans.queries.asked import Defined, Key, all_keys, asked_of, day_of_definition, definitions_on
from omsorg.plans.queries.figures import Cell, KeptFigure, figures_called, known_entries, now_and_said_before
from omsorg.plans.rules.answers import Stand, Step, require_open
from omsorg.plans.rules.definitions import threshold_of
from omsorg.plans.rules.entries import CorrectionSaysWhy, as_kept, check_parts, check_size, field_of, have_adding_parts
from omsorg.plans.rules.measures import Figure, Kind, State
from omsorg.plans.rules.observations import check_figure, check_reason, only_flows
from omsorg.plans.rules.tally import meets


class NotAsked(Refusal):
    sentence = _("%(organisation)s is not asked to answer for this period (%(period)s).")


class PeriodNotBegun(Refusal):
    sentence = _("The period has not begun yet (%(period)s).")


class NotAskedHere(Refusal):
    sentence = _("This indicator, or this part of it, is not asked for in this period.")


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure as somebody wants it kept.

    `published` is the text as it was typed. `expected` is the id of the figure that stood in the cell when the page
    was opened, None where there was none: if another stands there now, nothing is overwritten and the person is told.
    `entry` is made where the figure was typed; the same entry sent twice is kept once.
    """

    indicator: int
    key: int = 0
    state: State = State.MEASURED
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    text: str = ""
    published: str = ""
    reason: str = ""
    expected: int | None = None
    entry: UUID | None = None

    @property
    def cell(self) -> Cell:
        return (self.indicator, self.key)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a figure was not kept, and at which of its fields: numerator, denominator, text, state, reason."""

    cell: Cell
    field: str
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else has written this cell since the page was opened: what stands there now, and what was typed."""

    entry: Entry
    standing: KeptFigure | None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of the entries. `kept`: the id of the new figure of each cell that was written."""

    kept: Mapping[Cell, int]
    unchanged: frozenset[Cell]
    repeated: frozenset[Cell]
    troubles: tuple[Trouble, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every entry is in the book now."""
        return not self.troubles and not self.conflicts


@transaction.atomic
def record_figures(
    *,
    plan: Plan,
    organisation: Organisation,
    period: Period,
    entries: Sequence[Entry],
    by: Acting,
    at: datetime,
    source: str,
    source_ref: str = "",
    whole: bool = True,
) -> Recorded:
    """Keep the figures that `organisation` reports for `period`; the sums up the tree follow in the same transaction.

    With `whole` one faulty entry keeps all of them out; without it what is sound is kept and the rest is told of.
    What stands there already is left as it is. `source`: grid, paste, file, api. Refused as a whole: somebody who may
    not report here (NotAllowed), an answer that is locked (AnswerIsLocked).
    """
    require(by, "plans.report", organisation.pk)
    if not answers_to(plan, organisation, period) or period not in periods_of(plan):
        raise NotAsked(organisation=organisation.name, period=PeriodSaid(period))
    if period.start > at.date():
        raise PeriodNotBegun(period=PeriodSaid(period))
    stand = hold_answer(plan.pk, organisation.pk, period)
    require_open(stand)
    at = after_reports(plan.pk, at)
    judged = _judge(plan, organisation, period, entries, stand, at)
    if whole and not judged.is_sound:
        return Recorded({}, judged.unchanged, judged.repeated, tuple(judged.troubles), tuple(judged.conflicts))
    kept = _keep(judged.sound, organisation, period, by, at, source, source_ref)
    if kept:
        leave_trace(
            "record_figures",
            f"answer:{plan.code}/{organisation.code}/{period.code}",
            by=by.person_id,
            at=at,
            organisation=organisation.pk,
            details={"figures": len(kept), "source": source, "first": min(kept.values()), "last": max(kept.values())},
        )
    return Recorded(kept, judged.unchanged, judged.repeated, tuple(judged.troubles), tuple(judged.conflicts))


@dataclass(slots=True)
class _Judged:
    """The entries sorted: what may be kept (with what it supersedes and whether it meets), and what may not."""

    sound: dict[Cell, tuple[Entry, Defined, int | None, bool | None]] = field(default_factory=dict)
    unchanged: frozenset[Cell] = frozenset()
    repeated: frozenset[Cell] = frozenset()
    troubles: list[Trouble] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return not self.troubles and not self.conflicts


def _judge(
    plan: Plan, organisation: Organisation, period: Period, entries: Sequence[Entry], stand: Stand, at: datetime
) -> _Judged:
    """Hold every entry against the rules, and against what stands in the book."""
    day = day_of_definition(period, on=at.date())
    definitions = definitions_on(plan.pk, day, frequency_months=plan.frequency_months)
    asked = {defined.id: defined for defined in asked_of(definitions, plan, organisation)}
    keys = all_keys()
    given = {entry.cell: _as_asked(entry, asked.get(entry.indicator)) for entry in entries}
    figures = {cell: Figure(e.state, e.numerator, e.denominator, e.text, e.published) for cell, e in given.items()}
    flowing = {defined.id for defined in asked.values() if only_flows(defined.definition)}
    unexplained = {
        cell
        for cell, entry in given.items()
        if cell[0] in asked and not entry.reason.strip() and (cell[0] not in flowing or not entry.state.has_value)
    }
    comparable_from = {indicator: asked[indicator].comparable_from for indicator, _key in given if indicator in asked}
    standing, before = now_and_said_before(organisation.pk, unexplained, comparable_from, period)
    known = known_entries({entry.entry for entry in entries if entry.entry is not None})
    judged = _Judged()
    unchanged, repeated = set[Cell](), set[Cell]()
    for cell, entry in given.items():
        defined, key = asked.get(entry.indicator), keys.get(entry.key)
        if defined is None or key is None or (entry.key and key.dimension not in defined.dimensions):
            judged.troubles.append(Trouble(cell, "numerator", NotAskedHere()))
            continue
        if entry.entry in known:
            repeated.add(cell)
            continue
        now = standing.get(cell)
        if now is not None and _says_the_same(now, entry, defined):
            unchanged.add(cell)
            continue
        if (now.id if now else None) != entry.expected:
            judged.conflicts.append(Conflict(entry, now))
            continue
        trouble = _trouble(entry, figures[cell], defined, before.get(cell), now, stand)
        if trouble is not None:
            judged.troubles.append(trouble)
            continue
        judged.sound[cell] = (entry, defined, now.id if now else None, _meets(defined, figures[cell]))
    judged.unchanged, judged.repeated = frozenset(unchanged), frozenset(repeated)
    names = figures_called([each.standing.id for each in judged.conflicts if each.standing])
    judged.conflicts = [Conflict(each.entry, each.standing and names[each.standing.id]) for each in judged.conflicts]
    _judge_parts(judged, asked, keys, standing, figures)
    return judged


def _as_asked(entry: Entry, defined: Defined | None) -> Entry:
    """The entry as it is kept: a score of one answer is out of one."""
    if (
        defined is None
        or defined.definition.kind is not Kind.SCORE
        or entry.numerator is None
        or entry.denominator is not None
    ):
        return entry
    return replace(entry, denominator=Decimal(1))


def _says_the_same(now: KeptFigure, entry: Entry, defined: Defined) -> bool:
    said = (entry.state, entry.numerator, entry.denominator, entry.text)
    is_same = (now.state, now.numerator, now.denominator, now.text) == said
    return is_same and now.revision >= defined.comparable_from


def _trouble(
    entry: Entry, figure: Figure, defined: Defined, before: Figure | None, now: KeptFigure | None, stand: Stand
) -> Trouble | None:
    try:
        check_figure(figure, defined.definition)
        check_size(figure)
        if now is not None and stand.step is Step.REOPENED and not entry.reason.strip():
            raise CorrectionSaysWhy
        check_reason(before, figure, defined.definition, entry.reason)
    except Refusal as refusal:
        return Trouble(entry.cell, field_of(refusal, defined.definition), refusal)
    return None


def _meets(defined: Defined, figure: Figure) -> bool | None:
    """Whether the figure meets the definition's threshold; None where there is no threshold or no value."""
    if threshold_of(defined.definition) is None:
        return None
    value = figure.value(defined.definition)
    return None if value is None else meets(defined.definition, value)


def _judge_parts(
    judged: _Judged,
    asked: Mapping[int, Defined],
    keys: Mapping[int, Key],
    standing: Mapping[Cell, KeptFigure],
    typed: Mapping[Cell, Figure],
) -> None:
    """Hold the parts of each breakdown against its total, with what is typed and what stood there before."""
    figures: dict[int, dict[int, Figure]] = {}
    for (indicator, key), kept in standing.items():
        figures.setdefault(indicator, {})[key] = kept.figure
    for cell in judged.sound:
        figures.setdefault(cell[0], {})[cell[1]] = typed[cell]
    along: dict[str, list[Key]] = {}
    for part in keys.values():
        along.setdefault(part.dimension, []).append(part)
    for indicator in dict.fromkeys(indicator for indicator, _key in judged.sound):
        defined, own = asked[indicator], figures[indicator]
        if not defined.dimensions or 0 not in own or not have_adding_parts(defined.definition):
            continue
        try:
            for dimension in defined.dimensions:
                members = [key for key in along.get(dimension, ()) if key.id in own]
                unknown = next((own[key.id] for key in members if key.is_unknown), None)
                check_parts(own[0], [own[key.id] for key in members if not key.is_unknown], unknown, dimension)
        except Refusal as refusal:
            for cell in [cell for cell in judged.sound if cell[0] == indicator]:
                del judged.sound[cell]
                judged.troubles.append(Trouble(cell, "numerator", refusal))


KEEP = """
INSERT INTO plans_figure (organisation_id, indicator_id, revision, period_start, period_months, key_id, state,
    numerator, denominator, text, published, meets, source, source_ref, entry, supersedes_id, reason, by_id, at)
SELECT %(organisation)s, u.indicator, u.revision, %(start)s, %(months)s, u.key, u.state, u.numerator, u.denominator,
    coalesce(u.text, ''), coalesce(left(u.published, 200), ''), u.meets, %(source)s, %(source_ref)s, u.entry,
    u.supersedes, coalesce(u.reason, ''), %(by)s, %(at)s
FROM unnest(%(indicators)s::bigint[], %(revisions)s::smallint[], %(keys)s::bigint[], %(states)s::smallint[],
    %(numerators)s::numeric[], %(denominators)s::numeric[], %(texts)s::text[], %(published)s::text[],
    %(meets)s::boolean[], %(entries)s::uuid[], %(supersedes)s::bigint[], %(reasons)s::text[])
    AS u(indicator, revision, key, state, numerator, denominator, text, published, meets, entry, supersedes, reason)
{once}
RETURNING indicator_id, key_id, id
"""
ONCE = "ON CONFLICT (entry) WHERE entry IS NOT NULL DO NOTHING"
"""Said only where figures come with the mark of where they were typed: without one no figure is sent twice."""


def _keep(
    sound: Mapping[Cell, tuple[Entry, Defined, int | None, bool | None]],
    organisation: Organisation,
    period: Period,
    by: Acting,
    at: datetime,
    source: str,
    source_ref: str,
) -> dict[Cell, int]:
    """Write them all in one statement. The sums up the tree are the database's own work (a trigger)."""
    if not sound:
        return {}
    entries, defined, supersedes, meeting = zip(*sound.values(), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            KEEP.format(once=ONCE if any(each.entry for each in entries) else ""),
            {
                "organisation": organisation.pk,
                "start": period.start,
                "months": period.months,
                "source": source,
                "source_ref": source_ref,
                "by": by.person_id,
                "at": at,
                "indicators": _column(each.indicator for each in entries),
                "revisions": _column(each.revision for each in defined),
                "keys": _column(each.key for each in entries),
                "states": _column(int(each.state) for each in entries),
                "numerators": _column(each.numerator for each in entries),
                "denominators": _column(each.denominator for each in entries),
                "texts": _texts(each.text for each in entries),
                "published": _texts(each.published for each in entries),
                "meets": _column(meeting),
                "entries": _column(each.entry for each in entries),
                "supersedes": _column(supersedes),
                "reasons": _texts(each.reason for each in entries),
            },
        )
        return {(indicator, key): figure for indicator, key, figure in cursor.fetchall()}


def _column(values: Iterable[object]) -> str:
    """Many values as PostgreSQL writes an array of them: numbers, marks and nothing, none of which needs quoting."""
    return "{" + ",".join("NULL" if each is None else str(each) for each in values) + "}"


def _texts(values: Iterable[str]) -> list[str] | None:
    """Texts as they can be kept; None where nobody has written any, as in most answers."""
    texts = [as_kept(each) for each in values]
    return texts if any(texts) else None
