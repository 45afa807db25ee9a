"""Letters of safeguarding. None holds content: a number, what one is asked to do, and where. No name, no place."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import override

from omsorg.kernel.letters import take_back, write_letter
from omsorg.kernel.models import Letter
from omsorg.kernel.numbers import LANGUAGES
from omsorg.safeguarding.models import Incident
from omsorg.safeguarding.queries.people import Reader, worker_of


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


def _write(about: str, to: Reader, subject: str, letter: str, incident: Incident | None, at: datetime) -> bool:
    if not to.email:
        return False
    facts = {
        "person": to.name,
        "number": (incident.shown_number or "") if incident else "",
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


def take_back_from_shut_out(incident: Incident, *, at: datetime) -> int:
    """Stop what is written about an incident to whoever sees nothing of it any more and has not gone out yet.

    To be called as the house, in the transaction that shuts them out. Says how many letters were stopped.
    """
    about = Letter.objects.filter(once__regex=rf"^safeguarding:[a-z_]+:{incident.pk}:").values_list("once", "to_person")
    unseen = [once for once, to in about if to is not None and worker_of(incident.pk, to) is None]
    return take_back(unseen, at=at)


def write_left_alone(incident: Incident, to: Reader, *, at: datetime) -> bool:
    """Tell whoever gives out roles at the top that nobody may handle something. No number, no place, no reason."""
    with override(_language(to)):
        subject = __("Nobody is left to answer for something")
        return _write(f"alone:{incident.pk}:{at.date().isoformat()}", to, subject, "alone", None, at)


def write_to_board(incident: Incident, address: str, *, at: datetime) -> bool:
    """Tell an address outside the house that nobody here may handle something, nor give anybody the role that may.

    No number, no place, no name, no link. Once a day.
    """
    with override(settings.LANGUAGE_CODE):
        return write_letter(
            once=f"safeguarding:alone:{incident.pk}:{at.date().isoformat()}:board",
            to_address=address,
            to_person=None,
            language=settings.LANGUAGE_CODE,
            subject=__("Nobody is left to answer for something"),
            body=render_to_string("safeguarding/letters/board.txt", {"site": settings.ENVIRONMENT.site_name}).strip()
            + "\n",
            at=at,
        )


def write_fell_to(incident: Incident, to: Reader, *, at: datetime) -> bool:
    """Tell those who sit above, and at the top, that nobody below is left for something: now it is theirs."""
    with override(_language(to)):
        return _write(f"fell:{incident.pk}", to, __("Something below you has fallen to you"), "fell", incident, at)
