"""Who is named in what a child says: as it is spoken, in other spellings and endings; rather one too many."""

import pytest

from omsorg.ombuds.rules.levels import Level
from omsorg.ombuds.rules.naming import Said
from omsorg.ombuds.rules.routing import Hearer, conflicts


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("Amina Juma", "It was AMINA JUMA", id="in capitals"),
        pytest.param("Amina Juma", "Det er Amina Jumas skyld", id="with a Nordic genitive"),
        pytest.param("Søren Ørsted", "Soren Orsted slog mig", id="without the letters of a language"),
        pytest.param("Søren Ørsted", "Soeren Oersted slog mig", id="with letters written out"),
        pytest.param("Åse Ærø", "Ase Aeroe", id="with a ring written plainly"),
        pytest.param("Łukasz Wałęsa", "Lukasz Walesa mnie bije", id="with Polish letters"),
        pytest.param("José Núñez", "jose nunez me pega", id="without accents"),
        pytest.param("فاطمة حسن", "ضربتني فاطمه حسن", id="in Arabic, with another ending"),
        pytest.param("فاطمة حسن", "لفاطمة وحسن", id="in Arabic, with what stands before a word"),
        pytest.param("Amina Juma", "A\u200bmina\u00ad Juma", id="with signs that nobody sees"),
        pytest.param("Amina Juma", "\u0410mina Juma", id="with a letter that only looks the same"),
        pytest.param("Amina Juma", "Aminah Juma hit me", id="with an h behind"),
        pytest.param("Jean-Pierre Dupont", "jean pierre dupont", id="without the stroke between"),
        pytest.param("Mohammed Ali", "Mohamed Ali", id="with one letter instead of two"),
    ],
)
def test_the_whole_name_is_found(name: str, said: str) -> None:
    assert Said.of(said).names(name)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Amina Juma", "Det er Aminas skyld"),
        ("Amina Juma", "Jumas bil stod der"),
        ("Bo Li", "Bo slog mig"),
        ("فاطمة حسن", "لفاطمة"),
        ("Rashid Rahman", "rashid knows"),
    ],
)
def test_a_part_of_the_name_is_found(name: str, said: str) -> None:
    assert Said.of(said).names_in_part(name)
    assert not Said.of(said).names(name)


@pytest.mark.parametrize(
    ("name", "said"),
    [("Bo Li", "jeg vil bo her"), ("Amina Juma", "min mor er her"), ("Amina Juma", ""), ("", "anything")],
)
def test_what_is_only_like_a_name_names_nobody(name: str, said: str) -> None:
    assert not Said.of(said).names_in_part(name)
    assert not Said.of(said).names(name)


@pytest.mark.parametrize("unit", ["tanzania", "TANZANIA ", "arusha"])
def test_whoever_belongs_to_the_house_complained_of_or_below_it_does_not_hear(unit: str) -> None:
    below = Hearer(1, 1, Level.NATIONAL, frozenset({"TZ"}), "Baraka", frozenset({"arusha", "tanzania", "africa"}))
    elsewhere = Hearer(2, 2, Level.NATIONAL, frozenset({"TZ"}), "Nora", frozenset({"norway"}))
    assert conflicts([below, elsewhere], said="they beat us", units=[unit]).all == {1}
