"""What is asked of an ombudsperson at each act on a case. What a form may choose from comes out of the case itself."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from omsorg.federation.models import Organisation
from omsorg.ombuds.actions.words import CONFIRMS_CODE
from omsorg.ombuds.models import random_id
from omsorg.ombuds.pages.words import DANGERS, ERASURES, NOTE_KINDS, STEPS, day
from omsorg.ombuds.queries.desk import CaseFile

Choices = list[tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Around:
    """What the forms of a case are made from: the case, who sits here, colleagues, and the day a promise falls on."""

    file: CaseFile
    person: int
    today: date
    promise_on: date
    colleagues: tuple[tuple[int, str], ...]
    label: str = ""


def text(label: Any, help_text: Any = "", *, rows: int = 6, required: bool = True) -> forms.CharField:
    """Words, kept as they are written."""
    widget = forms.Textarea(attrs={"rows": rows, "autocomplete": "off"})
    return forms.CharField(label=label, help_text=help_text, widget=widget, required=required, strip=False)


def day_field(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    """A day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget, required=required)


class HouseField(forms.CharField):
    """A house by its code, however it is typed. One that is not there is refused: nobody would be shut out by it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=40, widget=forms.TextInput(attrs={"list": "houses", "autocomplete": "off"}), **kwargs
        )

    def clean(self, value: Any) -> str:
        said = super().clean(value).strip()
        if not said:
            return ""
        found = Organisation.objects.filter(code__iexact=said).values_list("code", flat=True).first()
        if found is None:
            raise forms.ValidationError(
                _("No house has the code “%(code)s”. Begin to type its name, and choose it from the list."),
                params={"code": said},
            )
        return found


def yes_or_no(label: Any, yes: Any, no: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=[("yes", yes), ("no", no)], widget=forms.RadioSelect, coerce=lambda said: said == "yes"
    )


class CaseForm(forms.Form):
    """A form on a case. `prepare` fills in what may be chosen."""

    def __init__(self, data: Any = None, *, around: Around) -> None:
        super().__init__(data)
        self.around = around
        self.prepare(around)

    def prepare(self, around: Around) -> None:
        """Fill in what this case offers."""

    def show_anew(self, around: Around) -> None:
        """Shown again after a refusal, with the case as it is now."""
        self.around = around

    @property
    def houses(self) -> list[tuple[str, str]]:
        """The code and the name of each house, to choose from; none where no house is asked about."""
        if not any(isinstance(field, HouseField) for field in self.fields.values()):
            return []
        return list(Organisation.objects.filter(exists_until=None).order_by("name").values_list("code", "name"))

    def offer(self, name: str, choices: Choices) -> None:
        """The choices of one field."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class KeptOnce(CaseForm):
    """A form whose words carry a number of their own: sent twice, they are kept once."""

    record = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)

    def prepare(self, around: Around) -> None:
        self.fields["record"].initial = random_id


class ReadForm(CaseForm):
    """A form that settles what a child has said: it knows how many of the case's words were shown with it."""

    read = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def prepare(self, around: Around) -> None:
        super().prepare(around)
        self.fields["read"].initial = around.file.case.words_count

    def show_anew(self, around: Around) -> None:
        """From now on what stands in the case is what was shown."""
        super().show_anew(around)
        self.data = {**dict(self.data.items()), "read": str(self.around.file.case.words_count)}


class SeenForm(ReadForm):
    """Nothing is asked but that what is new was read."""


class AnswerForm(ReadForm, KeptOnce):
    """A word to the child, and the day of the next one."""

    message = text(_("Your words to the child"), _("The child reads exactly this. Short sentences, its own words."))
    promise_on = day_field(
        _("You write again by"),
        _("The child is told this day. If it is missed, the case goes up a level."),
        required=False,
    )
    nothing_more_owed = forms.BooleanField(label=_("Nothing more is owed: no promise"), required=False)

    def prepare(self, around: Around) -> None:
        super().prepare(around)
        self.fields["promise_on"].initial = around.promise_on


class TakeDownForm(KeptOnce):
    """What the child said elsewhere, in a case that is there."""

    message = text(_("What the child said, word for word"), _("Nobody edits this afterwards, you neither."))
    on = day_field(_("It was said on"))

    def prepare(self, around: Around) -> None:
        super().prepare(around)
        self.fields["on"].initial = around.today


