"""The own ratings as they are shown: one line an indicator, with its figure, and what a verifier says."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as __

from omsorg.kernel.refusals import Refusal
from omsorg.plans.forms.ratings import TypedRating, other_languages, rating_as_typed
from omsorg.plans.pages.figure_words import aim_text, figure_text
from omsorg.plans.pages.words import CAUSES, RATINGS, in_a_row, plain, short_day, told, why_told
from omsorg.plans.queries.grid import Grid, GridRow, Rated
from omsorg.plans.rules.measures import Cause, Rating

OFFERED = (Rating.NOT_STARTED, Rating.ON_TRACK, Rating.OFF_TRACK, Rating.COMPLETED)


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a list to choose from."""

    value: str
    label: str | Promise
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ReasonField:
    """The reason in one of the other languages of the house."""

    code: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class RatingLine:
    """One indicator with the fields of its own rating; `wrong` is the fault in words."""

    id: int
    anchor: str
    code: str
    title: str
    name: str
    figure: str
    target: str
    ratings: tuple[Choice, ...]
    causes: tuple[Choice, ...]
    typed: TypedRating
    elsewhere: tuple[ReasonField, ...]
    expected: str
    code_now: str
    says: str
    verdict: str
    wrong: str

    @property
    def asks_more(self) -> bool:
        """Whether cause, date and reason stand open from the beginning."""
        return self.typed.rating == Rating.OFF_TRACK or bool(self.typed.reason or self.is_said_elsewhere or self.wrong)

    @property
    def is_said_elsewhere(self) -> bool:
        """Whether the reason is given in another language: then its fields are shown open."""
        return any(field.text for field in self.elsewhere)


@dataclass(frozen=True, slots=True)
class RatingsView:
    """All lines, and how many are still to be rated."""

    lines: tuple[RatingLine, ...]
    unrated: int

    @property
    def wrong(self) -> tuple[dict[str, str], ...]:
        return tuple(
            {"text": f"{line.code}: {line.wrong}", "url": f"#{line.anchor}"} for line in self.lines if line.wrong
        )


def ratings_view(
    grid: Grid,
    *,
    typed: Mapping[int, TypedRating] | None = None,
    troubles: Mapping[int, Refusal] | None = None,
) -> RatingsView:
    """The lines of an answer. Where something was not kept, the fields show what was typed."""
    troubles = troubles or {}
    return RatingsView(
        tuple(_line(row, (typed or {}).get(row.defined.id), troubles.get(row.defined.id)) for row in grid.rows),
        unrated=len(grid.unrated),
    )


def _line(row: GridRow, typed: TypedRating | None, trouble: Refusal | None) -> RatingLine:
    said = typed if trouble is not None and typed is not None else rating_as_typed(row.rated)
    chosen_causes: list[tuple[str, str | Promise]] = [("", __("– cause –")), *((c, CAUSES[c]) for c in Cause)]
    return RatingLine(
        id=row.defined.id,
        anchor=f"r-{row.defined.code}",
        code=row.defined.code,
        title=told(row.defined.title),
        name=f"{row.defined.code} {plain(row.defined.title)}",
        figure=figure_text(row.total.standing if row.total else None, row.defined.definition),
        target=aim_text(row.aim, row.defined.definition),
        ratings=(
            Choice("", __("– not rated yet –"), not said.rating),
            *(Choice(rating, RATINGS[rating], said.rating == rating) for rating in OFFERED),
        ),
        causes=tuple(Choice(value, label, said.cause == value) for value, label in chosen_causes),
        typed=said,
        elsewhere=tuple(
            ReasonField(code, name, text)
            for (code, name), (_code, text) in zip(other_languages(), said.elsewhere, strict=True)
        ),
        expected=str(row.rated.id) if row.rated else "",
        code_now=row.rated.rating if row.rated else "",
        says=_says(row.rated),
        verdict=_verdict(row.rated),
        wrong=str(trouble) if trouble is not None else "",
    )


def _says(rated: Rated | None) -> str:
    """Cause, new date and reason of the rating that stands."""
    if rated is None:
        return ""
    parts = [str(CAUSES[rated.cause])] if rated.cause else []
    if rated.new_date:
        parts.append(__("new date %(day)s") % {"day": short_day(rated.new_date)})
    if rated.slower_but_as_wished:
        parts.append(__("slower, but as wished"))
    return in_a_row([*parts, why_told(rated.why)])


def _verdict(rated: Rated | None) -> str:
    if rated is None or rated.verdict is None:
        return ""
    said = {"who": rated.verdict.by_organisation, "why": rated.verdict.reason}
    if rated.verdict.verdict == "confirmed":
        return __("confirmed by %(who)s") % said
    if rated.verdict.rating is None:
        return __("contested by %(who)s: %(why)s") % said
    said["rating"] = str(RATINGS[rated.verdict.rating])
    return __("contested by %(who)s, who says “%(rating)s”: %(why)s") % said
