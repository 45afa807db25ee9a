"""Who gets through, and where one is: what the views of safeguarding share."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from omsorg.federation.access import Acting, NotAllowed, acting_of, member
from omsorg.federation.words import Link
from omsorg.safeguarding.models import Incident
from omsorg.safeguarding.pages.lists import number_of, url_of


def reader(request: HttpRequest, verb: str) -> Acting:
    """Whoever may `verb` somewhere; others who work here are told which role it takes, strangers nothing."""
    acting = member(acting_of(request))
    if not acting.may_anywhere(verb):
        raise NotAllowed(verb)
    return acting


def crumbs(*incidents: Incident) -> list[Link]:
    """The way to a page of safeguarding."""
    way = [Link(_("Safeguarding"), reverse("safeguarding:my-work"))]
    if incidents:
        way.append(Link(_("Incidents"), reverse("safeguarding:incidents")))
    return way + [Link(number_of(each), url_of(each)) for each in incidents]


def columns(*labels: str | Promise) -> list[dict[str, Any]]:
    return [{"label": label} for label in labels]
