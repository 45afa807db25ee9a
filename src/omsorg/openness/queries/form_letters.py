"""The words with which somebody is told: the organisation's own form letters, else those that the house brings."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from omsorg.openness.models import NoticeTemplate
from omsorg.openness.rules.notice_words import house_words
from omsorg.openness.rules.telling import Channel, Reading

Forms = Mapping[tuple[str, str, str], NoticeTemplate]


@dataclass(frozen=True, slots=True)
class FormLetter:
    """The words for one channel. `language` and `reading` are those they are in, whatever was asked for.

    `number` is 0 for the words that the house brings.
    """

    number: int
    language: str
    reading: Reading
    subject: str
    body: str


def newest_templates() -> Forms:
    """The newest form letter that two agree to, for each channel, language and reading level."""
    agreed = NoticeTemplate.objects.filter(agreed__isnull=False)
    return {(row.channel, row.language, row.reading): row for row in agreed.order_by("number")}


def waiting_templates() -> Forms:
    """The newest words of each form letter where nobody but their writer has agreed to them yet."""
    newest = {(row.channel, row.language, row.reading): row for row in _with_agreement().order_by("number")}
    return {name: row for name, row in newest.items() if not hasattr(row, "agreed")}


def waiting_template(channel: Channel, language: str, reading: Reading) -> NoticeTemplate | None:
    """The words of one form letter that wait for a second person."""
    found = _with_agreement().filter(channel=channel, language=language, reading=reading).order_by("-number").first()
    return None if found is None or hasattr(found, "agreed") else found


def _with_agreement() -> QuerySet[NoticeTemplate]:
    return NoticeTemplate.objects.select_related("agreed", "by")


def form_for(forms: Forms, channel: Channel, language: str, reading: Reading) -> FormLetter:
    """The words for somebody: easy ones where they ask for them and they are written, else the standard ones."""
    for level in dict.fromkeys((reading, Reading.STANDARD)):
        own = forms.get((channel, language, level))
        if own is not None:
            return FormLetter(own.number, language, level, own.subject, own.body)
    spoken, (subject, body) = house_words(channel, language)
    return FormLetter(0, spoken, Reading.STANDARD, subject, body)
