import pytest

from omsorg.kernel import refusals
from omsorg.kernel.refusals import InLanguages, Refusal, Sentence, speak_with, written


class BoxClosed(Refusal):
    sentence = written("The box of %(day)s is closed.")


@pytest.fixture
def danish():
    before = refusals._translate, refusals._language
    speak_with({"The box of %(day)s is closed.": "Kassen fra %(day)s er lukket."}.get, lambda: "da-dk")
    yield
    speak_with(*before)


def test_a_refusal_reads_as_written():
    assert str(BoxClosed(day="3 May")) == "The box of 3 May is closed."


def test_a_refusal_is_said_in_the_language_of_its_reader(danish):
    assert str(BoxClosed(day="3. maj")) == "Kassen fra 3. maj er lukket."


def test_a_sentence_without_figures_may_carry_a_percent_sign():
    assert str(Sentence("100 % of it")) == "100 % of it"


def test_equal_sentences_are_one():
    assert len({Sentence("%(a)s", {"a": 1}), Sentence("%(a)s", {"a": 1})}) == 1


def test_a_heading_has_the_name_of_its_readers_language(danish):
    assert str(InLanguages(en="Country", da="Land")) == "Land"
    assert str(InLanguages(en="Country")) == "Country"
    assert str(InLanguages(sv="Land")) == "Land"
    assert str(InLanguages()) == ""
