"""Two meetings with one number: laid side by side, the decision of three key-holders taken in, and what comes back."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from omsorg.federation.access import Acting, NothingHere
from omsorg.federation.words import Link
from omsorg.kernel import clock
from omsorg.savings.access import ACCOMPANY, FIGURES, group_for
from omsorg.savings.actions.settling import settle
from omsorg.savings.models import Group, Settlement
from omsorg.savings.pages import groups
from omsorg.savings.pages.forks import decision_facts, draft_rows, laid_side_by_side
from omsorg.savings.pages.meeting import GATHERED_COLUMNS
from omsorg.savings.queries.settling import draft_of, open_forks, settlements_of
from omsorg.savings.rules.broken import Broken
from omsorg.savings.sentences import sentence_of
from omsorg.savings.views.groups import reader

COLUMNS = [
    {"label": _("Fingerprint")},
    {"label": _("Standing")},
    {"label": _("Held on")},
    {"label": _("Received")},
    {"label": _("Brought by")},
]


class Decision(forms.Form):
    """What three key-holders signed on their phone, as text."""

    decision = forms.CharField(
        label=_("The signed decision"),
        help_text=_("As the phone of the group gives it: one long text that begins with a curly bracket."),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
        max_length=16 * 1024,
    )


def _crumbs(group: Group) -> list[Link]:
    return [Link(_("Savings groups"), reverse("savings:groups")), Link(group.name, groups.url_of(group))]


def decide(request: HttpRequest, uuid: UUID, seq: int) -> HttpResponse:
    acting = reader(request)
    group = group_for(acting, uuid, ACCOMPANY)
    fork = next((each for each in open_forks(group) if each.seq == seq), None)
    if fork is None:
        raise NothingHere(str(seq))
    form = Decision(request.POST or None)
    if request.method == "POST" and form.is_valid():
        hashed = _handed_in(form, group, acting)
        if hashed:
            return redirect("savings:decision", uuid=group.uuid, hashed=hashed)
    return render(
        request,
        "savings/decide.html",
        {
            "group": group,
            "title": __("Meeting %(number)s, borne by several") % {"number": seq},
            "documents": laid_side_by_side(group, fork.documents),
            "columns": COLUMNS,
            "form": form,
            "crumbs": _crumbs(group),
        },
    )


def _handed_in(form: Decision, group: Group, acting: Acting) -> str:
    """The fingerprint of the decision; empty where it is refused, with the reason at the form."""
    try:
        said = form.cleaned_data["decision"].encode()
        return settle(envelope=said, by=acting, at=clock.now(), group=group).hash
    except Broken as broken:
        form.add_error("decision", str(sentence_of(broken.rule, broken.facts, group.currency)))
        return ""


def _found(request: HttpRequest, uuid: UUID, hashed: str) -> tuple[Group, Settlement]:
    group = group_for(reader(request), uuid, FIGURES)
    found = next((each for each in settlements_of(group) if each.hash == hashed), None)
    if found is None:
        raise NothingHere(hashed)
    return group, found


@require_GET
def decision(request: HttpRequest, uuid: UUID, hashed: str) -> HttpResponse:
    group, found = _found(request, uuid, hashed)
    opened = group.figures_opened
    return render(
        request,
        "savings/decision.html",
        {
            "group": group,
            "title": __("The decision on meeting %(number)s") % {"number": found.seq},
            "facts": decision_facts(group, found),
            "parts": draft_rows(draft_of(found.pk, found.seq), group.currency, opened=opened),
            "opened": opened,
            "columns": [
                {"label": _("What")},
                {"label": _("Member"), "figures": True},
                {"label": _("Amount"), "figures": True},
                {"label": _("More")},
            ],
            "gathered_columns": GATHERED_COLUMNS,
            "draft_url": reverse("savings:decision-draft", args=[group.uuid, found.hash]) if opened else "",
            "crumbs": _crumbs(group),
        },
    )


@require_GET
def decision_draft(request: HttpRequest, uuid: UUID, hashed: str) -> HttpResponse:
    """The draft as a file for the phone; only where the group agreed: its lines speak of members."""
    group, found = _found(request, uuid, hashed)
    if not group.figures_opened:
        raise NothingHere(hashed)
    response = JsonResponse({"format": 1, "group": str(group.uuid), **draft_of(found.pk, found.seq)})
    response["Content-Disposition"] = f'attachment; filename="savings-correction-{found.seq}.json"'
    return response
