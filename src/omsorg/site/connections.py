"""Openings that a system leaves for another: filled here when the house starts, where both are on.

The ombuds system hands a copy that a child agreed to over to the desk for incidents, and asks it about its clocks. What
it recommends to an organisation, and has published, stands in the public plan of that organisation, or of the nearest
above it that has one.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from omsorg.federation.models import Lineage, Organisation
from omsorg.kernel import clock
from omsorg.kernel.refusals import Refusal, written
from omsorg.kernel.wall import as_house

if TYPE_CHECKING:
    from omsorg.ombuds.neighbours import Clock, Copy, PublicAdvice
    from omsorg.plans.models import Plan

logger = logging.getLogger(__name__)


def connect_systems() -> None:
    """Fill every opening whose other side is on. Run again it changes nothing."""
    if "ombuds" in settings.SYSTEMS:
        from omsorg.ombuds.neighbours import connect

        connect(
            incident_desk=Incidents() if "safeguarding" in settings.SYSTEMS else None,
            public_tracker=Promises() if "plans" in settings.SYSTEMS else None,
        )

    if "safeguarding" in settings.SYSTEMS:
        from omsorg.safeguarding import neighbours

        neighbours.connect(public_desk=Drafts() if "openness" in settings.SYSTEMS else None)


class Drafts:
    """Where incidents are written up for the public, as safeguarding knows it (`neighbours.PublicDesk`)."""

    def hold_back(self, incident: int, *, reason_class: str, review_on: date | None, at: datetime) -> None:
        """Hold the draft of the incident back, in the transaction that opened it again or decided on it anew."""
        from omsorg.openness.actions.following import hold_for_incident

        hold_for_incident(incident=incident, reason_class=reason_class, review_on=review_on, at=at)

    def written_up(self, incidents: Collection[int]) -> Collection[int]:
        """Those whose text was handed in at least once, is held, or stands in public."""
        from omsorg.openness.models import Edition, Step

        with as_house():
            cases = [model.objects.filter(publication__incident__in=incidents) for model in (Step, Edition)]
            return {pk for rows in cases for pk in rows.values_list("publication__incident", flat=True) if pk}


class Incidents:
    """The desk for incidents, as the ombuds system knows it (`omsorg.ombuds.neighbours.IncidentDesk`)."""

    def receive_copy(self, copy: Copy, *, at: datetime) -> str:
        """Take a copy in, as a concern about its unit, or about the association of its country where it names none.

        Whoever is complained of, named in it, or shut out of the case it comes from does not find it. One that came
        before is here, whatever became of its house meanwhile.
        """
        from omsorg.safeguarding.actions.raising import Concern, receive_copy
        from omsorg.safeguarding.rules.codes import About

        if here := self.number_of(copy, at=at):
            return here
        with as_house():
            concern = Concern(
                place=_place_of(copy.unit, copy.country),
                what=copy.what,
                about=About.THE_UNIT if copy.of_whole_house else About.A_PERSON,
                complained_of=copy.complained_of,
            )
            return receive_copy(
                concern=concern,
                reference=f"ombuds {copy.reference}",
                shut_out=copy.shut_out,
                until_on=copy.until_on,
                at=at,
            )

    def number_of(self, copy: Copy, *, at: datetime) -> str:
        """The code of a copy that arrived, empty where it did not. Whoever is named, or shut out, does not find it."""
        from omsorg.safeguarding.actions.raising import copy_that_is_here

        with as_house():
            return copy_that_is_here(
                reference=f"ombuds {copy.reference}",
                complained_of=copy.complained_of,
                shut_out=copy.shut_out,
                at=at,
            )

    def copy_taken_back(self, reference: str, *, on: date, at: datetime) -> None:
        """Keep with a copy that the child has taken its yes to it back."""
        from omsorg.safeguarding.actions.raising import copy_taken_back

        with as_house():
            copy_taken_back(reference=f"ombuds {reference}", on=on, at=at)

    def clocks_of(self, reference: str) -> tuple[Clock, ...]:
        """The steps that are owed for a copy in words, each with its last day and the day on which it was done."""
        from omsorg.ombuds.neighbours import Clock
        from omsorg.safeguarding.pages.words import CLOCKS
        from omsorg.safeguarding.queries.incident import clocks_of_copy

        with as_house():
            running = clocks_of_copy(reference, now=clock.now())
        return tuple(
            Clock(str(CLOCKS[each.clock]), _last_day(each.due_at), each.done_at.date() if each.done_at else None)
            for each in running
        )


class Promises:
    """The plan tracker, as the ombuds system knows it (`omsorg.ombuds.neighbours.PublicTracker`)."""

    def publish_recommendations(self, advice: tuple[PublicAdvice, ...], *, at: datetime) -> None:
        """Take each in once, under the source of the ombudsperson, and bring its answer up to date.

        One that no plan answers for is left out: it stands on the pages of the ombuds system alone. Each is a
        transaction of its own, so that one that cannot be taken in now holds up no other.
        """
        for each in advice:
            try:
                with as_house():
                    _show(each, at)
            except Refusal as refused:
                logger.warning("The recommendation %s waits: %s", each.code, type(refused).__name__)

    def where(self, code: str, organisation: str, *, on: date) -> str:
        """The public page of the plan as it is now: there it stands before the next report is frozen."""
        from omsorg.plans.actions.bringing import brought

        with as_house():
            shown = brought(f"ombuds:{code}")
            named = Organisation.objects.filter(code=organisation).first()
            plan = shown.source.plan if shown else _plan_of(named, on) if named else None
            return reverse("plans:public-plan-on", args=[plan.code]) if plan else ""


ANSWERS = {"": "open", "accepted": "yes", "partly": "partly", "refused": "no"}
DONE = written("Done, and seen by the ombudsperson on %(day)s.")
WITHDRAWN = {
    "recognised": written("Withdrawn on %(day)s, reason: somebody could be recognised in it."),
    "wrong": written("Withdrawn on %(day)s, reason: what it rested on was wrong."),
    "overtaken": written("Withdrawn on %(day)s, reason: what has happened since makes it needless."),
    "law": written("Withdrawn on %(day)s, reason: the law forbids it to be public."),
}
HIDDEN = written("Hidden since %(day)s, while the ombudsperson looks at whether somebody could be recognised in it.")


def _show(advice: PublicAdvice, at: datetime) -> None:
    from omsorg.plans.actions import bringing
    from omsorg.plans.rules.drafts import SourceDraft

    name = f"ombuds:{advice.code}"
    shown = bringing.brought(name)
    why = _why_hidden(advice)
    if shown is None:
        organisation = Organisation.objects.filter(code=advice.organisation).first()
        plan = _plan_of(organisation, at.date()) if organisation else None
        if organisation is None or plan is None:
            return
        shown = bringing.bring_recommendation(
            plan=plan,
            source=SourceDraft(code="ombudsperson", title=_in_languages(OMBUDSPERSON), kind="ombuds"),
            mark="O",
            text=why or advice.text,
            area={"en": organisation.name},
            brought_as=name,
            reason="Published by the ombudsperson",
            by=None,
            at=at,
        )
    if why:
        hide = bringing.hide_words if advice.withdrawn_on is None else bringing.withdraw_recommendation
        hide(recommendation=shown, why=why, at=at)
        return
    bringing.show_words(recommendation=shown, text=advice.text, at=at)
    said = dict.fromkeys(advice.text, advice.reasons) if advice.reasons else {}
    if advice.done_on is not None:
        for language, done in _in_languages(DONE, day=advice.done_on.isoformat()).items():
            if language in advice.text:
                said[language] = f"{said.get(language, '')} {done}".strip()
    bringing.bring_answer(
        recommendation=shown,
        accepted=ANSWERS[advice.answer],
        response=said,
        reason="Answered to the ombudsperson",
        at=at,
    )


def _why_hidden(advice: PublicAdvice) -> dict[str, str]:
    """What stands in the place of words that nobody may read; empty where they are public."""
    if advice.withdrawn_on is not None:
        return _in_languages(WITHDRAWN[advice.withdrawal], day=advice.withdrawn_on.isoformat())
    return _in_languages(HIDDEN, day=advice.hidden_on.isoformat()) if advice.hidden_on else {}


def _plan_of(organisation: Organisation, on: date) -> Plan | None:
    """The newest plan of an organisation, or of the nearest above it that has one."""
    from omsorg.plans.models import Plan

    above = Lineage.objects.filter(descendant=organisation, valid_from__lte=on).exclude(valid_until__lte=on)
    for unit in above.order_by("depth").values_list("ancestor_id", flat=True):
        found = Plan.objects.filter(owner=unit, adopted_on__lte=on).order_by("-adopted_on", "-pk").first()
        if found is not None:
            return found
    return None


OMBUDSPERSON = written("What the ombudsperson has recommended")


def _in_languages(sentence: str, **values: str) -> dict[str, str]:
    """A sentence of ours in every language of the house."""
    said = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said[language] = gettext(sentence) % values if values else gettext(sentence)
    return said


def _last_day(due_at: datetime) -> date:
    """The last day on which it is in time: what is over at midnight was due the day before."""
    return (due_at - timedelta(microseconds=1)).date()


def _place_of(unit: str, country: str) -> Organisation:
    """The organisation a copy is about: its unit, else the association of its country, else the top."""
    named = Organisation.objects.filter(code__iexact=unit).first() if unit else None
    if named is not None:
        return named
    there = Organisation.objects.filter(place__country_code=country, kind=Organisation.Kind.NATIONAL_ASSOCIATION)
    top = Organisation.objects.filter(kind=Organisation.Kind.INTERNATIONAL)
    return there.order_by("pk").first() or top.order_by("pk")[0]
