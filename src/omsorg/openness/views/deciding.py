"""Handing in and back, holding, taking up again, releasing, withdrawing."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __

from omsorg.federation.access import Acting, acting_of
from omsorg.kernel import clock
from omsorg.kernel.refusals import Refusal
from omsorg.openness.access import RELEASE, WRITE, publication_for
from omsorg.openness.actions.deciding import hand_back, hand_in, hold_case, take_up_again
from omsorg.openness.actions.editions import release_case, withdraw_text
from omsorg.openness.forms.deciding import HoldForm, ReleaseForm, WhatAndWhyForm, WithdrawForm
from omsorg.openness.forms.writing import ReasonForm, said_in
from omsorg.openness.models import Publication
from omsorg.openness.pages import drafts
from omsorg.openness.pages.words import language_name
from omsorg.openness.queries.checking import checked, ready_for
from omsorg.openness.queries.drafts import draft_of, how_told, newest_edition, newest_revision
from omsorg.openness.queries.proposals import proposal_of
from omsorg.openness.rules.deciding import NotReady, ReasonClass, what_blocks
from omsorg.openness.rules.redactions import Why
from omsorg.openness.views.desk import desk_crumbs
from omsorg.openness.views.writing import as_public_reads_it, case_frame


def hand_in_case(request: HttpRequest, code: str) -> HttpResponse:
    """Hand a case in for release; a correction with what and why, in words that will be public."""
    acting = acting_of(request)
    publication = publication_for(acting, code)
    if newest_edition(publication) is not None:
        return _hand_correction_in(request, code, acting)
    if request.method != "POST":
        return redirect("openness:draft", code)
    try:
        hand_in(publication=publication, by=acting, at=clock.now())
        messages.success(request, __("Handed in. Somebody else releases it, once those who must be told are told."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("openness:draft", code)


def _hand_correction_in(request: HttpRequest, code: str, by: Acting) -> HttpResponse:
    return _form_page(
        request,
        code,
        WRITE,
        lambda publication: WhatAndWhyForm(request.POST or None, original=_original(publication)),
        lambda publication, form: hand_in(
            publication=publication, what=said_in(form, "what"), why=said_in(form, "why"), by=by, at=clock.now()
        ),
        {
            "heading": __("What is corrected, and why"),
            "lead": __("The public reads both. They are checked and released with the text."),
            "send": __("Hand in for release"),
            "done": __("Handed in. Somebody else releases it, once those who must be told are told."),
        },
    )


def _form_page(
    request: HttpRequest,
    code: str,
    verb: str,
    form: Callable[[Publication], forms.Form],
    act: Callable[[Publication, forms.Form], Any],
    words: dict[str, Any],
) -> HttpResponse:
    """A page that asks one thing about a case, does it, and leads back to the case."""
    publication = publication_for(acting_of(request), code, verb)
    asked = form(publication)
    if request.method == "POST" and asked.is_valid():
        try:
            act(publication, asked)
            messages.success(request, words["done"])
            return redirect("openness:draft", code)
        except Refusal as refusal:
            asked.add_error(None, str(refusal))
    shown = {**words, "crumbs": desk_crumbs(code), "form": asked, "back": reverse("openness:draft", args=[code])}
    return render(request, "openness/form.html", shown)


def hand_case_back(request: HttpRequest, code: str) -> HttpResponse:
    """Hand a case back to its writers."""
    by = acting_of(request)
    return _form_page(
        request,
        code,
        RELEASE,
        lambda publication: ReasonForm(request.POST or None),
        lambda publication, form: hand_back(
            publication=publication, reason=form.cleaned_data["reason"], by=by, at=clock.now()
        ),
        {
            "heading": __("Hand it back"),
            "lead": __("The writers can change it again. Say what is missing."),
            "send": __("Hand it back"),
            "done": __("Handed back."),
        },
    )


def hold(request: HttpRequest, code: str) -> HttpResponse:
    """Decide that a case is not public for now."""
    by = acting_of(request)
    return _form_page(
        request,
        code,
        RELEASE,
        lambda publication: HoldForm(request.POST or None),
        lambda publication, form: hold_case(
            publication=publication,
            reason_class=ReasonClass(form.cleaned_data["reason_class"]),
            reason=form.cleaned_data["reason"],
            review_on=form.cleaned_data["review_on"],
            by=by,
            at=clock.now(),
        ),
        {
            "heading": __("Hold it back"),
            "lead": __("Not public for now, with a reason and a day on which it is looked at again."),
            "send": __("Hold it back"),
            "done": __(
                "Held back. It is counted in public once this quarter has ended, and comes back on the day of review."
            ),
        },
    )


def take_up(request: HttpRequest, code: str) -> HttpResponse:
    """End a hold."""
    by = acting_of(request)
    return _form_page(
        request,
        code,
        RELEASE,
        lambda publication: ReasonForm(request.POST or None),
        lambda publication, form: take_up_again(
            publication=publication, reason=form.cleaned_data["reason"], by=by, at=clock.now()
        ),
        {
            "heading": __("Take it up again"),
            "lead": __("The reason to hold it back is over. Say why."),
            "send": __("Take it up again"),
            "done": __("Taken up again."),
        },
    )


def _original(publication: Publication) -> str:
    revision = newest_revision(publication)
    return revision.original if revision else "en"


def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take a text that harms somebody out of public, at once."""
    by = acting_of(request)
    return _form_page(
        request,
        code,
        RELEASE,
        lambda publication: WithdrawForm(request.POST or None),
        lambda publication, form: withdraw_text(
            publication=publication, because=Why(form.cleaned_data["because"]), by=by, at=clock.now()
        ),
        {
            "heading": __("Withdraw the text"),
            "lead": __("At once, by you alone: a child cannot wait. The reason that you choose stands in its place."),
            "send": __("Withdraw it now"),
            "danger": True,
            "done": __("The text is out of reach of the public. The page and the reason stay."),
        },
    )


