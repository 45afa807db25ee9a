"""Form letters in words: what each is called, and which wait for a second person."""

from django.urls import reverse
from django.utils.text import capfirst

from omsorg.openness.pages.words import CHANNELS, READINGS, language_name
from omsorg.openness.queries.form_letters import waiting_templates
from omsorg.openness.rules.telling import Channel, Reading


def label_of(channel: Channel, language: str, reading: Reading) -> str:
    """What a form letter is called: by which way, in which language, and whether in easy words."""
    said = f"{CHANNELS[channel]}, {language_name(language)}"
    return f"{said}, {READINGS[reading]}" if reading is Reading.EASY else said


def form_letters_waiting(person: int, *, example: bool) -> list[dict[str, str]]:
    """The form letters to which a person may agree: written by somebody else, and agreed to by nobody yet."""
    return [
        {
            "title": capfirst(label_of(Channel(channel), language, Reading(reading))),
            "url": reverse("openness:notice-template", args=[channel, language, reading]),
        }
        for (channel, language, reading), row in sorted(waiting_templates(example=example).items())
        if row.by_id != person
    ]
