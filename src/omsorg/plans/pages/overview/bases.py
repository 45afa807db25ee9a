"""How the indicators stand, on both bases, as counts and as bars."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as __

from omsorg.kernel.numbers import format_number, format_percent
from omsorg.kernel.pictures import Base as BarBase
from omsorg.kernel.pictures import Segment, rating_bar, rating_bar_rows
from omsorg.plans.pages.words import (
    ACTIVITIES,
    MARKS,
    RATINGS,
    language_now,
)
from omsorg.plans.rules.bases import Base
from omsorg.plans.rules.measures import Activity, Rating
from omsorg.plans.rules.snapshot import ReportDocument

BAR_ORDER = (
    Rating.COMPLETED,
    Rating.ON_TRACK,
    Rating.OFF_TRACK,
    Rating.NOT_STARTED,
    Rating.NOT_RATED,
    Activity.ON_HOLD,
    Activity.SUPERSEDED,
    Activity.DROPPED,
)


@dataclass(frozen=True, slots=True)
class BaseView:
    """One base as the page shows it: how many go well, of how many, and the share written out."""

    good: int
    base: int
    share: str


@dataclass(frozen=True, slots=True)
class BarPicture:
    """The rating bars on both bases with the same in rows."""

    drawing: SafeString
    rows: tuple[tuple[str | int | None, ...], ...]


def base_view(base: Base) -> BaseView:
    share = format_percent(base.share, language_now()) if base.share is not None else "–"
    return BaseView(base.good, base.total, share)


def bars(document: ReportDocument) -> BarPicture:
    """Both bases, drawn on one scale: the part that goes well keeps its length when a base shrinks."""
    bases = document.bases
    drawn = [
        BarBase(
            label=__("As adopted"),
            statement=_statement(bases.adopted),
            segments=_segments(bases.adopted),
            good=bases.adopted.good,
            good_label=_good_label(bases.adopted.good),
        ),
        BarBase(
            label=__("Active now"),
            statement=_statement(bases.active),
            segments=_segments(bases.active),
            good=bases.active.good,
            good_label=_good_label(bases.active.good),
            left_out=max(bases.adopted.total - bases.active.total, 0),
            left_out_label=__("no longer active"),
        ),
    ]
    desc = "; ".join(
        f"{base.label}: {base.statement}: " + ", ".join(f"{s.count} {s.label}" for s in base.segments if s.count)
        for base in drawn
    )
    drawing = rating_bar("bars", drawn, title=__("How the indicators stand, on both bases"), desc=desc)
    return BarPicture(drawing, tuple(row for row in rating_bar_rows(drawn) if any(row[1:])))


def _statement(base: Base) -> str:
    language = language_now()
    if base.share is None:
        return __("no indicators")
    return __("%(good)s of %(base)s (%(share)s)") % {
        "good": format_number(base.good, language),
        "base": format_number(base.total, language),
        "share": format_percent(base.share, language),
    }


def _good_label(good: int) -> str:
    return __("%(count)s completed or on track") % {"count": format_number(good, language_now())}


def _segments(base: Base) -> list[Segment]:
    counts = {
        Rating.COMPLETED: base.completed,
        Rating.ON_TRACK: base.on_track,
        Rating.OFF_TRACK: base.off_track,
        Rating.NOT_STARTED: base.not_started,
        Rating.NOT_RATED: base.not_rated,
        Activity.ON_HOLD: base.on_hold,
        Activity.SUPERSEDED: base.superseded,
        Activity.DROPPED: base.dropped,
    }
    words: dict[str, str | Promise] = {**RATINGS, **ACTIVITIES}
    return [Segment(str(code), str(words[code]), counts[code], MARKS[code]) for code in BAR_ORDER]
