"""Countries and municipalities: which ones the house knows, and municipalities from an official list."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from omsorg.federation.access import acting_of, keeps_the_top, member, require_at_the_top
from omsorg.federation.forms import country_choices
from omsorg.federation.imports import KEEP, KIND
from omsorg.federation.models import Place
from omsorg.federation.views.organisations import tabs
from omsorg.federation.words import place_name
from omsorg.kernel.imports.pages import ImportDoor, ImportPages

ON_A_PAGE = 100
COLUMNS = [{"label": _("Name")}, {"label": _("Code")}, {"label": _("Country")}]


class PlaceChoice(forms.Form):
    words = forms.CharField(label=_("Name or code"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("Which"),
        required=False,
        choices=[("", _("all")), (Place.Kind.COUNTRY, _("countries")), (Place.Kind.MUNICIPALITY, _("municipalities"))],
    )


class CountryAsked(forms.Form):
    """Of which country the list is."""

    country = forms.ChoiceField(label=_("Of which country is the list?"), choices=country_choices)


@require_GET
def places(request: HttpRequest) -> HttpResponse:
    acting = member(acting_of(request))
    form = PlaceChoice(request.GET)
    chosen = {name: value for name, value in (form.cleaned_data if form.is_valid() else {}).items() if value}
    words = str(chosen.get("words", "")).casefold()
    found = [
        {"name": place_name(place), "code": place.code, "country": place.country_code}
        for place in Place.objects.filter(**({"kind": chosen["kind"]} if "kind" in chosen else {}))
        if not words or words in place_name(place).casefold() or words == place.code.casefold()
    ]
    found.sort(key=lambda row: row["name"].casefold())
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "federation/places.html",
        {
            "tabs": tabs("places"),
            "form": form,
            "columns": COLUMNS,
            "rows": page.object_list,
            "page_of_list": page,
            "query": f"&{urlencode(chosen)}" if chosen else "",
            "is_narrowed": bool(chosen),
            "may_import": keeps_the_top(acting, KEEP),
        },
    )


def door(request: HttpRequest) -> ImportDoor:
    """For whoever keeps organisations at the top of the tree: places are everybody's."""
    acting = member(acting_of(request))
    require_at_the_top(acting, KEEP)
    return ImportDoor(acting.person_id, crumbs=[{"label": _("Places"), "url": reverse("federation:places")}])


PAGES = ImportPages(KIND, name="federation:places-import", door=door, questions=CountryAsked)
