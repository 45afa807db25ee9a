"""What stood in public before the figures of a quarter were corrected: what changed, why, when."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.urls import reverse
from django.utils.translation import gettext as __

from omsorg.kernel.periods import Period
from omsorg.openness.models import QuarterShown
from omsorg.openness.pages.public import FigureRow, figure, figure_rows
from omsorg.openness.pages.words import CORRECTED_BECAUSE, MEASURES, day, place_name, quarter_name
from omsorg.openness.queries.quarters import shown_of
from omsorg.openness.rules.figures import ALL, Measure, Shown


@dataclass(frozen=True, slots=True)
class StoodBefore:
    """Figures that stood before a correction, with what the correction changed."""

    id: str
    title: str
    because: str
    changed: str
    rows: list[FigureRow]


def stood_before(editions: list[QuarterShown]) -> list[StoodBefore]:
    """All that stood before what is in force, the newest first. `editions`: the newest first."""
    found = []
    for after, before in pairwise(editions):
        was = shown_of(before)
        days = {"first": day(before.published_at.date()), "last": day(after.published_at.date())}
        found.append(
            StoodBefore(
                id=f"before-{before.number}",
                title=__("These figures stood from %(first)s until they were corrected on %(last)s") % days,
                because=str(CORRECTED_BECAUSE[after.because]),
                changed=_changed(was, shown_of(after)),
                rows=figure_rows(was),
            )
        )
    return found


def _changed(was: Shown, now: Shown) -> str:
    """Which figures read differently since, in one line."""
    said = []
    for country in (ALL, *sorted({*was.countries, *now.countries})):
        place = place_name(country, "") if country else __("All countries")
        for measure in Measure:
            old, new = was.get(measure, country), now.get(measure, country)
            if old != new:
                told = {"old": figure(old), "new": figure(new)}
                said.append(f"{place}, {MEASURES[measure]}: " + __("%(old)s became %(new)s") % told)
    return "; ".join(said)


def corrections_of_year(found: Iterable[tuple[QuarterShown, QuarterShown]], year: int) -> list[dict[str, str]]:
    """The corrections of quarters that were made in a year, for its report."""
    return [
        {
            "on": day(after.published_at.date()),
            "machine_on": after.published_at.date().isoformat(),
            "title": quarter_name(Period(after.start, 3)),
            "reason": str(CORRECTED_BECAUSE[after.because]),
            "by": "",
            "url": reverse("openness:quarter", args=[Period(after.start, 3).code]),
        }
        for after, _before in found
        if after.published_at.year == year
    ]
