"""The words of safeguarding's pages: every code written out for the reader."""

from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from omsorg.kernel.numbers import format_date
from omsorg.safeguarding.queries.agreed import there
from omsorg.safeguarding.rules import codes
from omsorg.safeguarding.rules.clocks import Running

Words = dict[str, str | Promise]

CHANNELS: Words = {
    codes.Channel.COLLEAGUE: _("a colleague"),
    codes.Channel.OMBUDS: _("the ombuds office"),
    codes.Channel.PARTNER: _("a partner organisation"),
    codes.Channel.PAPER: _("on paper, in their own language"),
    codes.Channel.SPOKEN: _("told in person or by telephone"),
}
NATURES: Words = {
    codes.Nature.NOT_KNOWN: _("not known yet"),
    codes.Nature.PHYSICAL: _("physical harm"),
    codes.Nature.SEXUAL: _("sexual harm"),
    codes.Nature.EMOTIONAL: _("emotional harm"),
    codes.Nature.NEGLECT: _("neglect"),
    codes.Nature.EXPLOITATION: _("exploitation"),
    codes.Nature.PEER: _("harm between children"),
    codes.Nature.CONDUCT: _("breach of the code of conduct"),
}
LEVELS: Words = {
    codes.Level.NATIONAL: _("national"),
    codes.Level.REGIONAL: _("regional"),
    codes.Level.INTERNATIONAL: _("international"),
}
STAGES: Words = {
    codes.Stage.RECEIVED: _("received"),
    codes.Stage.TAKEN_UP: _("taken up"),
    codes.Stage.TRIAGED: _("looked at"),
    codes.Stage.TEAM_NAMED: _("team named"),
    codes.Stage.PLANNED: _("planned"),
    codes.Stage.FOUND: _("findings made"),
    codes.Stage.CLOSED: _("closed"),
    codes.Stage.DECIDED: _("closed, publication decided"),
}
STEPS: Words = {
    codes.StepKind.RECEIVED: _("The concern was received"),
    codes.StepKind.TAKEN_UP: _("Taken up"),
    codes.StepKind.ACKNOWLEDGED: _("Whoever raised it was given a personal word"),
    codes.StepKind.TRIAGED: _("Looked at (triage)"),
    codes.StepKind.SAFETY_SAID: _("It was said whether everybody is safe"),
    codes.StepKind.TEAM_NAMED: _("Somebody joined the team"),
    codes.StepKind.TEAM_LEFT: _("Somebody left the team"),
    codes.StepKind.PLANNED: _("Planned how it is looked into"),
    codes.StepKind.ALLEGED: _("An allegation was written down"),
    codes.StepKind.FOUND: _("A finding was made"),
    codes.StepKind.COUNTED: _("Persons were counted"),
    codes.StepKind.EMPLOYMENT_SAID: _("It was said how the work of those complained of stands"),
    codes.StepKind.NEED_NAMED: _("A need of those affected was written down"),
    codes.StepKind.NEED_ANSWERED: _("It was said what became of a need"),
    codes.StepKind.SUPPORTED: _("Help was given"),
    codes.StepKind.FOLLOWED_UP: _("Help was followed up"),
    codes.StepKind.MEASURE_SET: _("A measure was decided"),
    codes.StepKind.MEASURE_DONE: _("A measure was done"),
    codes.StepKind.MEASURE_LIVES_ON: _("A measure lives on after closing"),
    codes.StepKind.NO_MEASURE: _("It was said why nothing is done about what was found"),
    codes.StepKind.DUTY_OWED: _("Telling somebody is owed"),
    codes.StepKind.DUTY_DECIDED: _("It was decided on telling somebody"),
    codes.StepKind.DUTY_AGREED: _("A second person agreed that the police is not told"),
    codes.StepKind.DUTY_DONE: _("Somebody was told"),
    codes.StepKind.SHUT_OUT: _("Somebody was shut out"),
    codes.StepKind.LET_IN: _("A shutting out was lifted"),
    codes.StepKind.PAUSED: _("A clock was stopped"),
    codes.StepKind.RESUMED: _("A clock goes on"),
    codes.StepKind.DOCUMENT_KEPT: _("A document was kept"),
    codes.StepKind.DOCUMENT_WITHDRAWN: _("A document was withdrawn"),
    codes.StepKind.NAME_SET_APART: _("A name was set apart, or wiped"),
    codes.StepKind.NOTED: _("Noted"),
    codes.StepKind.CLOSED: _("Closed"),
    codes.StepKind.REOPENED: _("Opened again"),
    codes.StepKind.LESSON_WRITTEN: _("A lesson was written"),
    codes.StepKind.LESSON_CHECKED: _("A lesson was checked by a second person"),
    codes.StepKind.LESSON_OFFERED: _("A lesson was offered to a plan"),
    codes.StepKind.DECIDED: _("It was decided whether the public is told"),
    codes.StepKind.REMINDED: _("Reminded"),
}
ANSWERS: Words = {
    codes.Answer.YES: _("yes"),
    codes.Answer.NO: _("no"),
    codes.Answer.NOT_KNOWN: _("not known"),
}
ABOUT: Words = {
    codes.About.NOBODY_HERE: _("nobody who works here, or I do not know"),
    codes.About.A_PERSON: _("somebody who works here or with us"),
    codes.About.LEADERSHIP: _("the leadership of an organisation: say which below"),
    codes.About.THE_UNIT: _("an organisation as a whole: say which below"),
}
ABOUT_TOLD: Words = {
    **ABOUT,
    codes.About.LEADERSHIP: _("the leadership of an organisation"),
    codes.About.THE_UNIT: _("an organisation as a whole"),
}
"""The same once it is told: the organisation stands among those shut out."""
SIDES: Words = {
    codes.Side.AFFECTED: _("affected"),
    codes.Side.COMPLAINED_OF: _("complained of"),
}
AFFECTED: Words = {
    codes.AffectedType.CHILD_IN_CARE: _("children in care"),
    codes.AffectedType.CHILD_IN_FAMILY: _("children living with their family"),
    codes.AffectedType.YOUNG_PERSON: _("young people"),
    codes.AffectedType.CARE_LEAVER: _("care leavers"),
    codes.AffectedType.ADULT: _("adults in a programme"),
    codes.AffectedType.STAFF: _("staff (affected)"),
}
SUBJECTS: Words = {
    codes.SubjectType.CARER: _("carers"),
    codes.SubjectType.STAFF: _("other staff"),
    codes.SubjectType.LEADER: _("leaders"),
    codes.SubjectType.VOLUNTEER: _("volunteers"),
    codes.SubjectType.PARTNER_STAFF: _("staff of a partner"),
    codes.SubjectType.CHILD: _("children or young people"),
    codes.SubjectType.FAMILY: _("family members"),
    codes.SubjectType.OUTSIDER: _("people from outside"),
    codes.SubjectType.NOT_KNOWN: _("not known"),
}
EMPLOYMENTS: Words = {
    codes.Employment.AS_BEFORE: _("works as before"),
    codes.Employment.OTHER_WORK: _("has other work, away from those affected"),
    codes.Employment.ON_LEAVE: _("does not work while it is looked into"),
    codes.Employment.ENDED: _("we ended the employment"),
    codes.Employment.LEFT: _("left by themselves"),
    codes.Employment.NOT_KNOWN: _("not known"),
}
SUPPORTS: Words = {
    codes.SupportKind.MEDICAL: _("medical"),
    codes.SupportKind.PSYCHOLOGICAL: _("psychological"),
    codes.SupportKind.SOCIAL: _("social"),
    codes.SupportKind.LEGAL: _("legal"),
    codes.SupportKind.OTHER: _("other help"),
    codes.SupportKind.NONE: _("none"),
}
SAID_BY: Words = {
    codes.SaidBy.THEMSELVES: _("they themselves"),
    codes.SaidBy.CLOSE: _("somebody close to them"),
    codes.SaidBy.PROFESSIONAL: _("a doctor, a nurse or a social worker"),
    codes.SaidBy.TEAM: _("our team"),
}
NEED_ANSWERS: Words = {
    codes.NeedAnswered.MET: _("met by help that was given"),
    codes.NeedAnswered.LATER: _("not yet: it is looked at again"),
    codes.NeedAnswered.NOT_MET: _("not met"),
    codes.NeedAnswered.OVER: _("not needed any more"),
    codes.NeedAnswered.AGAIN: _("needed again"),
}
FINDINGS: Words = {
    codes.Finding.SUBSTANTIATED: _("substantiated"),
    codes.Finding.NOT_SUBSTANTIATED: _("not substantiated"),
    codes.Finding.CANNOT_BE_TOLD: _("cannot be told"),
}
ADDRESSEES: Words = {
    codes.Addressee.POLICE: _("the police"),
    codes.Addressee.AUTHORITY: _("a child protection authority"),
    codes.Addressee.DONOR: _("a donor"),
    codes.Addressee.INSURER: _("an insurer"),
    codes.Addressee.SUPERVISOR: _("a supervisory body"),
}
DUTIES: Words = {
    codes.DutyStanding.OWED: _("owed, not decided"),
    codes.DutyStanding.TO_TELL: _("to be told"),
    codes.DutyStanding.TO_AGREE: _("one person has decided not to tell them; a second must agree"),
    codes.DutyStanding.NOT_TO_TELL: _("not to be told"),
    codes.DutyStanding.DONE: _("told"),
}
PARTS: Words = {
    codes.TeamPart.LEAD: _("leads"),
    codes.TeamPart.INVESTIGATOR: _("investigates"),
    codes.TeamPart.SUPPORT: _("looks after those affected"),
    codes.TeamPart.MEMBER: _("member"),
}
PUBLICATIONS: Words = {
    codes.Publication.PUBLISH: _("publish"),
    codes.Publication.HOLD: _("hold back until a day of review"),
    codes.Publication.NOTHING: _("nothing to publish"),
}
HOLD_REASONS: Words = {
    codes.HoldReason.CHILD_COULD_BE_KNOWN: _("a child could be known by it"),
    codes.HoldReason.POLICE_OR_COURT: _("police or a court are at work"),
    codes.HoldReason.SAFETY: _("somebody's safety"),
    codes.HoldReason.LAW: _("the law of the country"),
    codes.HoldReason.NOT_SAFEGUARDING: _("it was no matter of safeguarding"),
    codes.HoldReason.OTHER: _("another reason"),
}
CLOCKS: Words = {
    codes.Clock.TAKE_UP: _("take it up"),
    codes.Clock.ACKNOWLEDGE: _("a personal word to whoever raised it"),
    codes.Clock.TRIAGE: _("look at it (triage)"),
    codes.Clock.TEAM: _("name a team"),
    codes.Clock.PLAN: _("plan"),
    codes.Clock.INVESTIGATION: _("find out"),
    codes.Clock.CLOSURE: _("close"),
    codes.Clock.DECISION: _("decide whether the public is told"),
    codes.Clock.WRITE_UP: _("write it up for the public"),
    codes.Clock.REVIEW: _("look again at what is held back"),
    codes.Clock.DUTY: _("tell somebody outside"),
    codes.Clock.MEASURE: _("do what was decided (a measure)"),
    codes.Clock.NEED: _("meet a need of those affected"),
    codes.Clock.FOLLOW_UP: _("look again at help that was given"),
}
SHUT_BY_ITSELF: Words = {
    "named in the concern": _("named in the concern"),
    "complained of": _("the concern complains of it"),
    "named while it was worked": _("named while it was worked"),
    "nobody is known by that name": _("nobody is known by the name that was said"),
    "let in by somebody who is shut out since": _("let in by somebody who is shut out since"),
}
"""Why somebody was shut out where nobody wrote a reason."""
HANDED: Words = {
    "elsewhere": _("everybody who would handle it is named in it: somebody elsewhere has it"),
    "nobody": _(
        "everybody who could handle it is named in it: it is kept, and nobody reads it until somebody who is not named"
        " is given the role"
    ),
    "top": _("everybody who could handle it is named in it: for a while those at the top had it"),
    "above": _("we know nobody of that name: those one level up look at it first"),
}
STANDINGS: Words = {
    "received": _("received"),
    "looked_at": _("somebody has taken it up"),
    "worked_on": _("it is worked on"),
    "closed": _("closed"),
}


