"""The words of the forms: what a list offers is read again, in every language; faults tell them in the reader's."""

from collections.abc import Iterator, Mapping

import pytest
from django.utils.translation import override

from omsorg.kernel.sheets import Habits, Option
from omsorg.plans.imports.figure_columns import FIGURE, REACHED_WORDS, STATE, STATE_WORDS
from omsorg.plans.imports.sheets import SHEETS
from omsorg.plans.imports.template import allowed
from omsorg.plans.imports.words import OFFERED, STATES
from omsorg.plans.pages.entry_fields import KINDS_OF_ANSWER, REACHED_OFFERED
from omsorg.plans.rules.measures import State


def lists() -> Iterator[tuple[str, Mapping[str, Option]]]:
    for form in SHEETS:
        for field in form.fields:
            if field.choices:
                yield f"{form.name}.{field.column.name}", field.choices
    yield "state", STATE_WORDS
    yield "reached", REACHED_WORDS


@pytest.mark.parametrize("language", OFFERED)
def test_every_kind_of_answer_of_the_screens_is_read_from_a_file(language: str) -> None:
    with override(language):
        offered = [str(word) for value, word in KINDS_OF_ANSWER if value]
    read = [STATE.reader(word, Habits()) for word in offered]
    assert read == [State(int(value)) for value, _word in KINDS_OF_ANSWER if value]


@pytest.mark.parametrize("language", OFFERED)
def test_whether_a_milestone_is_reached_is_read_as_the_screens_say_it(language: str) -> None:
    with override(language):
        offered = [(value, str(word)) for value, word in REACHED_OFFERED if value]
    assert [str(FIGURE.reader(word, Habits())) for _value, word in offered] == [value for value, _word in offered]


def test_words_that_newcomers_were_refused_are_taken() -> None:
    assert STATE.reader("for få til at vises", Habits()) is State.SUPPRESSED
    assert STATE.reader("inte lämnat", Habits()) is State.REFUSED


@pytest.mark.parametrize("language", OFFERED)
def test_no_word_of_a_list_stands_for_two_things(language: str) -> None:
    for name, options in lists():
        words = [option.labels[language].casefold() for option in options.values()]
        assert len(set(words)) == len(words), name


def test_whatever_a_list_of_a_plan_offers_is_read_whoever_reads() -> None:
    for form in SHEETS:
        for field in form.fields:
            expected = [field.column.reader(code, Habits()) for code in field.choices]
            for language in OFFERED:
                with override(language):
                    offered = allowed(field)
                assert [field.column.reader(word, Habits()) for word in offered] == expected, (form.name, language)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("da", "”maalt” er ikke et af disse: målt, anslået, ikke indsamlet, ikke relevant, ikke oplyst."),
        ("sv", "”maalt” är inget av dessa: uppmätt, uppskattat, inte insamlat, inte relevant, inte lämnat."),
    ],
)
def test_what_may_stand_in_a_cell_is_told_in_the_language_of_the_reader(language: str, told: str) -> None:
    field = next(field for form in SHEETS for field in form.fields if field.choices is STATES)
    with override(language), pytest.raises(Exception, match="maalt") as refused:
        field.column.reader("maalt", Habits())
    with override(language):
        assert str(refused.value) == told
