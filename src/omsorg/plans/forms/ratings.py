"""The own ratings as they were typed: one line an indicator, changed lines only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import get_language

from omsorg.kernel.numbers import read_date
from omsorg.kernel.refusals import Refusal
from omsorg.plans.actions.assessments import OwnRating
from omsorg.plans.forms.ids import id_in
from omsorg.plans.queries.grid import Grid, Rated
from omsorg.plans.rules.measures import Cause, Rating


@dataclass(frozen=True, slots=True)
class TypedRating:
    """What stands in the fields of one line, as text."""

    rating: str = ""
    cause: str = ""
    new_date: str = ""
    reason: str = ""
    as_wished: str = ""
    expected: str = ""
    elsewhere: tuple[tuple[str, str], ...] = ()
    """The reason in the other languages of the house, by their codes."""

    @property
    def expected_id(self) -> int | None:
        """The id of the rating that the page showed."""
        return id_in(self.expected)


FIELDS = ("rating", "cause", "new_date", "reason", "as_wished", "expected")


def rating_as_typed(rated: Rated | None) -> TypedRating:
    """The fields of a line as the page shows them for the rating that stands there."""
    if rated is None:
        return TypedRating(elsewhere=tuple((code, "") for code, _language in other_languages()))
    return TypedRating(
        rating=rated.rating,
        cause=rated.cause or "",
        new_date=rated.new_date.isoformat() if rated.new_date else "",
        reason=rated.why.typed_in(get_language() or "en"),
        as_wished="on" if rated.slower_but_as_wished else "",
        expected=str(rated.id),
        elsewhere=tuple((code, rated.why.texts.get(code, "")) for code, _language in other_languages()),
    )


def typed_ratings(posted: Mapping[str, str], grid: Grid) -> dict[int, TypedRating]:
    """What was sent for each indicator that was on the page."""
    return {
        row.defined.id: TypedRating(
            **{field: _sent(posted, f"{field}-{row.defined.id}") for field in FIELDS},
            elsewhere=tuple(
                (code, _sent(posted, f"reason_in_{code}-{row.defined.id}")) for code, _language in other_languages()
            ),
        )
        for row in grid.rows
        if f"rating-{row.defined.id}" in posted
    }


def other_languages() -> list[tuple[str, str]]:
    """The codes and names of the languages of the house apart from the one of the page."""
    return [(code, str(name)) for code, name in settings.LANGUAGES if code != get_language()]


def _sent(posted: Mapping[str, str], name: str) -> str:
    return posted.get(name, "").strip().replace("\r\n", "\n")


def ratings_wanted(
    typed: Mapping[int, TypedRating], shown: Mapping[int, Rated | None], *, reach: tuple[date, date]
) -> tuple[list[OwnRating], dict[int, Refusal]]:
    """The ratings that were changed on the page, and what could not be read, by indicator.

    `shown` is the rating that the page showed: a line that still says the same was not touched. `reach`: from when to
    when a new date of the plan lies.
    """
    wanted: list[OwnRating] = []
    unread: dict[int, Refusal] = {}
    for indicator, said in typed.items():
        if said == rating_as_typed(shown.get(indicator)) or said.rating not in set(Rating):
            continue
        try:
            wanted.append(_rating(indicator, said, shown.get(indicator), reach))
        except Refusal as refusal:
            unread[indicator] = refusal
    return wanted, unread


def _rating(indicator: int, said: TypedRating, shown: Rated | None, reach: tuple[date, date]) -> OwnRating:
    """Cause and new date belong to "off track" only; what stands in their fields beside another rating is left out.

    The reason in a language that the house does not offer stays as it was.
    """
    offered = {code for code, _language in settings.LANGUAGES}
    unseen = {code: text for code, text in shown.why.texts.items() if code and code not in offered} if shown else {}
    is_off_track = said.rating == Rating.OFF_TRACK
    return OwnRating(
        indicator=indicator,
        rating=Rating(said.rating),
        cause=Cause(said.cause) if is_off_track and said.cause in set(Cause) else None,
        new_date=read_date(said.new_date, within=reach) if is_off_track and said.new_date else None,
        reason=said.reason,
        reason_in={**unseen, **dict(said.elsewhere)},
        slower_but_as_wished=said.as_wished == "on",
        expected=said.expected_id,
    )
