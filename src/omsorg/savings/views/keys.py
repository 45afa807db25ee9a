"""The phones and keys of a group, and the paper that three key-holders sign before their field officer."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from omsorg.federation.access import Acting
from omsorg.federation.words import Link
from omsorg.kernel import clock
from omsorg.savings.access import ACCOMPANY, group_for
from omsorg.savings.actions.changing import change_keys
from omsorg.savings.models import Group
from omsorg.savings.pages import groups
from omsorg.savings.pages.keys import KEY_COLUMNS, PHONE_COLUMNS, key_rows, paper_lines, phone_rows
from omsorg.savings.queries.keys import phones_and_keys_of
from omsorg.savings.rules.broken import Broken
from omsorg.savings.sentences import sentence_of
from omsorg.savings.views.groups import reader


class SignedPaper(forms.Form):
    """What three key-holders signed, as text."""

    paper = forms.CharField(
        label=_("The signed paper"),
        help_text=_("As the phone of the group gives it: one long text that begins with a curly bracket."),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
        max_length=16 * 1024,
    )


def keys(request: HttpRequest, uuid: UUID) -> HttpResponse:
    acting = reader(request)
    group = group_for(acting, uuid, ACCOMPANY)
    form = SignedPaper(request.POST or None)
    if request.method == "POST" and form.is_valid() and _handed_in(form, group, acting):
        return redirect("savings:keys", uuid=group.uuid)
    found = phones_and_keys_of(group)
    return render(
        request,
        "savings/keys.html",
        {
            "group": group,
            "phones": phone_rows(found.devices),
            "phone_columns": PHONE_COLUMNS,
            "keys": key_rows(group, found.keys),
            "key_columns": KEY_COLUMNS,
            "papers": paper_lines(found.papers),
            "form": form,
            "crumbs": [
                Link(_("Savings groups"), reverse("savings:groups")),
                Link(group.name, groups.url_of(group)),
            ],
        },
    )


def _handed_in(form: SignedPaper, group: Group, acting: Acting) -> bool:
    """Whether it was done; where it is refused the reason stands at the form."""
    try:
        change_keys(group=group, envelope=form.cleaned_data["paper"].encode(), by=acting, at=clock.now())
    except Broken as broken:
        form.add_error("paper", str(sentence_of(broken.rule, broken.facts, group.currency)))
        return False
    return True
