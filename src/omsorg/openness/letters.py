"""Letters of openness to people of the house: a held case must be looked at again."""

from datetime import date, datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import override

from omsorg.federation.models import Person
from omsorg.kernel.letters import write_letter
from omsorg.kernel.numbers import LANGUAGES, format_date
from omsorg.openness.models import Publication, Round

AGAIN_AFTER = 7
"""After how many days past its day a held case is written about again."""


def write_hold_due(
    publication: Publication, to: Person, review_on: date, *, number: int, left: int, at: datetime
) -> bool:
    """Tell one releaser that a held case must be looked at again: once before, once on its day, then every week.

    `left` is how many days are left until then. Nothing of the case stands in the letter.
    """
    when = "soon" if left > 0 else "due" if left > -AGAIN_AFTER else f"late{-left // AGAIN_AFTER}"
    language = to.language if to.language in LANGUAGES else "en"
    with override(language):
        facts = {
            "person": to.name,
            "organisation": publication.organisation.name,
            "day": format_date(review_on, language),
            "is_due": left <= 0,
            "link": settings.ENVIRONMENT.base_url.rstrip("/") + reverse("openness:draft", args=[publication.code]),
        }
        return write_letter(
            once=f"openness-hold:{publication.pk}:{number}:{when}:{to.pk}",
            to_address=to.email,
            to_person=to.pk,
            language=language,
            subject=__("A held case must be looked at again"),
            body=render_to_string("openness/letters/hold_due.txt", facts).strip() + "\n",
            at=at,
        )


def write_untold(made: Round, to: Person, *, number: int, week: int, at: datetime) -> bool:
    """Tell one teller that somebody on a list has not been reached: once a week, counted anew after each step of the
    case (`number`). It names nobody."""
    link = settings.ENVIRONMENT.base_url.rstrip("/") + reverse("openness:telling", args=[made.publication.code])
    return _write_weekly(made, to, "untold", {"link": link}, f"{number}:{week}", at)


def write_nobody_tells(made: Round, to: Person, *, number: int, week: int, at: datetime) -> bool:
    """Tell whoever releases, or gives out roles, that somebody has not been reached and nobody is left who tells."""
    return _write_weekly(made, to, "nobody_tells", {}, f"{number}:{week}", at)


def _write_weekly(made: Round, to: Person, letter: str, more: dict[str, str], once: str, at: datetime) -> bool:
    language = to.language if to.language in LANGUAGES else "en"
    with override(language):
        facts = {"person": to.name, "organisation": made.publication.organisation.name, **more}
        return write_letter(
            once=f"openness-untold:{made.pk}:{once}:{to.pk}",
            to_address=to.email,
            to_person=to.pk,
            language=language,
            subject=__("Somebody has not been told yet"),
            body=render_to_string(f"openness/letters/{letter}.txt", facts).strip() + "\n",
            at=at,
        )
