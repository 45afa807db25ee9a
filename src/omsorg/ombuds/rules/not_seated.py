"""Refused for want of a seat in the office: said to those who hear children, and to those who would."""

from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _


class NoSeat(Refusal):
    sentence = _("The house has given this person no seat today. There is nothing to vouch for.")


class NoSeatNow(Refusal):
    sentence = _("You have no seat in the office today, so your key ring opens nothing. Ask the board.")


class ManagesAsWell(Refusal):
    sentence = _(
        "You hold a role of management as well: whoever manages does not hear children. One of the two must end."
    )


class NotAmongInvented(Refusal):
    sentence = _("Invented people of the example vouch for invented people, and real ones for real ones.")
