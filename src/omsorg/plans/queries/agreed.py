"""What the operator has agreed on for all plans: from which day an answer is late, how few are too few."""

from fractions import Fraction

from django.conf import settings

from omsorg.plans.rules.limits import ReportLimits


def agreed_limits() -> ReportLimits:
    """By which days and counts reports are reckoned, as the operator has set them."""
    environment = settings.ENVIRONMENT
    return ReportLimits(
        grace_days=environment.grace_days,
        small_cell=environment.small_cell,
        coverage_floor=Fraction(environment.coverage_floor_percent, 100),
    )
