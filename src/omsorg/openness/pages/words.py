"""The words of openness for people: headings, ways to close, reasons, channels, places and months."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from omsorg.federation.models import Organisation
from omsorg.federation.places import countries
from omsorg.kernel import languages
from omsorg.kernel.numbers import LANGUAGES, format_date, format_money, format_period
from omsorg.kernel.periods import Period
from omsorg.kernel.reidentification import Kind
from omsorg.openness.rules.cases import ClosedAs, Heading, Subject, Tell
from omsorg.openness.rules.deciding import ReasonClass, Standing, Step
from omsorg.openness.rules.figures import Because, Measure
from omsorg.openness.rules.held import HELD, NOTHING, PAST, UNDECIDED
from omsorg.openness.rules.redactions import Why
from omsorg.openness.rules.telling import Channel, Giver, Proof, Reading

Words = Mapping[str, str | Promise]

HEADINGS: Words = {
    Heading.SUMMARY: _("In one sentence"),
    Heading.HAPPENED: _("What happened"),
    Heading.DID: _("What we did"),
    Heading.LEARNED: _("What we learned"),
}
BESIDE_THE_TEXT: Words = {
    "repaid": _("To whom"),
    "left_out": _("Why something is left out"),
    "what": _("What is corrected"),
    "why": _("Why it is corrected"),
    "nobody": _("Why nobody is told"),
}
"""What becomes public beside the text, and is read by the check like it."""
CLOSED_AS: Words = {
    ClosedAs.NOT_DOCUMENTED: _("not documented"),
    ClosedAs.REPAID: _("repaid in full"),
    ClosedAs.PARTLY_REPAID: _("repaid in part"),
    ClosedAs.OTHER_REACTION: _("other reaction"),
}
CLOSED_MEANS: Words = {
    ClosedAs.NOT_DOCUMENTED: _("It was looked into, and what was reported could not be shown to have happened."),
    ClosedAs.REPAID: _("All the money concerned was repaid."),
    ClosedAs.PARTLY_REPAID: _("A part of the money concerned was repaid."),
    ClosedAs.OTHER_REACTION: _(
        "There was another reaction: somebody was dismissed, warned or reported, or rules were changed."
    ),
}
SUBJECTS: Words = {
    Subject.CHILDREN: _("safety of children"),
    Subject.CONDUCT: _("conduct of staff"),
    Subject.MONEY: _("money"),
    Subject.OTHER: _("something else"),
}
TELLS: Words = {
    Tell.BEFORE: _("before the public page"),
    Tell.TOGETHER: _("together with the public page"),
}
REASONS: Words = {
    ReasonClass.CHILD: _("the best of a child"),
    ReasonClass.INQUIRY: _("police or a court are at it"),
    ReasonClass.WISH: _("the wish of those affected"),
    ReasonClass.LAW: _("the law forbids it"),
    ReasonClass.OTHER: _("another reason"),
}
NOT_PUBLIC: Words = {
    **REASONS,
    HELD: _("held back, all together"),
    PAST: _("of those: past the day on which they were to be looked at again"),
    NOTHING: _("decided that nothing of it is published"),
    UNDECIDED: _("nobody has decided yet whether the public is told"),
}
"""What is not public, line by line as the public reads it."""
STANDINGS: Words = {
    Standing.WRITTEN: _("being written"),
    Standing.HANDED_IN: _("handed in for release"),
    Standing.HELD: _("held back"),
    Standing.PUBLISHED: _("published"),
    Standing.WITHDRAWN: _("text withdrawn"),
}
STEPS: Words = {
    Step.HANDED_IN: _("Handed in for release"),
    Step.RETURNED: _("Handed back"),
    Step.HELD: _("Held back"),
    Step.TAKEN_UP: _("Taken up again"),
}
LEFT_OUT: Words = {
    Why.CHILD: _("it could give a child away"),
    Why.PERSON: _("it could give somebody away"),
    Why.LAW: _("the law forbids it"),
    Why.INQUIRY: _("police or a court are at it"),
    Why.OTHER: _("another reason"),
}
FINDINGS: Words = {
    Kind.NUMBER: _("Small number"),
    Kind.PLACE: _("Place too fine"),
    Kind.DAY: _("Exact day or hour"),
    Kind.NAME: _("Name"),
    Kind.CONTACT: _("Address or number"),
    Kind.CASE_NUMBER: _("Case number"),
    Kind.AGE: _("Age"),
    Kind.TOGETHER: _("Facts that fit one person"),
    Kind.UNREAD: _("A language that the check does not read"),
}
CHANNELS: Words = {
    Channel.LETTER: _("letter"),
    Channel.EMAIL: _("e-mail"),
    Channel.SMS: _("SMS"),
}
GIVERS: Words = {
    Giver.SPONSOR: _("sponsor"),
    Giver.DONOR: _("donor"),
}
READINGS: Words = {
    Reading.STANDARD: _("standard"),
    Reading.EASY: _("easy to read"),
}
PROOFS: Words = {
    Proof.SENT: _("sent"),
    Proof.HANDED_OVER: _("handed over"),
    Proof.DELIVERED: _("delivered"),
    Proof.RETURNED: _("returned"),
}
MEASURES: Words = {
    Measure.RECEIVED: _("received"),
    Measure.CLOSED: _("closed"),
    Measure.OPEN: _("open at the end"),
}


CORRECTED_BECAUSE: Words = {
    Because.TYPED: _("A number was typed wrong."),
    Because.PLACED: _("Cases were counted in the wrong country or quarter."),
    Because.COUNTED: _("Cases were left out, or counted twice."),
    Because.FOLLOWS: _("The quarter before was corrected."),
}


def language_now() -> str:
    """The reader's language, English where none is chosen."""
    return get_language() or "en"


def day(value: date | None) -> str:
    return format_date(value, language_now()) if value else ""


def month(value: date, language: str | None = None) -> str:
    """Month and year, which is all that is ever told of a day."""
    return format_period(Period(value.replace(day=1), 1), _spoken(language or language_now()))


def quarter_name(period: Period) -> str:
    return format_period(period, language_now())


def place_name(country: str, region: str, language: str | None = None) -> str:
    """The country, or the region that stands in its place, in the reader's language."""
    if country:
        names = countries().get(country, {})
        return names.get(_spoken(language or language_now()), country)
    return Organisation.objects.filter(code=region).values_list("name", flat=True).first() or region


def money(minor: int, currency: str, language: str | None = None) -> str:
    return format_money(minor, currency, _spoken(language or language_now()))


def language_name(code: str) -> str:
    """A language as the reader calls it."""
    return languages.language_name(code, _spoken(language_now()))


def public_address(code: str, language: str) -> str:
    """The permanent link to a case, whole, in a language of the site."""
    with override(language if language in dict(settings.LANGUAGES) else "en"):
        return settings.ENVIRONMENT.base_url.rstrip("/") + reverse("openness:case", args=[code])


def _spoken(language: str) -> str:
    return language if language in LANGUAGES else "en"
