"""What a child reads whose line was too slow for what it sent: in its language, with the number and the way out."""

import re
from functools import lru_cache

from django.utils import translation
from django.utils.translation import gettext as _

from omsorg.ombuds.rules.things import LANGUAGES
from omsorg.ombuds.views.child.frame import HEADERS, Frame, page

_OF_A_CHILD = re.compile(r"/t/(?:([a-z]{2})/)?")


def too_slow(path: str) -> tuple[dict[str, str], bytes] | None:
    """Headers and page for what was sent to this address; None where it is none of the child's.

    Made once for each language and kept: it needs no thread and no database where many are sending at once.
    """
    found = _OF_A_CHILD.match(path)
    if found is None:
        return None
    return _in_language(found[1] if found[1] in LANGUAGES else "en")


@lru_cache(maxsize=len(LANGUAGES))
def _in_language(language: str) -> tuple[dict[str, str], bytes]:
    with translation.override(language):
        said = _(
            "It came too slowly, and we could not keep it. Go back and send it again; without a picture is quicker."
        )
        response = page(Frame(language), "trouble", 408, said=said, chosen="", message="")
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Language", language)
    return dict(response.headers), bytes(response.content)
