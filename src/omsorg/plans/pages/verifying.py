"""What a verifier sees of each line: the figure, what was before, the documents, the own rating, what was said."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from omsorg.kernel.periods import Period
from omsorg.plans.models import Plan
from omsorg.plans.pages.figure_words import figure_text
from omsorg.plans.pages.overview.periods import period_text
from omsorg.plans.pages.words import CAUSES, RATINGS, STATUSES, day, in_a_row, plain, short_day, told, why_told
from omsorg.plans.queries.disagreements import Voices
from omsorg.plans.queries.verifying import ToVerify, Verified, Word

STANDINGS: dict[Verified, str | Promise] = {
    Verified.OPEN: _("waiting"),
    Verified.CONFIRMED: _("confirmed"),
    Verified.CONTESTED: _("contested"),
}


@dataclass(frozen=True, slots=True)
class VerifyLine:
    """One line of the queue. `tick` is the value that confirms it; empty where this person may not."""

    tick: str
    name: str
    code: str
    title: str
    figure: str
    figure_reason: str
    past: tuple[tuple[str, str], ...]
    documents: tuple[tuple[str, str], ...]
    rating: str
    rating_says: str
    words: tuple[str, ...]
    is_open: bool
    own_work: bool
    contest_url: str


@dataclass(frozen=True, slots=True)
class HouseGroup:
    """The lines of one organisation."""

    name: str
    answer_url: str
    lines: tuple[VerifyLine, ...]


def groups_of(plan: Plan, period: Period, rows: tuple[ToVerify, ...]) -> tuple[HouseGroup, ...]:
    """The lines, organisation by organisation."""
    by_house: dict[str, list[ToVerify]] = {}
    for row in rows:
        by_house.setdefault(row.organisation_code, []).append(row)
    return tuple(
        HouseGroup(
            of_it[0].organisation,
            reverse("plans:answer", args=[plan.code, code, period.code]),
            tuple(verify_line(plan, period, row) for row in of_it),
        )
        for code, of_it in by_house.items()
    )


def verify_line(plan: Plan, period: Period, row: ToVerify) -> VerifyLine:
    """One line in the reader's words."""
    definition = row.defined.definition
    return VerifyLine(
        tick="" if row.entered_by_me else f"{row.figure_id or 0}-{row.assessment_id or 0}",
        name=f"{row.organisation}, {row.defined.code} {plain(row.defined.title)}",
        code=row.defined.code,
        title=told(row.defined.title),
        figure=figure_text(row.figure, definition),
        figure_reason=row.figure_reason,
        past=tuple((period_text(p.period.code), figure_text(p.figure, definition, is_brief=True)) for p in row.past),
        documents=tuple(
            (proof.filename, reverse("plans:document", args=[plan.code, proof.code])) for proof in row.evidence
        ),
        rating=row.rating or "",
        rating_says=_says(row),
        words=tuple(
            word_text(word, about)
            for word, about in ((row.figure_word, __("Figure")), (row.rating_word, __("Own rating")))
            if word is not None
        ),
        is_open=row.standing is Verified.OPEN,
        own_work=row.entered_by_me,
        contest_url=reverse("plans:contest", args=[plan.code, row.organisation_code, period.code, row.defined.code]),
    )


def _says(row: ToVerify) -> str:
    parts = [str(CAUSES[row.cause])] if row.cause else []
    if row.new_date:
        parts.append(__("new date %(day)s") % {"day": short_day(row.new_date)})
    return in_a_row([*parts, why_told(row.rating_why)])


def word_text(word: Word, about: str) -> str:
    """ "Figure: contested by … on …: why"."""
    said = {
        "about": about,
        "who": word.by_organisation,
        "day": day(word.at.date()),
        "why": word.reason,
        "rating": str(RATINGS[word.rating]) if word.rating else "",
    }
    if word.verdict is Verified.CONFIRMED:
        return __("%(about)s: confirmed by %(who)s on %(day)s") % said
    if word.rating:
        return __("%(about)s: contested by %(who)s on %(day)s, who says “%(rating)s”: %(why)s") % said
    return __("%(about)s: contested by %(who)s on %(day)s: %(why)s") % said


@dataclass(frozen=True, slots=True)
class VoicesLine:
    """Three voices on one line: codes of ratings, empty where a voice says nothing."""

    organisation: str
    url: str
    code: str
    title: str
    own: str
    verified: str
    verifier: str
    computed: str
    computed_word: str | Promise


def voices_line(plan: Plan, period: Period, voices: Voices) -> VoicesLine:
    """The line of one disagreement."""
    verifier = ""
    if voices.verifier:
        verifier = voices.verifier
        if voices.is_contested:
            verifier = __("contested by %(who)s: %(why)s") % {"who": verifier, "why": voices.verifier_reason}
    return VoicesLine(
        organisation=voices.organisation,
        url=reverse("plans:answer", args=[plan.code, voices.organisation_code, period.code]),
        code=voices.defined.code,
        title=told(voices.defined.title),
        own=voices.own,
        verified=voices.verified or "",
        verifier=verifier,
        computed=voices.computed or "",
        computed_word=STATUSES[voices.computed] if voices.computed else "",
    )
