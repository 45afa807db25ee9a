"""What the documents say is there: links, commands, files, pictures; and every page is reached from the first one."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "src" / "omsorg"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
WORD = re.compile(r"(?:^|`|&& )\./omsorg ([a-z_]+)", re.MULTILINE)
MANAGED = re.compile(r"\./omsorg manage ([a-z_]+)")
FILE = re.compile(r"`([\w./-]+\.(?:py|md|txt|in|css|js|html|svg|toml|typ))`")


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def without_code(page: Path) -> str:
    return re.sub(r"^```.*?^```", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> set[str]:
    """The anchors that a page offers: one for each heading, as hosts of repositories make them, and those it sets."""
    found = set(re.findall(r'<a id="([^"]+)">', page.read_text()))
    for heading in re.findall(r"^#+ (.+)$", without_code(page), re.MULTILINE):
        plain = re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower())
        found.add(plain.strip().replace(" ", "-"))
    return found


def links(page: Path) -> Iterator[tuple[Path, str]]:
    """Where the page leads to inside the repository: the file, and the heading in it."""
    for target in LINK.findall(without_code(page)):
        if not re.match(r"[a-z]+:", target):
            place, _, anchor = target.partition("#")
            yield ((page.parent / place).resolve() if place else page), anchor


def words_of_the_launcher() -> set[str]:
    """The words that `./omsorg` knows, read without running it."""
    for node in ast.parse((ROOT / "omsorg").read_text()).body:
        if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "WORDS":
            return {"help", *ast.literal_eval(ast.Tuple(list(node.value.keys), ast.Load()))}
    raise AssertionError("the launcher has no words")


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target, anchor in links(page):
        assert target.exists(), target
        assert not anchor or anchor in anchors(target), f"{shown(target)} has no place {anchor!r}"


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_every_command_that_is_named_can_be_given(page: Path) -> None:
    text = page.read_text()
    assert set(WORD.findall(text)) - words_of_the_launcher() == set()
    assert set(MANAGED.findall(text)) - {*get_commands(), "help"} == set()


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_every_file_that_is_named_is_there(page: Path) -> None:
    beside = [ROOT, HOUSE, page.parent, *HOUSE.glob("*/")]
    for name in FILE.findall(page.read_text()):
        kept = any((folder / name).exists() for folder in beside) or any(ROOT.glob(f"**/{name}"))
        found = kept or finders.find(name) is not None  # the joined sheet is made as it is served
        assert found, f"there is no {name}"


def test_every_page_is_reached_from_the_first_one() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page not in reached and page.suffix == ".md" and page.exists():
            reached.add(page)
            waiting += [target for target, _anchor in links(page)]
    assert sorted(map(shown, set(PAGES) - reached)) == []


def test_every_picture_is_taken_by_the_script_and_shown_somewhere() -> None:
    script = (ROOT / "docs" / "pictures" / "take.py").read_text()
    taken = {f"docs/pictures/{name}.png" for name in re.findall(r'Picture\(\s*"([\w-]+)"', script)}
    kept = {shown(picture) for picture in (ROOT / "docs" / "pictures").glob("*.png")}
    in_sight = {shown(target) for page in PAGES for target, _anchor in links(page) if target.suffix == ".png"}
    assert taken == kept == in_sight


def test_every_decision_has_a_number_of_its_own_and_a_place_in_the_list() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
    numbers = [page.name[:4] for page in pages]
    assert len(numbers) == len(set(numbers))
    listed = {target for target, _anchor in links(ROOT / "docs" / "decisions" / "README.md")}
    assert set(pages) <= listed


def test_the_licence_is_the_one_that_is_named() -> None:
    licence = (ROOT / "LICENSE").read_text()
    assert licence.split("\n", 1)[0].strip() == "GNU AFFERO GENERAL PUBLIC LICENSE"
    assert len(licence.splitlines()) == 661
    assert 'license = "AGPL-3.0-or-later"' in (ROOT / "pyproject.toml").read_text()
