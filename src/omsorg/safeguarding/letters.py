"""Letters of safeguarding. None holds content: a number, what one is asked to do, and where. No name, no place."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import override

from omsorg.kernel.letters import write_letter
from omsorg.kernel.numbers import LANGUAGES
from omsorg.safeguarding.models import Incident
from omsorg.safeguarding.queries.people import Reader


def write_waiting(incident: Incident, to: Reader, *, at: datetime) -> bool:
    """Tell a focal person that something waits. Says whether the letter is new."""
    with override(_language(to)):
        return _write(f"waiting:{incident.pk}", to, __("Something waits for you"), "waiting", incident, at)


def write_asked(incident: Incident, to: Reader, *, at: datetime) -> bool:
    """Tell somebody that they are asked to work an incident."""
    with override(_language(to)):
        return _write(f"asked:{incident.pk}", to, __("You are asked to work on something"), "asked", incident, at)


def write_overdue(incident: Incident, to: Reader, *, is_above: bool, at: datetime) -> bool:
    """Tell whoever handles an incident, or sits one level up, that a clock has run out. One letter a day."""
    letter = "overdue_below" if is_above else "overdue"
    with override(_language(to)):
        subject = __("Something below you is overdue") if is_above else __("Something of yours is overdue")
        return _write(f"{letter}:{incident.pk}:{at.date().isoformat()}", to, subject, letter, incident, at)


def _write(about: str, to: Reader, subject: str, letter: str, incident: Incident, at: datetime) -> bool:
    if not to.email:
        return False
    facts = {
        "person": to.name,
        "number": incident.shown_number or "",
        "link": settings.ENVIRONMENT.base_url.rstrip("/") + reverse("safeguarding:my-work"),
        "site": settings.ENVIRONMENT.site_name,
    }
    return write_letter(
        once=f"safeguarding:{about}:{to.id}",
        to_address=to.email,
        to_person=to.id,
        language=_language(to),
        subject=subject,
        body=render_to_string(f"safeguarding/letters/{letter}.txt", facts).strip() + "\n",
        at=at,
    )


def _language(to: Reader) -> str:
    return to.language if to.language in LANGUAGES else "en"
