"""One incident: read it, and do the next thing."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as __
from django.views.decorators.http import require_GET

from omsorg.federation.access import Acting, NotAllowed, NothingHere, acting_of
from omsorg.kernel import clock
from omsorg.kernel.files import FileChanged, FileGone, file_response
from omsorg.kernel.refusals import Refusal
from omsorg.safeguarding.access import HANDLE, SEE, WORK, document_for, handles, incident_for, is_in_team
from omsorg.safeguarding.actions.steps import newest_step
from omsorg.safeguarding.forms.fields import ActForm, Stamp
from omsorg.safeguarding.forms.registry import ACTS
from omsorg.safeguarding.forms.work import WithdrawDocumentForm
from omsorg.safeguarding.models import Incident, Step
from omsorg.safeguarding.pages.incident import blocking_in_words, incident_view
from omsorg.safeguarding.pages.lists import number_of, url_of
from omsorg.safeguarding.pages.told import step_in_words
from omsorg.safeguarding.queries.incident import facts_of
from omsorg.safeguarding.rules.progress import MovedOnMeanwhile
from omsorg.safeguarding.views.frame import crumbs, reader


def _incident(request: HttpRequest, code: str) -> tuple[Acting, Incident]:
    acting = reader(request, SEE)
    return acting, incident_for(acting, code)


@require_GET
def incident(request: HttpRequest, code: str) -> HttpResponse:
    acting, found = _incident(request, code)
    view = incident_view(found, acting, clock.now())
    return render(request, "safeguarding/incident.html", {"view": view, "crumbs": crumbs(found)[:-1]})


def act(request: HttpRequest, code: str, do: str) -> HttpResponse:
    """One form for one act. Whoever shuts out themselves is led to their work: the incident is not there any more."""
    acting, found = _incident(request, code)
    kind = ACTS.get(do)
    if kind is None:
        raise NothingHere(do)
    _may(acting, found, kind)
    newest = newest_step(found)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = kind(*given, incident=found, acting=acting, of=request.GET.get("of", ""), initial={"expected": newest})
    meanwhile: list[object] = []
    if request.method == "POST" and form.is_valid():
        try:
            form.act(Stamp.of(form, clock.now()))
            messages.success(request, str(form.done))
            is_there = Incident.objects.filter(pk=found.pk).exists()
            return redirect(url_of(found)) if is_there else redirect("safeguarding:my-work")
        except MovedOnMeanwhile as moved:
            meanwhile = _since(found, form.cleaned_data.get("expected"))
            form.add_error(None, str(moved))
            posted = request.POST.copy()
            posted["expected"] = str(newest_step(found))
            form.data = posted
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(
        request,
        "safeguarding/act.html",
        {
            "form": form,
            "number": number_of(found),
            "blocking": blocking_in_words(facts_of(found), acting) if do == "close" else [],
            "meanwhile": meanwhile,
            "crumbs": crumbs(found),
            "back": url_of(found),
        },
    )


def _may(acting: Acting, found: Incident, kind: type[ActForm]) -> None:
    if kind.decides and not handles(acting, found):
        raise NotAllowed(HANDLE)
    if not handles(acting, found) and not is_in_team(acting, found):
        raise NotAllowed(WORK)


def _since(found: Incident, read: int | None) -> list[object]:
    newer = Step.objects.filter(incident=found, number__gt=read or 0).select_related("by").order_by("-number")
    return [step_in_words(each, found.country_code) for each in newer]


@require_GET
def document(request: HttpRequest, code: str) -> HttpResponse | FileResponse:
    """Hand a document out, to be saved; a withdrawn one is not there any more, a changed one is not handed out."""
    reader(request, SEE)
    found = document_for(acting_of(request), code)
    if found.withdrawn_at is not None:
        raise NothingHere(code)
    try:
        return file_response(
            found.stored_as, fingerprint=found.fingerprint, filename=found.filename, media_type=found.media_type
        )
    except FileChanged:
        messages.error(request, __("This file is not the one that was kept here. Tell whoever runs the house."))
        return redirect(url_of(found.incident))
    except FileGone:
        raise NothingHere(code) from None


def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take a document back, with a reason."""
    acting = reader(request, SEE)
    found = document_for(acting, code)
    form = WithdrawDocumentForm(request.POST or None, incident=found.incident, acting=acting, document=found)
    if request.method == "POST" and form.is_valid():
        try:
            form.act(Stamp.of(form, clock.now()))
            messages.success(request, __("The document has been withdrawn."))
            return redirect(url_of(found.incident))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    back = url_of(found.incident)
    told = {"form": form, "name": found.filename, "back": back, "crumbs": crumbs(found.incident)}
    return render(request, "safeguarding/withdraw_document.html", told)
