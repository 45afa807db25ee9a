"""What changed between two reports, grouped as a reader asks: the base first, then ratings, activity, dates, money."""

from dataclasses import dataclass

from django.utils.functional import Promise

from omsorg.plans.pages.overview import BaseView, base_view
from omsorg.plans.pages.words import ACTIVITIES, RATINGS, language_now, plain
from omsorg.plans.rules.changes import Thing, changes_between
from omsorg.plans.rules.sentences import ChangeGroup, base_change, change_groups, nothing_changed
from omsorg.plans.rules.snapshot import ReportDocument


@dataclass(frozen=True, slots=True)
class Turn:
    """One rating or activity before and after; of a rating also whether a person has set it."""

    code: str
    title: str
    before: str
    before_word: str | Promise
    after: str
    after_word: str | Promise
    note: str = ""
    was_by_person: bool = False
    by_person: bool = False


@dataclass(frozen=True, slots=True)
class ChangesView:
    """Everything that the page of changes shows."""

    base_sentence: str
    adopted_before: BaseView
    adopted_after: BaseView
    active_before: BaseView
    active_after: BaseView
    better: tuple[Turn, ...]
    worse: tuple[Turn, ...]
    no_longer_rated: tuple[Turn, ...]
    other: tuple[Turn, ...]
    activities: tuple[Turn, ...]
    nothing: str
    groups: tuple[ChangeGroup, ...]


def changes_view(earlier: ReportDocument, later: ReportDocument) -> ChangesView:
    """The changes from `earlier` to `later`, in the reader's language."""
    found = changes_between(earlier, later)
    titles = {part.code: plain(part.title) for part in (*earlier.indicators, *later.indicators)}
    titles |= {part.code: plain(part.title) for part in (*earlier.actions, *later.actions)}
    # What was stopped or taken up again is in that list alone: its rating moved with it.
    turned = {change.code for change in found.activities if change.thing is Thing.INDICATOR}
    ratings = [
        (
            change,
            Turn(
                change.code,
                titles.get(change.code, ""),
                change.before,
                RATINGS[change.before],
                change.after,
                RATINGS[change.after],
                was_by_person=change.was_by_person,
                by_person=change.by_person,
            ),
        )
        for change in found.ratings
        if change.code not in turned
    ]
    language = language_now()
    return ChangesView(
        base_sentence=base_change(earlier, later, language),
        adopted_before=base_view(earlier.bases.adopted),
        adopted_after=base_view(later.bases.adopted),
        active_before=base_view(earlier.bases.active),
        active_after=base_view(later.bases.active),
        better=tuple(turn for change, turn in ratings if change.is_better),
        worse=tuple(turn for change, turn in ratings if change.is_worse),
        no_longer_rated=tuple(turn for change, turn in ratings if change.is_no_longer_rated),
        other=tuple(
            turn for change, turn in ratings if not (change.is_better or change.is_worse or change.is_no_longer_rated)
        ),
        activities=tuple(
            Turn(
                change.code,
                titles.get(change.code, ""),
                change.before,
                ACTIVITIES[change.before],
                change.after,
                ACTIVITIES[change.after],
                plain(change.reason),
            )
            for change in found.activities
        ),
        nothing=nothing_changed(earlier, later, language),
        groups=change_groups(earlier, later, language),
    )
