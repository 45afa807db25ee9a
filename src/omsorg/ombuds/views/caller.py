"""Who calls: asked for the gates alone, and forgotten with the request."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def caller_of(request: HttpRequest) -> str:
    """The address that a page was called from, as far as the operator's own proxies are believed; empty for none."""
    try:
        found: str = get_adapter().get_client_ip(request)
    except PermissionDenied:
        return ""
    return found
