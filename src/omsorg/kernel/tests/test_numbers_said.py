"""Days, periods and numbers in sentences: in words for a person, exact for a program, and said again when kept."""

from datetime import date

import pytest
from django.utils import translation

from omsorg.kernel.api.given import refused_as
from omsorg.kernel.imports import ImportFault, Told
from omsorg.kernel.imports.kinds import as_plain, from_plain
from omsorg.kernel.numbers import DaySaid, NumberSaid, PeriodSaid
from omsorg.kernel.periods import Period
from omsorg.kernel.refusals import Refusal, Sentence


class TooEarly(Refusal):
    sentence = "%(number)s on %(day)s (%(period)s)"


SAID = {
    "number": NumberSaid("1107.5"),
    "day": DaySaid.of(date(2024, 6, 30)),
    "period": PeriodSaid(Period.parse("2024-H1")),
}
IN_WORDS = [
    ("en", "1,107.5 on 30 June 2024 (first half of 2024)"),
    ("da", "1.107,5 on 30. juni 2024 (1. halvår 2024)"),
    ("nb", "1\N{NO-BREAK SPACE}107,5 on 30. juni 2024 (1. halvår 2024)"),
    ("sv", "1\N{NO-BREAK SPACE}107,5 on 30 juni 2024 (första halvåret 2024)"),
]


@pytest.mark.parametrize(("language", "words"), IN_WORDS)
def test_a_person_is_told_in_words(language: str, words: str) -> None:
    with translation.override(language):
        assert str(TooEarly(**SAID)) == words


def test_a_program_is_given_what_it_can_read() -> None:
    assert refused_as(TooEarly(**SAID)).details == {"number": "1107.5", "day": "2024-06-30", "period": "2024-H1"}


@pytest.mark.parametrize(("language", "words"), IN_WORDS)
def test_what_was_told_of_a_file_is_said_again_in_the_language_of_whoever_reads_it(language: str, words: str) -> None:
    told = from_plain(as_plain(Told(faults=[ImportFault(TooEarly(**SAID).said)], lines=[Sentence("%(day)s", SAID)])))
    with translation.override(language):
        assert str(told.faults[0].sentence) == words
        assert str(told.lines[0]) == str(SAID["day"])


@pytest.mark.parametrize(
    ("number", "said"),
    [("45.00", "45"), ("0.1234567", "0.1234567"), ("-3", "−3"), ("20000", "20,000"), ("1E+999999", "1E+999999")],
)
def test_a_number_is_said_with_every_decimal_that_it_has(number: str, said: str) -> None:
    assert str(NumberSaid(number)) == said
