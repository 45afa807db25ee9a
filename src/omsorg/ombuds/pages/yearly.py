"""A year's report in words: questions, groups and numbers as they are read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from omsorg.kernel.numbers import format_number
from omsorg.ombuds.pages.words import AGES, CHANNELS, HELPED, LEVELS, SEXES, country_name
from omsorg.ombuds.rules.awareness import NOT_TOLD
from omsorg.ombuds.rules.yearly import REST


@dataclass(frozen=True, slots=True)
class Table:
    """One question and its groups, which do not overlap."""

    question: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A year as adults read it."""

    total: str
    sentences: tuple[str, ...]
    tables: tuple[Table, ...]
    panels: tuple[Table, ...]
    few: str


def told_to_adults(said: Mapping[str, Any], language: str) -> Told:
    """The report of a year in the reader's language."""

    def number(count: int) -> str:
        return format_number(count, language)

    questions = {
        "country": (_("Where the children live"), {}),
        "channel": (_("How they told us"), CHANNELS),
        "level": (_("Who looked after it last"), LEVELS),
        "promise": (
            _("Whether we wrote by the day we promised"),
            {"kept": _("always"), "missed": _("not always; then a level above took over")},
        ),
        "helped": (_("Whether it helped, as they say"), {**HELPED, "": _("they have not said")}),
    }
    tables = []
    for name, groups in said["groups"].items():
        question, words = questions[name]
        tables.append(
            Table(
                question,
                tuple((_named(name, group, words), number(count)) for group, count in groups.items()),
            )
        )
    few = _("Fewer than %(number)s children or cases are never shown by themselves: they are counted with others.")
    return Told(
        total="" if said["total"] is None else number(said["total"]),
        sentences=tuple(_sentences(said, number)),
        tables=tuple(tables),
        panels=tuple(_panels(said, number)),
        few=few % {"number": number(said["smallest"])},
    )


def _panels(said: Mapping[str, Any], number: Any) -> Iterator[Table]:
    """Who the children of the panels were; a year that was told before there were panels says nothing of them."""
    asked = {
        "by_age": (_("How old the children of the panels were"), AGES),
        "by_sex": (_("Girls and boys there"), SEXES),
    }
    for name, (question, words) in asked.items():
        groups = said.get("panels", {}).get(name, {})
        if groups:
            named = {**words, NOT_TOLD: _("not told")}
            yield Table(question, tuple((_named(name, group, named), number(count)) for group, count in groups.items()))


def _named(question: str, group: str, words: Mapping[str, Any]) -> str:
    if group == REST:
        return _("all others, too few to be told apart")
    if question == "country":
        return country_name(group) if group else _("not said")
    return str(words[group])


def _sentences(said: Mapping[str, Any], number: Any) -> list[str]:
    advice, visits = said["advice"], said["visits"]
    lines = [
        ngettext("We went to see children once.", "We went to see children %(number)s times.", visits)
        % {"number": number(visits)}
        if visits
        else _("We went to see no children.")
    ]
    if said["met"] is not None:
        lines.append(_("We met %(number)s children there.") % {"number": number(said["met"])})
    if said["know"] is not None:
        known, asked = said["know"]
        lines.append(
            _("Of %(asked)s children whom we asked, %(known)s knew their ombudsperson.")
            % {"asked": number(asked), "known": number(known)}
        )
    lines += _of_panels(said.get("panels"), number)
    lines.append(
        _(
            "Recommendations made public: %(made)s; accepted, also in part: %(accepted)s; refused: %(refused)s; done:"
            " %(done)s."
        )
        % {name: number(count) for name, count in advice.items()}
    )
    return lines


def _of_panels(told: Mapping[str, Any] | None, number: Any) -> Iterator[str]:
    """How often children helped to choose who listens to them, and how many; a small number of them is not said."""
    if not told or not told["held"]:
        return
    held = told["held"]
    yield ngettext(
        "Children helped once to choose somebody who listens to them.",
        "Children helped %(number)s times to choose somebody who listens to them.",
        held,
    ) % {"number": number(held)}
    if told["children"] is not None:
        yield _("%(number)s children were there.") % {"number": number(told["children"])}
