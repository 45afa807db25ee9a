"""The tree is held against the plan of the house: its rooms, its names, what is said where a stranger knocks."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "src" / "omsorg"
GROUND = {"kernel", "federation", "site"}
"""What every system stands on, or is put together by: their rooms have names of their own."""

ROOMS = {
    "__init__",
    "access",
    "actions",
    "api",
    "apps",
    "checks",
    "doors",
    "example",
    "exports",
    "forms",
    "imports",
    "jobs",
    "letters",
    "locale",
    "management",
    "migrations",
    "models",
    "neighbours",
    "pages",
    "queries",
    "roles",
    "rules",
    "scopes",
    "sentences",
    "templates",
    "templatetags",
    "tests",
    "urls",
    "vectors",
    "views",
}
"""The rooms a system may have; `docs/architecture/map.md` says what each holds."""

NO_SUBJECT = {"common", "handler", "helper", "helpers", "manager", "misc", "processor", "service", "util", "utils"}
LONGEST = 350
LONGER_FOR_A_REASON: dict[str, str] = {}
GIVEN_OTHERWISE = {
    "bring_in_answers": "each answer tells who said it when, and who approved it",
    "bring_answer": "the house brings what is public already, in nobody's name",
}
KNOCKED_AT = {"rules", "actions", "access", "models"}
HIDDEN_CALLS = re.compile(r"\b(?:receiver|(?:pre|post)_(?:save|delete|init)|m2m_changed)\b")
MAY_BE_LEFT_OUT = {"tests/journeys/conftest.py": "a machine without a browser; continuous integration fails there"}
LEFT_OUT = re.compile(r"\bpytest\.(?:mark\.)?(?:skip|skipif|xfail|importorskip)\b|@unittest\.skip")

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def modules(*, tests: bool = False, migrations: bool = False) -> list[Path]:
    """Every module of ours, without tests and migrations unless they are asked for."""
    left_out = set() if tests else {"tests"}
    left_out |= set() if migrations else {"migrations"}
    return [path for path in sorted(HOUSE.rglob("*.py")) if not left_out & set(path.relative_to(HOUSE).parts)]


def systems() -> list[Path]:
    return [path for path in sorted(HOUSE.iterdir()) if (path / "__init__.py").exists() and path.name not in GROUND]


def definitions(path: Path) -> Iterator[Definition]:
    """What a module offers to others at its top."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            yield node


def speaks_for_itself(node: Definition) -> bool:
    """A refusal carries the sentence that a person will read: that is its promise."""
    return isinstance(node, ast.ClassDef) and any(
        isinstance(entry, ast.Assign) and getattr(entry.targets[0], "id", "") == "sentence" for entry in node.body
    )


def room_of(path: Path) -> str:
    parts = path.relative_to(HOUSE).parts
    return parts[1].removesuffix(".py") if len(parts) > 1 else ""


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("system", systems(), ids=lambda path: path.name)
def test_a_system_has_the_rooms_of_every_system(system: Path) -> None:
    found = {path.stem for path in system.iterdir() if path.name != "__pycache__"}
    assert found - ROOMS == set()


def test_every_room_that_is_allowed_is_explained_on_the_map() -> None:
    told = (ROOT / "docs" / "architecture" / "map.md").read_text()
    explained = {
        name for row in re.findall(r"^\| (`.+?) \|", told, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)
    }
    assert ROOMS - explained == set()


@pytest.mark.parametrize("package", ["kernel", "federation", "site", *[path.name for path in systems()]])
def test_a_package_opens_like_a_leaflet(package: str) -> None:
    told = ast.parse((HOUSE / package / "__init__.py").read_text())
    said = ast.get_docstring(told) or ""
    assert len(said.split()) >= 25, "says what it is for, its words and its neighbours"
    assert len(told.body) == 1, "holds no code"


def test_nothing_is_named_after_no_subject() -> None:
    found = [shown(path) for path in modules(tests=True) if NO_SUBJECT & set(path.stem.split("_"))]
    for path in modules():
        for node in definitions(path):
            words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+", node.name)}
            found += [f"{shown(path)}:{node.lineno} {node.name}"] if NO_SUBJECT & words else []
    assert found == []


def test_a_room_reads_in_one_sitting() -> None:
    long = {shown(path) for path in modules() if len(path.read_text().splitlines()) > LONGEST}
    assert long == set(LONGER_FOR_A_REASON)
    assert all(LONGER_FOR_A_REASON.values())


def test_every_module_says_what_it_is() -> None:
    silent = [
        shown(path) for path in modules() if (text := path.read_text()) and not ast.get_docstring(ast.parse(text))
    ]
    assert silent == []


def test_where_a_stranger_knocks_somebody_answers() -> None:
    silent = [
        f"{shown(path)}:{node.lineno} {node.name}"
        for path in modules()
        if room_of(path) in KNOCKED_AT
        for node in definitions(path)
        if not ast.get_docstring(node) and not speaks_for_itself(node)
    ]
    assert silent == []


def test_every_action_is_given_its_person_and_its_instant() -> None:
    unasked = []
    for path in modules():
        if room_of(path) != "actions":
            continue
        for node in definitions(path):
            if isinstance(node, ast.FunctionDef) and "transaction.atomic" in map(ast.unparse, node.decorator_list):
                named = {argument.arg for argument in node.args.kwonlyargs}
                is_told = {"by", "at"} <= named or node.name in GIVEN_OTHERWISE
                if node.args.args or not is_told:
                    unasked.append(f"{shown(path)}:{node.lineno} {node.name}")
    assert unasked == []


def test_the_clock_is_asked_in_one_place_only() -> None:
    asked = re.compile(r"\b(?:timezone\.now|datetime\.(?:utc)?now|date\.today|datetime\.today)\(")
    found = [shown(path) for path in modules() if asked.search(path.read_text())]
    assert found == ["src/omsorg/kernel/clock.py"]


def test_nothing_calls_what_nobody_sees() -> None:
    found = [shown(path) for path in modules() if HIDDEN_CALLS.search(path.read_text())]
    assert found == []


def test_no_test_is_left_out() -> None:
    folders = [ROOT / "tests", HOUSE]
    found = [
        shown(path)
        for folder in folders
        for path in sorted(folder.rglob("*.py"))
        if path != Path(__file__) and shown(path) not in MAY_BE_LEFT_OUT and LEFT_OUT.search(path.read_text())
    ]
    assert found == []
