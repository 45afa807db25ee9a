"""The page of the HTTP API: every operation and every shape, to be read without script."""

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from omsorg.site.api_reference import Reference, reference


@lru_cache(maxsize=1)
def _read_once() -> Reference:
    """The API does not change while the site runs."""
    return reference()


def api_reference(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "site/api_reference.html",
        {"reference": _read_once(), "document_url": reverse("api:openapi-json")},
    )
