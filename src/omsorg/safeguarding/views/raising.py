"""Raising a concern: one page, works on a phone and without script."""

import secrets
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from omsorg.federation.access import Acting, acting_of, member
from omsorg.federation.models import Organisation
from omsorg.kernel import clock
from omsorg.kernel.refusals import Refusal
from omsorg.safeguarding.access import place_called, unit_complained_of
from omsorg.safeguarding.actions.raising import Concern, raise_concern
from omsorg.safeguarding.forms.fields import Long, choice, radio
from omsorg.safeguarding.pages.lists import nobody_reads_it
from omsorg.safeguarding.pages.words import ABOUT, ANSWERS, CHANNELS, NATURES
from omsorg.safeguarding.queries.concerns import my_concerns
from omsorg.safeguarding.queries.people import KEPT_UNREAD
from omsorg.safeguarding.rules.codes import WHOLE, About, Answer, Channel, Nature
from omsorg.safeguarding.rules.conflicts import WhichUnit
from omsorg.safeguarding.views.frame import crumbs

BROUGHT = {code: word for code, word in CHANNELS.items() if code != Channel.OMBUDS}
WITHIN_US = {**BROUGHT, Channel.COLLEAGUE: _("I have seen or heard it myself")}


class ConcernForm(forms.Form):
    """What one is worried about. Only where and what are asked for; everything else helps."""

    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    what = Long(
        label=_("What are you worried about?"),
        rows=7,
        help_text=_("In your own words, in any language. You do not have to be sure, and you need no proof."),
    )
    place = forms.ChoiceField(label=_("Where?"))
    safe_now = radio(ANSWERS, label=_("Is everybody safe now?"), required=False, initial=Answer.NOT_KNOWN)
    about = radio(ABOUT, label=_("Whom is it about?"))
    unit = forms.ChoiceField(
        label=_("Which organisation, or whose leadership?"),
        required=False,
        help_text=_("Only where it is about a leadership or a whole organisation. It may stand above the place."),
    )
    complained_of = forms.CharField(
        label=_("Their names, if you know them"),
        max_length=500,
        required=False,
        help_text=_("Whoever is named finds nothing of what you write here."),
    )
    when = forms.CharField(label=_("When did it happen?"), max_length=500, required=False)
    nature = choice(NATURES, label=_("What kind of harm is it?"), required=False)
    channel = choice(WITHIN_US, label=_("How do you know?"), initial=Channel.COLLEAGUE)

    def __init__(self, *args: Any, acting: Acting, **more: Any) -> None:
        super().__init__(*args, **more)
        places = Organisation.objects.filter(exists_until=None).order_by(Lower("name"), "pk")
        self.fields["place"].choices = list(places.values_list("code", "name"))  # type: ignore[attr-defined]
        offered = [("", "–"), *places.values_list("code", "name")]
        self.fields["unit"].choices = offered  # type: ignore[attr-defined]
        home = Organisation.objects.filter(pk=acting.organisation_id).values_list("code", flat=True).first()
        self.fields["place"].initial = home
        self.fields["once"].initial = secrets.token_hex(16)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("about") in WHOLE and not said.get("unit"):
            self.add_error("unit", str(WhichUnit()))
        return said

    def concern(self) -> Concern:
        said = self.cleaned_data
        return Concern(
            place=place_called(said["place"]),
            what=said["what"],
            when=said["when"],
            safe_now=Answer(said["safe_now"] or Answer.NOT_KNOWN),
            about=About(said["about"]),
            unit=unit_complained_of(About(said["about"]), said["unit"]),
            complained_of=said["complained_of"],
            nature=Nature(said["nature"] or Nature.NOT_KNOWN),
        )


def raise_it(request: HttpRequest) -> HttpResponse:
    """The form, and what becomes of it: received, with a code; nothing of it is shown again."""
    acting = member(acting_of(request))
    form = ConcernForm(request.POST or None, acting=acting)
    if request.method == "POST" and form.is_valid():
        try:
            channel = Channel(form.cleaned_data["channel"])
            once = form.cleaned_data["once"]
            code = raise_concern(concern=form.concern(), channel=channel, once=once, by=acting, at=clock.now())
            handed = next(each for each in my_concerns() if each.code == code).handed
            received = (
                __("Your concern has been received, under the code %(code)s.")
                if handed == KEPT_UNREAD
                else __("Your concern has been received, under the code %(code)s. Somebody looks at it within a day.")
            )
            messages.success(request, received % {"code": code})
            if handed == KEPT_UNREAD:
                messages.warning(request, nobody_reads_it())
            if handed == "above":
                messages.warning(
                    request,
                    __(
                        "We know nobody of that name here. Those one level up look at it first, until it is clear whom"
                        " it is about."
                    ),
                )
            return redirect("safeguarding:my-work")
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, "safeguarding/raise.html", {"form": form, "crumbs": crumbs()})
