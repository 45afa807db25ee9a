"""The sentences of a whole report: both bases, counts, verification, answers, money."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from omsorg.kernel.periods import Period

from ..bases import Base
from ..by_person import good_by_person
from ..measures import Rating, RatingSource
from ..snapshot import FiguresPart, ReportDocument
from .changed import base_change
from .speech import Speech, speech


@dataclass(frozen=True, slots=True)
class Overview:
    """Every sentence of the overview of a report, in one language."""

    headline: str
    two_bases: str
    rating_counts: str
    actions: str
    base_change: str
    verification: str
    coverage: str
    budget: tuple[str, ...]


def overview(document: ReportDocument, language: str, earlier: ReportDocument | None = None) -> Overview:
    """The overview of `document`; with the report before, also how the base changed since (else empty)."""
    return Overview(
        headline=headline(document, language),
        two_bases=two_bases_in_full(document, language),
        rating_counts=rating_counts(document, language),
        actions=actions_forward(document, language),
        base_change=base_change(earlier, document, language, follows=True) if earlier else "",
        verification=verification(document, language),
        coverage=coverage(document, language),
        budget=budget(document, language),
    )


def headline(document: ReportDocument, language: str) -> str:
    """Both bases in one breath: "25 of 35 ... as adopted (71.4 %), 25 of 32 now active (78.1 %), 1 not rated".

    Of those not rated it is told how many are so since they were changed, where that is not all of them: the counts by
    rating put these elsewhere. How many of the good ones a person has set is a sentence of its own.
    """
    say, bases = speech(language), document.bases
    items = [_base(say, "headline.adopted", bases.adopted), _base(say, "headline.active", bases.active)]
    not_rated, changed = bases.active.not_rated, bases.active.changed_not_rated
    if 0 < changed < not_rated:
        items.append(say.say("headline.not_rated.changed", count=not_rated, changed=changed))
    elif not_rated:
        items.append(say.say("headline.not_rated", one_if=not_rated, count=not_rated))
    elif bases.active.total:
        items.append(say.say("headline.all_rated"))
    said = [say.say("headline", items=", ".join(items))]
    if by_person := good_by_person(document):
        said.append(say.say("headline.by_person", one_if=by_person, count=by_person))
    return " ".join(said)


def two_bases_in_full(document: ReportDocument, language: str) -> str:
    """Both bases in whole sentences, with those not rated and those added later."""
    say, bases = speech(language), document.bases
    said = [_base(say, "bases.adopted", bases.adopted), _base(say, "bases.active", bases.active)]
    not_rated = bases.active.not_rated
    if not_rated:
        said.append(say.say("bases.not_rated", one_if=not_rated, count=not_rated))
    elif bases.active.total:
        said.append(say.say("bases.all_rated"))
    if bases.added:
        said.append(say.say("bases.added", one_if=bases.added, count=bases.added))
    return " ".join(said)


def rating_counts(document: ReportDocument, language: str) -> str:
    """Every indicator of the report counted once: "13 completed, 12 on track, 6 off track, 4 on hold or changed"."""
    say, base = speech(language), document.bases.everything
    if not base.total:
        return say.say("counts.none")
    items = [
        say.say(f"counts.{name}", one_if=count, count=count)
        for name, count, always in (
            ("completed", base.completed, True),
            ("on_track", base.on_track, True),
            ("off_track", base.off_track, True),
            ("not_started", base.not_started, False),
            ("not_rated", base.not_rated - base.changed_not_rated, False),
        )
        if count or always
    ]
    if base.on_hold_or_changed:
        within = [
            say.say(f"counts.{name}", one_if=count, count=count)
            for name, count in (("inactive", base.inactive), ("changed", base.changed_not_rated))
            if count
        ]
        items.append(
            say.say(
                "counts.on_hold_or_changed",
                one_if=base.on_hold_or_changed,
                count=base.on_hold_or_changed,
                items=", ".join(within),
            )
        )
    return say.say(
        "counts",
        total=base.total,
        indicators=say.thing("indicators", base.total),
        items=", ".join(items),
    )


def actions_forward(document: ReportDocument, language: str) -> str:
    """How many actions have moved forward, said of actions and of nothing else."""
    say, counts = speech(language), document.action_counts
    if not counts.total:
        return say.say("actions.none")
    said = []
    if counts.moved:
        actions = say.thing("actions", counts.total)
        said.append(
            say.say("actions.moved", one_if=counts.moved, moved=counts.moved, total=counts.total, actions=actions)
        )
    else:
        said.append(say.none_of("actions.none_moved", total=counts.total))
    if counts.prioritised_moved:
        said.append(
            say.say(
                "actions.prioritised",
                one_if=counts.prioritised_moved,
                moved=counts.prioritised_moved,
                total=counts.prioritised,
                prioritised_actions=say.thing("prioritised_actions", counts.prioritised),
            )
        )
    elif counts.prioritised:
        said.append(say.none_of("actions.no_prioritised", total=counts.prioritised))
    inactive = counts.total - counts.active
    if inactive:
        said.append(say.say("actions.inactive", one_if=inactive, count=inactive))
    return " ".join(said)


def verification(document: ReportDocument, language: str) -> str:
    """How the ratings came about and how many another organisation looked at; then the same of the figures."""
    say = speech(language)
    rated = [part for part in document.indicators if part.stated is not Rating.NOT_RATED and part.standing.is_active]
    said = []
    if rated:
        verified = [part for part in rated if part.verified]
        same = sum(part.verified is not None and part.verified.rating is part.stated for part in verified)
        said += [
            say.say(
                "verification.ratings",
                one_if=len(verified),
                verified=len(verified),
                rated=len(rated),
                same=same,
                other=len(verified) - same,
            )
            if verified
            else say.none_of("verification.nobody", rated=len(rated)),
            _sources(say, [part.source for part in rated]),
        ]
    else:
        said.append(say.say("verification.none"))
    if document.figures.total:
        said.append(_figures(say, document.figures))
    return " ".join(said)


def _sources(say: Speech, sources: Sequence[RatingSource]) -> str:
    """Where the ratings come from; a source of which there is none is not named."""
    names = (
        ("computed", RatingSource.COMPUTED),
        ("own", RatingSource.SELF),
        ("override", RatingSource.OVERRIDE),
    )
    items = [
        say.say(f"verification.{name}", one_if=count, count=count)
        for name, source in names
        if (count := sum(each is source for each in sources))
    ]
    return say.say("verification.sources", items="; ".join(items)) if items else ""


def _figures(say: Speech, figures: FiguresPart) -> str:
    """How many figures there are, and what others made of them; nobody's doing is said once and not as two noughts."""
    looked_at = [
        say.say(f"verification.{name}", one_if=count, count=count)
        for name, count in (("confirmed", figures.confirmed), ("contested", figures.contested))
        if count
    ]
    evidence = figures.with_evidence
    items = [
        say.say("verification.total", one_if=figures.total, count=figures.total),
        *(looked_at or [say.say("verification.unlooked")]),
        say.say("verification.evidence", one_if=evidence, count=evidence)
        if evidence
        else say.say("verification.no_evidence"),
    ]
    return say.say("verification.figures", items="; ".join(items))