def day(on: date | datetime | None) -> str:
    """A day in the reader's language; empty where there is none."""
    if on is None:
        return ""
    return format_date(on.date() if isinstance(on, datetime) else on, get_language() or "en")


def clock_in_words(running: Running, now: datetime, country: str) -> str:
    """How a clock stands: done in time or late, standing still, overdue by so many days, or due on a day; an hour is
    told as the clocks of the incident's country show it."""
    late = running.days_overdue(now)
    has_hour = bool(running.due_at.hour or running.due_at.minute)
    if running.done_at is not None:
        on = day(there(country, running.done_at))
        if late:
            text = ngettext("done on %(on)s, %(days)s day late", "done on %(on)s, %(days)s days late", late)
            return text % {"on": on, "days": late}
        return __("done in time, on %(on)s") % {"on": on}
    if running.stands_still:
        return __("stands still")
    if late:
        text = ngettext("%(days)s day overdue, since %(on)s", "%(days)s days overdue, since %(on)s", late)
        return text % {"days": late, "on": day(there(country, running.due_at) if has_hour else running.due_at)}
    if has_hour:
        due = there(country, running.due_at)
        return __("until %(day)s, %(time)s (%(zone)s)") % {"day": day(due), "time": f"{due:%H:%M}", "zone": f"{due:%Z}"}
    return __("until the end of %(day)s") % {"day": day(date.fromordinal(running.due_at.toordinal() - 1))}
