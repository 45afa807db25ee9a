"""How the check reads: sentence by sentence, and then the facts of the whole text together."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from omsorg.kernel.reidentification.findings import Finding, Kind, Known
from omsorg.kernel.reidentification.ordinary import is_ordinary
from omsorg.kernel.reidentification.words import CASELESS, ENGLISH, LANGUAGES, NAME, Words

NO_END = re.compile(r"(?:\b(?:mr|mrs|ms|hr|frk|dr|nr|no|kl|ca|bl|fx|st)|\b\d{1,2})\.$", re.IGNORECASE)
END = re.compile(r"[.!?]+(?=\s)\s*|\n+")
CONTACT = re.compile(
    r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+|\bhttps?://\S+|\bwww\.\S+|(?<![\w.,/\-])(?:\+|00)\d[\d ().\-]{6,}\d(?!\w)"
    r"|(?<![\w.,/\-])\d(?:[ .\-]?\d){7,}(?![\w,]|\s*[A-Z]{3}\b)"
)
NUMBERED_CASE = re.compile(r"\b[A-Z]{2}[/\-](?:19|20)\d\d[/\-]\d+\b")
WRITTEN_DAY = re.compile(
    r"\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d{1,2}[./]\d{1,2}[./](?:19|20)?\d\d\b|\bden\s+\d{1,2}[./]\d{1,2}\b"
)
POINT_ON_THE_MAP = re.compile(r"-?\b\d{1,2}\.\d{3,}\s*[,;/ ]\s*-?\d{1,3}\.\d{3,}\b")
CAPITAL = re.compile(rf"(?<![\w'’\-]){NAME}")
OTHER_SCRIPT = re.compile(rf"(?<!\w){CASELESS}[\w'’\-]*(?:\s+{CASELESS}[\w'’\-]*)*")
UNSEEN = "Cf"
"""The category of characters that take no room: they could hide a word from the check."""
ALSO_UNSEEN = frozenset("\u115f\u1160\u2800\u3164\uffa0")
MARK = "Mn"
NOTHING_KNOWN = Known()
EXPLAINS = (Kind.CONTACT, Kind.DAY, Kind.PLACE, Kind.CASE_NUMBER)
STRONGEST = (Kind.DAY, Kind.PLACE, *(kind for kind in Kind if kind not in (Kind.DAY, Kind.PLACE)))
ENOUGH_IN_A_SENTENCE, ENOUGH_IN_ALL = 2, 3


@lru_cache(maxsize=64)
def _numbers(words: Words, smallest_shown: int) -> re.Pattern[str]:
    """A number below `smallest_shown` and whom it counts, at most two words later; or one person by themselves."""
    said = "|".join(
        f"{number}|{words.numbers[number]}" for number in range(1, min(smallest_shown, 10)) if number in words.numbers
    )
    more = "|".join(str(number) for number in range(10, smallest_shown))
    counted = "|".join(part for part in (said, more) if part)
    few = f"{counted}|{words.article}"
    return re.compile(
        rf"(?<![\w.,/\-])(?:{few})(?:\s+(?!(?:and|og|och|or|eller)\b)[\w\-]+){{0,2}}?\s+(?:{words.people})\b"
        rf"|\b(?:of|af|av)\s+(?:\w+\s+)?(?:{words.people}),?(?:\s+\w+)?\s+(?:{counted})\b"
        rf"|\b(?:{words.one_person})\b",
        re.IGNORECASE,
    )


@lru_cache(maxsize=16)
def _days(words: Words) -> tuple[re.Pattern[str], ...]:
    case = re.NOFLAG if words.months_are_capital else re.IGNORECASE
    ending = r"(?:st|nd|rd|th|\.|:e|:a)?"
    return (
        WRITTEN_DAY,
        re.compile(rf"\b(?:den\s+)?\d{{1,2}}{ending}\s+(?:of\s+)?(?:{words.months})\b", case),
        re.compile(rf"\b(?:{words.months})\s+(?:the\s+)?\d{{1,2}}{ending}(?!\d)", case)
        if words is ENGLISH
        else re.compile(rf"\bden\s+\d{{1,2}}{ending}(?!\s+(?:{words.months}))(?=\s|$)", case),
        re.compile(rf"\b(?:den\s+|the\s+)?(?:{words.ordinals})\s+(?:of\s+)?(?:{words.months})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{words.months})\s+the\s+(?:{words.ordinals})\b", re.IGNORECASE),
        re.compile(rf"\b{words.weekdays}\b", case),
        re.compile(words.hour, re.IGNORECASE),
    )


@lru_cache(maxsize=16)
def _ages(words: Words) -> tuple[re.Pattern[str], ...]:
    """An age said as one, and a number that stands behind a person: "a boy of 11", "one girl, nine"."""
    number = rf"(?:1?\d|20|{words.spelled})"
    return (
        re.compile(words.age, re.IGNORECASE),
        re.compile(
            rf"\b(?:{words.people})(?:\s+(?:of|på)\s+{number}(?!\w|\s+(?:{words.people})|[.,]\d|\s*%)"
            rf"|\s*[,(]\s*{number}(?=\s*(?:[,;:!?)]|\.(?!\d)|$)))",
            re.IGNORECASE,
        ),
    )


@lru_cache(maxsize=16)
def _places(words: Words) -> tuple[re.Pattern[str], ...]:
    return (
        POINT_ON_THE_MAP,
        re.compile(rf"\b(?i:{words.place_before})\s+(?:of\s+|called\s+)?{NAME}"),
        re.compile(rf"\b(?:{words.place_before})\s+(?:{words.called})\s+\w+", re.IGNORECASE),
        re.compile(rf"(?<![\w'’\-]){NAME}s?\s+(?i:{words.place_after})\b"),
    )


@lru_cache(maxsize=16)
def _marks(words: Words) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(rf"\b(?:{said})\b", re.IGNORECASE) for name, said in words.marks.items()}


@lru_cache(maxsize=256)
def _any_of(names: frozenset[str]) -> re.Pattern[str] | None:
    said = sorted((re.escape(name) for name in names if len(name) > 2), key=len, reverse=True)
    return re.compile(rf"(?<![\w'’\-])(?:{'|'.join(said)})(?:['’]?s)?(?![\w\-])", re.IGNORECASE) if said else None


def check_texts(texts: Mapping[str, Mapping[str, str]], known: Known, *, smallest_shown: int) -> list[Finding]:
    """Everything found in a case: heading by heading in each language, and then the facts of each language together.

    A language that the check does not read by itself is read as English: numbers in figures, days, names, addresses
    are found in it all the same.
    """
    found: list[Finding] = []
    for language in sorted({code for words in texts.values() for code in words}):
        here = [
            finding
            for heading, words in texts.items()
            for finding in check_text(
                words.get(language, ""), language=language, heading=heading, known=known, smallest_shown=smallest_shown
            )
        ]
        whole = {heading: _as_seen(words[language])[0] for heading, words in texts.items() if words.get(language)}
        found += [*here, *_in_all(whole, language, here)]
    return found


def check_text(
    text: str, *, language: str, heading: str = "", known: Known = NOTHING_KNOWN, smallest_shown: int = 5
) -> list[Finding]:
    """What could give somebody away in one text, in the order in which it stands there."""
    text, place = _as_seen(text)
    return [
        replace(each, start=place[each.start], end=place[each.end - 1] + 1)
        for each in _found(text, language, heading, known, smallest_shown)
    ]


def _as_seen(text: str) -> tuple[str, list[int]]:
    """The text as an eye reads it, and where each of its characters stood: nothing hides a word from the check.

    Without characters that take no room, letters with the marks that stand apart from them, other forms of a letter as
    the letter itself.
    """
    seen: list[str] = []
    place: list[int] = []
    for number, letter in enumerate(text):
        if unicodedata.category(letter) == UNSEEN or letter in ALSO_UNSEEN:
            continue
        if unicodedata.category(letter) == MARK:
            whole = unicodedata.normalize("NFC", seen[-1] + letter) if seen else letter
            if seen and len(whole) == 1:
                seen[-1] = whole
            continue
        plain = unicodedata.normalize("NFKC", letter)
        seen.append(plain if len(plain) == 1 else letter)
        place.append(number)
    return "".join(seen), place


def _found(text: str, language: str, heading: str, known: Known, smallest_shown: int) -> list[Finding]:
    words = LANGUAGES.get(language, ENGLISH)
    found: list[Finding] = []
    for begin, sentence in _sentences(text):
        here = [
            Finding(kind, language, heading, begin + start, begin + end, sentence[start:end], sentence)
            for kind, start, end in _without_doubles(_in_sentence(sentence, language, known, smallest_shown))
        ]
        found += here
        told = _facts(sentence, words, {each.kind for each in here})
        if len(told) >= ENOUGH_IN_A_SENTENCE:
            what = ", ".join(sorted(told.values()))
            end = begin + len(sentence)
            found.append(Finding(Kind.TOGETHER, language, heading, begin, end, sentence, sentence, what))
    return sorted(found, key=lambda each: (each.start, each.end, each.kind))


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences with where each begins. A shortened word and the number of a day do not end one."""
    begin = 0
    for end in [*END.finditer(text), None]:
        until = end.end() if end else len(text)
        if end and end[0].startswith(".") and NO_END.search(text[begin : end.start() + 1]):
            continue
        said = text[begin:until].rstrip()
        if said.strip():
            blank = len(said) - len(said.lstrip())
            yield begin + blank, said.strip()
        begin = until


