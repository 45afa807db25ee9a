"""Addresses: the one under which the site is known outside, and those of many things of one kind."""

from types import EllipsisType
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse
from django.utils.http import RFC3986_SUBDELIMS

SAFE = f"{RFC3986_SUBDELIMS}~:@"
"""What stands in a part of an address as it is, as Django writes addresses."""


def absolute(path: str) -> str:
    """`path` under the address of the deployment (OMSORG_BASE_URL).

    Never under the `Host` that a request names: whoever asks under another name must not be able to put that name
    into a letter, a feed, a document that is kept, or a page that a proxy gives to the next reader.
    """
    base: str = settings.ENVIRONMENT.base_url
    return base.rstrip("/") + path


class Addresses:
    """The addresses of many things of one kind, in the reader's language: looked up once, filled in for each.

    `Addresses("plans:answer", plan.code, ..., ...)` leaves two places open; called with two codes it gives an address.
    """

    _OPEN = "0open0"

    def __init__(self, name: str, *args: str | EllipsisType) -> None:
        self._parts = reverse(name, args=[self._OPEN if each is ... else each for each in args]).split(self._OPEN)

    def __call__(self, *codes: str) -> str:
        filled = (f"{quote(code, safe=SAFE)}{part}" for code, part in zip(codes, self._parts[1:], strict=True))
        return f"{self._parts[0]}{''.join(filled)}"
