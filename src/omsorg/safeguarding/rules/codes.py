"""The codes that are kept: what a concern can be about, how far it has come, who may be affected, what is owed."""

from enum import StrEnum


class Channel(StrEnum):
    """By which way a concern has come."""

    COLLEAGUE = "colleague"
    OMBUDS = "ombuds"
    PARTNER = "partner"
    PAPER = "paper"
    SPOKEN = "spoken"


class Nature(StrEnum):
    """What a concern is about, in the few kinds that can be counted without giving a child away."""

    PHYSICAL = "physical"
    SEXUAL = "sexual"
    EMOTIONAL = "emotional"
    NEGLECT = "neglect"
    EXPLOITATION = "exploitation"
    PEER = "peer"
    CONDUCT = "conduct"
    NOT_KNOWN = "not_known"


class Level(StrEnum):
    """Which team an incident takes."""

    NATIONAL = "national"
    REGIONAL = "regional"
    INTERNATIONAL = "international"


class Stage(StrEnum):
    """How far an incident has come. Each stage begins with the step of the same name."""

    RECEIVED = "received"
    TAKEN_UP = "taken_up"
    TRIAGED = "triaged"
    TEAM_NAMED = "team_named"
    PLANNED = "planned"
    FOUND = "found"
    CLOSED = "closed"
    DECIDED = "decided"


class StepKind(StrEnum):
    """What a step of the timeline tells."""

    RECEIVED = "received"
    TAKEN_UP = "taken_up"
    ACKNOWLEDGED = "acknowledged"
    TRIAGED = "triaged"
    SAFETY_SAID = "safety_said"
    TEAM_NAMED = "team_named"
    TEAM_LEFT = "team_left"
    PLANNED = "planned"
    ALLEGED = "alleged"
    FOUND = "found"
    COUNTED = "counted"
    EMPLOYMENT_SAID = "employment_said"
    NEED_NAMED = "need_named"
    NEED_ANSWERED = "need_answered"
    SUPPORTED = "supported"
    FOLLOWED_UP = "followed_up"
    MEASURE_SET = "measure_set"
    MEASURE_DONE = "measure_done"
    MEASURE_LIVES_ON = "measure_lives_on"
    NO_MEASURE = "no_measure"
    DUTY_OWED = "duty_owed"
    DUTY_DECIDED = "duty_decided"
    DUTY_AGREED = "duty_agreed"
    DUTY_DONE = "duty_done"
    SHUT_OUT = "shut_out"
    LET_IN = "let_in"
    PAUSED = "paused"
    RESUMED = "resumed"
    DOCUMENT_KEPT = "document_kept"
    DOCUMENT_WITHDRAWN = "document_withdrawn"
    NAME_SET_APART = "name_set_apart"
    NOTED = "noted"
    CLOSED = "closed"
    REOPENED = "reopened"
    LESSON_WRITTEN = "lesson_written"
    LESSON_CHECKED = "lesson_checked"
    LESSON_OFFERED = "lesson_offered"
    DECIDED = "decided"
    REMINDED = "reminded"


