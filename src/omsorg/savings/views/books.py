"""Everything of a group, to take with it: two files, and who may fetch them for it."""

from tempfile import SpooledTemporaryFile
from uuid import UUID

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from omsorg.federation.access import require
from omsorg.federation.words import Link
from omsorg.kernel import clock
from omsorg.savings.access import ACCOMPANY, FIGURES, group_for
from omsorg.savings.actions.handing_out import hand_out_books
from omsorg.savings.models import Group
from omsorg.savings.pages import groups
from omsorg.savings.views.groups import reader

IN_MEMORY = 2**20
MEDIA_TYPES = {"json": "application/json", "journal": "text/plain; charset=utf-8"}
KIND_SAID = {
    "json": _("Everything, as JSON: each sealed meeting with its signatures, and all that came of it"),
    "journal": _("The ledger, as a journal that hledger and ledger read"),
}


class BooksForm(forms.Form):
    """Which file, and that the group wants it."""

    kind = forms.ChoiceField(label=_("Which file"), choices=list(KIND_SAID.items()), widget=forms.RadioSelect)
    asked = forms.BooleanField(
        label=_("The group has asked for it"),
        help_text=_("The file tells what each member saved and owes. It is the group’s: hand it to nobody else."),
        error_messages={
            "required": _("Only the group can ask for its books. Tick this when its members have agreed in a meeting.")
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def books(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The file is written whole before it is sent: what fails is told, and nobody gets a part for the whole."""
    acting = reader(request)
    group = group_for(acting, uuid, FIGURES)
    require(acting, ACCOMPANY, group.unit_id)
    form = BooksForm(request.POST or None)
    if form.is_valid():
        kind = form.cleaned_data["kind"]
        file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
        handed = hand_out_books(group=group, kind=kind, to=file, by=acting, at=clock.now())
        file.seek(0)
        answer = FileResponse(file, as_attachment=True, filename=handed.filename, content_type=MEDIA_TYPES[kind])
        answer["Cache-Control"] = "private, no-store"
        return answer
    return page(request, group, form)


def page(request: HttpRequest, group: Group, form: BooksForm) -> HttpResponse:
    crumbs = [Link(_("Savings groups"), reverse("savings:groups")), Link(group.name, groups.url_of(group))]
    return render(request, "savings/books.html", {"group": group, "form": form, "crumbs": crumbs})
