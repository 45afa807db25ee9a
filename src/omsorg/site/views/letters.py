"""The outbox: letters that wait, are in doubt or were given up, and what a person decides about them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from omsorg.federation.access import acting_of
from omsorg.federation.letters import Decision, decide_on_letter, letter_for, letters_visible_to
from omsorg.federation.models import Person
from omsorg.kernel import clock
from omsorg.kernel.letters import LetterMovedOn
from omsorg.kernel.models import Letter

Standing = Letter.Standing
LETTERS_ON_A_PAGE = 50
UNDECIDED = (Standing.IN_DOUBT, Standing.GIVEN_UP)
UNSETTLED = (Standing.WAITING, Standing.HANDED_OVER, *UNDECIDED)
WORDS: dict[str, str | Promise] = {
    Standing.WAITING: _("waiting"),
    Standing.HANDED_OVER: _("being handed over"),
    Standing.IN_DOUBT: _("in doubt: nobody knows whether the mail server took it"),
    Standing.GIVEN_UP: _("given up"),
    Standing.TAKEN_BACK: _("taken back before it went out"),
    Standing.SENT: _("sent"),
}
COLUMNS = [
    {"label": _("To")},
    {"label": _("Subject")},
    {"label": _("Written")},
    {"label": _("How it stands")},
    {"label": _("Your decision")},
]


class LetterChoice(forms.Form):
    """Which letters are listed."""

    standing = forms.ChoiceField(
        label=_("How it stands"),
        required=False,
        choices=[
            ("", _("not yet sent")),
            (Standing.IN_DOUBT, _("in doubt")),
            (Standing.GIVEN_UP, _("given up")),
            (Standing.WAITING, _("waiting")),
            (Standing.SENT, _("sent")),
        ],
    )
    words = forms.CharField(label=_("Address, name or subject"), required=False, max_length=100)


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter as the list shows it."""

    number: int
    to: str
    address: str
    subject: str
    written_at: datetime
    standing: str | Promise
    trouble: str
    next_try_at: datetime | None
    undecided: bool


def _chosen(found: Any, choice: dict[str, str]) -> Any:
    standing, words = choice.get("standing"), choice.get("words")
    found = found.filter(standing=standing) if standing else found.filter(standing__in=UNSETTLED)
    if words:
        people = Person.objects.filter(name__icontains=words).values("id")
        found = found.filter(Q(to_address__icontains=words) | Q(subject__icontains=words) | Q(to_person__in=people))
    return found


def _rows(letters: list[Letter]) -> list[LetterRow]:
    names = dict(Person.objects.filter(pk__in={letter.to_person for letter in letters}).values_list("id", "name"))
    return [
        LetterRow(
            number=letter.pk,
            to=names.get(letter.to_person or 0, ""),
            address=letter.to_address,
            subject=letter.subject,
            written_at=letter.written_at,
            standing=WORDS[letter.standing],
            trouble=letter.trouble,
            next_try_at=letter.next_try_at if letter.standing == Standing.WAITING and letter.tries else None,
            undecided=letter.standing in UNDECIDED,
        )
        for letter in letters
    ]


@require_GET
def outbox(request: HttpRequest) -> HttpResponse:
    form = LetterChoice(request.GET)
    choice = form.cleaned_data if form.is_valid() else {}
    chosen = {name: value for name, value in choice.items() if value}
    page = Paginator(_chosen(letters_visible_to(acting_of(request)), choice), LETTERS_ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "site/letters.html",
        {
            "form": form,
            "columns": COLUMNS,
            "letters_page": page,
            "rows": _rows(list(page.object_list)),
            "query": f"&{urlencode(chosen)}" if chosen else "",
            "is_narrowed": bool(chosen),
        },
    )


@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    acting = acting_of(request)
    letter = letter_for(acting, number)
    try:
        decision = Decision(request.POST.get("decision", ""))
        decide_on_letter(letter=letter, decision=decision, by=acting, at=clock.now())
    except LetterMovedOn as refusal:
        messages.error(request, str(refusal))
    except ValueError:
        messages.error(request, _("Choose what is to be done with the letter."))
    else:
        messages.success(request, _("Your decision is kept."))
    return redirect("site:letters")
