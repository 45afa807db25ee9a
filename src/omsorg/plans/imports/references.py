"""Every code in a file that names something else: is that other thing there, in the file or in the house?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from omsorg.kernel.refusals import Refusal, Sentence
from omsorg.kernel.refusals import written as _
from omsorg.kernel.sheets.rows import RowTwice
from omsorg.plans.imports.reading import Book, Fault, Row


class NoSuchThing(Refusal):
    sentence = _("There is no %(kind)s “%(code)s”: neither on the sheet “%(sheet)s” nor in the plan.")


class NoSuchOrganisation(Refusal):
    sentence = _("There is no organisation “%(code)s”: neither on the sheet “%(sheet)s” nor in the house.")


class NoSuchPart(Refusal):
    sentence = _("There is no part of a breakdown called “%(code)s”.")


class WhichOfTheTwo(Refusal):
    sentence = _("“%(code)s” is both an action and an indicator: say in the column “%(column)s” which is meant.")


class WhichSource(Refusal):
    sentence = _("Say which source this recommendation comes from.")


class PeriodOrReport(Refusal):
    sentence = _("Give the period, or the code of a report on the sheet “%(sheet)s”.")


class TextMissing(Refusal):
    sentence = _("Give this text in at least one language.")


KINDS = {
    "sources": Sentence(_("source")),
    "recommendations": Sentence(_("recommendation")),
    "actions": Sentence(_("action")),
    "indicators": Sentence(_("indicator")),
    "reports": Sentence(_("report")),
}

REFERENCES: tuple[tuple[str, str, str], ...] = (
    ("plan", "owner", "organisations"),
    ("organisations", "parent", "organisations"),
    ("recommendations", "source", "sources"),
    ("recommendations", "actions", "actions"),
    ("actions", "owner", "organisations"),
    ("actions", "superseded_by", "actions"),
    ("actions", "recommendations", "recommendations"),
    ("indicators", "actions", "actions"),
    ("indicators", "superseded_by", "indicators"),
    ("targets", "indicator", "indicators"),
    ("targets", "organisation", "organisations"),
    ("budget", "action", "actions"),
    ("revisions", "owner", "organisations"),
    ("ratings", "indicator", "indicators"),
    ("ratings", "report", "reports"),
    ("ratings", "verified_by", "organisations"),
    ("figures", "organisation", "organisations"),
    ("figures", "indicator", "indicators"),
    ("figures", "key", "keys"),
)
"""Sheet, column, and what the codes in that column name."""

TEXTS_NEEDED: tuple[tuple[str, str], ...] = (
    ("plan", "title"),
    ("sources", "title"),
    ("recommendations", "text"),
    ("actions", "title"),
    ("indicators", "title"),
)


@dataclass(frozen=True, slots=True)
class Known:
    """The codes that the house knows already, by what they name.

    `perhaps` are those of all plans, where it is not known of which one the file is.
    """

    codes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    perhaps: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def __getitem__(self, what: str) -> frozenset[str]:
        return self.codes.get(what, frozenset())


def loose_ends(book: Book, known: Known) -> Iterator[Fault]:
    """Every reference to something that is not there, and every text that must be there and is not.

    A code whose own row has a fault, or whose sheet could not be read, is not called unknown: that is told once, where
    it is. Rows with a fault are looked at too, in the cells that could be read.
    """
    there = {what: codes | known.perhaps.get(what, frozenset()) for what, codes in there_in(book, known).items()}
    for sheet, column, what in REFERENCES:
        for row in book.all_of(sheet):
            for code in _codes(row[column]):
                if code not in there[what] and what not in book.unreadable:
                    yield book.fault(row, column, _missing(book, what, code).said)
    if book.unreadable.isdisjoint({"actions", "indicators"}):
        for row in book.all_of("revisions"):
            if row.is_read("code", "what"):
                yield from _revision_ends(book, row, there)
        yield from _revised_twice(book, there)
    for sheet, column in TEXTS_NEEDED:
        for row in book.all_of(sheet):
            if not row.texts(column, "en") and row.is_read(column):
                yield book.fault(row, column, TextMissing().said)
    has_one_source = len(there["sources"]) == 1 or "sources" in book.unreadable or bool(known.perhaps)
    for row in book.all_of("recommendations"):
        if row["source"] is None and row.is_read("source") and not has_one_source:
            yield book.fault(row, "source", WhichSource().said)
    for row in book.all_of("ratings"):
        if row["period"] is None and row["report"] is None and row.is_read("period", "report"):
            yield book.fault(row, "period", PeriodOrReport(sheet=book.name_of("reports")).said)


def there_in(book: Book, known: Known) -> dict[str, frozenset[str]]:
    """The codes that a row may name, by what they name: of what the house knows, and of what the file tells of."""
    return {what: known[what] | book.claimed.get(what, frozenset()) for what in ("organisations", "keys", *KINDS)}


def names_in(book: Book, there: Mapping[str, frozenset[str]]) -> Iterator[tuple[Row, str, str]]:
    """Everything on which a row rests, with what it is and its code, for a book in which there are no loose ends."""
    for sheet, column, what in REFERENCES:
        for row in book[sheet]:
            for code in _codes(row[column]):
                yield row, what, code
    for row in book["revisions"]:
        what = _revised(row, there)[0]
        for code in _codes(row["code"]) + _codes(row["superseded_by"]):
            yield row, what, code
    (*_others, only_source) = there["sources"] or ("",)
    for row in book["recommendations"]:
        if row["source"] is None:
            yield row, "sources", only_source


def _revision_ends(book: Book, row: Row, there: Mapping[str, frozenset[str]]) -> Iterator[Fault]:
    """What a revision is of, and by what it says that is superseded: both of the same sort."""
    meant = _revised(row, there)
    if not meant:
        what = "indicators" if row["what"] == "indicator" else "actions"
        yield book.fault(row, "code", _missing(book, what, row["code"]).said)
    elif len(meant) > 1:
        yield book.fault(row, "what", WhichOfTheTwo(code=row["code"], column=book.heading_of(row.sheet, "what")).said)
    elif row["superseded_by"] is not None and row["superseded_by"] not in there[meant[0]]:
        yield book.fault(row, "superseded_by", _missing(book, meant[0], row["superseded_by"]).said)


def _revised_twice(book: Book, there: Mapping[str, frozenset[str]]) -> Iterator[Fault]:
    """Two rows for one thing on one day with one reason, where only one of them says of which sort the thing is."""
    key = ("code", "in_force_on", "reason")
    seen: dict[tuple[Any, ...], Row] = {}
    for row in sorted(book.all_of("revisions"), key=lambda row: row.number):
        meant = _revised(row, there) if row.is_read("what", *key) else []
        if len(meant) == 1:
            first = seen.setdefault((meant[0], *(row[name] for name in key)), row)
            if first["what"] != row["what"]:
                shown = ", ".join(str(row[name]) for name in key)
                yield book.fault(row, "code", RowTwice(first=first.number, row=row.number, key=shown).said)


def _revised(row: Row, there: Mapping[str, frozenset[str]]) -> list[str]:
    """Of what a revision may be, by the sheets that tell of it: of neither, of one, or of both."""
    what = {"action": ("actions",), "indicator": ("indicators",), None: ("actions", "indicators")}[row["what"]]
    return [each for each in what if row["code"] in there[each]]


def _missing(book: Book, what: str, code: str) -> Refusal:
    if what == "organisations":
        return NoSuchOrganisation(code=code, sheet=book.name_of(what))
    if what == "keys":
        return NoSuchPart(code=code)
    return NoSuchThing(kind=KINDS[what], code=code, sheet=book.name_of(what))


def _codes(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value
