"""Correcting a group's name, place or phase."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from omsorg.federation.access import Acting
from omsorg.federation.models import Organisation
from omsorg.federation.words import Link
from omsorg.kernel import clock
from omsorg.savings.access import ACCOMPANY, group_for
from omsorg.savings.actions.correcting import CorrectedMeanwhile, NothingCorrected, Particulars, correct_group
from omsorg.savings.models import Group
from omsorg.savings.pages import groups
from omsorg.savings.pages.correcting import correction_lines
from omsorg.savings.pages.words import PHASES
from omsorg.savings.queries.correcting import corrections_of, last_correction
from omsorg.savings.views.groups import reader


class Correcting(forms.Form):
    """The particulars as they should stand, and why. `after` is what was read when the page was opened."""

    name = forms.CharField(label=_("Name"), max_length=200)
    unit = forms.ModelChoiceField(Organisation.objects.none(), label=_("Place"))
    phase = forms.ChoiceField(label=_("Phase"), choices=list(PHASES.items()))
    why = forms.CharField(
        label=_("Why"), help_text=_("One sentence for whoever asks later on. Name no member."), max_length=300
    )
    after = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, acting: Acting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Organisation.objects.filter(pk__in=acting.units_for(ACCOMPANY)).order_by("name")
        self.fields["unit"] = forms.ModelChoiceField(places, label=_("Place"))


def correct(request: HttpRequest, uuid: UUID) -> HttpResponse:
    acting = reader(request)
    group = group_for(acting, uuid, ACCOMPANY)
    stands = {"name": group.name, "unit": group.unit_id, "phase": group.phase, "after": last_correction(group)}
    form = Correcting(request.POST or None, initial=stands, acting=acting)
    if request.method == "POST" and form.is_valid() and _corrected(form, group, acting):
        return redirect("savings:group", uuid=group.uuid)
    return render(
        request,
        "savings/correct.html",
        {
            "group": group,
            "form": form,
            "corrections": correction_lines(corrections_of(group)),
            "crumbs": [
                Link(_("Savings groups"), reverse("savings:groups")),
                Link(group.name, groups.url_of(group)),
            ],
        },
    )


def _corrected(form: Correcting, group: Group, acting: Acting) -> bool:
    """Whether it was done; where it is refused the reason stands at the form."""
    said = form.cleaned_data
    try:
        correct_group(
            group=group,
            said=Particulars(said["name"], said["unit"], said["phase"]),
            why=said["why"],
            after=said["after"],
            by=acting,
            at=clock.now(),
        )
    except NothingCorrected:
        form.add_error(None, _("Everything stands as you wrote it already. Change what is wrong, or go back."))
        return False
    except CorrectedMeanwhile:
        form.add_error(None, _("Somebody corrected this group while you wrote. Open the page anew and look first."))
        return False
    return True
