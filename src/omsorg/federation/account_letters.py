"""Letters about one's account: the invitation, a changed address, a second factor taken away.

The rest (a forgotten password, a new passkey) is written by the sign-in package through `adapter`.
"""

import secrets
from datetime import datetime
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from omsorg.federation.models import Account, Person
from omsorg.kernel.addresses import absolute
from omsorg.kernel.letters import write_letter


def set_password_link(account: Account) -> str:
    """The address where the holder of the account chooses a password; good once, and for three days."""
    key = default_token_generator.make_token(account)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(account), "key": key})
    return absolute(path)


def write_invitation(account: Account, person: Person, *, invited_by: str, at: datetime) -> None:
    with override(person.language):
        subject = gettext("You are invited to %(site)s") % {"site": settings.ENVIRONMENT.site_name}
        facts = {"link": set_password_link(account), "invited_by": invited_by}
        _write("invitation", account.email, subject, facts, person=person, at=at)


def write_address_changed(person: Person, *, before: str, now: str, at: datetime) -> None:
    """To both addresses: whoever did not want this learns of it."""
    with override(person.language):
        subject = gettext("The address you sign in with was changed")
        for address in (before, now):
            _write("address_changed", address, subject, {"before": before, "now": now}, person=person, at=at)


def write_second_factor_cleared(account: Account, person: Person, *, by: str, at: datetime) -> None:
    with override(person.language):
        subject = gettext("Your second factor was taken away")
        _write("second_factor_cleared", account.email, subject, {"by": by}, person=person, at=at)


def _write(letter: str, address: str, subject: str, facts: dict[str, Any], *, person: Person, at: datetime) -> None:
    site = {"site": settings.ENVIRONMENT.site_name, "base_url": absolute("")}
    facts = {**site, **facts, "person": person, "organisation": person.organisation}
    write_letter(
        once=f"{letter}:{person.pk}:{secrets.token_hex(8)}",
        to_address=address,
        to_person=person.pk,
        language=person.language,
        subject=subject,
        body=render_to_string(f"federation/letters/{letter}.txt", facts).strip() + "\n",
        at=at,
    )