def release(request: HttpRequest, code: str) -> HttpResponse:
    """What would be released, what stands in its way, and the release of exactly that."""
    acting = acting_of(request)
    publication = publication_for(acting, code, RELEASE if request.method == "POST" else WRITE)
    revision, before = newest_revision(publication), newest_edition(publication)
    text = draft_of(revision) if revision else None
    found = checked(publication, text, smallest_shown=settings.ENVIRONMENT.small_cell) if text else []
    proposal = proposal_of(publication, revision) if revision else None
    form = ReleaseForm(request.POST or None, is_correction=before is not None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            release_case(
                publication=publication,
                expected=given["expected"],
                read=given["read"],
                hides_earlier=bool(given.get("hides_earlier")),
                by=acting,
                at=clock.now(),
            )
            messages.success(request, __("Released: everybody can read it now."))
            return redirect("openness:case", code)
        except NotReady as refusal:
            for block in refusal.blocks:
                messages.error(request, str(block))
        except Refusal as refusal:
            messages.error(request, str(refusal))
    if proposal is not None:
        initial = {"expected": proposal.revision, "read": proposal.fingerprint}
        form = ReleaseForm(initial=initial, is_correction=before is not None)
    blocks = (
        what_blocks(ready_for(publication, revision, found), releaser=acting.person_id)
        if revision
        else [__("Nothing is written here yet.")]
    )
    is_newest = before is not None and revision is not None and before.revision_id == revision.pk
    return render(
        request,
        "openness/release.html",
        {
            **case_frame(acting, publication, "release"),
            "blocks": [] if is_newest else [str(block) for block in blocks],
            "is_newest": is_newest,
            "form": form,
            "languages": as_public_reads_it(publication, revision),
            "what_and_why": drafts.what_and_why(proposal) if proposal else (),
            "findings": drafts.finding_views(found, acting.person_id),
            "missing": [
                language_name(language)
                for language, _name in settings.LANGUAGES
                if text is not None and not text.is_whole_in(language)
            ],
            "told": drafts.told_sentence(how_told(publication, revision)),
        },
    )