class Answer(StrEnum):
    """An answer to a question that may not be answerable yet."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


class About(StrEnum):
    """Whom a concern complains of, as far as it decides who may see it."""

    NOBODY_HERE = "nobody_here"
    A_PERSON = "a_person"
    LEADERSHIP = "leadership"
    THE_UNIT = "the_unit"


WHOLE = (About.LEADERSHIP, About.THE_UNIT)


class Side(StrEnum):
    """Of whom a count tells."""

    AFFECTED = "affected"
    COMPLAINED_OF = "complained_of"


class AffectedType(StrEnum):
    """Kinds of persons affected."""

    CHILD_IN_CARE = "child_in_care"
    CHILD_IN_FAMILY = "child_in_family"
    YOUNG_PERSON = "young_person"
    CARE_LEAVER = "care_leaver"
    ADULT = "adult"
    STAFF = "staff"


class SubjectType(StrEnum):
    """Kinds of persons complained of."""

    CARER = "carer"
    STAFF = "staff"
    LEADER = "leader"
    VOLUNTEER = "volunteer"
    PARTNER_STAFF = "partner_staff"
    CHILD = "child"
    FAMILY = "family"
    OUTSIDER = "outsider"
    NOT_KNOWN = "not_known"


EMPLOYED = frozenset(
    {
        SubjectType.CARER,
        SubjectType.STAFF,
        SubjectType.LEADER,
        SubjectType.VOLUNTEER,
        SubjectType.PARTNER_STAFF,
    }
)
"""Those complained of who work here or with us: how their work stands must be said before an incident is closed."""


class Employment(StrEnum):
    """How things stand with the work of somebody who is complained of."""

    AS_BEFORE = "as_before"
    OTHER_WORK = "other_work"
    ON_LEAVE = "on_leave"
    ENDED = "ended"
    LEFT = "left"
    NOT_KNOWN = "not_known"


class SupportKind(StrEnum):
    """What those affected were given."""

    MEDICAL = "medical"
    PSYCHOLOGICAL = "psychological"
    SOCIAL = "social"
    LEGAL = "legal"
    OTHER = "other"
    NONE = "none"


class SaidBy(StrEnum):
    """Who says that something is needed."""

    THEMSELVES = "themselves"
    CLOSE = "close"
    PROFESSIONAL = "professional"
    TEAM = "team"


class NeedAnswered(StrEnum):
    """What became of a need. LATER answers for nobody: it says on which day it is looked at again."""

    MET = "met"
    LATER = "later"
    NOT_MET = "not_met"
    OVER = "over"
    AGAIN = "again"


class Finding(StrEnum):
    """What was found of one allegation."""

    SUBSTANTIATED = "substantiated"
    NOT_SUBSTANTIATED = "not_substantiated"
    CANNOT_BE_TOLD = "cannot_be_told"


class Addressee(StrEnum):
    """To whom telling may be owed."""

    POLICE = "police"
    AUTHORITY = "authority"
    DONOR = "donor"
    INSURER = "insurer"
    SUPERVISOR = "supervisor"


class DutyStanding(StrEnum):
    """How far a duty to tell has come. All but NOT_TO_TELL and DONE keep an incident open.

    TO_AGREE: one person has decided that the police is not told, and nobody has agreed to it yet.
    """

    OWED = "owed"
    TO_TELL = "to_tell"
    TO_AGREE = "to_agree"
    NOT_TO_TELL = "not_to_tell"
    DONE = "done"


OPEN_DUTIES = (DutyStanding.OWED, DutyStanding.TO_TELL, DutyStanding.TO_AGREE)

TAKES_TWO = (Addressee.POLICE,)
"""Those whom one person alone does not decide not to tell."""


class TeamPart(StrEnum):
    """What a member of an incident team does in it."""

    LEAD = "lead"
    INVESTIGATOR = "investigator"
    SUPPORT = "support"
    MEMBER = "member"


class Publication(StrEnum):
    """What was decided about telling the public of a closed incident."""

    PUBLISH = "publish"
    HOLD = "hold"
    NOTHING = "nothing"


class HoldReason(StrEnum):
    """Why an incident is held back, or gives nothing to publish: the class that is counted in public."""

    CHILD_COULD_BE_KNOWN = "child_could_be_known"
    POLICE_OR_COURT = "police_or_court"
    SAFETY = "safety"
    LAW = "law"
    NOT_SAFEGUARDING = "not_safeguarding"
    OTHER = "other"


class Clock(StrEnum):
    """What must be done within a time. REVIEW (of a hold), DUTY (to tell), MEASURE, NEED (of those affected) and
    FOLLOW_UP (help that is to be looked at again) have a day of their own, and WRITE_UP (for the public) runs where it
    is decided to publish, until the desk for the public has it in hand."""

    TAKE_UP = "take_up"
    ACKNOWLEDGE = "acknowledge"
    TRIAGE = "triage"
    TEAM = "team"
    PLAN = "plan"
    INVESTIGATION = "investigation"
    CLOSURE = "closure"
    DECISION = "decision"
    WRITE_UP = "write_up"
    REVIEW = "review"
    DUTY = "duty"
    MEASURE = "measure"
    NEED = "need"
    FOLLOW_UP = "follow_up"
