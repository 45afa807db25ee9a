"""Bringing in a group from its own file: entered anew, and then every envelope through the one way into its ledger."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from omsorg.federation.models import Organisation
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.kernel.trail import leave_trace
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.savings.actions.receiving import receive
from omsorg.savings.actions.settling import settle
from omsorg.savings.models import Balance, Device, Group, GroupState, MemberKey
from omsorg.savings.queries.books import founded_with
from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.canonical import NOTHING_BEFORE, canonical
from omsorg.savings.rules.constitution import read_constitution
from omsorg.savings.rules.file import cut_off_at
from omsorg.savings.rules.signing import public_key


class NotTheFile(Refusal):
    """What was given is not the file that a group leaves with, or not all of it."""

    sentence = _("This is not the whole file of a savings group: %(part)s is missing.")


class AnotherGroup(Refusal):
    """The house keeps a group of this number already, and it began otherwise."""

    sentence = _("A group with this number is here already, and it did not begin as the file says.")


class Step(NamedTuple):
    """What was done with one part of the file: the meeting, and what became of it here.

    `was` is what the file tells of it: the same, where it was ever answered so.
    """

    meeting: int | None
    outcome: str
    was: str
    rule: str = ""


@transaction.atomic
def enter_again(*, said: Mapping[str, Any], unit: Organisation, by: int | None, at: datetime) -> Group:
    """Enter the group of a file below `unit`, with its first constitution, its phones and its keys. As the house.

    One that was entered from the same file is gone on with. Nobody's agreement comes along: its figures are closed.
    Raises NotTheFile, AnotherGroup, and Broken for a constitution or a key that cannot be.
    """
    lacking = cut_off_at(said)
    if lacking:
        raise NotTheFile(part=lacking)
    if not {each["why"] for each in said["devices"]} <= set(Device.Why.values):
        raise NotTheFile(part="devices")
    law = read_constitution(said["founded_with"])
    constitution = canonical(said["founded_with"]).decode()
    for key in said["keys"]:
        public_key(key["public"])
    there = Group.objects.filter(uuid=said["group"]["uuid"]).first()
    begun = {name: said[name] for name in ("devices", "keys")}
    if there is not None:
        if there.constitution != constitution or founded_with(there) != begun:
            raise AnotherGroup
        return there
    about = said["group"]
    group = Group.objects.create(
        uuid=about["uuid"],
        unit=unit,
        name=about["name"][:200],
        currency=law["currency"],
        constitution=constitution,
        phase=about["phase"] if about["phase"] in Group.Phase.values else Group.Phase.MOBILISATION,
        at=at,
    )
    GroupState.objects.create(group=group, head=NOTHING_BEFORE)
    Device.objects.bulk_create(Device(group=group, at=at, **each) for each in said["devices"])
    MemberKey.objects.bulk_create(MemberKey(group=group, at=at, **each) for each in said["keys"])
    leave_trace(
        "enter_again",
        f"savings_group:{group.uuid}",
        by=by,
        at=at,
        organisation=unit.pk,
        details={"meetings": said["head"]["seq"], "head": said["head"]["hash"]},
    )
    return group


def bring_in(*, said: Mapping[str, Any], at: datetime) -> Iterator[Step]:
    """Receive every envelope in the order in which it came, and each decision where it was made; a step for each.

    What was received before is answered as before, so that it can be done again from the start.
    """
    decisions = list(said["decisions"])
    for each in said["received"]:
        while decisions and decisions[0]["at"] < each["received_at"]:
            yield _decided(decisions.pop(0), at)
        was = [answer["outcome"] for answer in each["answers"]]
        try:
            with in_name_of(None, day=at.date()):
                answer = receive(envelope=_raw(each), by=None, at=at)
        except Broken as broken:
            yield Step(each["meeting"], "left", was[-1], broken.rule)
            continue
        known = answer.outcome if answer.outcome in was else was[-1]
        yield Step(each["meeting"], answer.outcome, known, answer.rule)
    for decision in decisions:
        yield _decided(decision, at)


def _decided(decision: Mapping[str, Any], at: datetime) -> Step:
    try:
        with in_name_of(None, day=at.date()):
            settle(envelope=_raw(decision), by=None, at=at)
    except Broken as broken:
        return Step(decision["seq"], "left", "decided", broken.rule)
    return Step(decision["seq"], "decided", "decided")


def _raw(part: Mapping[str, Any]) -> bytes:
    return json.dumps(part["envelope"]).encode()


def differs(*, group: Group, said: Mapping[str, Any]) -> list[str]:
    """What does not stand here as it stands in the file: "head", or the code of an account. As the house."""
    state = GroupState.objects.get(group=group)
    kept = {each.account: str(int(each.amount)) for each in Balance.objects.filter(group=group)}
    wrong = [] if {"seq": state.seq, "hash": state.head} == said["head"] else ["head"]
    codes = sorted(kept.keys() | said["balances"].keys())
    return wrong + [code for code in codes if kept.get(code, "0") != said["balances"].get(code, "0")]


def bring_in_whole(*, said: Mapping[str, Any], unit: Organisation, at: datetime) -> Iterator[Step]:
    """Enter the group, and bring in everything. Raises what `enter_again` does, before anything is done."""
    with as_house():
        enter_again(said=said, unit=unit, by=None, at=at)
    yield from bring_in(said=said, at=at)
