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


def newest_templates(*, example: bool) -> Forms:
    """The newest form letter that two agree to, for each channel, language and reading level: those of the invented
    people (`example`), with which the givers of real organisations are never told, or those of the real ones."""
    agreed = NoticeTemplate.objects.filter(agreed__isnull=False, is_example=example)
    return {(row.channel, row.language, row.reading): row for row in agreed.order_by("number")}


def waiting_templates(*, example: bool) -> Forms:
    """The newest words of each form letter where nobody but their writer has agreed to them yet."""
    written = _with_agreement().filter(is_example=example).order_by("number")
    newest = {(row.channel, row.language, row.reading): row for row in written}
    return {name: row for name, row in newest.items() if not hasattr(row, "agreed")}


def waiting_template(channel: Channel, language: str, reading: Reading, *, example: bool) -> NoticeTemplate | None:
    """The words of one form letter that wait for a second person."""
    of = {"channel": channel, "language": language, "reading": reading, "is_example": example}
    found = _with_agreement().filter(**of).order_by("-number").first()
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
