"""The terms of an action or an indicator as a plan owner types them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from omsorg.plans.forms.stamped import Day, ExactNumber, StampForm, WholeNumber, spoken
from omsorg.plans.pages.revisions import COMPARISONS, FIELDS, TIME_RULES
from omsorg.plans.pages.words import ACTIVITIES, CAUSES, DIRECTIONS, KINDS, ROLL_UPS
from omsorg.plans.rules.measures import Activity, Cause, Comparison, Direction, Kind, RollUp, TimeRule
from omsorg.plans.rules.plan_terms import PlanTerms
from omsorg.plans.rules.promises import ActionTerms, IndicatorTerms


class PromiseForm(StampForm):
    """What actions and indicators have in common: texts, activity, due date with its cause."""

    def __init__(self, *args: Any, others: Iterable[tuple[str, str]] = (), code: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if code:
            self.fields["code"] = forms.RegexField(
                r"^[\w.\-]{1,40}$", label=_("Code"), help_text=_("A short name, for instance A25. It never changes.")
            )
        self.add_texts("title", FIELDS["title"], required=True)
        self.add_texts("text", FIELDS["text"], long=True)
        self.fields["activity"] = forms.ChoiceField(
            label=FIELDS["activity"], choices=list(ACTIVITIES.items()), initial="active"
        )
        self.add_texts("activity_reason", FIELDS["activity_reason"], long=True)
        self.fields["superseded_by"] = forms.ChoiceField(
            label=FIELDS["superseded_by"], choices=[("", "–"), *others], required=False
        )
        self.fields["cause"] = forms.ChoiceField(
            label=_("Cause of the delay"),
            help_text=_("Needed when the due date is put off."),
            choices=[("", "–"), *CAUSES.items()],
            required=False,
        )

    @property
    def cause(self) -> Cause | None:
        given = self.cleaned_data["cause"]
        return Cause(given) if given else None

    def _common(self, before: ActionTerms | IndicatorTerms | None) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "title": self.texts("title", before.title if before else None),
            "text": self.texts("text", before.text if before else None),
            "activity": Activity(given["activity"]),
            "activity_reason": self.texts("activity_reason", before.activity_reason if before else None),
            "superseded_by": given["superseded_by"] or None,
            "due_on": given["due_on"],
        }


class PlanForm(StampForm):
    """What a plan says of itself."""

    runs_from = Day(label=FIELDS["runs_from"], is_promised=True)
    runs_until = Day(is_promised=True, label=FIELDS["runs_until"], help_text=_("The last day on which the plan runs."))

    groups = ((_("The plan"), ("title", "summary")), (_("Period"), (("runs_from", "runs_until"),)))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.add_texts("title", FIELDS["title"], required=True)
        self.add_texts("summary", FIELDS["summary"], long=True)

    @staticmethod
    def from_terms(terms: PlanTerms) -> dict[str, Any]:
        return {
            **spoken("title", terms.title),
            **spoken("summary", terms.summary),
            "runs_from": terms.runs_from,
            "runs_until": terms.runs_until - timedelta(days=1),
        }

    def terms(self, before: PlanTerms) -> PlanTerms:
        return PlanTerms(
            title=self.texts("title", before.title),
            summary=self.texts("summary", before.summary),
            runs_from=self.cleaned_data["runs_from"],
            runs_until=self.cleaned_data["runs_until"] + timedelta(days=1),
        )


class ActionForm(PromiseForm):
    """The terms of an action."""

    starts_on = Day(label=FIELDS["starts_on"], is_promised=True)
    due_on = Day(label=FIELDS["due_on"], is_promised=True)
    done_on = Day(label=FIELDS["done_on"], is_promised=True, required=False)
    prioritised = forms.BooleanField(label=FIELDS["prioritised"], required=False)
    owner = forms.ChoiceField(label=FIELDS["owner"])

    groups = (
        (_("What is promised"), ("code", "title", "text", "prioritised", "owner")),
        (_("Dates"), (("starts_on", "due_on", "done_on"), "cause")),
        (_("Is it still worked on?"), ("activity", "activity_reason", "superseded_by")),
    )

    def __init__(self, *args: Any, owners: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"].choices = list(owners)  # type: ignore[attr-defined]

    @staticmethod
    def from_terms(terms: ActionTerms) -> dict[str, Any]:
        return {
            **spoken("title", terms.title),
            **spoken("text", terms.text),
            **spoken("activity_reason", terms.activity_reason),
            "prioritised": terms.prioritised,
            "owner": terms.owner,
            "starts_on": terms.starts_on,
            "due_on": terms.due_on,
            "done_on": terms.done_on,
            "activity": terms.activity.value,
            "superseded_by": terms.superseded_by or "",
        }

    def terms(self, before: ActionTerms | None) -> ActionTerms:
        given = self.cleaned_data
        return ActionTerms(
            **self._common(before),
            prioritised=given["prioritised"],
            owner=given["owner"],
            starts_on=given["starts_on"],
            done_on=given["done_on"],
        )


class IndicatorForm(PromiseForm):
    """The terms of an indicator: the words, and how it is measured."""

    due_on = Day(label=FIELDS["due_on"], is_promised=True, required=False)
    kind = forms.ChoiceField(label=FIELDS["kind"], choices=list(KINDS.items()), initial=Kind.QUALITATIVE)
    direction = forms.ChoiceField(label=FIELDS["direction"], choices=list(DIRECTIONS.items()), initial=Direction.NONE)
    time_rule = forms.ChoiceField(label=FIELDS["time_rule"], choices=list(TIME_RULES.items()), initial="last")
    roll_up = forms.ChoiceField(label=FIELDS["roll_up"], choices=list(ROLL_UPS.items()), initial="none")
    threshold = ExactNumber(label=FIELDS["threshold"], required=False)
    comparison = forms.ChoiceField(label=FIELDS["comparison"], choices=list(COMPARISONS.items()), initial="at_least")
    band_low = ExactNumber(label=FIELDS["band_low"], required=False)
    band_high = ExactNumber(label=FIELDS["band_high"], required=False)
    per = WholeNumber(label=FIELDS["per"], least=1, initial=1)
    lowest = ExactNumber(label=FIELDS["lowest"], required=False)
    highest = ExactNumber(label=FIELDS["highest"], required=False)
    tolerance = ExactNumber(label=FIELDS["tolerance"], help_text=_("Share of the way that it may lie behind."))
    at_risk_band = ExactNumber(label=FIELDS["at_risk_band"], help_text=_("Beyond this share it is off track."))
    accumulates = forms.BooleanField(label=FIELDS["accumulates"], required=False)
    asked_of_associations = forms.BooleanField(label=FIELDS["asked_of_associations"], required=False)
    evidence_needed = forms.BooleanField(label=FIELDS["evidence_needed"], required=False)
    about_children = forms.BooleanField(
        label=FIELDS["about_children"], help_text=_("Small counts are not shown in public."), required=False
    )
    dimensions = forms.MultipleChoiceField(
        label=FIELDS["dimensions"], required=False, widget=forms.CheckboxSelectMultiple
    )
    actions = forms.MultipleChoiceField(
        label=_("Actions that it measures"), required=False, widget=forms.CheckboxSelectMultiple
    )
    redefined = forms.BooleanField(
        label=_("Something else is measured from then on"),
        help_text=_("Figures before and after are not compared, and it is not rated until there is something new."),
        required=False,
    )

    groups = (
        (_("What is measured"), ("code", "title", "text", "actions", "redefined")),
        (_("Due date"), ("due_on", "cause")),
        (_("Is it still worked on?"), ("activity", "activity_reason", "superseded_by")),
        (
            _("How it is counted"),
            (
                ("kind", "direction"),
                "unit",
                "numerator",
                "denominator",
                "asked_of_associations",
                "evidence_needed",
                "about_children",
                "dimensions",
            ),
        ),
        (
            _("How it is summed up and judged"),
            (
                ("roll_up", "time_rule"),
                "accumulates",
                ("threshold", "comparison"),
                ("band_low", "band_high"),
                ("lowest", "highest", "per"),
                ("tolerance", "at_risk_band"),
            ),
        ),
    )
    PLAIN = (
        "threshold",
        "band_low",
        "band_high",
        "per",
        "lowest",
        "highest",
        "tolerance",
        "at_risk_band",
        "accumulates",
        "asked_of_associations",
        "evidence_needed",
        "about_children",
    )

    def __init__(
        self,
        *args: Any,
        dimensions: Iterable[tuple[str, str]] = (),
        actions: Iterable[tuple[str, str]] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.add_texts("unit", FIELDS["unit"])
        self.add_texts("numerator", FIELDS["numerator"])
        self.add_texts("denominator", FIELDS["denominator"])
        self.fields["dimensions"].choices = list(dimensions)  # type: ignore[attr-defined]
        if not dimensions:
            del self.fields["dimensions"]
        if actions is None:
            del self.fields["actions"]
        else:
            self.fields["actions"].choices = list(actions)  # type: ignore[attr-defined]
            del self.fields["redefined"]

    @staticmethod
    def from_terms(terms: IndicatorTerms) -> dict[str, Any]:
        return {
            **{
                k: v
                for name in ("title", "text", "activity_reason")
                for k, v in spoken(name, getattr(terms, name)).items()
            },
            **{
                k: v
                for name in ("unit", "numerator", "denominator")
                for k, v in spoken(name, getattr(terms, name)).items()
            },
            **{name: getattr(terms, name) for name in IndicatorForm.PLAIN},
            "kind": terms.kind.value,
            "direction": terms.direction.value,
            "time_rule": terms.time_rule.value,
            "roll_up": terms.roll_up.value,
            "comparison": terms.comparison.value,
            "dimensions": list(terms.dimensions),
            "activity": terms.activity.value,
            "superseded_by": terms.superseded_by or "",
            "due_on": terms.due_on,
        }

    def terms(self, before: IndicatorTerms | None) -> IndicatorTerms:
        given = self.cleaned_data
        return IndicatorTerms(
            **self._common(before),
            kind=Kind(given["kind"]),
            direction=Direction(given["direction"]),
            time_rule=TimeRule(given["time_rule"]),
            roll_up=RollUp(given["roll_up"]),
            comparison=Comparison(given["comparison"]),
            unit=self.texts("unit", before.unit if before else None),
            numerator=self.texts("numerator", before.numerator if before else None),
            denominator=self.texts("denominator", before.denominator if before else None),
            dimensions=tuple(given.get("dimensions", before.dimensions if before else ())),
            **{name: given[name] for name in self.PLAIN},
        )


def merged(before: Any, theirs: Any, wanted: Any) -> Any:
    """What somebody typed, laid over what somebody else has changed meanwhile: nobody's change is lost."""
    fresh: Mapping[str, Any] = {
        name: getattr(wanted, name)
        for name in type(wanted).__dataclass_fields__
        if getattr(wanted, name) != getattr(before, name)
    }
    return replace(theirs, **fresh)
