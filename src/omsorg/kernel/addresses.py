"""The one address under which the site is known outside: in letters, feeds, files and on paper."""

from django.conf import settings


def absolute(path: str) -> str:
    """`path` under the address of the deployment (OMSORG_BASE_URL).

    Never under the `Host` that a request names: whoever asks under another name must not be able to put that name
    into a letter, a feed, a document that is kept, or a page that a proxy gives to the next reader.
    """
    base: str = settings.ENVIRONMENT.base_url
    return base.rstrip("/") + path
