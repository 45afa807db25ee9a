"""Coming back with the code: typed in words, or chosen by pictures; then what was answered, and what the child may do.

The code travels only in forms that are sent, never in an address.
"""

import re
from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from omsorg.kernel import clock
from omsorg.kernel.numbers import format_date, format_day_of_week
from omsorg.kernel.refusals import Refusal
from omsorg.ombuds.actions.childs import (
    Helped,
    add_words,
    answer_assent,
    ask_for_review,
    confirm_new_code,
    say_whether_it_helped,
    shut_out_people,
    withdraw_assent,
)
from omsorg.ombuds.actions.childs import come_back as came_back
from omsorg.ombuds.actions.gates import ask_to_tell
from omsorg.ombuds.actions.submissions import words_to_keep
from omsorg.ombuds.actions.tickets import Ticket, look_at_ticket, new_ticket
from omsorg.ombuds.queries.childs_view import ChildsCase
from omsorg.ombuds.rules.attachments import ACCEPTED, MOST_FILES, PICTURES_TOLD, VOICES_TOLD
from omsorg.ombuds.rules.refusals import CodeChanged, NoSuchCode, TooManyTries
from omsorg.ombuds.rules.return_code import ReturnCode, Sign
from omsorg.ombuds.rules.spoken_code import FEWEST, MOST, readings_of, say_code
from omsorg.ombuds.rules.things import KINDS, NUMBERS, THINGS, things_of
from omsorg.ombuds.views.caller import caller_of
from omsorg.ombuds.views.child.frame import Frame, childs_page, note, page, shown, status_of
from omsorg.ombuds.views.child.handing_in import handed_in, tried
from omsorg.ombuds.views.child.uploads import attachments_of, most_megabytes, taken_into_memory
from omsorg.ombuds.views.child.writing import TOO_OFTEN, new_token, not_for, promised, rings_marked, token_bytes

_CHOSEN = re.compile(r"(\d{1,3})-(\d{1,2})")
EXAMPLE = ((0, 5), (58, 12), (99, 8), (33, 1))
KIND_NAMES = {
    "animals": gettext_lazy("Animals"),
    "food": gettext_lazy("Food"),
    "nature": gettext_lazy("Nature"),
    "home": gettext_lazy("At home"),
    "tools": gettext_lazy("Kitchen and tools"),
    "wearing": gettext_lazy("Clothes and body"),
    "going": gettext_lazy("On the way"),
    "playing": gettext_lazy("Play and music"),
}

FACES = (
    (Helped.YES, "M13 28q11 14 22 0", gettext_lazy("Yes, it has")),
    (Helped.A_LITTLE, "M15 32h18", gettext_lazy("A little")),
    (Helped.NO, "M14 35q10-11 20 0", gettext_lazy("No, it has not")),
)
"""What a child says of what was done: the code, the mouth of the face, the words."""


def chosen(text: str) -> tuple[tuple[int, int], ...]:
    """The pictures chosen so far, out of a hidden field ("0-5 58-12"). What is none is left out."""
    pairs = ((int(thing), int(number)) for thing, number in _CHOSEN.findall(text[:200]))
    return tuple((thing, number) for thing, number in pairs if thing < len(THINGS) and 1 <= number <= NUMBERS)[:MOST]


def in_a_field(signs: Sequence[tuple[int, int]]) -> str:
    return " ".join(f"{thing}-{number}" for thing, number in signs)


def _code(signs: Sequence[tuple[int, int]]) -> ReturnCode:
    return tuple(Sign(thing, number) for thing, number in signs)


def _ask(
    frame: Frame,
    status: int = 200,
    *,
    typed: str = "",
    trouble: str = "",
    said: str = "",
    message: str = "",
    ticket: str = "",
) -> HttpResponse:
    """The page that asks for the code. `ticket`: of a form that had to wait, and is still good."""
    return page(
        frame,
        "come_back",
        status,
        typed=typed,
        trouble=trouble,
        said=said,
        message=message,
        example=say_code(EXAMPLE, frame.language),
        ticket=ticket or new_ticket(at=clock.now()),
    )


def _ask_again(frame: Frame, *, said: str = "", message: str = "") -> HttpResponse:
    """What a browser sends a second time, out of its history, opens nothing: the code is asked for anew."""
    again = _("So that nobody else reads it on this phone, we ask for your code again.")
    return _ask(frame, 409, trouble=again, said=said, message=message)


