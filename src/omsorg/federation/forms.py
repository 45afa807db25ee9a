"""What the pages of the federation ask for. They check the shape; what may be done is decided by the actions."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from omsorg.federation.models import Organisation, Place
from omsorg.federation.roles import all_roles
from omsorg.federation.scopes import scopes_within
from omsorg.federation.words import KINDS, kind_word, place_name

WAYS_OF_WRITING_A_DAY = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"]
ONE_DAY = timedelta(days=1)


class DayField(forms.DateField):
    """A day, chosen in the browser's calendar or typed."""

    def __init__(self, **told: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(input_formats=WAYS_OF_WRITING_A_DAY, widget=widget, **told)


class OrganisationField(forms.ModelChoiceField):
    """One of the organisations that the page offers, sent by its code."""

    def __init__(self, **told: Any) -> None:
        super().__init__(Organisation.objects.none(), to_field_name="code", **told)

    def label_from_instance(self, obj: Organisation) -> str:
        return f"{obj.name} ({kind_word(obj.kind)})"


def offer(form: forms.Form, name: str, choices: Sequence[Any]) -> None:
    """Put the choices of the day into a field of the form."""
    cast(forms.ChoiceField, form.fields[name]).choices = choices


def offer_organisations(form: forms.Form, name: str, offered: QuerySet[Organisation]) -> None:
    cast(OrganisationField, form.fields[name]).queryset = offered


def language_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Language of letters"), choices=settings.LANGUAGES)


def name_field(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=120)


def reason_field() -> forms.CharField:
    return forms.CharField(
        label=_("Why?"),
        max_length=400,
        help_text=_("Kept for good. Name no persons."),
        widget=forms.Textarea({"rows": 2}),
    )


# ---- lists -----------------------------------------------------------------------------------------------------


class OrganisationChoice(forms.Form):
    words = forms.CharField(label=_("Name or code"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *KINDS.items()])
    standing = forms.ChoiceField(
        label=_("Which"), required=False, choices=[("", _("those that exist")), ("closed", _("closed ones"))]
    )


class PeopleChoice(forms.Form):
    words = forms.CharField(label=_("Name, address or organisation"), required=False, max_length=100)
    role = forms.ChoiceField(label=_("Role"), required=False)
    standing = forms.ChoiceField(
        label=_("Who"),
        required=False,
        choices=[
            ("", _("those here now")),
            ("invited", _("invited, not yet signed in")),
            ("left", _("those who left")),
        ],
    )

    def __init__(self, *args: Any, **told: Any) -> None:
        super().__init__(*args, **told)
        offer(self, "role", [("", _("all")), *((role.code, role.title) for role in all_roles())])


# ---- organisations ---------------------------------------------------------------------------------------------


class OrganisationForm(forms.Form):
    """Name, kind, place and language of an organisation."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS.items())
    place = forms.ChoiceField(label=_("Country or municipality"), required=False)
    language = language_field()

    def __init__(self, *args: Any, **told: Any) -> None:
        super().__init__(*args, **told)
        offer(self, "place", _places())

    def clean_place(self) -> Place | None:
        chosen = self.cleaned_data["place"]
        return Place.objects.get(pk=chosen) if chosen else None


class RenameForm(forms.Form):
    name = forms.CharField(label=_("New name"), max_length=200)
    reason = reason_field()


class FoundForm(OrganisationForm):
    exists_from = DayField(label=_("Since when does it exist?"))


class MoveForm(forms.Form):
    under = OrganisationField(label=_("Under which organisation?"), empty_label=_("choose"))
    from_on = DayField(label=_("From which day?"))
    reason = reason_field()
    is_meant = forms.BooleanField(
        label=_("Yes, one national association is to stand under the other"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, offered: QuerySet[Organisation], moved: Organisation, **told: Any) -> None:
        super().__init__(*args, **told)
        self.moved = moved
        offer_organisations(self, "under", offered)

    def clean(self) -> dict[str, Any]:
        """Ask once more where a national association would become part of another one."""
        told = super().clean() or {}
        under, national = told.get("under"), Organisation.Kind.NATIONAL_ASSOCIATION
        if under is not None and under.kind == self.moved.kind == national:
            self.fields["is_meant"].widget = forms.CheckboxInput()
            if not told.get("is_meant"):
                names = {"name": self.moved.name, "parent": under.name}
                self.add_error(
                    "is_meant",
                    _(
                        "Both are national associations. Whoever holds a role at %(parent)s would see and do the same"
                        " at %(name)s, and nobody of the one could verify the other. If that is meant, say so."
                    )
                    % names,
                )
        told.pop("is_meant", None)
        return told


class WhenForm(forms.Form):
    """At once, or after a last day."""

    when = forms.ChoiceField(
        label=_("When?"),
        choices=[("now", _("At once")), ("later", _("After a last day"))],
        widget=forms.RadioSelect,
        initial="now",
    )
    last_day = DayField(label=_("Last day"), required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("when") == "later" and not told.get("last_day") and "last_day" not in self.errors:
            self.add_error("last_day", _("Give the last day, or choose “At once”."))
        return told

    def first_day_without(self, today: date) -> date:
        """The first day on which it is over."""
        return self.cleaned_data["last_day"] + ONE_DAY if self.cleaned_data["when"] == "later" else today


class CloseForm(WhenForm):
    reason = reason_field()


class ReasonForm(forms.Form):
    reason = reason_field()


# ---- people ----------------------------------------------------------------------------------------------------


class InviteForm(forms.Form):
    name = name_field(_("Name"))
    email = forms.EmailField(label=_("E-mail address"), help_text=_("The invitation goes there; it signs in."))
    organisation = OrganisationField(label=_("Belongs to"), empty_label=_("choose"))
    language = language_field()

    def __init__(self, *args: Any, offered: QuerySet[Organisation], **told: Any) -> None:
        super().__init__(*args, **told)
        offer_organisations(self, "organisation", offered)


class PersonForm(forms.Form):
    name = name_field(_("Name"))
    email = forms.EmailField(label=_("E-mail address"), help_text=_("Signs in with it. A change is told to both."))
    language = language_field()


class OwnEntryForm(forms.Form):
    name = name_field(_("Name"))
    language = language_field()


class MovePersonForm(forms.Form):
    to = OrganisationField(label=_("Belongs to from now on"), empty_label=_("choose"))

    def __init__(self, *args: Any, offered: QuerySet[Organisation], **told: Any) -> None:
        super().__init__(*args, **told)
        offer_organisations(self, "to", offered)


class RoleForm(forms.Form):
    """A role, where, and for how long."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    organisation = OrganisationField(
        label=_("Where"), empty_label=_("choose"), help_text=_("It opens this organisation and all below it.")
    )
    from_on = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"), required=False, help_text=_("Leave empty for good."))

    def __init__(self, *args: Any, offered: QuerySet[Organisation], **told: Any) -> None:
        super().__init__(*args, **told)
        offer(self, "role", [(role.code, f"{role.title}: {role.sentence}") for role in all_roles()])
        offer_organisations(self, "organisation", offered)

    def until(self) -> date | None:
        last = self.cleaned_data["last_day"]
        return last + ONE_DAY if last else None


