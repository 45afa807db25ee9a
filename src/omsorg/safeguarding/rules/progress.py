"""What comes next in an incident, and what still keeps it from being closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from omsorg.kernel.refusals import Refusal, Sentence
from omsorg.kernel.refusals import written as _
from omsorg.safeguarding.rules.codes import Answer, Stage, StepKind

ORDER = tuple(Stage)


class MovedOnMeanwhile(Refusal):
    """Somebody else has added steps since the page was opened. Nothing was written."""

    sentence = _("Somebody else has worked on this since you opened it. Look at the newest steps, then send it again.")


class NotYet(Refusal):
    sentence = _("This cannot be done yet: first it is looked at, and then it gets its level.")


class PlanFirst(Refusal):
    sentence = _("First it is planned how it is looked into. Then comes the finding.")


class IsOurs(Refusal):
    sentence = _("Something is alleged: so it is a matter of safeguarding. Say what was found of it instead.")


class ConfirmedAbove(Refusal):
    sentence = _(
        "That it is no matter of safeguarding is confirmed one level up: somebody there reads it and closes it."
    )


class NothingSaidByAnother(Refusal):
    sentence = _(
        "That there is nothing to publish is decided one level up, where anybody is there; else by somebody else than"
        " who closed it."
    )


class ClosedByAnother(Refusal):
    """Two people stand behind each closing; whoever is alone in the house asks one level up."""

    sentence = _(
        "Two people stand behind each closing: somebody else closes it than whoever made a finding, decided not to tell"
        " the police, said why nothing is done or is done later, left a need unmet, or said that it is no matter of"
        " safeguarding. Ask another focal person, here or one level up."
    )


class AgreedByAnother(Refusal):
    """That the police is not told takes two; where nobody can agree, they are told."""

    sentence = _(
        "That the police is not told takes two: somebody else agrees to it, who sits one level up, where anybody is"
        " there. Where nobody agrees, the police is told."
    )


class ClosedAlready(Refusal):
    sentence = _("This incident is closed. Open it again first, with a reason.")


class NotClosed(Refusal):
    sentence = _("This comes once the incident is closed.")


class DoneAlready(Refusal):
    sentence = _("This has been done already.")


class DoneBeforeItCame(Refusal):
    sentence = _("This day lies before the day on which the concern came.")


class StillBlocked(Refusal):
    """Closing is refused; `blocks` are the sentences of what is missing."""

    sentence = _("This incident cannot be closed yet: %(blocks)s")


class SayWhatWasDone(Refusal):
    sentence = _("Somebody is not safe. Say what was done at once.")


class SayHowItShows(Refusal):
    sentence = _("Choose the document that shows it, or say who took it and how it can be shown.")


class NotSubstantiated(Refusal):
    sentence = _("Why nothing is done is said of an allegation that was found to be substantiated.")


class KindMissing(Refusal):
    sentence = _("Say what kind of help is needed.")


class MoreThanNeeded(Refusal):
    """`open`: for how many it may be said."""

    sentence = _("Say it for at least one person, and for no more than have this need: %(open)s.")


class MoreThanHelped(Refusal):
    """`helped`: of how many more it may be said that this help met their need."""

    sentence = _(
        "This help meets the need of %(helped)s more at most: it was given to no more. Write the other help down first."
    )


class SayWhichHelp(Refusal):
    sentence = _("Choose the help that meets this need. Where it is not written down yet, do that first.")


class DayMissing(Refusal):
    sentence = _("Say on which day it is looked at again.")


class SayMore(Refusal):
    sentence = _("Say it in words: this field cannot be left empty.")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an incident, as far as it decides what comes next.

    `anew`: what somebody did who is shut out since. `is_ours` is False where triage found that it is no matter of
    safeguarding: then nothing has to be found. Once something is alleged it is ours all the same. `judged_by`: who
    made the findings that hold, or said that it is not, or decided not to tell the police, or said why nothing is
    done, or is done after closing, or left a need unmet. `above`: who handles it from above where it lies; they
    confirm what makes an incident vanish. `to_agree`: who decided not to tell the police, of each such duty to which
    nobody has agreed yet.
    """

    stage: Stage
    reached: frozenset[StepKind] = frozenset()
    anew: frozenset[StepKind] = frozenset()
    is_ours: bool = True
    safe_now: Answer = Answer.YES
    somebody_raised_it: bool = True
    allegations: Sequence[int] = ()
    unfound: Sequence[int] = ()
    open_duties: int = 0
    to_agree: Sequence[int | None] = ()
    affected_counted: bool = False
    complained_of_counted: bool = False
    team_of_level: bool = False
    employment_said: bool = False
    support_recorded: bool = False
    without_measure: Sequence[int] = ()
    open_measures: Sequence[int] = ()
    open_needs: Sequence[int] = ()
    lessons: int = 0
    judged_by: frozenset[int] = frozenset()
    above: frozenset[int] = frozenset()


def reach(stage: Stage, reached: Stage) -> Stage:
    """The stage after a step: the further of the two; work never falls back by a correction."""
    return max(stage, reached, key=ORDER.index)


