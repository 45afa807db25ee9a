"""A group that was set up on its phone becomes known to the office, by the file that it gives its field officer."""

from typing import Any

from django import forms
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from omsorg.federation.access import Acting, NothingHere, acting_of
from omsorg.federation.models import Organisation
from omsorg.federation.words import Link
from omsorg.kernel import clock
from omsorg.savings.access import ACCOMPANY
from omsorg.savings.actions.founding import Key, found_group
from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.founded import MOST_BYTES, read_founded
from omsorg.savings.sentences import sentence_of


class Founding(forms.Form):
    """The file of the group, and the place below which it stands."""

    unit = forms.ModelChoiceField(Organisation.objects.none(), label=_("Place"))
    file = forms.FileField(
        label=_("File of the group"),
        help_text=_("As the phone of the group gives it: “File for the office”. It holds no money and no PIN."),
    )

    def __init__(self, *args: Any, acting: Acting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Organisation.objects.filter(pk__in=acting.units_for(ACCOMPANY)).order_by("name")
        self.fields["unit"] = forms.ModelChoiceField(places, label=_("Place"))


def found(request: HttpRequest) -> HttpResponse:
    acting = acting_of(request)
    if not acting.may_anywhere(ACCOMPANY):
        raise NothingHere("savings")
    form = Founding(request.POST or None, request.FILES or None, acting=acting)
    if request.method == "POST" and form.is_valid():
        uuid = _entered(form, acting)
        if uuid:
            return redirect("savings:group", uuid=uuid)
    crumbs = [Link(_("Savings groups"), reverse("savings:groups"))]
    return render(request, "savings/found.html", {"form": form, "crumbs": crumbs})


def _entered(form: Founding, acting: Acting) -> str:
    """The group's uuid; empty where it is refused, with the reason at the form."""
    try:
        said = read_founded(form.cleaned_data["file"].read(MOST_BYTES + 1))
        group = found_group(
            unit=form.cleaned_data["unit"],
            uuid=said.group,
            name=said.name,
            constitution=said.constitution,
            device=said.device,
            keys=[Key(*key) for key in said.keys],
            by=acting,
            at=clock.now(),
            is_example=acting.is_example,
        )
    except Broken as broken:
        form.add_error("file", str(sentence_of(broken.rule, broken.facts, "")))
        return ""
    except IntegrityError:
        form.add_error("file", _("This group is entered already."))
        return ""
    return str(group.uuid)