def coverage(document: ReportDocument, language: str) -> str:
    """How many organisations answered, of how many that were asked."""
    say, answers, period = speech(language), document.answers, Period.parse(document.period)
    if not answers.expected:
        return say.say("coverage.none", period=period)
    if not answers.received:
        return say.none_of("coverage.nobody", period=period, expected=answers.expected)
    organisations = say.thing("organisations", answers.expected)
    items = [
        say.say(
            "coverage.received",
            received=answers.received,
            expected=answers.expected,
            organisations=organisations,
            percent=Fraction(answers.received, answers.expected),
        )
    ]
    items += [
        say.say(f"coverage.{name}", one_if=count, count=count)
        for name, count in (("late", answers.late), ("missing", answers.expected - answers.received))
        if count
    ]
    return say.say("coverage", period=period, items="; ".join(items))


def budget(document: ReportDocument, language: str) -> tuple[str, ...]:
    """The money of all actions: one sentence for each currency, for currencies are not added."""
    say = speech(language)
    currencies: set[str] = set()
    original: dict[str, int] = {}
    present: dict[str, int] = {}
    without = 0
    spent: dict[str, int] = {}
    revised = set()
    for action in document.actions:
        for part in action.budget:
            currencies.add(part.currency)
            without += part.original is None
            if part.original is not None:
                original[part.currency] = original.get(part.currency, 0) + part.original
            if part.present is not None:
                present[part.currency] = present.get(part.currency, 0) + part.present
            if part.spent is not None:
                spent[part.currency] = spent.get(part.currency, 0) + part.spent
            if part.revised is not None:
                revised.add(part.currency)
    if not currencies:
        return (say.say("budget.none"),)
    said = [
        say.budget(
            currency,
            original.get(currency),
            present.get(currency) if currency in revised else None,
            spent=_spent(say, spent.get(currency), present.get(currency, 0), currency),
        )
        for currency in sorted(currencies)
    ]
    if without:
        said.append(say.say("budget.without", count=without))
    known = sum(bool(action.budget) for action in document.actions)
    if known < len(document.actions):
        total = len(document.actions)
        said.append(say.say("budget.known", known=known, total=total, actions=say.thing("actions", total)))
    told = sum(any(part.spent is not None for part in action.budget) for action in document.actions)
    if 0 < told < known:
        said.append(say.say("budget.told", known=told, total=known, actions=say.thing("actions", known)))
    return tuple(said)


def _spent(say: Speech, spent: int | None, present: int, currency: str) -> str:
    if spent is None:
        return say.say("budget.untold")
    return say.say("budget.spent", spent=say.money(spent, currency), share=_share_spent(say, spent, present))


def _share_spent(say: Speech, spent: int, present: int) -> str:
    return say.say("budget.share", percent=Fraction(spent, present)) if present > 0 else ""


def _base(say: Speech, key: str, base: Base) -> str:
    if base.share is None:
        return say.say(f"{key}.none")
    return say.say(
        key,
        one_if=base.good,
        good=base.good,
        total=base.total,
        indicators=say.thing("indicators", base.total),
        percent=base.share,
    )