def _in_all(texts: Mapping[str, str], language: str, here: Iterable[Finding]) -> list[Finding]:
    """Facts that stand far apart and describe one person together, whatever was found in single sentences."""
    words = LANGUAGES.get(language, ENGLISH)
    told = _facts("\n".join(texts.values()), words, {each.kind for each in here})
    if len(told) < ENOUGH_IN_ALL:
        return []
    what = ", ".join(sorted(told.values()))
    return [Finding(Kind.TOGETHER, language, "", 0, 0, what, what, what)]


def _facts(text: str, words: Words, kinds: set[Kind]) -> dict[str, str]:
    """The kinds of facts that narrow down who it is, each with the first word that says so."""
    told = {name: match[0].lower() for name, pattern in _marks(words).items() if (match := pattern.search(text))}
    ages = (match for pattern in _ages(words) if (match := pattern.search(text)))
    if Kind.AGE in kinds and (match := next(ages, None)):
        told["age"] = match[0].lower()
    return told


def _in_sentence(text: str, language: str, known: Known, smallest_shown: int) -> Iterator[tuple[Kind, int, int]]:
    words = LANGUAGES.get(language, ENGLISH)
    for kind, pattern in (
        (Kind.CONTACT, CONTACT),
        (Kind.CASE_NUMBER, NUMBERED_CASE),
        (Kind.CASE_NUMBER, re.compile(words.case_number, re.IGNORECASE)),
        *((Kind.DAY, each) for each in _days(words)),
        *((Kind.AGE, each) for each in _ages(words)),
        (Kind.NUMBER, _numbers(words, smallest_shown)),
        *((Kind.PLACE, each) for each in _places(words)),
        (Kind.PLACE, _any_of(known.places)),
        (Kind.NAME, _any_of(known.people)),
        (Kind.NAME, OTHER_SCRIPT if language in LANGUAGES else None),
        (Kind.NAME, re.compile(rf"(?<!\w)(?i:{words.titles})\s+{NAME}(?:\s+{NAME})*")),
    ):
        if pattern is not None:
            yield from ((kind, match.start(), match.end()) for match in pattern.finditer(text))
    yield from ((Kind.NAME, start, end) for start, end in _capitals(text, language, known))


