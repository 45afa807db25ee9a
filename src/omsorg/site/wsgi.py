"""The door for the web server."""

import os
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

from omsorg.site.frames import with_room

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "omsorg.site.settings")
site = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """One request, answered with room for all its calls."""
    return with_room(lambda: site(environ, start_response))
