"""Every act on a case: what is asked, what it does, what is said when it is done. One line of `ACTS` for each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from omsorg.ombuds.actions import cases, colleagues, erasing, handing_over, misplaced, on_the_desk, sharing, watching
from omsorg.ombuds.forms import cases as forms
from omsorg.ombuds.forms import sharing as sharing_forms

Given = dict[str, Any]
Hands = dict[str, Any]
Do = Callable[[str, Given, Hands], object]


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `do` calls the action with the case's code, what the form gave, and who does it with which ring."""

    form: type[forms.CaseForm]
    heading: str | Promise
    send: str | Promise
    said: str | Promise
    do: Do
    lead: str | Promise = ""
    danger: bool = False
    shows_childs_words: bool = False
    shows: str = ""
    """The standing of the proposals to tell without a yes that are shown beside the question."""
    then: str = ""
    """The act that is asked for next, where the case offers it."""


def _plainly(action: Callable[..., object]) -> Do:
    return lambda case, given, hands: action(case=case, **given, **hands)


def _hand_over(case: str, given: Given, hands: Hands) -> None:
    kind, _blank, number = given["basis"].partition(" ")
    basis: Given = {kind: int(number)}
    handing_over.hand_over(case=case, complained_of=given["complained_of"], **basis, **hands)


def _about(case: str, given: Given, hands: Hands) -> str:
    people = colleagues.say_whom_it_is_about(case=case, said=given["said"], unit=given["unit"], **hands)
    if people:
        return __("Shut out of this case. What somebody has read cannot be taken back.")
    return __("Nobody who hears bears such a name or belongs there.")


def _not_theirs(case: str, given: Given, hands: Hands) -> None:
    thing, _blank, number = given["which"].partition(" ")
    misplaced.say_not_theirs(case=case, thing=thing, number=int(number), **hands)


def _erase(case: str, given: Given, hands: Hands) -> None:
    erasing.erase_case(case=case, **hands)


