"""One sheet for every page: joined in order, small, and the same darkness by system and by choice."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from omsorg.site.environment import ROOT
from omsorg.site.sheet import JOINED, JoinedSheet, join, sheets

CSS = ROOT / "static" / "css"


def test_tokens_come_first_and_paper_last():
    names = [sheet.stem for sheet in sheets(CSS)]
    assert names[:2] == ["tokens", "base"]
    assert names[-1] == "print"
    assert names[2:-1] == sorted(names[2:-1])


def test_the_joined_sheet_keeps_every_rule_and_no_comment():
    joined = join(CSS)
    assert "/*" not in joined
    assert joined.count("{") == joined.count("}")
    apart = "".join(re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL) for sheet in sheets(CSS))
    assert joined.count("{") == apart.count("{")
    assert re.sub(r"[\s;]", "", joined) == re.sub(r"[\s;]", "", apart)


def test_the_joined_sheet_is_small():
    joined = join(CSS).encode()
    assert len(joined) < 45_000
    assert len(gzip.compress(joined)) < 10_000


def test_the_joined_sheet_is_found_and_made_anew_when_a_sheet_changes(settings, tmp_path, monkeypatch):
    folder = tmp_path / "css"
    (folder / "components").mkdir(parents=True)
    for name in ("tokens", "base", "print"):
        (folder / f"{name}.css").write_text(f".{name} {{ color: red; }} /* why */")
    finder = JoinedSheet()
    finder.folder = folder
    finder.storage = type(finder.storage)(location=tmp_path / "joined")
    found = finder.find(JOINED)
    assert (tmp_path / "joined" / JOINED).read_text() == ".tokens{color: red}.base{color: red}.print{color: red}\n"
    (folder / "components" / "card.css").write_text(".card { color: blue; }")
    assert ".card{color: blue}" in Path(finder.find(JOINED)).read_text()
    assert finder.find("css/other.css") == []
    assert [path for path, _storage in finder.list(None)] == [JOINED]
    assert found == finder.find(JOINED)


def test_django_finds_the_sheet_where_pages_ask_for_it():
    assert finders.find("css/omsorg.css")


def _values(text: str, selector: str) -> dict[str, str]:
    block = re.search(re.escape(selector) + r"\s*\{(.*?)\}", text, re.DOTALL)
    assert block
    return dict(re.findall(r"(--[\w-]+|color-scheme):\s*([^;]+);", block[1]))


def test_dark_by_system_and_dark_by_choice_are_the_same():
    text = (CSS / "tokens.css").read_text()
    by_system = _values(text, ':root:not([data-omsorg-theme="light"])')
    assert by_system == _values(text, ':root[data-omsorg-theme="dark"]')
    assert by_system.keys() < _values(text, ":root").keys()


def test_every_token_that_is_used_is_there():
    joined = join(CSS)
    used, made = set(re.findall(r"var\((--[\w-]+)\)", joined)), set(re.findall(r"(--[\w-]+):", joined))
    assert used - made == set()


def _light(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


TEXT = [
    *((ink, ground) for ink in ("ink", "ink-soft", "accent", "wrong") for ground in ("paper", "surface", "sunken")),
    ("accent", "accent-wash"),
    ("on-accent", "accent"),
    ("on-accent", "accent-deep"),
    ("wrong", "wrong-wash"),
    *((f"{tone}-ink", "paper") for tone in ("completed", "on-track", "at-risk", "off-track", "not-started")),
    *((f"{tone}-ink", f"{tone}-wash") for tone in ("completed", "on-track", "at-risk", "off-track")),
    *(("ink", f"{tone}-wash") for tone in ("completed", "at-risk", "wrong", "accent")),
]
SIGNS = [
    *((tone, "paper") for tone in ("completed", "on-track", "at-risk", "off-track", "not-started", "edge", "accent")),
    ("edge", "surface"),
    ("edge", "sunken"),
    ("completed", "completed-wash"),
    ("at-risk", "at-risk-wash"),
]


@pytest.mark.parametrize("theme", [":root", ':root[data-omsorg-theme="dark"]'], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("pairs", "least"), [(TEXT, 4.5), (SIGNS, 3.0)], ids=["text is legible", "signs and edges are seen"]
)
def test_contrast(theme, pairs, least):
    values = _values((CSS / "tokens.css").read_text(), theme)
    too_faint = {
        f"{one} on {other}": round(contrast(values[f"--{one}"], values[f"--{other}"]), 2)
        for one, other in pairs
        if contrast(values[f"--{one}"], values[f"--{other}"]) < least
    }
    assert too_faint == {}