# ---- one's own account -----------------------------------------------------------------------------------------


class TokenForm(forms.Form):
    """A key to the HTTP API. Offers what the person's roles may, and no more."""

    name = forms.CharField(label=_("What is it for?"), max_length=80, help_text=_("Your own word, to know it again."))
    scopes = forms.MultipleChoiceField(label=_("What may it do?"), widget=forms.CheckboxSelectMultiple)
    last_day = DayField(label=_("Last day"), help_text=_("One year from now at the latest."))

    def __init__(self, *args: Any, verbs: frozenset[str], **told: Any) -> None:
        super().__init__(*args, **told)
        offer(self, "scopes", [(x.code, x.sentence) for x in scopes_within(verbs)])


def country_choices() -> list[tuple[str, str]]:
    """Every country of the house by code, in the reader's language."""
    found = [(place.code, place_name(place)) for place in Place.objects.filter(kind=Place.Kind.COUNTRY)]
    return sorted(found, key=lambda country: country[1].casefold())


def _places() -> list[Any]:
    countries: list[tuple[str, str]] = []
    municipalities: list[tuple[str, str]] = []
    for place in Place.objects.all():
        shown = place_name(place)
        if place.kind == Place.Kind.COUNTRY:
            countries.append((str(place.pk), shown))
        else:
            municipalities.append((str(place.pk), f"{shown} ({place.country_code} {place.code})"))
    offered: list[Any] = [("", _("none"))]
    for label, places in ((_("Countries"), countries), (_("Municipalities"), municipalities)):
        if places:
            offered.append((label, sorted(places, key=lambda place: place[1].casefold())))
    return offered
