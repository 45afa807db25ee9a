"""Two meetings with one number: what three key-holders sign to decide, and what comes back of the meeting that lost.

What is posted never changes. So the lines of a meeting that lost come back as the draft of a correction, from which the
group takes in a later meeting what is true.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.canonical import canonical
from omsorg.savings.rules.envelope import is_hash
from omsorg.savings.rules.lines import REVERSIBLE
from omsorg.savings.rules.paper import read_paper

FIELDS: Final = {"format", "group", "settles", "kept", "lost"}
MOST_LOST: Final = 50
FRAME: Final = frozenset({"attendance", "recited_balance", "counted", "difference", "cycle_open"})
"""What belongs to the meeting that was held and is not entered in another one."""
STILL: Final = frozenset({"vote", "loan_request", "fine_set", "role_change", "member_in", "reversal_of"})
"""What moved no money by itself."""

Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Decision:
    """What was signed: of the meetings of `group` numbered `seq`, `kept` counts and the `lost` do not."""

    text: str
    hash: str
    signatures: list[dict[str, Any]]
    group: str
    seq: int
    kept: str
    lost: list[str]


def decision_document(group: str, seq: int, kept: str, lost: Sequence[str]) -> dict[str, Any]:
    """The document that is signed."""
    return {"format": 1, "group": group, "settles": seq, "kept": kept, "lost": sorted(lost)}


def read_decision(raw: bytes) -> Decision:
    """Raises Broken: "too-large", "envelope", "canonical", "hash", "format"."""
    paper = read_paper(raw, FIELDS)
    seq, kept, lost = paper.says["settles"], paper.says["kept"], paper.says["lost"]
    if type(seq) is not int or not 0 < seq < 2**53:
        raise Broken("format")
    if type(lost) is not list or not 0 < len(lost) <= MOST_LOST or not all(map(is_hash, [kept, *lost])):
        raise Broken("format")
    if lost != sorted(set(lost)) or kept in lost:
        raise Broken("canonical")
    return Decision(paper.text, paper.hash, paper.signatures, paper.group, seq, kept, lost)


def correction(
    *, seq: int, posted: Sequence[Line], counts: Sequence[Line] | None, lost: Sequence[Line]
) -> dict[str, Any]:
    """The draft: lines to counter, lines to enter, and lines of the ledger that no line counters by itself.

    `posted` are the lines of the meeting in the ledger; `counts` those of the one that counts, None where that is the
    posted one; `lost` all lines that have no other place. Lines that stand in both are left alone.
    """
    if counts is None:
        return {"counter": [], "by_hand": [], "enter": _without(lost, posted)}
    counter, by_hand = [], []
    for line in _without(posted, counts):
        if line["kind"] in REVERSIBLE and line.get("fund", "loan") == "loan":
            reason = "fork"
            counter.append(
                {"kind": "reversal_of", "meeting": seq, "line": line["n"], "reason": reason, "of": dict(line)}
            )
        elif line["kind"] not in STILL:
            by_hand.append(dict(line))
    return {"counter": counter, "by_hand": by_hand, "enter": [*_without(counts, posted), *_without(lost, ())]}


def _without(lines: Sequence[Line], others: Sequence[Line]) -> list[dict[str, Any]]:
    """The lines that are not among the others, each as often as it is there more; nothing of the meeting's frame."""
    there: dict[bytes, int] = {}
    for other in others:
        there[_content(other)] = there.get(_content(other), 0) + 1
    left = []
    for line in lines:
        content = _content(line)
        if there.get(content, 0):
            there[content] -= 1
        elif line.get("kind") not in FRAME:
            left.append(dict(line))
    return left


def _content(line: Line) -> bytes:
    return canonical({name: value for name, value in line.items() if name not in ("n", "about")})