class NoteForm(KeptOnce):
    """What an adult thinks."""

    text = text(_("Your note"), _("The child never sees this. Colleagues who work the case do."))
    kind = forms.ChoiceField(
        label=_("What it is"), choices=[(code, NOTE_KINDS[code]) for code in ("note", "next_step")]
    )


class WishForm(KeptOnce):
    """What the child wants."""

    wish = text(_("What the child wants, in its own words"))
    step = forms.ChoiceField(label=_("When it was asked"), choices=list(STEPS.items())[1:])

    def prepare(self, around: Around) -> None:
        super().prepare(around)
        if not around.file.told.asks_for_confirmation or around.file.case.code_by == around.person:
            self.offer("step", [(code, word) for code, word in list(STEPS.items())[1:] if code != CONFIRMS_CODE])


class RiskForm(CaseForm):
    """How great the danger is."""

    danger = forms.ChoiceField(label=_("The danger"), choices=list(DANGERS.items()), widget=forms.RadioSelect)
    reasons = text(_("Why"), _("What you know, from whom, and what you do not know."))
    look_again_on = day_field(_("Look again on"))


class NothingAskedForm(CaseForm):
    """Nothing is asked; sending it does it."""


class LabelForm(CaseForm):
    """A word of one's own for a case."""

    label = forms.CharField(
        label=_("Your own word for this case"),
        max_length=40,
        required=False,
        help_text=_(
            "You know it by this on your desk. Nobody else reads it: it lies sealed. Leave it empty to take it away."
        ),
    )

    def prepare(self, around: Around) -> None:
        self.fields["label"].initial = around.label


class CheckInForm(CaseForm):
    """What was found on a planned day."""

    due_on = forms.ChoiceField(label=_("The day it was planned for"))
    found = text(_("What you found"), _("Who was asked, where, and what the child said."))
    alarm = forms.BooleanField(
        label=_("The child is made to pay for having spoken"),
        help_text=_("The level above and the board see the case at once."),
        required=False,
    )

    def prepare(self, around: Around) -> None:
        self.offer("due_on", [(str(one.due_on), day(one.due_on)) for one in around.file.check_ins if not one.done_on])

    def clean_due_on(self) -> date:
        return date.fromisoformat(self.cleaned_data["due_on"])


class AlarmForm(CaseForm):
    """The child is made to pay for having spoken."""

    found = text(_("What happens to the child, and how you know"))


class ColleagueForm(CaseForm):
    """A colleague who is let in."""

    person = forms.TypedChoiceField(label=_("Whom"), coerce=int)

    def prepare(self, around: Around) -> None:
        holding = {holder.person for holder in around.file.holders if not holder.waits}
        self.offer("person", [("", "")] + [pair for pair in around.colleagues if pair[0] not in holding])


class AboutForm(CaseForm):
    """Whom it turns out to be about."""

    said = text(_("Names, as they were said"), _("Whoever bears such a name does not hear this case any more."), rows=3)
    unit = HouseField(
        label=_("The house it is about, by its code"),
        required=False,
        help_text=_("Whoever belongs to it does not hear this case any more."),
    )


class CloseForm(ReadForm):
    """The last word to the child."""

    message = text(
        _("Your last words to the child"),
        _("What was done, what was not, and that the child can come back or ask for somebody above at any time."),
    )


class NotTheirsForm(CaseForm):
    """What was taken down here and is another child's."""

    which = forms.ChoiceField(label=_("What is not this child's"), widget=forms.RadioSelect)

    def prepare(self, around: Around) -> None:
        words = [("words", one) for one in around.file.told.messages if one.taken_down and not one.is_misplaced]
        wishes = [("wish", one) for one in around.file.wishes if one.taken_down and not one.is_misplaced]
        self.offer(
            "which",
            [
                (f"{thing} {one.number}", f"{day(one.on)}: {Truncator(one.text).chars(80)}")
                for thing, one in words + wishes
            ],
        )


class NewCodeForm(CaseForm):
    """A new code, face to face."""

    how_known = text(_("How you know that it is this child"), _("It is kept as a note. You must have met."), rows=3)


class ProposeErasureForm(CaseForm):
    """Why a case would be erased."""

    ground = forms.ChoiceField(label=_("Why"), choices=list(ERASURES.items()), widget=forms.RadioSelect)


class EraseForm(CaseForm):
    """Erasing for good."""

    sure = forms.BooleanField(label=_("Erase every word of this case for good"))
