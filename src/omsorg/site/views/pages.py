"""The first page, the gallery of components, and a word for whoever watches the server."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from omsorg.site.gallery import exhibits, samples


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "site/home.html")


def health(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"database": "answers"})


def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "site/gallery.html", {"exhibits": exhibits(), **samples()})