def _capitals(text: str, language: str, known: Known) -> Iterator[tuple[int, int]]:
    """Words with a capital that nothing explains; at the beginning of a sentence an everyday word explains itself."""
    words = LANGUAGES.get(language, ENGLISH)
    first = re.search(r"\w", text)
    beginning = first.start() if first else 0
    row: list[re.Match[str]] = []
    for match in [*CAPITAL.finditer(text), None]:
        if match is not None and row and text[row[-1].end() : match.start()].strip(" ") == "":
            row.append(match)
            continue
        strange = [
            each
            for each in row
            if not _is_allowed(each[0], words, known)
            and not (each.start() == beginning and (language not in LANGUAGES or is_ordinary(each[0], language)))
        ]
        if strange:
            yield strange[0].start(), strange[-1].end()
        row = [match] if match is not None else []


def _is_allowed(word: str, words: Words, known: Known) -> bool:
    bare = re.sub(r"['’]?s$", "", word) if len(word) > 3 else word
    return {word, bare} & words.capitals != set() or {word, bare} & known.allowed != set()


def _without_doubles(found: Iterable[tuple[Kind, int, int]]) -> list[tuple[Kind, int, int]]:
    """Of two findings of one kind the wider one; what lies inside one that explains it is nothing else."""
    wide = sorted(set(found), key=lambda each: (each[1] - each[2], each[1], STRONGEST.index(each[0])))
    kept: list[tuple[Kind, int, int]] = []
    for kind, start, end in wide:
        inside = [each for each in kept if each[1] <= start and end <= each[2]]
        if not any(each[0] is kind or each[0] in EXPLAINS for each in inside):
            kept.append((kind, start, end))
    return kept
