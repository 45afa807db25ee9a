"""Forms about people: counts by type, help given and followed up, names set apart, duties to tell."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from omsorg.safeguarding.actions.duties import agree_not_to_tell, decide_duty, duty_done, owe
from omsorg.safeguarding.actions.people import (
    count_persons,
    follow_up,
    give_support,
    say_employment,
    set_name_apart,
    wipe_name,
)
from omsorg.safeguarding.forms.fields import ActForm, Day, Long, Stamp, WordedForm, choice
from omsorg.safeguarding.models import Document, Duty, SetApartName, Support
from omsorg.safeguarding.pages.words import ADDRESSEES, AFFECTED, EMPLOYMENTS, SIDES, SUBJECTS, SUPPORTS, day
from omsorg.safeguarding.queries.incident import counts_of
from omsorg.safeguarding.rules.codes import (
    EMPLOYED,
    OPEN_DUTIES,
    Addressee,
    DutyStanding,
    Employment,
    Side,
    SupportKind,
)

MOST = 5000


class CountForm(ActForm):
    title = _("Count those affected, or complained of")
    button = _("Keep the count")
    lead = _(
        "A number by type is enough: no names. A later count of the same type holds instead; nought takes it back."
    )

    of = forms.ChoiceField(label=_("Who"))
    count = forms.IntegerField(label=_("How many"), min_value=0, max_value=MOST)

    def prepare(self) -> None:
        self.fields["of"].choices = [  # type: ignore[attr-defined]
            (SIDES[Side.AFFECTED], [(f"{Side.AFFECTED}.{code}", word) for code, word in AFFECTED.items()]),
            (SIDES[Side.COMPLAINED_OF], [(f"{Side.COMPLAINED_OF}.{code}", word) for code, word in SUBJECTS.items()]),
        ]

    def act(self, stamp: Stamp) -> object:
        side, _dot, kind = self.cleaned_data["of"].partition(".")
        return count_persons(**stamp, side=Side(side), type=kind, count=self.cleaned_data["count"])


class EmploymentForm(ActForm):
    title = _("How the work of those complained of stands")
    button = _("Keep it")
    lead = _("Of carers, staff, leaders, volunteers and the staff of partners. Say it again when it changes.")

    of = forms.ChoiceField(label=_("Who"))
    state = choice(EMPLOYMENTS, label=_("Now"))
    count = forms.IntegerField(label=_("How many"), min_value=0, max_value=MOST)
    since_on = Day(label=_("Since which day"))

    def prepare(self) -> None:
        counted = counts_of(self.incident)[Side.COMPLAINED_OF]
        self.offer("of", [(kind, str(SUBJECTS[kind])) for kind in counted if kind in EMPLOYED])

    def act(self, stamp: Stamp) -> object:
        said = self.cleaned_data
        return say_employment(
            **stamp, type=said["of"], state=Employment(said["state"]), count=said["count"], since_on=said["since_on"]
        )


class SupportForm(WordedForm):
    title = _("Help that was given")
    button = _("Keep it")
    lead = _("It lives on after the incident is closed. Where no help was given, say why.")

    kind = choice(SUPPORTS, label=_("Kind"))
    persons = forms.IntegerField(label=_("To how many"), min_value=0, max_value=MOST)
    given_on = Day(label=_("On which day"))
    note = Long(label=_("What, by whom"), rows=3, required=False)
    follow_up_on = Day(label=_("Looked at again on"), required=False)

    def act(self, stamp: Stamp) -> object:
        said: dict[str, Any] = {name: self.cleaned_data[name] for name in ("persons", "given_on", "note")}
        kind = SupportKind(self.cleaned_data["kind"])
        return give_support(**stamp, kind=kind, follow_up_on=self.cleaned_data["follow_up_on"], **said)


class FollowUpForm(WordedForm):
    title = _("Follow up help that was given")
    button = _("Keep it")

    of = forms.ChoiceField(label=_("Help"))
    on = Day(label=_("On which day"))
    note = Long(label=_("How it went"), rows=3)
    next_on = Day(label=_("Looked at again on"), required=False, help_text=_("Empty when nothing more is needed."))

    def prepare(self) -> None:
        given = self.parts(Support).items()
        self.offer("of", [(str(number), f"{SUPPORTS[each.kind]}, {day(each.given_on)}") for number, each in given])

    def act(self, stamp: Stamp) -> object:
        said = self.cleaned_data
        return follow_up(
            **stamp, support=self.chosen(Support), on=said["on"], note=said["note"], next_on=said["next_on"]
        )


class NameForm(WordedForm):
    title = _("Set a name apart")
    button = _("Keep the name apart")
    said_in = ("reason",)
    lead = _("Only where the work cannot be done without it. It stands in this one place and is wiped in the end.")
    is_grave = True

    side = choice(SIDES, label=_("Of somebody"))
    name = forms.CharField(label=_("Name"), max_length=200)
    reason = Long(label=_("Why it is needed"), rows=2)

    def act(self, stamp: Stamp) -> object:
        said = self.cleaned_data
        return set_name_apart(**stamp, side=Side(said["side"]), name=said["name"], reason=said["reason"])


class WipeForm(ActForm):
    title = _("Wipe a name")
    button = _("Wipe it")
    lead = _("The name is gone for good. That there was one, and why, stays.")
    is_grave = True

    of = forms.ChoiceField(label=_("Name"))

    def prepare(self) -> None:
        names = self.parts(SetApartName).items()
        self.offer("of", [(str(number), each.told()) for number, each in names if each.wiped_at is None])

    def act(self, stamp: Stamp) -> object:
        return wipe_name(**stamp, name=self.chosen(SetApartName))


class OweForm(WordedForm):
    title = _("Telling somebody may be owed")
    button = _("Keep it")
    said_in = ("whom",)
    lead = _("The incident cannot be closed until it is decided, and done where it is decided so.")

    to = choice(ADDRESSEES, label=_("Whom"))
    whom = forms.CharField(label=_("Which office"), required=False, max_length=200)
    deadline_on = Day(label=_("Deadline"))

    def act(self, stamp: Stamp) -> object:
        said = self.cleaned_data
        return owe(**stamp, to=Addressee(said["to"]), whom=said["whom"], deadline_on=said["deadline_on"])


class DutyForm(WordedForm):
    """What all forms about one duty share."""

    standings: tuple[DutyStanding, ...] = OPEN_DUTIES

    of = forms.ChoiceField(label=_("Whom"))

    def prepare(self) -> None:
        owed = [(number, each) for number, each in self.parts(Duty).items() if each.standing in self.standings]
        owed.sort(key=lambda part: (part[1].deadline_on, part[0]))
        self.offer("of", [(str(number), f"{ADDRESSEES[each.to]} {each.whom}".strip()) for number, each in owed])

    def duty(self) -> Duty:
        return self.chosen(Duty)


class DecideDutyForm(DutyForm):
    title = _("Decide whether they are told")
    button = _("Keep the decision")
    said_in = ("reason",)
    lead = _("That the police is not told takes a second person, one level up: until they agree, it stays open.")
    decides = True

    is_told = forms.ChoiceField(label=_("Are they told?"), choices=[("yes", _("yes")), ("no", _("no"))])
    reason = Long(label=_("Reason"), rows=2, required=False, help_text=_("Must be given where they are not told."))

    def act(self, stamp: Stamp) -> object:
        is_told = self.cleaned_data["is_told"] == "yes"
        return decide_duty(**stamp, duty=self.duty(), is_told=is_told, reason=self.cleaned_data["reason"])


class AgreeDutyForm(DutyForm):
    title = _("Agree that the police is not told")
    button = _("I agree")
    said_in = ("reason",)
    lead = _(
        "One person has decided it. Read why, and agree only if you would have decided the same. If not, decide that"
        " they are told."
    )
    is_grave = True
    decides = True
    standings = (DutyStanding.TO_AGREE,)

    reason = Long(label=_("Why you agree"), rows=3)

    def act(self, stamp: Stamp) -> object:
        return agree_not_to_tell(**stamp, duty=self.duty(), reason=self.cleaned_data["reason"])


class DutyDoneForm(DutyForm):
    title = _("They were told")
    button = _("Keep it")

    on = Day(label=_("On which day"))
    evidence = forms.ChoiceField(
        label=_("The document that shows it"), required=False, help_text=_("Keep the document with the incident first.")
    )

    note = Long(
        label=_("Who took it"),
        rows=2,
        required=False,
        help_text=_(
            "Must be said where no document shows it: the office, the person on duty, the number of the report."
        ),
    )

    def prepare(self) -> None:
        super().prepare()
        rows = Document.objects.filter(incident=self.incident, withdrawn_at=None).order_by("pk")
        self.offer("evidence", [("", "–"), *((each.code, each.filename) for each in rows)])

    def act(self, stamp: Stamp) -> object:
        shown = Document.objects.filter(incident=self.incident, code=self.cleaned_data["evidence"]).first()
        said = self.cleaned_data
        return duty_done(**stamp, duty=self.duty(), on=said["on"], evidence=shown, note=said["note"])
