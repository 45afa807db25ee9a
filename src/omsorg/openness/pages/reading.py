"""Reading levels in words: who gets easy words and who does not, and what to shorten in a form letter."""

from typing import Any

from django.utils.translation import gettext as __
from django.utils.translation import ngettext

from omsorg.openness.models import Notice
from omsorg.openness.pages.words import CHANNELS, READINGS, language_name
from omsorg.openness.rules.readability import LONG_SENTENCE, Reads, ease_of
from omsorg.openness.rules.telling import EasyLook, Reading


def way_of(notice: Notice) -> str:
    """By which way, in which language and how easy somebody is told."""
    said = [str(CHANNELS[notice.channel]), language_name(notice.language)]
    if notice.reading == Reading.EASY:
        said.append(str(READINGS[Reading.EASY]))
    elif notice.asked_reading == Reading.EASY:
        said.append(__("in standard words, easy ones were asked for"))
    return ", ".join(said)


def look_sentences(look: EasyLook) -> list[str]:
    """How many ask for easy words, and how many of them get the standard ones; nothing where nobody asks."""
    if not look.asked:
        return []
    asks = ngettext("%(number)s person asks for easy words.", "%(number)s persons ask for easy words.", look.asked)
    said = [asks % {"number": look.asked}]
    number = sum(look.without.values())
    if number:
        where = "; ".join(
            f"{CHANNELS[channel]}, {language_name(language)}: {count}"
            for (channel, language), count in look.without.items()
        )
        gets = ngettext(
            "%(number)s of them gets the standard words, because nobody has written easy ones: %(where)s.",
            "%(number)s of them get the standard words, because nobody has written easy ones: %(where)s.",
            number,
        )
        said.append(gets % {"number": number, "where": where})
    return said


def ease_facts(text: str, language: str) -> dict[str, Any]:
    """How easy the words of a form letter read, said plainly, with what to shorten."""
    ease = ease_of(text, language)
    verdicts = {
        Reads.EASY: __("This reads easily."),
        Reads.HEAVY: __("This is still a little heavy."),
        Reads.HARD: __("This is hard to read."),
    }
    numbers = {"lix": ease.lix, "line": ease.line, "words": ease.words_in_a_sentence}
    return {
        "verdict": verdicts[ease.reads],
        "is_easy": ease.reads is Reads.EASY,
        "measured": __(
            "LIX %(lix)s; easy is up to %(line)s. A sentence has %(words)s words on average. What stands between braces"
            " is not counted."
        )
        % numbers,
        "sentences_title": __("Make two sentences of each of these; they have more than %(most)s words:")
        % {"most": LONG_SENTENCE},
        "sentences": ease.long_sentences,
        "words": ", ".join(ease.hard_words),
    }
