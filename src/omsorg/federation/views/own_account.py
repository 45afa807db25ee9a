"""One's own account: who one is here, which roles one holds, where one is signed in, keys to the HTTP API."""

from datetime import timedelta
from typing import Any

from allauth.account.utils import url_str_to_user_pk
from allauth.account.views import password_reset_from_key
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from omsorg.federation.access import Acting, NobodySignedIn, NothingHere, acting_of
from omsorg.federation.actions.people import correct_own_entry
from omsorg.federation.actions.sessions import end_other_sessions, end_session
from omsorg.federation.forms import ONE_DAY, OwnEntryForm, TokenForm
from omsorg.federation.models import Account, Token
from omsorg.federation.queries.people import every_mandate_of, sessions_of
from omsorg.federation.refusals import SecondFactorFirst
from omsorg.federation.roles import UnknownRole, role_called
from omsorg.federation.scopes import all_scopes, scopes_within
from omsorg.federation.second_factor import (
    is_excused,
    lacks_second_factor,
    roles_for_which_it_is_needed,
    roles_that_ask,
)
from omsorg.federation.tokens import make_token, revoke_token
from omsorg.federation.views.frame import asked, taken
from omsorg.federation.views.keeping_organisations import read_or_send
from omsorg.federation.words import Link, day, days_of_mandate, role_title
from omsorg.kernel import clock
from omsorg.kernel.refusals import Refusal

TOKEN_COLUMNS = [{"label": _("Key")}, {"label": _("What you can do")}]
SESSION_COLUMNS = [{"label": _("Browser")}, {"label": _("What you can do")}]
USUAL_LIFE_OF_A_KEY = timedelta(days=90)


def account_of(request: HttpRequest) -> Account:
    """The account that is signed in; asked after `acting_of`, which lets nobody else this far."""
    if not isinstance(request.user, Account):
        raise NobodySignedIn("nobody is signed in")
    return request.user


def _crumbs() -> list[Link]:
    return [Link(_("My account"), reverse("federation:own-account"))]


@require_GET
def own_account(request: HttpRequest) -> HttpResponse:
    acting = acting_of(request)
    account = account_of(request)
    sessions = sessions_of(account.pk, here=request.session.session_key, at=clock.now())
    return render(
        request,
        "federation/own_account.html",
        {
            "name": acting.name,
            "email": account.email,
            "mandates": _mandates(acting),
            "has_second_factor": account.has_second_factor,
            "asks_for_second_factor": bool(roles_for_which_it_is_needed(acting)),
            "is_excused": is_excused(acting),
            "session_columns": SESSION_COLUMNS,
            "sessions": sessions,
            "has_others": len(sessions) > 1,
            "token_columns": TOKEN_COLUMNS,
            "tokens": _tokens(acting),
            "may_make_token": bool(scopes_within(_verbs(acting))),
        },
    )


def _mandates(acting: Acting) -> list[dict[str, str]]:
    """The own roles that hold or will hold, in words."""
    rows = []
    for mandate in every_mandate_of(acting.person_id):
        if mandate.valid_until is not None and mandate.valid_until <= acting.day:
            continue
        try:
            sentence = str(role_called(mandate.role).sentence)
        except UnknownRole:
            sentence = ""
        told = {"role": role_title(mandate.role), "where": mandate.organisation.name}
        rows.append(
            {
                "title": __("%(role)s at %(where)s and all below") % told,
                "sentence": sentence,
                "days": days_of_mandate(mandate, acting.day),
            }
        )
    return rows


def _tokens(acting: Acting) -> list[dict[str, Any]]:
    """The own keys that still open something."""
    sentences = {scope.code: scope.sentence for scope in all_scopes()}
    alive = Token.objects.filter(person_id=acting.person_id, revoked_at=None, expires_on__gt=acting.day)
    return [
        {
            "number": token.pk,
            "name": token.name,
            "scopes": [sentences.get(code, code) for code in token.scopes],
            "last_day": day(token.expires_on - ONE_DAY),
        }
        for token in alive.order_by("-made_at")
    ]


