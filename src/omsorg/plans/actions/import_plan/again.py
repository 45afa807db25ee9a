"""What is there already from an earlier file, and what a row says otherwise of it, which would else be passed over."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from omsorg.kernel.refusals import Refusal, Sentence
from omsorg.kernel.refusals import written as _
from omsorg.plans.actions.import_plan.why import Why
from omsorg.plans.imports.drafting import revised_terms
from omsorg.plans.imports.fields import text_name
from omsorg.plans.imports.reading import Row
from omsorg.plans.imports.words import CAUSES
from omsorg.plans.models import Action, Indicator
from omsorg.plans.queries.promises import terms_of_action, terms_of_indicator


class CauseStands(Refusal):
    sentence = _(
        "A revision of that day with this reason is there, with the cause “%(cause)s”, and stays: leave the cause"
        " empty, or as it stands."
    )


class StaysRedefined(Refusal):
    sentence = _(
        "A revision of that day with this reason says that something else is measured from then on, and stays: leave"
        " this empty, or write yes."
    )


class ReasonStands(Refusal):
    sentence = _(
        "What this row tells is there with the same reason, which stays as it was told then: leave this empty, or as it"
        " stands there."
    )


class OtherReasonStands(Refusal):
    sentence = _(
        "What this row tells is there with another reason, “%(reason)s”, which stays: leave this empty, or as it stands"
        " there."
    )


def with_reason(kept: Iterable[Any], reason: str) -> list[Any]:
    """Those that give this reason, in whatever language the file was said to be then."""
    return [each for each in kept if reason in _reasons(each).values()]


def _reasons(kept: Any) -> dict[str, str]:
    return {**kept.reason_in, kept.reason_language: kept.reason}


def revisions_alike(row: Row, kept: Action | Indicator, language: str) -> list[Any]:
    """Revisions of that day that have made of it what the row asks for, for whatever reason.

    Where the reason stands for why it stopped, another reason makes no other revision of it.
    """
    terms_of: Any = terms_of_action if isinstance(kept, Action) else terms_of_indicator
    related = ("owner", "superseded_by") if isinstance(kept, Action) else ("superseded_by",)
    of_that_day: Any = kept.revisions.filter(number__gt=1, in_force_on=row["in_force_on"])
    alike = []
    for revision in of_that_day.select_related(*related).order_by("number"):
        terms = terms_of(revision)
        asked = revised_terms(row, terms, language)
        if not row.texts("activity_reason", language) and asked.activity_reason and terms.activity_reason:
            asked = replace(asked, activity_reason=terms.activity_reason)
        if asked == terms:
            alike.append(revision)
    return alike


def said_otherwise(row: Row, made: list[Any], why: Why | None) -> tuple[str, Sentence] | None:
    """What the row says otherwise than what it has made before and is never taken back, and in which column it says so.

    `why` is what the row itself says of that.
    """
    causes = sorted({getattr(each, "cause", "") for each in made} - {""})
    if row["cause"] and causes and row["cause"] not in causes:
        return "cause", CauseStands(cause=str(CAUSES[causes[0]].label)).said
    if row["redefined"] is False and any(getattr(revision, "redefined", False) for revision in made):
        return "redefined", StaysRedefined().said
    return reason_told_otherwise(row, made, why)


def reason_told_otherwise(
    row: Row, made: list[Any], why: Why | None, *, is_one_thing: bool = False
) -> tuple[str, Sentence] | None:
    """The same of the reason alone: in a further language, or, of what has one reason only, another one."""
    if why is None or not made:
        return None
    alike = [_reasons(each) for each in with_reason(made, why.reason)]
    if not alike and is_one_thing:
        return _column_of(row, why.language), OtherReasonStands(reason=made[-1].reason).said
    if not alike or any(why.elsewhere.items() <= said.items() for said in alike):
        return None
    fresh = next(code for code, said in why.elsewhere.items() if alike[0].get(code) != said)
    return _column_of(row, fresh), ReasonStands().said


def _column_of(row: Row, language: str) -> str:
    """The column in which the row says why in this language; the one without a language is that of the file."""
    named = (text_name("reason", "no"),) if language == "nb" else ()
    return next((each for each in (text_name("reason", language), *named) if row[each] is not None), "reason")
