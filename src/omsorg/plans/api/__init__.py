"""The plan tracker in the HTTP API: everything public without a key, and with one what its person may do.

The operations say what the pages say, out of the same queries, and write by the same actions. `CONFLICTS` are the
refusals that mean that what stands there is not what the writer thought.
"""

from ninja import Router

from omsorg.kernel.refusals import Refusal
from omsorg.plans.actions.evidence import AttachedAlready, WithdrawnAlready
from omsorg.plans.actions.import_plan import ChangedSinceRehearsal
from omsorg.plans.actions.reports import AlreadyReleased, ReportNameTaken
from omsorg.plans.actions.targets import TargetStands
from omsorg.plans.api import (
    amounts,
    answers,
    evidence,
    figures,
    frozen,
    importing,
    judging,
    plans,
    publishing,
    report_parts,
    reports,
    responses,
    revising,
    verifying,
)
from omsorg.plans.api.figures import FigureChangedMeanwhile
from omsorg.plans.api.importing import NotRehearsed
from omsorg.plans.api.judging import RatingChangedMeanwhile
from omsorg.plans.rules.answers import AlreadyHandedIn, AnswerIsLocked, NotApproved, NotHandedIn
from omsorg.plans.rules.judging import NothingSetAside, OverriddenMeanwhile, SupersededMeanwhile
from omsorg.plans.rules.promises import RevisedMeanwhile
from omsorg.plans.rules.revisions import NothingChanged

CONFLICTS: tuple[type[Refusal], ...] = (
    AlreadyHandedIn,
    AlreadyReleased,
    AnswerIsLocked,
    AttachedAlready,
    ChangedSinceRehearsal,
    FigureChangedMeanwhile,
    NotApproved,
    NotHandedIn,
    NotRehearsed,
    NothingChanged,
    NothingSetAside,
    OverriddenMeanwhile,
    RatingChangedMeanwhile,
    ReportNameTaken,
    RevisedMeanwhile,
    SupersededMeanwhile,
    TargetStands,
    WithdrawnAlready,
)

router = Router()
PUBLIC = (plans, reports, report_parts, frozen)
WITH_A_KEY = (answers, figures, evidence, judging, verifying, revising, amounts, responses, publishing, importing)
for part in (*PUBLIC, *WITH_A_KEY):
    router.add_router("", part.router)
