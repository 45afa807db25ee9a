"""Figures from a file: the pages of the house's import, behind the door of one answer."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as __

from omsorg.federation.access import require
from omsorg.kernel.imports.pages import ImportDoor, ImportPages
from omsorg.kernel.numbers import format_period
from omsorg.plans.imports.figures import KIND
from omsorg.plans.pages.words import language_now
from omsorg.plans.views.answer_frame import answer_at


def door(request: HttpRequest, plan: str, organisation: str, period: str) -> ImportDoor:
    """For whoever reports for this organisation."""
    acting, answer = answer_at(request, plan, organisation, period)
    require(acting, "plans.report", answer.organisation.pk)
    words = {"organisation": answer.organisation.name, "period": format_period(answer.period, language_now())}
    return ImportDoor(
        person=acting.person_id,
        context={"plan": plan, "organisation": organisation, "period": period},
        crumbs=[
            {"label": __("My work"), "url": reverse("plans:my-work")},
            {
                "label": __("%(organisation)s, %(period)s") % words,
                "url": reverse("plans:answer", args=[plan, organisation, period]),
            },
        ],
        lead=__(
            "Figures of %(organisation)s, %(period)s. Take the form below: it knows your indicators. The file is"
            " only looked at first; you see what would happen, and then you confirm."
        )
        % words,
    )


PAGES = ImportPages(KIND, name="plans:answer-upload", door=door)
