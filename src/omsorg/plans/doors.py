"""Who gets through which door of the plan tracker; the words are those of `federation.doors`."""

from omsorg.federation.doors import EVERYBODY, Door, Who

READERS_HERE = Door(Who.KEEPERS, "plans.see", "organisation", to_send="plans.report")
OWNERS = Door(Who.KEEPERS, "plans.revise", "plan")
OWNERS_IF_THERE = Door(Who.KEEPERS, "plans.revise", "plan", absent=True)
ANY_OWNER = Door(Who.KEEPERS, "plans.revise")
PUBLISHERS = Door(Who.KEEPERS, "plans.publish", "plan")

DOORS: dict[str, Door] = {
    # /promises/: released reports, read by everybody
    "plans:promises": EVERYBODY,
    "plans:feed": EVERYBODY,
    "plans:public-plan": EVERYBODY,
    "plans:public-plan-on": EVERYBODY,
    "plans:public-changes": EVERYBODY,
    "plans:public-history": Door(Who.EVERYBODY, absent=True),
    "plans:report": EVERYBODY,
    "plans:report-actions": EVERYBODY,
    "plans:report-action": EVERYBODY,
    "plans:report-indicators": EVERYBODY,
    "plans:report-indicator": EVERYBODY,
    "plans:report-recommendations": EVERYBODY,
    "plans:report-pdf": EVERYBODY,
    "plans:report-json": EVERYBODY,
    "plans:indicator-csv": EVERYBODY,
    "plans:indicator-json": EVERYBODY,
    "plans:actions-csv": EVERYBODY,
    "plans:indicators-csv": EVERYBODY,
    "plans:recommendations-csv": EVERYBODY,
    # /plans/: the work
    "plans:my-work": Door(Who.KEEPERS, "plans.see"),
    "plans:answers": Door(Who.KEEPERS, "plans.see"),
    "plans:board": Door(Who.KEEPERS, "plans.see"),
    "plans:answer": READERS_HERE,
    "plans:answer-ratings": READERS_HERE,
    "plans:answer-documents": Door(Who.KEEPERS, "plans.see", "organisation"),
    "plans:answer-upload": Door(Who.KEEPERS, "plans.report", "organisation"),
    "plans:answer-upload-draft": Door(Who.KEEPERS, "plans.report", "organisation", absent=True),
    "plans:answer-upload-template": Door(Who.KEEPERS, "plans.report", "organisation", absent=True),
    "plans:answer-hand-in": READERS_HERE,
    "plans:answer-review": Door(Who.KEEPERS, "plans.approve", "organisation"),
    "plans:plan-ratings": Door(Who.KEEPERS, "plans.rate", "plan"),
    "plans:override": Door(Who.KEEPERS, "plans.rate", "plan", absent=True),
    "plans:verification": Door(Who.KEEPERS, "plans.verify"),
    "plans:contest": Door(Who.KEEPERS, "plans.verify", "organisation", absent=True),
    "plans:document": Door(Who.KEEPERS, "plans.see", "organisation", absent=True),
    "plans:withdraw-document": Door(Who.KEEPERS, "plans.see", "organisation", absent=True),
    "plans:revise-plans": ANY_OWNER,
    "plans:plan-columns": ANY_OWNER,
    "plans:plan-import": ANY_OWNER,
    "plans:plan-import-template": Door(Who.KEEPERS, "plans.revise", absent=True),
    "plans:plan-import-draft": Door(Who.KEEPERS, "plans.revise", absent=True),
    "plans:revise": OWNERS,
    "plans:revise-plan": OWNERS,
    "plans:revise-measures": OWNERS,
    "plans:revise-add": OWNERS_IF_THERE,
    "plans:revise-add-source": OWNERS,
    "plans:revise-add-recommendation": OWNERS,
    "plans:revise-action": OWNERS,
    "plans:revise-budget": OWNERS,
    "plans:revise-money": OWNERS_IF_THERE,
    "plans:revise-indicator": OWNERS,
    "plans:revise-targets": OWNERS,
    "plans:revise-target": OWNERS_IF_THERE,
    "plans:revise-recommendation": OWNERS,
    "plans:revise-links": OWNERS,
    "plans:reports": Door(Who.KEEPERS, "plans.publish"),
    "plans:freeze-report": PUBLISHERS,
    "plans:frozen-report": PUBLISHERS,
    "plans:frozen-report-pdf": PUBLISHERS,
    "plans:release-report": PUBLISHERS,
}
