"""Where somebody arrives who signs in: at the first page of their own, in their own language."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.utils import get_login_redirect_url
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language_from_path, override

from omsorg.federation.access import NothingHere, acting_as
from omsorg.federation.adapter import AccountDoor
from omsorg.federation.door import SENT_IN_VAIN
from omsorg.kernel import clock
from omsorg.kernel.wall import in_name_of
from omsorg.site.menus import first_page_of


class FrontDoor(AccountDoor):
    """The door to the accounts, knowing the pages that lie behind it."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The first page of one's own; whoever was on the way to a page is led to that one instead."""
        person, today = request.user.person_id, clock.today()  # type: ignore[union-attr]
        try:
            with in_name_of(person, day=today):
                acting = acting_as(person, day=today)
        except NothingHere:
            return reverse("site:home")
        known = acting.language in dict(settings.LANGUAGES)
        with override(acting.language if known else settings.LANGUAGE_CODE):
            return first_page_of(acting)

    def post_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse:
        """What is said on arriving is said in the language of the page that one arrives at."""
        target = get_login_redirect_url(request, more.get("redirect_url"), signup=more.get("signup", False))
        with override(get_language_from_path(urlsplit(target).path) or settings.LANGUAGE_CODE):
            response: HttpResponse = super().post_login(request, user, **{**more, "redirect_url": target})
        response.delete_cookie(SENT_IN_VAIN)
        return response
