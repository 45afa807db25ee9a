"""Everything of a group as one JSON file, written piece by piece; docs/howto/leave-with-everything.md tells its form.

One envelope stands on one line. Amounts are strings of digits, in minor units; days and times are ISO 8601.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.text import slugify

from omsorg.savings.models import Group, Received
from omsorg.savings.models.received import Outcome
from omsorg.savings.queries.books import (
    Moment,
    Said,
    books_of,
    decisions_until,
    entries_of,
    forks_until,
    founded_with,
    key_changes_of,
    received_until,
)
from omsorg.savings.rules.file import FORMAT, VERSION
from omsorg.savings.rules.journal import Entry, journal
from omsorg.savings.sentences import sentence_of


def filename_of(group: Group, moment: Moment, kind: str) -> str:
    """ "savings-tumaini-019b7629-after-52.json": which group, and up to which meeting."""
    name = slugify(group.name)[:40].strip("-") or "group"
    return f"savings-{name}-{str(group.uuid)[:8]}-after-{moment.seq}.{kind}"


def journal_of(group: Group, moment: Moment) -> Iterator[str]:
    """The plain-text journal: members by their numbers, by name too where the group agreed to be read."""
    yield from journal(books_of(group, moment, named=group.figures_opened), entries_of(group, moment))


def everything_of(group: Group, moment: Moment) -> Iterator[str]:
    """The whole file. `end` is its last word: a file without it was cut off."""
    first = json.loads(group.constitution)
    laws: list[dict[str, Any]] = [{"version": first["version"], "decided_in": 0, "constitution": first}]
    yield "{\n"
    yield from _parts(
        {
            "format": FORMAT,
            "version": VERSION,
            "written_at": moment.at.isoformat(),
            "group": {
                "uuid": str(group.uuid),
                "name": group.name,
                "place": group.unit.name,
                "currency": group.currency,
                "phase": group.phase,
                "figures_opened": group.figures_opened,
                "entered_at": group.at.isoformat(),
            },
            "founded_with": first,
            **founded_with(group),
            "key_changes": [
                {
                    "after": each.after,
                    "at": each.at.isoformat(),
                    "envelope": {
                        "document": each.document,
                        "hash": each.hash,
                        "signatures": json.loads(each.signatures),
                    },
                }
                for each in key_changes_of(group)
            ],
        }
    )
    yield '"received": ['
    between = "\n"
    for number, (kept, said) in enumerate(received_until(group, moment), start=1):
        if said[-1].outcome == Outcome.POSTED:
            laws += _decided(kept)
        yield between + _line(_received(number, kept, said, group.currency))
        between = ",\n"
    yield '\n],\n"forks": ['
    yield from _listed(
        {"seq": fork.seq, "one": fork.one.hash, "other": fork.other.hash, "at": fork.at.isoformat()}
        for fork in forks_until(group, moment)
    )
    yield '\n],\n"decisions": ['
    yield from _listed(
        {
            "seq": each.seq,
            "kept": each.kept.hash,
            "at": each.at.isoformat(),
            "envelope": {
                "document": each.document,
                "hash": each.hash,
                "signatures": json.loads(each.signatures),
            },
        }
        for each in decisions_until(group, moment)
    )
    yield '\n],\n"transactions": ['
    yield from _listed(map(_transaction, entries_of(group, moment)))
    yield "\n],\n"
    yield from _parts(
        {
            "constitutions": sorted(laws, key=lambda law: law["version"]),
            "balances": {code: str(amount) for code, amount in sorted(moment.balances.items())},
            "state": json.loads(moment.state) if moment.state else {},
            "head": {"seq": moment.seq, "hash": moment.head},
        }
    )
    yield '"end": true\n}\n'


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _parts(parts: dict[str, Any]) -> Iterator[str]:
    for name, value in parts.items():
        yield f"{_line(name)}: {_line(value)},\n"


def _listed(values: Iterable[Any]) -> Iterator[str]:
    for place, value in enumerate(values):
        yield (",\n" if place else "\n") + _line(value)


def _transaction(entry: Entry) -> dict[str, Any]:
    return {
        "meeting": entry.seq,
        "held_on": entry.held_on,
        "line": entry.line,
        "kind": entry.kind,
        "postings": [[code, str(amount)] for code, amount in entry.postings],
    }


def _received(number: int, kept: Received, said: Sequence[Said], currency: str) -> dict[str, Any]:
    """One envelope as it came. Of one that is not genuine the fingerprint is that of its bytes, whatever it claimed."""
    return {
        "n": number,
        "meeting": kept.seq,
        "received_at": kept.at.isoformat(),
        "genuine": kept.genuine,
        "envelope": {"document": kept.document, "hash": kept.hash, "signatures": json.loads(kept.signatures)},
        "answers": [_answer(each, currency) for each in said],
    }


def _answer(said: Said, currency: str) -> dict[str, Any]:
    answer: dict[str, Any] = {"outcome": said.outcome, "at": said.at.isoformat()}
    if said.rule:
        facts = json.loads(said.facts)
        answer |= {"rule": said.rule, "line": said.line, "facts": facts}
        answer["reason"] = str(sentence_of(said.rule, facts, currency))
    return answer


def _decided(kept: Received) -> Iterator[dict[str, Any]]:
    """The constitutions that a posted meeting decided on; in force from the cycle that opens next."""
    for line in json.loads(kept.document)["lines"]:
        if line["kind"] == "constitution_change":
            yield {"version": line["version"], "decided_in": kept.seq, "constitution": line["constitution"]}
