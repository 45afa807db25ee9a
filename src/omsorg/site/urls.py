"""Addresses of the site: English without a prefix, other languages under /da/, /nb/, /sv/."""

from importlib.util import find_spec

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from omsorg.site import api
from omsorg.site.views import api_reference, letters, pages


def _systems() -> list[URLPattern | URLResolver]:
    """The addresses of every system that is on: each brings its own `urls`."""
    return [path("", include(f"omsorg.{name}.urls")) for name in settings.SYSTEMS if find_spec(f"omsorg.{name}.urls")]


site_patterns = (
    [
        path("", pages.home, name="home"),
        path("health/", pages.health, name="health"),
        path("ui/", pages.gallery, name="gallery"),
        path("api/", api_reference.api_reference, name="api-reference"),
        path("letters/", letters.outbox, name="letters"),
        path("letters/<int:number>/decision/", letters.decide, name="letter-decision"),
    ],
    "site",
)

urlpatterns = [
    *i18n_patterns(
        path("", include(site_patterns)),
        path("account/", include("omsorg.federation.account_urls")),
        path("", include("omsorg.federation.urls")),
        *_systems(),
        prefix_default_language=False,
    ),
    path("api/", include((api.addresses, api.app_name), namespace=api.namespace)),
]
