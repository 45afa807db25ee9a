"""How easy words read, and what is named to be shortened."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsorg.openness.rules.notice_words import easy_suggestion
from omsorg.openness.rules.readability import EASY_LIX, LONG_SENTENCE, Reads, ease_of
from omsorg.openness.rules.telling import Channel, Reading, TextsMissing, check_template
from omsorg.plans.tests.doc_tables import Row, case, rows


@pytest.mark.parametrize("row", rows("reading-level", "Worked numbers"), ids=case)
def test_what_words_measure_and_what_to_shorten(row: Row) -> None:
    ease = ease_of(row["Words as written"], row["Language"])
    measured = (ease.words, ease.sentences, ease.long_words, ease.lix)
    assert measured == tuple(int(row[name]) for name in ("Words", "Sentences", "Long words", "LIX"))
    assert ease.reads == row["Reads"]
    assert ("; ".join((*ease.long_sentences, *ease.hard_words)) or "–") == row["What to shorten"]


@settings(max_examples=200)
@given(
    st.lists(st.sampled_from(["we", "help", "answer.", "children", "somewhere", "unsettled.", "responsibility", "\n"])),
    st.sampled_from(sorted(EASY_LIX)),
)
def test_whatever_is_not_easy_names_what_to_shorten(words: list[str], language: str) -> None:
    ease = ease_of(" ".join(words), language)
    assert ease.reads is Reads.EASY or ease.long_sentences or ease.hard_words
    assert all(len(each.split()) > LONG_SENTENCE for each in ease.long_sentences)


@pytest.mark.parametrize("language", sorted(EASY_LIX))
@pytest.mark.parametrize("channel", list(Channel))
def test_the_suggested_easy_words_are_easy_and_can_be_kept(channel: Channel, language: str) -> None:
    subject, body = easy_suggestion(channel, language)
    check_template(body, channel, Reading.EASY)
    assert ease_of(f"{subject}\n{body}", language).reads is Reads.EASY


def test_a_form_letter_says_what_happened_and_what_was_done() -> None:
    for channel in (Channel.LETTER, Channel.EMAIL):
        with pytest.raises(TextsMissing, match=r"happened.*did"):
            check_template("All is well. {happened} {link}", channel)
        with pytest.raises(TextsMissing, match="summary"):
            check_template("All is well. {link}", channel, Reading.EASY)
        check_template("{happened} {did} {link}", channel)
    check_template("Something went wrong: {link}", Channel.SMS)