@childs_page
def come_back(request: HttpRequest, frame: Frame) -> HttpResponse:
    if request.method != "POST":
        return _ask(frame)
    typed, message = request.POST.get("typed", "")[:400], request.POST.get("message", "")
    try:
        with handed_in(request) as ticket:
            if not ticket.is_good:
                return _ask_again(frame)
            return _first_that_opens(request, frame, readings_of(typed, frame.language), message)
    except TooManyTries as often:
        return _wait(request, frame, typed, message, str(often))
    except Refusal as refused:
        return _ask(frame, _status(refused), typed=typed, trouble=str(refused), message=message)
    except Exception as gone:
        note(gone)
        later = _("This cannot be shown just now. Please try again in a while.")
        return _ask(frame, status_of(gone), typed=typed, trouble=later, message=message)


def _first_that_opens(
    request: HttpRequest, frame: Frame, readings: Sequence[Sequence[tuple[int, int]]], message: str
) -> HttpResponse:
    """The case of the first reading that has one. Each further one passes the gate as another code does."""
    signs, *others = readings
    try:
        return _case(frame, signs, message=message)
    except NoSuchCode as nothing:
        if not others or isinstance(nothing, CodeChanged):
            raise
    with tried(request):
        return _first_that_opens(request, frame, others, message)


def _wait(request: HttpRequest, frame: Frame, typed: str, message: str, why: str) -> HttpResponse:
    """The form again, at a closed gate: its ticket stays good for it. What was used before is shown to nobody."""
    ticket = request.POST.get("ticket", "")
    if not look_at_ticket(ticket, at=clock.now()).is_good:
        return _ask_again(frame)
    return _ask(frame, 429, typed=typed, trouble=why, message=message, ticket=ticket)


@childs_page
def pick(request: HttpRequest, frame: Frame) -> HttpResponse:
    """One tap a page: the kind, the thing, the number, until the code is whole."""
    if request.method != "POST":
        return HttpResponseRedirect(frame.come_back_url)
    sent = request.POST
    signs = chosen(sent.get("chosen", ""))
    if not look_at_ticket(sent.get("ticket", ""), at=clock.now()).is_good:
        return _ask_again(frame)
    if "back" in sent:
        signs = signs[:-1]
    return _pick(frame, signs, sent)


def _pick(
    frame: Frame, signs: Sequence[tuple[int, int]], sent: QueryDict, status: int = 200, *, trouble: str = ""
) -> HttpResponse:
    kind = sent.get("kind", "")
    thing = None if sent.get("kind") == "" else _number(sent.get("thing", ""), below=len(THINGS))
    number = _number(sent.get("number", ""), below=NUMBERS + 1)
    if thing is not None and number:
        signs, kind, thing = (*signs, (thing, number))[:MOST], "", None
    return page(
        frame,
        "pick",
        status,
        trouble=trouble,
        ticket=sent.get("ticket", ""),
        message=sent.get("message", ""),
        signs=[shown(one, frame.language, its) for one, its in signs],
        chosen=in_a_field(signs),
        place=len(signs) + 1,
        whole=len(signs) >= FEWEST and "more" not in sent,
        may_be_longer=len(signs) < MOST,
        kinds=[
            (code, name, [shown(one.number, frame.language) for one in things_of(code)[:3]])
            for code, name in KIND_NAMES.items()
        ],
        things=[shown(one.number, frame.language) for one in things_of(kind)] if kind in KINDS else (),
        thing=None if thing is None else shown(thing, frame.language),
        numbers=range(1, NUMBERS + 1),
    )


def _number(text: str, *, below: int) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 4 and int(text) < below else None


@childs_page
def case(request: HttpRequest, frame: Frame) -> HttpResponse:
    """What the child does with the case open before it; each thing done shows the case again, with what came of it."""
    if request.method != "POST":
        return HttpResponseRedirect(frame.come_back_url)
    taken_into_memory(request)
    sent = request.POST
    signs = chosen(sent.get("chosen", ""))
    message = sent.get("message", "")
    if len(signs) < FEWEST:
        return _ask(frame, 422, message=message)
    try:
        with handed_in(request, signs) as ticket:
            if not ticket.is_good:
                return _sent_again(request, frame, signs, is_old=ticket is Ticket.OLD)
            return _answered(request, frame, signs, message)
    except NoSuchCode as refused:
        return _ask(frame, 422, trouble=str(refused), message=message)
    except TooManyTries as refused:
        found = look_at_ticket(sent.get("ticket", ""), at=clock.now())
        if not found.is_good:
            return _ask_again(frame, message=message if found is Ticket.OLD else "")
        return _pick(frame, signs, sent, 429, trouble=str(refused))
    except Exception as gone:
        note(gone)
        return page(
            frame,
            "trouble",
            status_of(gone),
            chosen=in_a_field(signs),
            ticket=new_ticket(at=clock.now()),
            form=sent.get("form", ""),
            message=message,
            said=_("We could not keep this just now. That is our fault, not yours."),
        )


