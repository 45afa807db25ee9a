"""The tables of openness, by what they hold."""

from omsorg.openness.models.figures import HeldShown, QuarterCounts, QuarterPrepared, QuarterShown
from omsorg.openness.models.publications import (
    Acceptance,
    Concern,
    Edition,
    Justification,
    Publication,
    Redaction,
    Repayment,
    Revision,
    Step,
)
from omsorg.openness.models.telling import (
    AudienceList,
    Notice,
    NoticeTemplate,
    Proof,
    Recipient,
    Reply,
    ReplyStep,
    Round,
    TemplateAgreed,
)

__all__ = [
    "Acceptance",
    "AudienceList",
    "Concern",
    "Edition",
    "HeldShown",
    "Justification",
    "Notice",
    "NoticeTemplate",
    "Proof",
    "Publication",
    "QuarterCounts",
    "QuarterPrepared",
    "QuarterShown",
    "Recipient",
    "Redaction",
    "Repayment",
    "Reply",
    "ReplyStep",
    "Revision",
    "Round",
    "Step",
    "TemplateAgreed",
]
