"""Who is told of a case: the list of the day, the notices with their proofs, letters and messages as files."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __

from omsorg.federation.access import Acting, NothingHere, acting_of
from omsorg.federation.letters import Decision
from omsorg.kernel import clock
from omsorg.kernel.imports.pages import ImportDoor, ImportPages
from omsorg.kernel.refusals import Refusal
from omsorg.openness.access import TELL, publication_for
from omsorg.openness.actions.doubtful_mail import decide_on_notice
from omsorg.openness.actions.telling import (
    TextMayNotLeave,
    hand_over_mail,
    house_of,
    list_those_told,
    prove_each,
    prove_notices,
)
from omsorg.openness.exports.letters import letters_pdf, sms_csv
from omsorg.openness.forms.telling import ListForm, OneProofForm, ProofForm
from omsorg.openness.imports import proofs, replies
from omsorg.openness.imports.proofs import NobodyOfThatReference
from omsorg.openness.models import Publication, Revision, Round
from omsorg.openness.pages.drafts import told_sentence
from omsorg.openness.pages.reading import look_sentences, way_of
from omsorg.openness.pages.words import GIVERS, PROOFS, day, language_name
from omsorg.openness.queries.drafts import draft_of, how_told, newest_revision
from omsorg.openness.queries.mail import may_leave
from omsorg.openness.queries.telling import (
    NoticeRow,
    easy_words_for,
    languages_missing,
    newest_round,
    notice_rows,
    notices_by,
)
from omsorg.openness.rules.cases import Tell
from omsorg.openness.rules.telling import Channel, Proof
from omsorg.openness.views.desk import desk_crumbs
from omsorg.openness.views.writing import case_frame

ON_A_PAGE = 50
DECISIONS = ("list", "mail", "proof", "one", "doubt")


def telling(request: HttpRequest, code: str) -> HttpResponse:
    """Who is told of a case, by which way, and what became of each letter and message."""
    acting = acting_of(request)
    publication = publication_for(acting, code, TELL)
    made, revision = newest_round(publication), newest_revision(publication)
    list_form, proof_form = ListForm(), ProofForm(initial={"on": clock.today()})
    one_form = OneProofForm(initial={"on": clock.today()}, prefix="one")
    decision = request.POST.get("decision", "")
    if request.method == "POST" and decision in DECISIONS:
        try:
            if decision == "list":
                because = request.POST.get("nobody_because", "")[:2000]
                list_those_told(publication=publication, nobody_because=because, by=acting, at=clock.now())
                messages.success(request, __("The list is made, as it stands today."))
                return redirect("openness:telling", code)
            if decision == "mail" and made is not None:
                hand_over_mail(made=made, by=acting, at=clock.now())
                messages.success(request, __("The e-mails are on their way. Their proofs come by themselves."))
                return redirect("openness:telling", code)
            if decision == "doubt" and made is not None:
                _decide_doubt(request, made, acting)
                messages.success(request, __("Your decision is kept."))
                return redirect("openness:telling", code)
            if decision == "one":
                one_form = OneProofForm(request.POST, prefix="one")
                if made is not None and one_form.is_valid():
                    _prove_one(one_form, made, acting)
                    messages.success(request, __("Entered."))
                    return redirect("openness:telling", code)
            proof_form = ProofForm(request.POST if decision == "proof" else None, initial={"on": clock.today()})
            if made is not None and proof_form.is_valid():
                _prove(proof_form, made, acting)
                messages.success(request, __("Entered."))
                return redirect("openness:telling", code)
        except Refusal as refusal:
            messages.error(request, str(refusal))
    rows = notice_rows(made) if made else []
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    waiting = {channel: sum(r.proof is None and r.notice.channel == channel for r in rows) for channel in Channel}
    there = {channel: sum(row.notice.channel == channel for row in rows) for channel in Channel}
    leaves = made is not None and may_leave(made)
    is_current = made is not None and revision is not None and made.revision_id == revision.pk
    frame = case_frame(acting, publication, "telling")
    may_list = frame["is_handed_in"] and not is_current
    return render(
        request,
        "openness/telling.html",
        {
            **frame,
            "made": made,
            "listed_on": day(made.at.date()) if made else "",
            "told": told_sentence(how_told(publication, revision)),
            "may_list": may_list,
            "easy_words": look_sentences(easy_words_for(publication, None if may_list else made)),
            "is_current": is_current,
            "not_written_in": _not_written_in(publication, None if may_list else made, revision),
            "list_form": list_form,
            "proof_form": proof_form,
            "one_form": one_form,
            "waits": waiting[Channel.LETTER] + waiting[Channel.SMS],
            "mail": leaves and waiting[Channel.EMAIL],
            "mail_leaves_with_release": revision is not None and revision.tell == Tell.TOGETHER,
            "letters": leaves and there[Channel.LETTER],
            "messages_to_phones": leaves and there[Channel.SMS],
            "doubtful": [_doubt(row) for row in rows if row.doubtful is not None],
            "rows": [_row(row) for row in page.object_list],
            "page_of_list": page,
            "columns": [
                {"label": label}
                for label in (__("Who"), __("Gives as"), __("By"), __("Address"), __("What became of it"))
            ],
        },
    )


def _not_written_in(publication: Publication, made: Round | None, revision: Revision | None) -> str:
    if revision is None:
        return ""
    missing = languages_missing(publication, made, draft_of(revision))
    return ", ".join(language_name(language) for language in missing)


def _prove(form: ProofForm, made: Round, acting: Acting) -> None:
    given = form.cleaned_data
    prove_notices(
        made=made,
        channel=Channel(given["channel"]),
        proof=Proof(given["proof"]),
        on=given["on"],
        source=given["source"],
        by=acting,
        at=clock.now(),
    )


def _prove_one(form: OneProofForm, made: Round, acting: Acting) -> None:
    given = form.cleaned_data
    if not made.notices.filter(reference=given["reference"]).exists():
        raise NobodyOfThatReference(reference=given["reference"])
    told = [(given["reference"], Proof(given["proof"]), given["on"])]
    prove_each(made=made, told=told, source=given["source"], by=acting, at=clock.now())


def _decide_doubt(request: HttpRequest, made: Round, acting: Acting) -> None:
    """What was decided about one e-mail in doubt; there is nothing here where the list has no such e-mail."""
    reference, said = request.POST.get("reference", ""), request.POST.get("answer", "")
    notice = made.notices.select_related("round__publication").filter(reference=reference).first()
    if notice is None or said not in list(Decision):
        raise NothingHere(reference)
    decide_on_notice(notice=notice, decision=Decision(said), by=acting, at=clock.now())


def _doubt(row: NoticeRow) -> dict[str, str]:
    letter = row.doubtful
    return {
        "name": row.notice.name,
        "reference": row.notice.reference,
        "address": row.notice.address,
        "since": day((letter.settled_at or letter.written_at).date()) if letter else "",
        "trouble": letter.trouble if letter else "",
    }


def _row(row: NoticeRow) -> dict[str, str]:
    notice = row.notice
    became = __("not handed over yet")
    if row.proof is not None:
        became = f"{PROOFS[row.proof]}, {day(row.on)}"
    elif row.doubtful is not None:
        became = __("in doubt: nobody knows whether the mail server took it")
    return {
        "name": notice.name,
        "reference": notice.reference,
        "giver": str(GIVERS[notice.giver]),
        "by": way_of(notice),
        "address": notice.address,
        "became": became,
        "source": row.source,
        "words": notice.body,
    }


def _round(request: HttpRequest, code: str) -> Round:
    made = newest_round(publication_for(acting_of(request), code, TELL))
    if made is None:
        raise NothingHere(code)
    return made


def letters(request: HttpRequest, code: str) -> HttpResponse:
    """All letters of the newest list, for the printer."""
    made = _round(request, code)
    if not may_leave(made):
        return _goes_to_nobody(request, code)
    notices = notices_by(made, Channel.LETTER)
    if not notices:
        raise NothingHere(code)
    pdf = letters_pdf(notices, house=house_of(made.publication, draft_of(made.revision)), on=made.at.date())
    return _file(pdf, f"letters-{code}.pdf", "application/pdf")


def sms(request: HttpRequest, code: str) -> HttpResponse:
    """All messages of the newest list, for a provider."""
    made = _round(request, code)
    if not may_leave(made):
        return _goes_to_nobody(request, code)
    notices = notices_by(made, Channel.SMS)
    if not notices:
        raise NothingHere(code)
    return _file(sms_csv(notices), f"sms-{code}.csv", "text/csv; charset=utf-8")


def _goes_to_nobody(request: HttpRequest, code: str) -> HttpResponse:
    messages.error(request, str(TextMayNotLeave()))
    return redirect("openness:telling", code)


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def import_door(request: HttpRequest, code: str) -> ImportDoor:
    """For whoever tells those who give to this branch."""
    acting = acting_of(request)
    publication = publication_for(acting, code, TELL)
    crumbs = [
        *desk_crumbs(),
        {"label": __("Who is told"), "url": reverse("openness:telling", args=[publication.code])},
    ]
    return ImportDoor(person=acting.person_id, context={"code": publication.code}, crumbs=crumbs)


PROOF_PAGES = ImportPages(proofs.KIND, name="openness:proofs", door=import_door)
REPLY_PAGES = ImportPages(replies.KIND, name="openness:replies-import", door=import_door)
