"""A group as a line of a list, and as a page of its own."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as __
from django.utils.translation import ngettext

from omsorg.federation.words import Link
from omsorg.savings.models import Group, Meeting, Received, Settlement
from omsorg.savings.pages.alarms import alarm_words
from omsorg.savings.pages.words import FUNDS, OUTCOMES, PHASES, day, money
from omsorg.savings.queries.groups import Funds, Open
from omsorg.savings.rules.alarms import Alarm
from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.passbook import passbook
from omsorg.savings.rules.state import State
from omsorg.savings.sentences import sentence_of

OLD = timedelta(days=30)
"""After so long without a meeting from its phone a group is looked for."""


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group in the list."""

    url: str
    name: str
    unit: str
    phase: str | Promise
    members: str
    held_on: str
    received: str
    is_old: bool
    alarms: list[str]
    is_example: bool


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A meeting that is not in the ledger, and why."""

    url: str
    title: str
    sentence: str
    received: str


def url_of(group: Group) -> str:
    return reverse("savings:group", args=[group.uuid])


def members_of(group: Group) -> tuple[int, int]:
    """(members today, those who left), none before the first meeting."""
    if not group.state.state:
        return 0, 0
    members = json.loads(group.state.state)["members"].values()
    left = sum(1 for each in members if each["left"])
    return len(members) - left, left


def is_old(received_at: datetime | None, now: datetime) -> bool:
    return received_at is None or now - received_at > OLD


def group_line(group: Any, alarms: Iterable[Alarm], now: datetime) -> GroupLine:
    """`group` as `groups_visible_to` gives it."""
    return GroupLine(
        url=url_of(group),
        name=group.name,
        unit=group.unit.name,
        phase=PHASES[group.phase],
        members=str(members_of(group)[0]) if group.state.seq else "",
        held_on=day(group.held_on),
        received=day(group.received_at) or __("nothing yet"),
        is_old=is_old(group.received_at, now),
        alarms=[alarm_words(each) for each in alarms],
        is_example=group.is_example,
    )


def open_line(found: Open, group: Group) -> OpenLine:
    """Why a document is not posted: its number, what became of it, and the rule in words."""
    sentence = str(sentence_of(found.rule, json.loads(found.facts), group.currency))
    if found.line is not None:
        sentence = __("Line %(line)s: %(sentence)s") % {"line": found.line, "sentence": sentence}
    title = __("Meeting %(number)s %(outcome)s") % {"number": found.seq, "outcome": OUTCOMES[found.outcome]}
    return OpenLine(reverse("savings:meeting", args=[group.uuid, found.mark]), title, sentence, day(found.at))


def refused_line(kept: Received, group: Group) -> OpenLine:
    """What came in the group's name and is not vouched for by its keys."""
    sentence = str(sentence_of(kept.rule, json.loads(kept.facts), group.currency))
    title = __("Meeting %(number)s") % {"number": kept.seq or "–"}
    return OpenLine(reverse("savings:meeting", args=[group.uuid, kept.mark]), title, sentence, day(kept.at))


def fork_link(group: Group, seq: int) -> Link:
    said = __("Meeting %(number)s is borne by several: lay them side by side") % {"number": seq}
    return Link(said, reverse("savings:decide", args=[group.uuid, seq]))


def decision_link(group: Group, found: Settlement) -> Link:
    said = __("The decision on meeting %(number)s") % {"number": found.seq}
    return Link(said, reverse("savings:decision", args=[group.uuid, found.hash]))


def group_facts(group: Group, last: Meeting | None) -> list[dict[str, Any]]:
    """What the group is, and when it was last heard of."""
    today, left = members_of(group)
    members = ngettext("%(number)s member", "%(number)s members", today) % {"number": today}
    if left:
        members = __("%(members)s, %(left)s have left") % {"members": members, "left": left}
    facts = [
        (__("Place"), group.unit.name),
        (__("Phase"), PHASES[group.phase]),
        (__("Members"), members if group.state.seq else __("not known before the first meeting")),
        (__("Last meeting"), _last(last) if last else __("nothing yet")),
        (__("Figures"), _opened(group)),
    ]
    return [{"word": word, "value": value} for word, value in facts]


def _last(last: Meeting) -> str:
    said = __("number %(number)s of cycle %(cycle)s, held on %(held)s, received on %(received)s")
    return said % {
        "number": last.seq,
        "cycle": last.cycle,
        "held": day(last.held_on),
        "received": day(last.received.at),
    }


def _opened(group: Group) -> str:
    return (
        __("the group agreed that its figures can be opened")
        if group.figures_opened
        else __("the group has not agreed that its figures are opened to others")
    )


def fund_rows(funds: Funds, currency: str) -> list[dict[str, Any]]:
    """Cash and bank of each fund."""
    return [
        {"name": FUNDS[fund], "cash": money(funds.cash[fund], currency), "bank": money(funds.bank[fund], currency)}
        for fund in FUNDS
    ]


def other_facts(funds: Funds, currency: str) -> list[dict[str, Any]]:
    """What is saved, lent and borrowed, all members together."""
    facts = [
        (__("Saved in shares"), funds.saved),
        (__("Lent to members, with charges"), funds.lent),
        (__("Goods of the common project"), funds.project_asset),
        (__("Borrowed from outside"), funds.borrowed),
    ]
    return [{"word": word, "value": money(amount, currency)} for word, amount in facts if amount]


def meeting_row(meeting: Meeting, group: Group) -> dict[str, Any]:
    return {
        "url": reverse("savings:meeting", args=[group.uuid, meeting.received.mark]),
        "number": meeting.seq,
        "cycle": meeting.cycle,
        "held": day(meeting.held_on),
        "received": day(meeting.received.at),
        "fingerprint": meeting.received.hash[:8],
    }


def passbook_rows(group: Group) -> list[dict[str, Any]]:
    """A line for each member of today; none where the group has not agreed that its figures are opened."""
    if not group.figures_opened or not group.state.state:
        return []
    state = State.from_json(json.loads(group.state.state))
    rows = []
    for number in state.active():
        try:
            book = passbook(state, number)
        except Broken as broken:
            why = str(sentence_of(broken.rule, broken.facts, group.currency))
            rows.append({"number": number, "name": state.members[number].name, "why": why})
            continue
        amounts = (book.saved, book.project, book.owed, book.fines, book.today)
        saved, project, owed, fines, today = (money(amount, group.currency) for amount in amounts)
        rows.append(
            {
                "number": number,
                "name": state.members[number].name,
                "stamps": book.shares,
                "saved": saved,
                "project": project,
                "owed": owed,
                "fines": fines,
                "today": today,
            }
        )
    return rows
