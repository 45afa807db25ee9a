"""The first page, the gallery of components, and a word for whoever watches the server."""

from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template

from omsorg.federation.models import Organisation
from omsorg.site.gallery import exhibits, samples


def _leaflets() -> Iterator[str]:
    """What each system that is on says of itself to a newcomer, where it says anything."""
    for system in settings.SYSTEMS:
        name = f"{system}/first_page.html"
        try:
            get_template(name)
        except TemplateDoesNotExist:
            continue
        yield name


def home(request: HttpRequest) -> HttpResponse:
    """What one finds here, in a few words; on a house with the example in it, how to look behind the pages."""
    shows_example = settings.ENVIRONMENT.example and Organisation.objects.filter(is_example=True).exists()
    return render(request, "site/home.html", {"leaflets": list(_leaflets()), "shows_example": shows_example})


def health(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"database": "answers"})


def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "site/gallery.html", {"exhibits": exhibits(), **samples()})
