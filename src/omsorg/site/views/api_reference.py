"""The page of the HTTP API: every operation and every shape, to be read without script."""

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from omsorg.site.api_reference import reference


@lru_cache(maxsize=8)
def _finished(language: str | None) -> SafeString:
    """The inside of the page in a language: the API does not change while the site runs."""
    return render_to_string("site/api_reference_body.html", {"reference": reference()})


def api_reference(request: HttpRequest) -> HttpResponse:
    body, document_url = _finished(get_language()), reverse("api:openapi-json")
    return render(request, "site/api_reference.html", {"body": body, "document_url": document_url})
