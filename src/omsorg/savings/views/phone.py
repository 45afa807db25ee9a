"""What the phone of a group fetches once and keeps: the page, its modules, its words. Nobody’s name and no session."""

import hashlib
import json
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.gzip import gzip_page

from omsorg.savings.pages.modules import joined
from omsorg.savings.pages.phone import WORDS
from omsorg.savings.sentences import SENTENCES

LANGUAGES = ("en", "da", "nb", "sv", "sw", "fr", "es", "ar")
STATIC = Path(settings.STATICFILES_DIRS[0])
ALONE = ("css/savings-phone.css", "savings-phone.svg")


def shell(request: HttpRequest) -> HttpResponse:
    return render(request, "savings/phone.html")


@gzip_page
def program(request: HttpRequest) -> HttpResponse:
    """All modules of the phone as one."""
    response = HttpResponse(_program(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@gzip_page
def words(request: HttpRequest, language: str) -> HttpResponse:
    """All that the phone says in one language, the rules' refusals with it."""
    if language not in LANGUAGES:
        raise Http404
    return JsonResponse(_words(language))


def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put the page among its apps."""
    home = reverse("phone:shell")
    icon = {"src": static(ALONE[1]), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
    said = {"name": "Omsorg hisa", "short_name": "Hisa", "id": home, "start_url": home, "scope": home}
    return JsonResponse(
        {**said, "display": "standalone", "background_color": "#fbfaf6", "theme_color": "#1b5363", "icons": [icon]},
        content_type="application/manifest+json",
    )


def worker(request: HttpRequest) -> HttpResponse:
    """The keeper of the shell: a new version wherever one byte of the page, its modules or its words is new."""
    home = reverse("phone:shell")
    addresses = [home, reverse("phone:manifest"), reverse("phone:program"), *map(static, ALONE)]
    addresses += [reverse("phone:words", args=[language]) for language in LANGUAGES]
    version = hashlib.sha256(shell(request).content)
    version.update(_program().encode())
    for name in ALONE:
        version.update((STATIC / name).read_bytes())
    for language in LANGUAGES:
        version.update(json.dumps(_words(language), sort_keys=True).encode())
    response = render(
        request,
        "savings/worker.js",
        {"version": version.hexdigest()[:16], "addresses": json.dumps(addresses)},
        content_type="text/javascript",
    )
    response.headers["Cache-Control"] = "no-cache"
    return response


def _program() -> str:
    scripts = STATIC / "js" / "savings"
    return _program_as_of(max(each.stat().st_mtime_ns for each in scripts.rglob("*.js")))


@lru_cache(maxsize=1)
def _program_as_of(_changed: int) -> str:
    """All modules joined, once for each time that one of them was changed."""
    return joined(STATIC / "js" / "savings" / "phone" / "app.js")


@cache
def _words(language: str) -> dict[str, dict[str, str]]:
    with translation.override(language):
        return {
            "words": {name: gettext(sentence) for name, sentence in WORDS.items()},
            "rules": {rule: gettext(sentence) for rule, sentence in SENTENCES.items()},
        }
