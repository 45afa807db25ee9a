"""What belongs together from a day on: actions with the recommendations they answer, indicators with their actions."""

from django.db import models
from django.db.models import Q

from omsorg.kernel.fields import personal
from omsorg.plans.models.plans import Dated
from omsorg.plans.models.promises import Action, Indicator, Recommendation


class ActionRecommendation(Dated):
    """That an action answers a recommendation from a day on, or (`holds` false) does so no longer. Never changes."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="links")
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="links")
    holds = models.BooleanField(default=True)

    personal_data = personal(by="who linked them")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["action", "recommendation", "number"], name="plans_link_number"),
            models.CheckConstraint(condition=~Q(reason=""), name="plans_link_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} answers {self.recommendation_id}"


class IndicatorAction(Dated):
    """That an indicator measures an action from a day on, or (`holds` false) does so no longer. Never changes."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="links")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="measured_by")
    holds = models.BooleanField(default=True)

    personal_data = personal(by="who linked them")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "action", "number"], name="plans_measure_number"),
            models.CheckConstraint(condition=~Q(reason=""), name="plans_measure_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} measures {self.action_id}"