ACTS: dict[str, Act] = {
    # ---- with the child ----
    "answer": Act(
        forms.AnswerForm,
        _("Write to the child"),
        _("Send it to the child"),
        _("It waits for the child."),
        _plainly(cases.answer_child),
        shows_childs_words=True,
    ),
    "take-down": Act(
        forms.TakeDownForm,
        _("Take down what the child said"),
        _("Keep it"),
        _("Kept, word for word."),
        _plainly(cases.take_down_words),
        lead=_("On the phone, on paper, or face to face. The child reads it when it comes back with its code."),
    ),
    "not-theirs": Act(
        forms.NotTheirsForm,
        _("Not this child's words"),
        _("They are not this child's"),
        _("Kept. The child's code does not show them any more."),
        _not_theirs,
        lead=_(
            "What was taken down here by mistake is another child's. It is shut to this child's code at once, and stays"
            " here, marked. Take it down in the right case as well. Whoever was shut out by it stays shut out."
        ),
        danger=True,
    ),
    "wish": Act(
        forms.WishForm,
        _("What the child wants"),
        _("Keep it"),
        _("Kept. An earlier wish stands beside it."),
        _plainly(cases.write_down_wish),
        lead=_("Ask before each step. What it wanted before stays."),
    ),
    "close": Act(
        forms.CloseForm,
        _("Close the case"),
        _("Close it with these words"),
        _("Closed. The child can still answer, ask for somebody above, or come back."),
        _plainly(cases.close_case),
        shows_childs_words=True,
    ),
    # ---- among adults ----
    "note": Act(forms.NoteForm, _("Leave a note"), _("Keep the note"), _("Kept, apart."), _plainly(cases.add_note)),
    "seen": Act(
        forms.SeenForm,
        _("I have seen what is new"),
        _("I have seen it"),
        _("Kept. It is new no more."),
        _plainly(on_the_desk.see_news),
        lead=_("For what asks for no answer. An answer to the child does the same."),
        shows_childs_words=True,
    ),
    "label": Act(
        forms.LabelForm,
        _("Your own word for this case"),
        _("Keep it"),
        _("Kept."),
        _plainly(on_the_desk.label_case),
    ),
    "risk": Act(forms.RiskForm, _("How great is the danger?"), _("Keep it"), _("Kept."), _plainly(cases.judge_risk)),
    "plan-check-ins": Act(
        forms.NothingAskedForm,
        _("Plan check-ins"),
        _("Plan them"),
        _("Planned."),
        _plainly(cases.plan_check_ins),
        lead=_(
            "In 14 days, and in 1, 3 and 6 months somebody asks whether the child is made to pay for having spoken."
        ),
    ),
    "check-in": Act(forms.CheckInForm, _("A check-in"), _("Keep it"), _("Kept."), _plainly(watching.check_in)),
    "alarm": Act(
        forms.AlarmForm,
        _("Raise the alarm"),
        _("Raise the alarm"),
        _("The level above and the board see the case now."),
        _plainly(watching.raise_alarm),
        lead=_("The child is made to pay for having spoken. The level above and the board see the case at once."),
        danger=True,
    ),
    # ---- telling others ----
    "ask-assent": Act(
        sharing_forms.AssentForm,
        _("Ask the child whether something may be told"),
        _("Ask the child"),
        _("The child is asked when it comes back with its code."),
        _plainly(sharing.ask_assent),
        lead=_("Each act of sharing is asked for by itself: what, to whom, until when."),
    ),
    "assent-said": Act(
        sharing_forms.AssentSaidForm,
        _("What the child said to it"),
        _("Keep it"),
        _("Kept."),
        _plainly(sharing.write_down_assent),
        lead=_("For what it said to you in person or on the phone."),
    ),
    "withdrawn": Act(
        sharing_forms.WithdrawnForm,
        _("The child takes a yes back"),
        _("Keep it"),
        _("Taken back. Nothing more is told on that ground."),
        _plainly(sharing.write_down_withdrawal),
    ),
    "propose": Act(
        sharing_forms.ProposeForm,
        _("Tell somebody without the child's yes"),
        _("Ask for a second view"),
        _("The colleague finds it on the desk."),
        _plainly(sharing.propose_disclosure),
        lead=_(
            "Only where somebody would come to harm. A second ombudsperson looks at it, and the child is told before"
            " anybody else is."
        ),
        danger=True,
    ),
    "second-view": Act(
        sharing_forms.SecondViewForm,
        _("Your second view"),
        _("Give it"),
        _("Kept."),
        _plainly(sharing.give_second_view),
        lead=_("You agree to what is told, to whom, and to its way: whether the child is told first."),
        shows="proposed",
    ),
    "tell-first": Act(
        sharing_forms.TellFirstForm,
        _("The child is told first"),
        _("Keep it"),
        _("Kept."),
        _plainly(sharing.tell_child_first),
        lead=_("Tell the child what is told, to whom and why, before anybody else hears it."),
        shows="agreed",
    ),
    "break": Act(
        sharing_forms.BreakForm,
        _("It has been told"),
        _("I have told them"),
        _("Kept: confidentiality was broken."),
        _plainly(sharing.break_confidentiality),
        danger=True,
        shows="agreed",
        then="hand-over",
    ),
    "hand-over": Act(
        sharing_forms.HandOverForm,
        _("Hand a copy over"),
        _("Hand it over"),
        _("Handed over. The case says which number it has there."),
        _hand_over,
        lead=_("To the desk for incidents. It gets this copy and nothing else; the case stays with you."),
    ),
    # ---- who hears ----
    "colleague": Act(
        forms.ColleagueForm,
        _("Bring a colleague in"),
        _("Let the colleague in"),
        _("The colleague works this case as well."),
        _plainly(colleagues.bring_in_colleague),
    ),
    "leave": Act(
        forms.NothingAskedForm,
        _("Step back from this case"),
        _("Step back"),
        _("Your key of that case is gone."),
        _plainly(colleagues.leave_case),
        lead=_("Your key of it is taken away; a colleague must let you in again."),
        danger=True,
    ),
    "about": Act(
        forms.AboutForm,
        _("Whom it is about"),
        _("Shut them out"),
        _("Kept."),
        _about,
        lead=_("Whoever has a stake does not hear the case. Where nobody is left at this level, it goes up."),
        danger=True,
    ),
    # ---- the end ----
    "propose-erasure": Act(
        forms.ProposeErasureForm,
        _("Propose to erase the case"),
        _("Propose it"),
        _("Proposed. A colleague decides."),
        _plainly(erasing.propose_erasure),
        danger=True,
    ),
    "erase": Act(
        forms.EraseForm,
        _("Erase the case"),
        _("Erase it for good"),
        _("Erased."),
        _erase,
        lead=_(
            "A colleague proposed it. Every key, every word and every file goes; copies made before must go as well."
        ),
        danger=True,
    ),
}
