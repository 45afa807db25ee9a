"""Writing a case: its text with what the check finds, the form, a passage left out, the public page before its time."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as __
from django.utils.translation import override

from omsorg.federation.access import Acting, acting_of
from omsorg.federation.models import Organisation
from omsorg.kernel import clock
from omsorg.kernel.refusals import Refusal
from omsorg.openness.access import RELEASE, TELL, WRITE, publication_for
from omsorg.openness.actions.writing import (
    accept_justification,
    add_programmes,
    justify_finding,
    leave_passage_out,
    write_case,
)
from omsorg.openness.forms.writing import DraftForm, LeaveOutForm, ProgrammesForm
from omsorg.openness.models import Publication, Revision
from omsorg.openness.pages import drafts, public
from omsorg.openness.pages.words import STANDINGS, language_name, language_now
from omsorg.openness.queries.checking import checked
from omsorg.openness.queries.desk import summary_of
from omsorg.openness.queries.drafts import draft_of, how_told, newest_revision, standing_of, step_now
from omsorg.openness.queries.incidents import contradicts_finding
from omsorg.openness.queries.proposals import document_of
from omsorg.openness.queries.register import case_from
from omsorg.openness.rules.cases import ClosedAs, Heading
from omsorg.openness.rules.deciding import Standing, Step
from omsorg.openness.views.desk import desk_crumbs


def case_frame(acting: Acting, publication: Publication, current: str) -> dict[str, Any]:
    """What every work page of a case stands in."""
    standing = standing_of(publication)
    tells, writes = (acting.answers_for(verb, publication.organisation_id) for verb in (TELL, WRITE))
    is_public = publication.editions.exists()
    newest = newest_revision(publication)
    closed_as = ClosedAs(newest.closed_as) if newest else None
    return {
        "publication": publication,
        "summary": summary_of(newest, language_now()),
        "standing": STANDINGS[standing],
        "is_held": standing is Standing.HELD,
        "is_correction": is_public,
        "contradicts": closed_as is not None and contradicts_finding(publication, closed_as),
        "is_handed_in": step_now(publication) is Step.HANDED_IN,
        "may_be_written": writes and step_now(publication) not in (Step.HANDED_IN, Step.HELD),
        "releases": acting.answers_for(RELEASE, publication.organisation_id),
        "public_url": reverse("openness:case", args=[publication.code]) if is_public else "",
        "tabs": drafts.tabs_of(publication, current, tells=tells, writes=writes),
        "crumbs": desk_crumbs(),
    }


def draft(request: HttpRequest, code: str) -> HttpResponse:
    """A case: its text in every language with what the check finds, and what was decided so far."""
    acting = acting_of(request)
    publication = publication_for(acting, code)
    if request.method == "POST":
        _judge(request, acting, publication)
        return redirect("openness:draft", code)
    revision = newest_revision(publication)
    text = draft_of(revision) if revision else None
    found = checked(publication, text, smallest_shown=settings.ENVIRONMENT.small_cell) if text else []
    codes = [code for code, _name in settings.LANGUAGES]
    return render(
        request,
        "openness/draft.html",
        {
            **case_frame(acting, publication, "draft"),
            "has_text": text is not None,
            "languages": drafts.checked_languages(text, found, codes) if text else (),
            "findings": drafts.finding_views(found, acting.person_id),
            "open_findings": sum(not each.is_justified for each in found),
            "facts": drafts.facts_of(text, publication) if text else (),
            "steps": drafts.steps_of(publication),
            "told": drafts.told_sentence(how_told(publication, revision)),
        },
    )


def _judge(request: HttpRequest, acting: Acting, publication: Publication) -> None:
    """A finding is justified, or its justification accepted."""
    key = request.POST.get("finding", "")[:24]
    try:
        if "accept" in request.POST:
            accept_justification(publication=publication, key=key, by=acting, at=clock.now())
            messages.success(request, __("Accepted."))
        else:
            words = request.POST.get("words", "")[:500]
            justify_finding(publication=publication, key=key, words=words, by=acting, at=clock.now())
            messages.success(request, __("Justified. Whoever releases it must accept this."))
    except Refusal as refusal:
        messages.error(request, str(refusal))


def write(request: HttpRequest, code: str) -> HttpResponse:
    """Write a case: three headings and a line for the register, in every language of the site."""
    acting = acting_of(request)
    publication = publication_for(acting, code)
    revision = newest_revision(publication)
    before = draft_of(revision) if revision else None
    initial: dict[str, Any] = {"expected": 0, "original": language_now()}
    if before is not None and revision is not None:
        initial = DraftForm.initial_of(before, revision.number)
    form = DraftForm(
        request.POST or None,
        regions=Organisation.objects.filter(kind=Organisation.Kind.REGION).order_by("name"),
        lines=len(before.repaid) if before else 0,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        try:
            write_case(
                publication=publication,
                draft=form.draft,
                expected=form.cleaned_data["expected"],
                by=acting,
                at=clock.now(),
            )
            messages.success(request, __("Kept. See below what the check has found."))
            return redirect("openness:draft", code)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(
        request,
        "openness/write.html",
        {"form": form, "crumbs": desk_crumbs(code), "back": reverse("openness:draft", args=[code])},
    )


def programmes(request: HttpRequest, code: str) -> HttpResponse:
    """Say that a case concerns further programmes."""
    acting = acting_of(request)
    publication = publication_for(acting, code)
    known = publication.concerns.values("programme")
    mine = Organisation.objects.filter(pk__in=acting.units_for(WRITE), kind=Organisation.Kind.PROGRAMME)
    further = mine.exclude(pk__in=known).order_by("name")
    form = ProgrammesForm(request.POST or None, programmes=further)
    if request.method == "POST" and form.is_valid():
        chosen = list(further.filter(code__in=form.cleaned_data["programmes"]))
        try:
            add_programmes(publication=publication, programmes=chosen, by=acting, at=clock.now())
            messages.success(request, __("Kept. Those who give to them are on the list when it is made anew."))
            return redirect("openness:draft", code)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(
        request,
        "openness/form.html",
        {
            "heading": __("Add a programme"),
            "lead": __("Those who give to it are told too. The list is made anew, for all."),
            "crumbs": desk_crumbs(code),
            "form": form,
            "send": __("Add"),
            "back": reverse("openness:draft", args=[code]),
        },
    )


def leave_out(request: HttpRequest, code: str) -> HttpResponse:
    """Leave a passage out of the text, with the reason."""
    acting = acting_of(request)
    publication = publication_for(acting, code)
    asked = {name: request.GET.get(name, "") for name in ("heading", "language", "passage")}
    form = LeaveOutForm(request.POST or None, initial=asked)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            leave_passage_out(
                publication=publication,
                heading=given["heading"],
                language=given["language"],
                passage=given["passage"].replace("\r\n", "\n"),
                why=form.reason,
                words=given["words"],
                by=acting,
                at=clock.now(),
            )
            messages.success(request, __("The passage is left out. The reader sees that, and why."))
            return redirect("openness:draft", code)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(
        request,
        "openness/form.html",
        {
            "heading": __("Leave a passage out"),
            "lead": __("The words go; in their place the reader sees that something is left out, and why."),
            "crumbs": desk_crumbs(code),
            "form": form,
            "send": __("Leave it out"),
            "back": reverse("openness:draft", args=[code]),
        },
    )


def preview(request: HttpRequest, code: str) -> HttpResponse:
    """The case as the public would read it, in every language."""
    acting = acting_of(request)
    publication = publication_for(acting, code)
    languages = as_public_reads_it(publication, newest_revision(publication))
    return render(
        request,
        "openness/preview.html",
        {**case_frame(acting, publication, "preview"), "languages": languages},
    )


def as_public_reads_it(publication: Publication, revision: Revision | None) -> list[dict[str, Any]]:
    """The whole page of a case in each language of the site, as it would stand in public."""
    if revision is None:
        return []
    case = case_from(document_of(publication, revision), publication.code, revision.closed_in, revision.at)
    languages = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            facts = public.facts_of(case)
        languages.append(
            {
                "name": capfirst(language_name(language)),
                "summary": public.text_view(Heading.SUMMARY, case.said(Heading.SUMMARY, language), case.left_out),
                "texts": public.texts_of(case, language),
                "facts": facts,
            }
        )
    return languages
