"""The sheets of a whole plan, in the order in which they are filled in and read."""

from collections.abc import Mapping

from omsorg.plans.imports.fields import SheetForm
from omsorg.plans.imports.sheets.adopted import ACTIONS_SHEET, ORGANISATIONS, PLAN, RECOMMENDATIONS, SOURCES
from omsorg.plans.imports.sheets.followed import BUDGET, RATINGS, REPORTS, REVISIONS
from omsorg.plans.imports.sheets.measured import FIGURES, INDICATORS, TARGETS

SHEETS: tuple[SheetForm, ...] = (
    PLAN,
    ORGANISATIONS,
    SOURCES,
    RECOMMENDATIONS,
    ACTIONS_SHEET,
    INDICATORS,
    TARGETS,
    BUDGET,
    REVISIONS,
    REPORTS,
    RATINGS,
    FIGURES,
)
BY_NAME: Mapping[str, SheetForm] = {form.name: form for form in SHEETS}