def blocks(facts: Facts) -> tuple[Sentence, ...]:
    """What must still be done before the incident can be closed, each in a sentence; empty when nothing is missing."""
    found = []
    if StepKind.TRIAGED not in facts.reached:
        found.append(Sentence(_("it has not been looked at (triage)")))
    if StepKind.TRIAGED in facts.anew:
        found.append(Sentence(_("whoever looked at it (triage) is shut out since: it is looked at anew")))
    if facts.safe_now is Answer.NO:
        found.append(Sentence(_("somebody is not safe, by the last word on it")))
    if facts.open_duties:
        found.append(Sentence(_("telling somebody outside is still owed: %(number)s"), {"number": facts.open_duties}))
    if facts.somebody_raised_it and StepKind.ACKNOWLEDGED not in facts.reached:
        found.append(Sentence(_("whoever raised it was not given a personal word")))
    if facts.open_measures:
        numbers = ", ".join(str(number) for number in facts.open_measures)
        said = _("measure %(numbers)s is not done, and it is not said why it lives on after closing")
        found.append(Sentence(said, {"numbers": numbers}))
    if facts.open_needs:
        numbers = ", ".join(str(number) for number in facts.open_needs)
        said = _(
            "need %(numbers)s of those affected is open: met by which help, not met and why, or looked at again when"
        )
        found.append(Sentence(said, {"numbers": numbers}))
    if not facts.is_ours:
        return tuple(found)
    if facts.safe_now is Answer.NOT_KNOWN:
        found.append(Sentence(_("it is not known whether everybody is safe")))
    if StepKind.PLANNED not in facts.reached:
        found.append(Sentence(_("it is not planned how it is looked into")))
    if StepKind.PLANNED in facts.anew:
        found.append(Sentence(_("whoever planned how it is looked into is shut out since: it is planned anew")))
    if not facts.team_of_level:
        found.append(Sentence(_("nobody in the team is of the level that it takes")))
    if not facts.allegations:
        found.append(Sentence(_("no allegation is written down")))
    if facts.unfound:
        numbers = ", ".join(str(number) for number in facts.unfound)
        found.append(Sentence(_("no finding on allegation %(numbers)s"), {"numbers": numbers}))
    if facts.without_measure:
        numbers = ", ".join(str(number) for number in facts.without_measure)
        said = _("nothing was done about allegation %(numbers)s, which is substantiated, and it is not said why")
        found.append(Sentence(said, {"numbers": numbers}))
    if not facts.affected_counted:
        found.append(Sentence(_("those affected have not been counted by type")))
    if not facts.complained_of_counted:
        found.append(Sentence(_("those complained of have not been counted by type")))
    if not facts.employment_said:
        found.append(Sentence(_("it is not said how the work of those complained of stands")))
    if not facts.support_recorded:
        found.append(Sentence(_("it is not said what help those affected were given, or why none")))
    return tuple(found)


def closes_alone(facts: Facts, person: int | None) -> bool:
    """Whether somebody else must close it: this person has judged it themselves; or it is no matter of safeguarding,
    which somebody one level up confirms, where anybody is there."""
    is_for_above = not facts.is_ours and bool(facts.above - facts.judged_by)
    return person in facts.judged_by or (is_for_above and person not in facts.above)


def may_agree_not_to_tell(facts: Facts, person: int | None, decided_by: int | None) -> bool:
    """Whether this person is the second who agrees that the police is not told: another than who decided it; one who
    sits above where it lies, where anybody else than who decided it sits there."""
    above = facts.above - {decided_by}
    return decided_by is not None and person != decided_by and (not above or person in above)


def says_nothing_alone(facts: Facts, person: int, closed_by: int | None) -> bool:
    """Whether somebody else must say that there is nothing to publish: somebody one level up, where anybody is there;
    else somebody else than who closed it."""
    return person not in facts.above if facts.above else person == closed_by


def next_steps(facts: Facts, reader: int | None = None) -> tuple[str, ...]:
    """What is offered next to this reader, the most pressing first, by the names of the forms."""
    if facts.stage in (Stage.CLOSED, Stage.DECIDED):
        asked: Mapping[str, bool] = {
            "lesson": not facts.lessons and facts.is_ours,
            "publication": facts.stage is Stage.CLOSED,
        }
    else:
        asked = {
            "take-up": StepKind.TAKEN_UP not in facts.reached,
            "triage": StepKind.TRIAGED not in facts.reached - facts.anew,
            "safe": facts.safe_now is not Answer.YES and StepKind.TRIAGED in facts.reached - facts.anew,
            "acknowledge": facts.somebody_raised_it and StepKind.ACKNOWLEDGED not in facts.reached,
            "need-answer": bool(facts.open_needs),
            "duty": facts.open_duties > len(facts.to_agree),
            "agree": any(may_agree_not_to_tell(facts, reader, each) for each in facts.to_agree),
            **(_of_ours(facts) if facts.is_ours and StepKind.TRIAGED in facts.reached else {}),
            "close": not blocks(facts) and not closes_alone(facts, reader),
        }
    return tuple(name for name, is_asked in asked.items() if is_asked)


def _of_ours(facts: Facts) -> dict[str, bool]:
    return {
        "team": not facts.team_of_level,
        "plan": StepKind.PLANNED not in facts.reached - facts.anew,
        "allegation": not facts.allegations,
        "count": not (facts.affected_counted and facts.complained_of_counted),
        "employment": facts.complained_of_counted and not facts.employment_said,
        "support": not facts.support_recorded,
        "measure": bool(facts.without_measure),
        "finding": bool(facts.unfound) and StepKind.PLANNED in facts.reached,
    }
