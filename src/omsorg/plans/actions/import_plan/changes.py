"""What a file says of a plan that is there already: what it knows is left alone, what is new is added or revised.

A value that stands in the plan, or has stood there before, is no change: so the same file may come twice, and an old
file does not undo what has been decided since. What shall return to an earlier value stands on the sheet `revisions`.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch

from omsorg.federation.access import Acting
from omsorg.kernel.imports import through
from omsorg.kernel.money import Money
from omsorg.kernel.numbers import DaySaid
from omsorg.kernel.refusals import Refusal, Sentence
from omsorg.kernel.refusals import written as _
from omsorg.plans.actions.adoption import add_action, add_indicator, add_recommendation, add_source
from omsorg.plans.actions.import_plan.again import reason_told_otherwise
from omsorg.plans.actions.import_plan.outcome import Ledger, What
from omsorg.plans.actions.import_plan.why import Why, why_of_row
from omsorg.plans.actions.measures import link_indicator
from omsorg.plans.actions.plans import revise_plan
from omsorg.plans.actions.promises import revise_action, revise_indicator
from omsorg.plans.actions.recommendations import answer_recommendation, link_recommendation
from omsorg.plans.imports.drafting import (
    Frame,
    action_draft,
    indicator_draft,
    is_added_later,
    recommendation_draft,
    source_draft,
)
from omsorg.plans.imports.reading import Row
from omsorg.plans.models import Action, ActionRecommendation, Indicator, IndicatorAction, Plan, Recommendation, Source
from omsorg.plans.queries.promises import terms_of_action, terms_of_indicator, terms_of_plan
from omsorg.plans.rules.budgets import sum_kept
from omsorg.plans.rules.drafts import ActionDraft, IndicatorDraft
from omsorg.plans.rules.promises import PutOffWithoutCause, state_of, with_new_values

STANDS = _("“%(code)s” stands as it is: the words of a source and of a recommendation are never changed.")
ADDED = _("“%(code)s” is added from %(day)s on.")
REVISED = _("“%(code)s” is revised from %(day)s on: %(fields)s.")
ANSWERED = _("The answer to “%(code)s” is changed from %(day)s on.")
LINKED = _("“%(action)s” answers “%(code)s” from %(day)s on.")

MEASURED = _("“%(code)s” measures “%(action)s” from %(day)s on.")


class SettledByAdoption(Refusal):
    sentence = _("This was settled when the plan was adopted, and stays: “%(settled)s”.")


class PutOffOnItsSheet(Refusal):
    """The sheet `actions` tells of a later day, and has no column for the cause that this needs."""

    sentence = _(
        "The due date of “%(code)s” is put off here, from %(before)s to %(after)s, and that needs its cause, for which"
        " this sheet has no column. Leave %(before)s here, and write a row on the sheet “%(sheet)s”: the code, the day"
        " from which it is in force, the new due date, the reason, and as cause time, resources, scope or outside."
    )


class Changes:
    """Brings the sheets from the plan itself to the indicators to a plan that is there."""

    def __init__(self, ledger: Ledger, plan: Plan, frame: Frame, *, why: Why, by: Acting, at: datetime) -> None:
        self.ledger, self.plan, self.frame = ledger, plan, frame
        self.why, self.by, self.at = why, by, at
        self.today = at.date()

    def stamp(self) -> dict[str, Any]:
        return {**self.why.stamp, "by": self.by, "at": self.at}

    def take(self, plan_row: Row | None, answered_by: Mapping[str, tuple[str, ...]], *, is_fresh: bool) -> None:
        """`is_fresh`: the plan was adopted from this very file, and all that was adopted with it."""
        if is_fresh:
            self.later_additions(answered_by)
            return
        if plan_row is not None:
            self.plan_itself(plan_row)
        self.sources()
        self.recommendations()
        self.actions(answered_by)
        self.indicators()

    def plan_itself(self, row: Row) -> None:
        """What the sheet `plan` says of the plan's title, summary and period. What was settled by adoption stays."""
        for name, settled in _settled_by_adoption(self.plan).items():
            if row[name] is not None and row[name] != settled:
                self.ledger.fault(row, name, SettledByAdoption(settled=str(settled)).said)
                return
        revisions = list(self.plan.revisions.order_by("number"))
        history = [terms_of_plan(revision) for revision in revisions]
        said: dict[str, Any] = {name: row.texts(name, self.frame.language) for name in ("title", "summary")}
        said |= {name: row[name] for name in ("runs_from", "runs_until")}
        wanted = with_new_values(history, {name: value for name, value in said.items() if value})
        if not wanted:
            self.ledger.is_there(row)
            return
        self.ledger.rests_on(row, revisions[-1].number)
        made = self.ledger.attempt(
            row,
            lambda: revise_plan(
                plan=Plan.objects.get(pk=self.plan.pk),
                terms=replace(history[-1], **wanted),
                expected=revisions[-1].number,
                in_force_on=self.today,
                **self.stamp(),
            ),
        )
        if made is not None:
            self._revised(row, self.plan.code, wanted)

    def reason_of_sheet(self, row: Row, *, is_used: bool) -> None:
        """Tell of the reason on the sheet `plan` in a further language, where nothing is changed for it."""
        why = why_of_row(row, self.frame.language)
        refusal = None if is_used else reason_told_otherwise(row, list(self.plan.revisions.order_by("number")), why)
        if refusal is not None:
            self.ledger.fault(row, *refusal)

    def sources(self) -> None:
        if not self.ledger.book["sources"]:
            return
        known = {source.code: source for source in Source.objects.filter(plan=self.plan)}
        for row in through(self.ledger.book["sources"]):
            draft = source_draft(row, self.frame)
            if (kept := known.get(draft.code)) is None:
                made = self.ledger.attempt(
                    row,
                    lambda draft=draft: add_source(  # type: ignore[misc]
                        plan=self.plan,
                        draft=draft,
                        in_plan_from=self.today,
                        reason=self.why.reason,
                        by=self.by,
                        at=self.at,
                    ),
                )
                self._added(row, made)
            elif dict(draft.title) == kept.title:
                self.ledger.is_there(row)
            else:
                self.ledger.note(What.LEFT_OUT, row, Sentence(STANDS, {"code": draft.code}))

    def recommendations(self) -> None:
        if not self.ledger.book["recommendations"]:
            return
        sources = {source.code: source for source in Source.objects.filter(plan=self.plan)}
        known = {
            each.code: each
            for each in Recommendation.objects.filter(source__plan=self.plan).prefetch_related("responses")
        }
        for row in through(self.ledger.book["recommendations"]):
            draft = recommendation_draft(row, self.frame, sorted(sources))
            kept = known.get(draft.code)
            if kept is None:
                made = self.ledger.attempt(
                    row,
                    lambda draft=draft: add_recommendation(  # type: ignore[misc]
                        source=sources[draft.source], draft=draft, in_plan_from=self.today, **self.stamp()
                    ),
                )
                self._added(row, made)
            elif dict(draft.text) != kept.text:
                self.ledger.note(What.LEFT_OUT, row, Sentence(STANDS, {"code": draft.code}))
            else:
                self._answer(row, kept, draft.accepted, dict(draft.response))

    def _answer(self, row: Row, kept: Recommendation, accepted: str, response: Mapping[str, str]) -> None:
        said = [(answer.accepted, answer.response) for answer in kept.responses.all()]
        if (accepted, response) in said or (not said and accepted == "open" and not response):
            self.ledger.is_there(row)
            return
        self.ledger.rests_on(row, len(said))
        made = self.ledger.attempt(
            row,
            lambda: answer_recommendation(
                recommendation=kept,
                accepted=accepted,
                response=response,
                expected=len(said),
                in_force_on=self.today,
                **self.stamp(),
            ),
        )
        if made is not None:
            self.ledger.note(What.CHANGED, row, Sentence(ANSWERED, {"code": kept.code, "day": DaySaid.of(self.today)}))

    def later_additions(self, answered_by: Mapping[str, tuple[str, ...]]) -> None:
        """Of a plan that was adopted from this very file: what came into it after adoption."""
        for row in self.ledger.book["actions"]:
            if is_added_later(row, self.frame):
                self._add_action(row, action_draft(row, self.frame, answered_by.get(row["code"], ()), self.ledger.book))
        for row in self.ledger.book["indicators"]:
            if is_added_later(row, self.frame):
                self._add_indicator(row, indicator_draft(row, self.frame))

    def actions(self, answered_by: Mapping[str, tuple[str, ...]]) -> None:
        if not self.ledger.book["actions"]:
            return
        known = {each.code: each for each in _with_revisions(Action.objects.filter(plan=self.plan))}
        for row in through(self.ledger.book["actions"]):
            draft = action_draft(row, self.frame, answered_by.get(row["code"], ()), self.ledger.book)
            kept = known.get(draft.code)
            if kept is None:
                self._add_action(row, draft)
                continue
            history = [terms_of_action(revision) for revision in kept.revisions.all()]
            wanted = with_new_values(history, _said(row, draft.terms, self.frame))
            self._revise(row, kept, wanted, history)
            self._links(row, kept, draft.recommendations)

    def indicators(self) -> None:
        if not self.ledger.book["indicators"]:
            return
        known = {each.code: each for each in _with_revisions(Indicator.objects.filter(plan=self.plan))}
        for row in through(self.ledger.book["indicators"]):
            draft = indicator_draft(row, self.frame)
            kept = known.get(draft.code)
            if kept is None:
                self._add_indicator(row, draft)
                continue
            history = [terms_of_indicator(revision) for revision in kept.revisions.all()]
            wanted = with_new_values(history, _said(row, draft.terms, self.frame))
            self._revise(row, kept, wanted, history)
            self._measures(row, kept, draft.actions)

    def _add_action(self, row: Row, draft: ActionDraft) -> None:
        on = row["added_on"] or self.today
        made = self.ledger.attempt(row, lambda: add_action(plan=self.plan, draft=draft, in_force_on=on, **self.stamp()))
        self._added(row, made, on)

    def _add_indicator(self, row: Row, draft: IndicatorDraft) -> None:
        on = row["added_on"] or self.today
        made = self.ledger.attempt(
            row, lambda: add_indicator(plan=self.plan, draft=draft, in_force_on=on, **self.stamp())
        )
        self._added(row, made, on)

    def _revise(self, row: Row, kept: Any, wanted: Mapping[str, Any], history: list[Any]) -> None:
        if not wanted:
            self.ledger.is_there(row)
            return
        latest = kept.revisions.all()[len(history) - 1]
        self.ledger.rests_on(row, latest.number)
        revise: Any = revise_action if isinstance(kept, Action) else revise_indicator
        named = {"action": kept} if isinstance(kept, Action) else {"indicator": kept}
        terms, of_today = replace(history[-1], **wanted), {"in_force_on": self.today, "cause": None}

        def act() -> Any:
            try:
                return revise(terms=terms, expected=latest.number, **of_today, **named, **self.stamp())
            except PutOffWithoutCause:
                days = {"before": DaySaid.of(history[-1].due_on), "after": DaySaid.of(terms.due_on)}
                sheet = self.ledger.book.name_of("revisions")
                self.ledger.fault(row, "due_on", PutOffOnItsSheet(code=kept.code, sheet=sheet, **days).said)

        if self.ledger.attempt(row, act) is not None:
            self._revised(row, kept.code, wanted)

    def _links(self, row: Row, action: Action, recommendations: tuple[str, ...]) -> None:
        linked = set(ActionRecommendation.objects.filter(action=action).values_list("recommendation__code", flat=True))
        fresh = Recommendation.objects.filter(source__plan=self.plan, code__in=set(recommendations) - linked)
        for recommendation in fresh.order_by("code"):
            made = self.ledger.attempt(
                row,
                lambda recommendation=recommendation: link_recommendation(  # type: ignore[misc]
                    action=action, recommendation=recommendation, in_force_on=self.today, **self.stamp()
                ),
            )
            if made is not None:
                params = {"action": action.code, "code": recommendation.code, "day": DaySaid.of(self.today)}
                self.ledger.note(What.CHANGED, row, Sentence(LINKED, params))

    def _measures(self, row: Row, indicator: Indicator, actions: tuple[str, ...]) -> None:
        linked = set(IndicatorAction.objects.filter(indicator=indicator).values_list("action__code", flat=True))
        for action in Action.objects.filter(plan=self.plan, code__in=set(actions) - linked).order_by("code"):
            made = self.ledger.attempt(
                row,
                lambda action=action: link_indicator(  # type: ignore[misc]
                    indicator=indicator, action=action, in_force_on=self.today, **self.stamp()
                ),
            )
            if made is not None:
                params = {"code": indicator.code, "action": action.code, "day": DaySaid.of(self.today)}
                self.ledger.note(What.CHANGED, row, Sentence(MEASURED, params))

    def _revised(self, row: Row, code: str, wanted: Mapping[str, Any]) -> None:
        params = {"code": code, "day": DaySaid.of(self.today), "fields": ", ".join(sorted(wanted))}
        self.ledger.note(What.CHANGED, row, Sentence(REVISED, params))

    def _added(self, row: Row, made: Any, on: date | None = None) -> None:
        if made is not None:
            params = {"code": row["code"], "day": DaySaid.of(on or self.today)}
            self.ledger.note(What.NEW, row, Sentence(ADDED, params))


def _settled_by_adoption(plan: Plan) -> dict[str, Any]:
    """What the sheet says of a plan that no revision changes."""
    return {
        "owner": plan.owner.code,
        "adopted_on": plan.adopted_on,
        "frequency_months": plan.frequency_months,
        "reporting_kind": plan.reporting_kind,
        "currency": plan.currency,
    }


def money_of(row: Row, frame: Frame) -> Money:
    """The sum in a row, in its own currency, else in the plan's."""
    return sum_kept(row["amount"], row["currency"] or frame.currency)


def _with_revisions(found: Any) -> Any:
    model = found.model._meta.get_field("revisions").related_model
    related = ["superseded_by"] + (["owner"] if found.model is Action else [])
    return found.prefetch_related(Prefetch("revisions", model.objects.order_by("number").select_related(*related)))


def _said(row: Row, terms: Any, frame: Frame) -> dict[str, Any]:
    """Only what the row itself says: what it leaves empty says nothing about a plan that is there."""
    state = state_of(terms)
    return {
        name: value for name, value in state.items() if row[name] is not None or (isinstance(value, Mapping) and value)
    }
