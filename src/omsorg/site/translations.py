"""The house's sentences and their translations: collected from the code, kept in locale/, compiled at set-up.

Sentences are written in English in the code; each language has one catalogue. Nothing but Python and Babel is needed:
the tools of gettext are not on a bare machine.
"""

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from omsorg.ombuds.rules.refusals import READ_BY_CHILDREN
from omsorg.site.environment import ROOT

LOCALES = ROOT / "locale"
TRANSLATED = ("da", "nb", "sv")
CHILDREN_TOO = ("sw", "fr", "es", "ar")
"""Further languages in which children are spoken to; nobody else reads the house in them."""
CHILDS_LOCALES = ROOT / "src" / "omsorg" / "ombuds" / "locale"
MEMBERS_TOO = tuple(f"{language}@savings" for language in CHILDREN_TOO)
"""The same languages for members of savings groups: books of their own, since either system may be off."""
MEMBERS_LOCALES = ROOT / "src" / "omsorg" / "savings" / "locale"
SAID_TO_MEMBERS = ("src/omsorg/savings/sentences.py", "src/omsorg/savings/pages/phone.py")
SAID_TO_CHILDREN = (
    "src/omsorg/ombuds/templates/ombuds/child/",
    "src/omsorg/ombuds/views/child/",
    "src/omsorg/ombuds/rules/return_code.py",
    "src/omsorg/ombuds/rules/spoken_code.py",
)
KEYWORDS: dict[str, None] = dict.fromkeys(
    ("_", "__", "gettext", "gettext_lazy", "written", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy")
)
CALL = re.compile(r"\b(pgettext|ngettext|npgettext|gettext)\(")

PLURALS = {
    "en": "nplurals=2; plural=(n != 1)",
    "fr": "nplurals=2; plural=(n > 1)",
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5",
}
"""How a language counts; those that are not here count as English does."""
HEADER = """\
# The words of Omsorg. AGPL-3.0-or-later.
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plurals};\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""

Found = tuple[str, int, str | tuple[str, ...], str | None]
"""Where a sentence stands (file, line), the sentence (with its plural), its context."""


def sentences() -> Iterator[Found]:
    """Every sentence of the code and of the templates, in the order of the files."""
    for path in sorted(ROOT.glob("src/omsorg/**/*.py")):
        if "/tests/" not in str(path) and "/migrations/" not in str(path):
            yield from _of_python(path)
    for path in sorted([*ROOT.glob("templates/**/*.*"), *ROOT.glob("src/omsorg/**/templates/**/*.*")]):
        yield from _of_template(path)


def _of_python(path: Path) -> Iterator[Found]:
    source = path.read_bytes()
    called = _names_of_marks(source)
    for line, name, texts, _comments in extract_python(BytesIO(source), {**KEYWORDS, **dict.fromkeys(called)}, [], {}):
        parts = (texts,) if isinstance(texts, str) else tuple(each for each in texts or () if each is not None)
        found = _sentence(called.get(str(name), str(name)), parts)
        if found is not None:
            yield str(path.relative_to(ROOT)), line, *found


def _names_of_marks(source: bytes) -> dict[str, str]:
    """Under which other names a file imports what marks a sentence (`written as said`), and what each is."""
    return {
        name.asname: name.name
        for statement in ast.walk(ast.parse(source))
        if isinstance(statement, ast.ImportFrom)
        for name in statement.names
        if name.asname is not None and name.name in KEYWORDS
    }


def _of_template(path: Path) -> Iterator[Found]:
    text = templatize(path.read_text("utf-8"), origin=str(path))
    for match in CALL.finditer(text):
        call = ast.parse(text[match.start() : _closing(text, match.end())], mode="eval").body
        if not isinstance(call, ast.Call):
            continue
        parts = tuple(
            each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)
        )
        found = _sentence(match[1], parts)
        if found is not None:
            yield str(path.relative_to(ROOT)), text.count("\n", 0, match.start()) + 1, *found


def _closing(text: str, start: int) -> int:
    """The place after the bracket that closes the call whose inside begins at `start`."""
    depth, place, quote = 1, start, ""
    while depth:
        sign = text[place]
        if quote:
            if sign == "\\":
                place += 1
            elif sign == quote:
                quote = ""
        elif sign in "'\"":
            quote = sign
        else:
            depth += (sign == "(") - (sign == ")")
        place += 1
    return place


def _sentence(name: str, parts: tuple[str, ...]) -> tuple[str | tuple[str, ...], str | None] | None:
    if not parts or not parts[0]:
        return None
    if name.startswith("pgettext"):
        return parts[1], parts[0]
    if name.startswith("ngettext"):
        return (parts[0], parts[1]), None
    return parts[0], None


def collected() -> Catalog:
    """All sentences as a catalogue without translations."""
    catalogue = Catalog(project="Omsorg", charset="utf-8")
    for path, line, sentence, context in sentences():
        catalogue.add(sentence, locations=[(path, line)], context=context)
    return catalogue


def childs_sentences() -> Catalog:
    """What children are told, as a catalogue without translations: their pages, and the refusals that they read."""
    catalogue = Catalog(project="Omsorg", charset="utf-8")
    for path, line, sentence, context in sentences():
        if path.startswith(SAID_TO_CHILDREN):
            catalogue.add(sentence, locations=[(path, line)], context=context)
    for refusal in READ_BY_CHILDREN:
        catalogue.add(refusal.sentence)
    return catalogue


def members_sentences() -> Catalog:
    """What members of savings groups are told, as a catalogue without translations."""
    catalogue = Catalog(project="Omsorg", charset="utf-8")
    for path, line, sentence, context in sentences():
        if path.startswith(SAID_TO_MEMBERS):
            catalogue.add(sentence, locations=[(path, line)], context=context)
    return catalogue


def asked_for(book: str) -> Catalog:
    """What must be said in a book: all of it, or what children, or members of groups, are told."""
    if book in MEMBERS_TOO:
        return members_sentences()
    return childs_sentences() if book in CHILDREN_TOO else collected()


def path_of(book: str) -> Path:
    """Where a book lies: a language ("nb"), or a language of one system's readers ("sw@savings")."""
    language = book.partition("@")[0]
    locales = MEMBERS_LOCALES if book in MEMBERS_TOO else CHILDS_LOCALES if book in CHILDREN_TOO else LOCALES
    return locales / language / "LC_MESSAGES" / "django.po"


def catalogue_of(book: str) -> Catalog:
    """The catalogue of one book as it is kept."""
    path, language = path_of(book), book.partition("@")[0]
    if not path.exists():
        return Catalog(locale=language, project="Omsorg", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def bring_up_to_date(book: str) -> tuple[int, int]:
    """Add new sentences to a catalogue, take out those that are gone; returns how many there are and lack words."""
    kept = catalogue_of(book)
    kept.update(asked_for(book), no_fuzzy_matching=True)
    kept.obsolete.clear()
    path, language = path_of(book), book.partition("@")[0]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(HEADER.format(language=language, plurals=PLURALS.get(language, PLURALS["en"])).encode())
        write_po(file, kept, width=110, no_location=True, omit_header=True, sort_output=True)
    sentences_kept = [message for message in kept if message.id]
    return len(sentences_kept), sum(not _is_translated(message.string) for message in sentences_kept)


def _is_translated(string: Any) -> bool:
    if isinstance(string, (tuple, list)):
        return bool(string) and all(string)
    return bool(string)
