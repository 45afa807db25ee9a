"""How a code is handed in: the gate is asked, then the ticket of the form is used up."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext

from django.http import HttpRequest

from omsorg.kernel import clock
from omsorg.ombuds.actions.gates import code_was_not_wrong, try_code
from omsorg.ombuds.actions.tickets import Ticket, is_opened_by, use_ticket
from omsorg.ombuds.rules.refusals import NoSuchCode, TooManyTries
from omsorg.ombuds.views.caller import caller_of


@contextmanager
def handed_in(request: HttpRequest, signs: Sequence[tuple[int, int]] = ()) -> Iterator[Ticket]:
    """Around a form with a code: its ticket, used up once the gate has let the form in.

    At a closed gate nothing is written, and the ticket stays good for the same form. A page that this very code has
    just opened (`signs`) passes no gate.
    """
    ticket, at = request.POST.get("ticket", ""), clock.now()
    with nullcontext() if is_opened_by(ticket, signs, at=at) else tried(request):
        yield use_ticket(ticket, signs=signs, at=at)


@contextmanager
def tried(request: HttpRequest) -> Iterator[None]:
    """Around everything that a code opens: whoever tried many wrong ones is slower from then on.

    Wrong was also what a further reading was to follow that the gate held off.
    """
    passed = try_code(caller_of(request))
    try:
        yield
    except (NoSuchCode, TooManyTries):
        raise
    except BaseException:
        code_was_not_wrong(passed, caller_of(request))
        raise
    code_was_not_wrong(passed, caller_of(request))
