"""The words of the lists of givers, proofs and replies: what the screens say is read from a file, in every language."""

from collections.abc import Mapping

import pytest
from django.utils.translation import override

from omsorg.kernel.sheets import Habits, Option
from omsorg.kernel.sheets.columns import choice
from omsorg.openness.imports import audience, proofs
from omsorg.openness.pages.words import CHANNELS, GIVERS, PROOFS, READINGS, Words

LANGUAGES = ("en", "da", "nb", "sv")
LISTS = [
    pytest.param(audience.GIVERS, GIVERS, id="givers"),
    pytest.param(audience.CHANNELS, CHANNELS, id="channels"),
    pytest.param(audience.READINGS, READINGS, id="reading levels"),
    pytest.param(proofs.PROOFS, PROOFS, id="proofs"),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("options", "screens"), LISTS)
def test_what_the_screens_say_is_read_from_a_file(options: Mapping[str, Option], screens: Words, language: str) -> None:
    with override(language):
        said = {code: str(word) for code, word in screens.items()}
    assert {code: choice(options)(word, Habits()) for code, word in said.items()} == {code: code for code in said}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("options", "screens"), LISTS)
def test_what_a_list_tells_that_it_knows_is_read_again(
    options: Mapping[str, Option], screens: Words, language: str
) -> None:
    assert set(options) == set(screens)
    for code, option in options.items():
        assert choice(options)(option.labels[language], Habits()) == code
