"""What the frame of every page knows: the menu, the languages, who is signed in. Looked up only when it is shown."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from omsorg.federation.access import Acting, NothingHere, acting_of
from omsorg.kernel.addresses import absolute
from omsorg.site.menus import MenuLink, menu_for


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """This page in another language; `name` is the language's own."""

    code: str
    name: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class PersonInHead:
    """Who is signed in, and the pages of the own account."""

    name: str
    links: tuple[MenuLink, ...]
    sign_out_url: str


class Page:
    """The frame of one page for one request."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def _acting(self) -> Acting | None:
        try:
            return acting_of(self._request)
        except NothingHere:
            return None

    @cached_property
    def name(self) -> str:
        return settings.ENVIRONMENT.site_name

    @cached_property
    def systems(self) -> list[str]:
        return settings.SYSTEMS

    @cached_property
    def menu(self) -> list[MenuLink]:
        return menu_for(self._acting, self._request.path)

    @cached_property
    def languages(self) -> list[LanguageLink]:
        """This very page in every language that is offered."""
        here, now = self._request.get_full_path(), get_language()
        return [
            LanguageLink(code, name, here if code == now else self._in(code), code == now)
            for code, name in settings.LANGUAGES
        ]

    def _in(self, language: str) -> str:
        """This very page in another language; the same address where it has no other."""
        here, found = self._request.get_full_path(), self._request.resolver_match
        if found is None:
            return translate_url(here, language)
        try:
            with override(language):
                path = reverse(found.view_name, args=found.args, kwargs=found.kwargs)
        except NoReverseMatch:
            return here
        _path, mark, query = here.partition("?")
        return f"{path}{mark}{query}"

    @cached_property
    def person(self) -> PersonInHead | None:
        if self._acting is None:
            return None
        pages = (
            (_("My account"), reverse("federation:own-account")),
            (_("Second factor and passkeys"), reverse("mfa_index")),
            (_("Password"), reverse("account_change_password")),
        )
        links = tuple(MenuLink(label, url, self._request.path.startswith(url)) for label, url in pages)
        return PersonInHead(self._acting.name, links, reverse("account_logout"))

    @cached_property
    def sign_in_url(self) -> str:
        return reverse("account_login")

    @cached_property
    def home_url(self) -> str:
        return reverse("site:home")

    @cached_property
    def origin(self) -> str:
        """The address of the site without a path, for links that must stand alone."""
        return absolute("")

    @cached_property
    def address(self) -> str:
        """Where this page is found again, for paper."""
        return absolute(self._request.get_full_path())

    @cached_property
    def source_url(self) -> str:
        return settings.ENVIRONMENT.source_url


def page(request: HttpRequest) -> dict[str, Page]:
    return {"page": Page(request)}