def _sent_again(request: HttpRequest, frame: Frame, signs: Sequence[tuple[int, int]], *, is_old: bool) -> HttpResponse:
    """What came with a ticket that is good no more: words are kept, once, since the code is right. Nothing is shown."""
    message = request.POST.get("message", "")
    if "add" not in request.POST:
        return _ask_again(frame, message=message if is_old else "")
    try:
        with tried(request):
            _add(request, frame, signs, message)
    except Refusal:
        return _ask_again(frame, message=message if is_old else "")
    return _ask_again(frame, said=_("Thank you. We have it."))


def _add(request: HttpRequest, frame: Frame, signs: Sequence[tuple[int, int]], message: str) -> None:
    files = attachments_of(request)
    words_to_keep(message, files)
    ask_to_tell(caller_of(request), message)
    add_words(
        code=_code(signs),
        message=message,
        language=frame.language,
        token=token_bytes(request.POST.get("form", "")),
        attachments=files,
        at=clock.now(),
    )


def _answered(request: HttpRequest, frame: Frame, signs: Sequence[tuple[int, int]], message: str) -> HttpResponse:
    sent = request.POST
    try:
        if "add" in sent:
            _add(request, frame, signs, message)
            return _case(frame, signs, said=_("Thank you. We have it."))
        return _case(frame, signs, said=_done(signs, sent), message=message)
    except NoSuchCode:
        raise
    except Refusal as refused:
        return _case(frame, signs, _status(refused), trouble=str(refused), message=message)


def _status(refused: Refusal) -> int:
    return 429 if isinstance(refused, TOO_OFTEN) else 422


def _done(signs: Sequence[tuple[int, int]], sent: QueryDict) -> str:
    """Do what was asked for, and say so."""
    code, at = _code(signs), clock.now()
    pressed = next((verb for verb in ("agree", "refuse", "withdraw") if verb in sent), "")
    number = _number(sent.get(pressed, ""), below=1000) or 0
    names = sent.get("names", "")[:400].strip()
    done: dict[str, Callable[[], object]] = {
        "helped": lambda: say_whether_it_helped(code=code, helped=sent.get("helped", ""), at=at),
        "review": lambda: ask_for_review(code=code, at=at),
        "agree": lambda: answer_assent(code=code, number=number, agrees=True, at=at),
        "refuse": lambda: answer_assent(code=code, number=number, agrees=False, at=at),
        "withdraw": lambda: withdraw_assent(code=code, number=number, at=at),
        "confirm": lambda: confirm_new_code(code=code, said=sent.get("confirmed", ""), at=at),
        "shut": lambda: shut_out_people(code=code, rings=rings_marked(sent), names=names, wish=not_for(names), at=at),
    }
    said = {
        "helped": _("Thank you for saying so."),
        "review": _("Somebody higher looks at this now."),
        "agree": _("Thank you. You can take this back at any time."),
        "refuse": _("We do not tell it."),
        "withdraw": _("You have taken it back. From now on we tell it to nobody."),
        "confirm": _("Thank you. Now we know that it is you."),
        "shut": _("From now on they cannot open this. What somebody has read already, we cannot take back."),
    }
    for verb, act in done.items():
        if verb in sent and (verb != "helped" or sent.get("helped") in set(Helped)):
            act()
            return said[verb]
    return ""


def _case(
    frame: Frame,
    signs: Sequence[tuple[int, int]],
    status: int = 200,
    *,
    said: str = "",
    trouble: str = "",
    message: str = "",
) -> HttpResponse:
    found = came_back(code=_code(signs))
    return page(
        frame,
        "case",
        status,
        case=found,
        days=_days(found, frame.language),
        chosen=in_a_field(signs),
        ticket=new_ticket(at=clock.now(), opened=signs),
        token=new_token(),
        said=said,
        trouble=trouble,
        message=message,
        faces=FACES,
        accepted=ACCEPTED,
        pictures=PICTURES_TOLD,
        voices=VOICES_TOLD,
        most_files=MOST_FILES,
        most_megabytes=most_megabytes(),
    )


def _days(found: ChildsCase, language: str) -> dict[str, object]:
    """Every day of the page in the child's language, beside what it belongs to."""
    return {
        "promised": promised(found.promise_on, language),
        "answered": any(not one.is_mine for one in found.messages),
        "closed": format_date(found.closed_on, language) if found.closed_on else "",
        "messages": [(one, format_day_of_week(one.on, language)) for one in found.messages],
        "to_be_told": [(one, format_date(one.on, language)) for one in found.to_be_told],
        "told": [(one, format_date(one.on, language)) for one in found.told],
        "sharings": [(one, format_date(one.until_on, language)) for one in found.sharings],
    }
