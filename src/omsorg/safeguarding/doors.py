"""Who gets through each address of safeguarding; a house test walks them all."""

from omsorg.federation.doors import MEMBERS, Door, Who

SEERS = Door(Who.KEEPERS, "safeguarding.see")
SEERS_IF_THERE = Door(Who.KEEPERS, "safeguarding.see", absent=True)

DOORS: dict[str, Door] = {
    "safeguarding:my-work": MEMBERS,
    "safeguarding:raise": MEMBERS,
    "safeguarding:incidents": SEERS,
    "safeguarding:incidents-csv": SEERS,
    "safeguarding:incident": SEERS_IF_THERE,
    "safeguarding:act": SEERS_IF_THERE,
    "safeguarding:document": SEERS_IF_THERE,
    "safeguarding:withdraw-document": SEERS_IF_THERE,
    "safeguarding:overdue": Door(Who.KEEPERS, "safeguarding.handle"),
    "safeguarding:statistics": SEERS,
    "safeguarding:statistics-csv": SEERS,
    "safeguarding:lessons": Door(Who.KEEPERS, "plans.revise"),
    "safeguarding:lesson": Door(Who.KEEPERS, "plans.revise", absent=True),
}
