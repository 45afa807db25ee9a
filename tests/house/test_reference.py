"""What can be set, run and held is documented, and the documents say what the code says."""

import re
from pathlib import Path

import pytest

from omsorg.site.environment import Environment
from omsorg.site.reference import own_commands, pages

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("place", pages(), ids=lambda place: place.name)
def test_the_reference_is_as_the_code_says(place: Path) -> None:
    assert place.read_text() == pages()[place], "run: ./omsorg manage reference"


def test_every_setting_that_is_read_is_documented() -> None:
    sources = [ROOT / "omsorg", *(ROOT / "src").rglob("*.py")]
    read = {name for source in sources for name in re.findall(r"\bOMSORG_[A-Z_]*[A-Z]\b", source.read_text())}
    assert read - set(re.findall(r"\bOMSORG_[A-Z_]+\b", (ROOT / "docs/reference/settings.md").read_text())) == set()


def test_every_setting_says_what_it_does() -> None:
    assert [name for name, field in Environment.model_fields.items() if not field.description] == []


def test_every_command_says_what_it_does() -> None:
    assert [name for name, command in own_commands().items() if not command.help] == []
