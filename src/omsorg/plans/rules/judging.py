"""What a judgement must say: an own rating, an override of the computed one, a verifier's word."""

from datetime import date

from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _

from .measures import Cause, Rating


class OffTrackSaysWhy(Refusal):
    sentence = _("Off track needs a cause and a new date.")


class NewDateIsPast(Refusal):
    sentence = _("The new date has passed already. Give a date that is still to come.")


class CauseOnlyOffTrack(Refusal):
    sentence = _("A cause belongs to “off track” only.")


class OverrideSaysWhy(Refusal):
    sentence = _("Say why it is rated so: the reason stands beside the rating in public.")


class OverrideMustEnd(Refusal):
    sentence = _("Give the day on which this ends: it must lie ahead, and at most one year.")


class ContestSaysWhy(Refusal):
    sentence = _("Say what is contested and why: those who reported it will read it.")


class VerifiesOwnWork(Refusal):
    sentence = _("Nobody verifies what they entered themselves.")


class VerifiesOwnHouse(Refusal):
    sentence = _("A verifier belongs to another organisation than the one that reported.")


class JudgedBeforeHandedIn(Refusal):
    sentence = _("This answer is not handed in at the moment. It can be judged once it is.")


class SupersededMeanwhile(Refusal):
    sentence = _("This was corrected meanwhile. Look at the new figure first.")


class OverriddenMeanwhile(Refusal):
    """Nothing was written. What somebody else has said stands beside the sentence, and its `id` is to be expected."""

    sentence = _(
        "Somebody else has set this rating aside since you looked, until %(ends_on)s: “%(reason)s” Nothing of yours was"
        " written. Look at it before you put yours in its place."
    )


class NothingSetAside(Refusal):
    sentence = _("Nobody has set this rating aside for this period yet, so there is none to put yours in the place of.")


LONGEST_OVERRIDE_DAYS = 366


def check_rating(*, rating: Rating, cause: Cause | None, new_date: date | None, on: date) -> None:
    """Let an own rating pass: off track names a cause and a day to come, anything else names neither."""
    if rating is not Rating.OFF_TRACK:
        if cause is not None or new_date is not None:
            raise CauseOnlyOffTrack
        return
    if cause is None or new_date is None:
        raise OffTrackSaysWhy
    if new_date <= on:
        raise NewDateIsPast


def check_override(*, reason: str, ends_on: date | None, on: date) -> None:
    """Let an override pass: with a reason that everybody may read, and not for ever."""
    if not reason.strip():
        raise OverrideSaysWhy
    if ends_on is None or not 0 < (ends_on - on).days <= LONGEST_OVERRIDE_DAYS:
        raise OverrideMustEnd


def check_verifier(*, verifier: int, entered_by: int | None, is_of_the_house: bool) -> None:
    """Let a verifier pass who neither entered what is verified nor belongs to the organisation it is about."""
    if verifier == entered_by:
        raise VerifiesOwnWork
    if is_of_the_house:
        raise VerifiesOwnHouse


def check_verdict(*, is_contested: bool, reason: str) -> None:
    """Whoever contests says why."""
    if is_contested and not reason.strip():
        raise ContestSaysWhy
