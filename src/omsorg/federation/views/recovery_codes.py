"""Recovery codes of one's own account: looked at and saved. Reading them writes nothing."""

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

View = Callable[[HttpRequest], HttpResponse]


ask_again: Callable[[View], View] = reauthentication_required(app="allauth.mfa")


def _unused_codes(request: HttpRequest) -> list[str]:
    kept = Authenticator.objects.filter(user=request.user.pk, type=Authenticator.Type.RECOVERY_CODES).first()
    if kept is None:
        raise Http404("no recovery codes")
    codes: Any = kept.wrap()  # type: ignore[no-untyped-call]
    return codes.get_unused_codes()


@require_GET
@never_cache
@ask_again
def recovery_codes(request: HttpRequest) -> HttpResponse:
    context = {"unused_codes": _unused_codes(request), "total_count": app_settings.RECOVERY_CODE_COUNT}
    return render(request, "federation/recovery_codes.html", context)


@require_GET
@never_cache
@ask_again
def recovery_codes_file(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("".join(f"{code}\n" for code in _unused_codes(request)), content_type="text/plain")
    response["Content-Disposition"] = 'attachment; filename="recovery-codes.txt"'
    return response
