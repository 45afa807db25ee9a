"""The words with which somebody is told: the organisation's own form letters, else those that the house brings."""

from collections.abc import Mapping
from dataclasses import dataclass

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
    """The newest form letter for each channel, language and reading level."""
    return {(row.channel, row.language, row.reading): row for row in NoticeTemplate.objects.order_by("number")}


def form_for(forms: Forms, channel: Channel, language: str, reading: Reading) -> FormLetter:
    """The words for somebody: easy ones where they ask for them and they are written, else the standard ones."""
    for level in dict.fromkeys((reading, Reading.STANDARD)):
        own = forms.get((channel, language, level))
        if own is not None:
            return FormLetter(own.number, language, level, own.subject, own.body)
    spoken, (subject, body) = house_words(channel, language)
    return FormLetter(0, spoken, Reading.STANDARD, subject, body)
