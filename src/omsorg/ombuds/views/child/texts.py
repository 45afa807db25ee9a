"""What is said by text message: short, in the child's language, with no name of anybody in it.

Nothing needed is left out for want of room; what is only good to know goes where it has room.
"""

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from omsorg.kernel.numbers import format_day_of_week
from omsorg.kernel.refusals import Refusal
from omsorg.ombuds.actions.relay import CameBack
from omsorg.ombuds.actions.submissions import Submitted
from omsorg.ombuds.queries.childs_view import ToBeTold
from omsorg.ombuds.rules.emergency import ANYWHERE, emergency_number
from omsorg.ombuds.rules.spoken_code import say_code
from omsorg.ombuds.rules.text_messages import MOST_PIECES, Alphabet, Command, cut, fitting, in_own_letters, measure
from omsorg.ombuds.views.child.writing import promised

MOST_OF_ANSWER = {Alphabet.GSM7: 300, Alphabet.UCS2: 120}
"""How many letters of an answer go into a text message; the rest is read with the code."""

MOST_OF_TOLD = 60
"""And of what others are told without the child's yes, of whom, and of why: the whole is read with the code."""


def _safe(country: str) -> str:
    number = emergency_number(country, settings.ENVIRONMENT.ombuds_emergency_numbers) or ANYWHERE
    return _("In danger now? Call %(number)s.") % {"number": number}


def _till(on: date | None, language: str) -> str:
    day = promised(on, language)
    if not day:
        return _("Somebody writes to you. Send the code to read it.")
    return _("Somebody writes before %(day)s. Send the code to read it.") % {"day": day}


def kept(
    told: Submitted, language: str, country: str, *, perhaps_code: bool = False, may_say_more: bool = False
) -> str:
    """To whoever told something: the code, the day, the number to call.

    `perhaps_code`: what was kept as new words may have been a code with a slip in it. `may_say_more`: it was no more
    than a cry, so that the answer says how to tell more.
    """
    signs = [(sign.thing, sign.number) for sign in told.code]
    return fitting(
        [
            _("We have it. Your code: %(code)s.") % {"code": say_code(signs, language)},
            _till(told.promise_on, language),
            _safe(country),
        ],
        [
            _("If you meant a code: send it alone.") if perhaps_code else "",
            _("Tell us more: send the code, then your words.") if may_say_more else "",
            _("Does anyone look at this phone? Learn the code, then delete this."),
        ],
    )


def came_back(found: CameBack, language: str, country: str) -> str:
    """To whoever came with a code: that the words are kept, and what the office has written since she last wrote."""
    thanks = _("Thank you. We have it.") if found.is_kept else ""
    first = [_will_be_told(one) for one in found.to_be_told]
    if not found.answer:
        day = promised(found.promise_on, language)
        waits = _("Nothing new yet. Somebody writes before %(day)s.") % {"day": day} if day else _("Nothing new yet.")
        return fitting([thanks, *first, waits, _safe(country)])
    on = format_day_of_week(found.answered_on, language) if found.answered_on else ""
    begins = _("From %(day)s:") % {"day": on} if on else ""
    text = ""
    for most in range(MOST_OF_ANSWER[measure(in_own_letters(found.answer)).alphabet], 0, -10):
        answer, is_cut = cut(found.answer, most)
        more = _("There is more: read it with your code.") if is_cut else ""
        text = fitting([thanks, *first, begins, f"“{answer}”", more], [_safe(country)])
        if measure(text).pieces <= MOST_PIECES:
            break
    return text


def _will_be_told(one: ToBeTold) -> str:
    """What others are told next without the child's yes: it stands before everything else that is said."""
    whom = cut(in_own_letters(one.to_whom), MOST_OF_TOLD)[0]
    what, why = (cut(in_own_letters(said), MOST_OF_TOLD)[0] for said in (one.what, one.why))
    parts = [f"{_('We are going to tell this, also without your yes')}: “{what}”", f"{_('To whom')}: {whom}"]
    return ". ".join([*parts, f"{_('Why')}: {why}" if why else ""]).rstrip(". ") + "."


def commanded(command: Command, country: str) -> str:
    """To STOP and HELP: what this is, in plain words. Nothing was kept."""
    if command is Command.STOP:
        said = _("We write only when you write to us. Delete our messages if anyone looks at this phone.")
        return fitting([said, _safe(country)])
    said = _("Here you can tell us what is wrong. Only people whose work is to listen to children read it.")
    how = _("Write it in a message and send it. Have you a code? Send it first, then your words.")
    return fitting([said, how, _safe(country)])


def refused(why: Refusal, country: str) -> str:
    """To whom something could not be kept: why, and the number to call."""
    return fitting([str(why)], [_safe(country)])


def unreachable(country: str) -> str:
    """To whoever wrote when nothing could be kept."""
    said = _("We could not keep your words just now. That is our fault, not yours.")
    return fitting([said, _("Please send them again later.")], [_safe(country)])
