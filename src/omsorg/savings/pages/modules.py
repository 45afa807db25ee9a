"""The modules of the phone joined into one: a cheap phone opens one file quickly and thirty slowly. No build step.

Each module keeps its own names within a function of its own; what it exports goes to those that import it.
"""

import re
from pathlib import Path
from typing import Final

FROM: Final = re.compile(r'^import (?:\* as )?(\w+|\{[^}]*\}) from "(\.[^"]+)";\n', re.MULTILINE)
EXPORT: Final = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)
REMARK: Final = re.compile(r"^\s*//.*\n", re.MULTILINE)


def in_order(first: Path) -> list[Path]:
    """`first` and everything it imports, each behind what it needs. Raises ValueError where two need each other."""
    order: list[Path] = []

    def take(module: Path, needed_by: tuple[Path, ...]) -> None:
        if module in needed_by:
            raise ValueError(f"{module.name} needs itself")
        if module not in order:
            for _names, name in FROM.findall(module.read_text("utf-8")):
                take((module.parent / name).resolve(), (*needed_by, module))
            order.append(module)

    take(first.resolve(), ())
    return order


def joined(first: Path) -> str:
    """One module that does what `first` does, without remarks."""
    *before, last = in_order(first)
    places = {module: f"$_{place}" for place, module in enumerate(before)}
    wrapped = [_wrapped(module, places) for module in before]
    return "".join([*wrapped, EXPORT.sub("", _body(last, places))])


def _body(module: Path, places: dict[Path, str]) -> str:
    def given(found: re.Match[str]) -> str:
        return f"const {found[1].replace(' as ', ': ')} = {places[(module.parent / found[2]).resolve()]};\n"

    return REMARK.sub("", FROM.sub(given, module.read_text("utf-8")))


def _wrapped(module: Path, places: dict[Path, str]) -> str:
    body = _body(module, places)
    names = ", ".join(EXPORT.findall(body))
    return f"const {places[module]} = (() => {{\n{EXPORT.sub('', body)}return {{ {names} }};\n}})();\n"
