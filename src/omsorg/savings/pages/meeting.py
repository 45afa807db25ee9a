"""One meeting of a group as a page: its head, who signed, its lines in words, what they posted."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from omsorg.savings.models import Group, Received
from omsorg.savings.pages.kinds import SAID, account_in_words, kind_in_words, reversed_in_words
from omsorg.savings.pages.words import STANDINGS, day, money
from omsorg.savings.queries.meetings import Standing
from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.canonical import NOTHING_BEFORE
from omsorg.savings.rules.money import read_amount
from omsorg.savings.sentences import sentence_of

Line = Mapping[str, Any]
AMOUNT_OF = {"recited_balance": "said", "member_out": "paid", "share_out": "net"}
"""Which word of a line is its amount, where that is not `amount`."""
WORDS = ("reason", "for", "what", "from", "to", "name")
NUMBERS = ("shares", "loan", "term", "hands", "version", "cycle")

GATHERED_COLUMNS = (
    {"label": _("What")},
    {"label": _("Lines"), "figures": True},
    {"label": _("Amount"), "figures": True},
)
"""The columns of lines that are taken together by kind."""


def url_of(group: Group, kept: Received) -> str:
    return reverse("savings:meeting", args=[group.uuid, kept.mark])


def standing_facts(group: Group, kept: Received, standing: Standing) -> list[dict[str, Any]]:
    """What is known of the envelope as a whole."""
    prev = __("none: it is the first") if kept.prev == NOTHING_BEFORE else kept.prev
    facts = [
        (__("Standing"), STANDINGS[standing.outcome]),
        (__("Why"), why(group, standing)),
        (__("Held on"), held_on(kept)),
        (__("Received"), day(kept.at)),
        (__("Brought by"), kept.by.name if kept.by else __("the phone of the group")),
        (__("Signed by"), _signed_by(kept)),
        (__("Fingerprint"), kept.hash),
        (__("Fingerprint of the meeting before"), prev),
    ]
    return [{"word": word, "value": value} for word, value in facts if value]


def why(group: Group, standing: Standing) -> str:
    """The rule that stands in the way, in words; empty where nothing does."""
    if not standing.rule:
        return ""
    sentence = str(sentence_of(standing.rule, json.loads(standing.facts), group.currency))
    if standing.line is None:
        return sentence
    return __("Line %(line)s: %(sentence)s") % {"line": standing.line, "sentence": sentence}


def held_on(kept: Received) -> str:
    """As the document says it."""
    return str(json.loads(kept.document).get("held_on", "")) if kept.genuine else ""


def _signed_by(kept: Received) -> str:
    signers = ", ".join(str(each["member"]) for each in json.loads(kept.signatures))
    said = __("members %(members)s") if kept.genuine else __("it names members %(members)s; that does not hold")
    return said % {"members": signers or "–"}


def line_rows(lines: Iterable[Line], currency: str) -> list[dict[str, Any]]:
    """Each line in words: its number, what it is, whom it is about, the amount, and the rest."""
    return [
        {
            "number": _plain(line.get("n")),
            "kind": kind_in_words(_plain(line.get("kind"))),
            "member": _plain(line.get("member")),
            "amount": amount_of(line, currency),
            "rest": "; ".join(_rest(line)),
        }
        for line in lines
    ]


def gathered_rows(lines: Iterable[Line], currency: str) -> list[dict[str, Any]]:
    """How many lines of each kind, and what they come to: what is read where the group has not opened its figures."""
    times: Counter[str] = Counter()
    sums: Counter[str] = Counter()
    for line in lines:
        kind = _plain(line.get("kind"))
        times[kind] += 1
        sums[kind] += minor_of(line) or 0
    return [
        {"kind": kind_in_words(kind), "times": times[kind], "amount": money(sums[kind], currency) if sums[kind] else ""}
        for kind in times
    ]


def posting_rows(posted: Sequence[tuple[int, str, str, int]], currency: str) -> list[dict[str, Any]]:
    """Debit and credit apart, as in a book."""
    return [
        {
            "line": line,
            "account": account_in_words(account),
            "debit": money(amount, currency) if amount > 0 else "",
            "credit": money(-amount, currency) if amount < 0 else "",
        }
        for line, _kind, account, amount in posted
    ]


def file_rows(lines: Iterable[Line], posted: Sequence[tuple[int, str, str, int]]) -> Iterable[list[Any]]:
    """Each line, and below it what it posted; amounts in minor units, kinds and accounts as their codes."""
    by_line: dict[int, list[tuple[str, int]]] = {}
    for number, _kind, account, amount in posted:
        by_line.setdefault(number, []).append((account, amount))
    for line in lines:
        said = minor_of(line)
        head = [_plain(line.get("n")), _plain(line.get("kind")), _plain(line.get("member"))]
        yield [*head, "" if said is None else said, "", "", "; ".join(_rest(line))]
        for account, posting in by_line.get(_number(line), ()):
            yield [*head, "", account, posting, ""]


def minor_of(line: Line) -> int | None:
    """The amount of a line in minor units, None where it has none that can be read."""
    kind = line.get("kind")
    try:
        return read_amount(line.get(AMOUNT_OF.get(kind, "amount") if type(kind) is str else "amount"))
    except Broken:
        return None


def amount_of(line: Line, currency: str) -> str:
    amount = minor_of(line)
    return "" if amount is None else money(amount, currency)


def _number(line: Line) -> int:
    number = line.get("n")
    return number if type(number) is int else 0


def _plain(value: Any) -> str:
    """A number or a word as it stands; of anything else only that it is there."""
    if type(value) is int or type(value) is str:
        return str(value)
    return "" if value is None else "…"


def _rest(line: Line) -> Iterable[str]:
    for name, words in SAID.items():
        if name in line:
            said = str(line[name]) if type(line[name]) in (str, bool) else ""
            yield str(words.get(said, _plain(line[name])))
    labels = {
        "shares": __("stamps: %(number)s"),
        "loan": __("loan %(number)s"),
        "term": __("for %(number)s months"),
        "hands": __("hands: %(number)s"),
        "version": __("version %(number)s"),
        "cycle": __("cycle %(number)s"),
    }
    for name in NUMBERS:
        if name in line:
            yield labels[name] % {"number": _plain(line[name])}
    if line.get("kind") == "vote":
        votes = {name: _plain(line.get(name)) for name in ("about", "yes", "no", "abstain")}
        yield __("on line %(about)s: %(yes)s yes, %(no)s no, %(abstain)s abstained") % votes
    if line.get("kind") == "reversal_of":
        yield reversed_in_words(_plain(line.get("meeting")), _plain(line.get("line")))
    if "by" in line:
        yield __("by member %(member)s") % {"member": _plain(line["by"])}
    for name in WORDS:
        if name in line:
            yield _plain(line[name])