def _verbs(acting: Acting) -> frozenset[str]:
    """What the own roles open, as far as a key could let it through."""
    every = frozenset[str]().union(*(scope.may for scope in all_scopes()))
    return frozenset(verb for verb in every if acting.may_anywhere(verb))


@read_or_send
def own_entry_correct(request: HttpRequest) -> HttpResponse:
    acting = acting_of(request)
    form = OwnEntryForm(request.POST or None, initial={"name": acting.name, "language": acting.language})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if taken(form, lambda: correct_own_entry(by=acting, at=clock.now(), **told)):
            messages.success(request, _("It is kept."))
            return redirect("federation:own-account")
    return asked(
        request,
        form,
        heading=_("My name and language"),
        lead=_("Your address is changed by those who look after people in your organisation."),
        button=_("Keep this"),
        crumbs=_crumbs(),
    )


@require_POST
def session_end(request: HttpRequest, number: int) -> HttpResponse:
    acting = acting_of(request)
    end_session(account_id=account_of(request).pk, session_id=number, by=acting, at=clock.now())
    messages.success(request, _("Signed out there."))
    return redirect("federation:own-account")


@require_POST
def sessions_end_others(request: HttpRequest) -> HttpResponse:
    acting = acting_of(request)
    here = request.session.session_key
    end_other_sessions(account_id=account_of(request).pk, staying=here, by=acting, at=clock.now())
    messages.success(request, _("Signed out everywhere else."))
    return redirect("federation:own-account")


@read_or_send
def token_make(request: HttpRequest) -> HttpResponse:
    acting = acting_of(request)
    if lacks_second_factor(acting):
        messages.error(request, str(SecondFactorFirst()))
        return redirect("federation:second-factor-first")
    verbs = _verbs(acting)
    if not scopes_within(verbs):
        messages.info(request, _("None of your roles opens anything that a program could do in your name."))
        return redirect("federation:own-account")
    form = TokenForm(request.POST or None, initial={"last_day": acting.day + USUAL_LIFE_OF_A_KEY}, verbs=verbs)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made: list[str] = []
        words: dict[str, Any] = {"name": told["name"], "scopes": told["scopes"]}
        until = told["last_day"] + ONE_DAY
        if taken(form, lambda: made.append(make_token(expires_on=until, by=acting, at=clock.now(), **words))):
            # Shown in the answer itself and kept nowhere: not in the session, not in the address.
            response = render(request, "federation/token_made.html", {"text": made[0], "name": told["name"]})
            response["Cache-Control"] = "no-store"
            return response
    return asked(
        request,
        form,
        heading=_("A key to the HTTP API"),
        lead=_("It lets a program act in your name, within what you choose here and what your roles may that day."),
        button=_("Make the key"),
        crumbs=_crumbs(),
    )


@require_POST
def token_revoke(request: HttpRequest, number: int) -> HttpResponse:
    acting = acting_of(request)
    try:
        revoke_token(token_id=number, by=acting, at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The key opens nothing any more."))
    return redirect("federation:own-account")


def second_factor_first(request: HttpRequest) -> HttpResponse:
    """Why a second factor is asked for, and the two ways to get one; who needs none is sent on."""
    asking = roles_that_ask(acting_of(request))
    if not asking or account_of(request).has_second_factor:
        return redirect("site:home")
    return render(request, "federation/second_factor_first.html", {"roles": asking})


def choose_password(request: HttpRequest, uidb36: str, key: str) -> HttpResponseBase:
    """The link in a letter. Whoever is signed in as somebody else signs out first: reading a page ends no session."""
    if request.user.is_authenticated and request.method in ("GET", "HEAD") and _whose(uidb36) != request.user.pk:
        return render(request, "federation/signed_in_as_another.html", {"next": request.get_full_path()})
    return password_reset_from_key(request, uidb36=uidb36, key=key)


def _whose(uidb36: str) -> int | None:
    try:
        return int(url_str_to_user_pk(uidb36))  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError):
        raise NothingHere("no such link") from None
