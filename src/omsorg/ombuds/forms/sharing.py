"""Forms of telling others what a child said: on its yes, or without it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from omsorg.ombuds.forms.cases import Around, CaseForm, HouseField, day_field, text, yes_or_no
from omsorg.ombuds.pages.words import GROUNDS


def _to_desk() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("It is a copy for the desk for incidents"),
        help_text=_("Then what would be told is the copy itself, word for word. It is handed over once."),
        required=False,
    )


def _house() -> HouseField:
    return HouseField(
        label=_("The house it is about, by its code"),
        help_text=_(
            "For a copy for that desk. Where you name none, the house that the child has named. The child reads it."
        ),
        required=False,
    )


def _of_whole_house() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("The house itself, or who leads it, is complained of"),
        help_text=_("Then nobody of that house handles it there. Take the mark away only if you are sure."),
        initial=True,
        required=False,
    )


class AssentForm(CaseForm):
    """One act of sharing that the child is asked about."""

    what = text(_("What would be told"), _("The child reads this. One thing at a time."), rows=3)
    to_whom = forms.CharField(label=_("To whom"), max_length=200, help_text=_("By name, and what they do."))
    to_desk = _to_desk()
    unit = _house()
    of_whole_house = _of_whole_house()
    until_on = day_field(_("Until"))


class AssentSaidForm(CaseForm):
    """What the child said to what it was asked."""

    number = forms.TypedChoiceField(label=_("What it was asked"), coerce=int)
    agrees = yes_or_no(_("The child says"), _("Yes"), _("No"))

    def prepare(self, around: Around) -> None:
        self.offer(
            "number", [(one.number, f"{one.what} → {one.to_whom}") for one in around.file.told.sharings if one.is_asked]
        )


class WithdrawnForm(CaseForm):
    """A yes that is taken back."""

    number = forms.TypedChoiceField(label=_("What the child takes back"), coerce=int)

    def prepare(self, around: Around) -> None:
        given = [one for one in around.file.told.sharings if one.can_be_withdrawn]
        self.offer("number", [(one.number, f"{one.what} → {one.to_whom}") for one in given])


class ProposeForm(CaseForm):
    """Telling somebody without the child's yes."""

    ground = forms.ChoiceField(label=_("On what ground"), choices=list(GROUNDS.items()), widget=forms.RadioSelect)
    what = text(_("What would be told"), _("No more than the danger asks for."), rows=3)
    to_whom = forms.CharField(label=_("To whom"), max_length=200)
    to_desk = _to_desk()
    unit = _house()
    of_whole_house = _of_whole_house()
    why = text(_("Why it cannot wait for a yes"), _("The child reads this where it is told first."))
    why_not_told = text(
        _("Why the child cannot be told first"),
        _("Leave it empty: the child is told first. Otherwise the second ombudsperson agrees to this as well."),
        rows=3,
        required=False,
    )
    second = forms.TypedChoiceField(
        label=_("Who looks at it as well"), help_text=_("The case opens for this colleague."), coerce=int
    )

    def prepare(self, around: Around) -> None:
        self.offer("second", [("", ""), *around.colleagues])


class OfDisclosure(CaseForm):
    """A step on the way to telling somebody without the child's yes."""

    disclosure = forms.TypedChoiceField(label=_("Which"), coerce=int)
    standing = ""

    def prepare(self, around: Around) -> None:
        fitting = [one for one in around.file.disclosures if one.standing == self.standing and self.is_for(one.second)]
        self.offer("disclosure", [(one.number, f"{one.what} → {one.to_whom}") for one in fitting])

    def is_for(self, second: int) -> bool:
        return True


class SecondViewForm(OfDisclosure):
    """The second ombudsperson's view."""

    agrees = yes_or_no(_("Should it be told?"), _("Yes, it should"), _("No, it should not"))
    view = text(_("Why"))
    standing = "proposed"

    def is_for(self, second: int) -> bool:
        return second == self.around.person


class TellFirstForm(OfDisclosure):
    """The child is told before anybody else."""

    message = text(
        _("Your words to the child"),
        _("What is told, to whom and why. What you have said in person, write down here, so that it can read it."),
    )
    standing = "agreed"


class BreakForm(OfDisclosure):
    """It has been told."""

    danger_now = text(
        _("Why it could not wait a day"),
        _(
            "Only where the child was told today or yesterday: who is in danger now, and of what."
            " The child reads that it could not wait."
        ),
        rows=3,
        required=False,
    )
    standing = "agreed"


class HandOverForm(CaseForm):
    """A copy for the desk that handles incidents."""

    basis = forms.ChoiceField(
        label=_("What allows it"), help_text=_("Exactly these words are handed over, and nothing else.")
    )
    complained_of = forms.CharField(
        label=_("Names of those complained of"),
        help_text=_(
            "So that none of them can read it there. These names are shown to nobody there. Names that stand in the"
            " copy are looked for as well."
        ),
        max_length=400,
        required=False,
    )

    def prepare(self, around: Around) -> None:
        agreed = [
            (f"assent {one.number}", f"{one.what} → {one.to_whom}")
            for one in around.file.told.sharings
            if one.serves_desk(around.today)
        ]
        done = [
            (f"disclosure {one.number}", f"{one.what} → {one.to_whom}")
            for one in around.file.disclosures
            if one.standing == "done" and one.to_desk and not one.handed_over
        ]
        self.offer("basis", agreed + done)
