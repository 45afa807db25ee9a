"""Twenty groups of twenty members seal fifty-two meetings each; the house takes them in, with everything it promises.

The documents are made and signed before the clock runs. The floor is the least that keeping them can be: the same text,
transactions and postings into bare tables from arrays, with a commit for each meeting and nothing checked. Both take
turns, group by group, so that they meet the same noise of the machine.
"""

import json
import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, connections

from benchmarks.database import own_database
from benchmarks.measure import Line, Spent, backend, backend_ms
from omsorg.federation.access import acting_as
from omsorg.federation.models import Mandate, Organisation, Person, Position
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.savings.actions.founding import Key, found_group
from omsorg.savings.actions.rebuilding import rebuild_group
from omsorg.savings.actions.receiving import receive
from omsorg.savings.example.meetings import Phone
from omsorg.savings.models import Group, Posting
from omsorg.savings.queries.indicators import told_of
from omsorg.savings.queries.ledger import chain_of, groups_with_meetings
from omsorg.savings.rules.chain import first_break
from omsorg.savings.rules.meeting import apply
from omsorg.savings.rules.quarters import NAMES
from omsorg.savings.rules.shareout import share_out
from omsorg.savings.rules.state import State

GROUPS, MEETINGS = 20, 52
AT = datetime(2026, 1, 5, 18, tzinfo=UTC)
Rows = list[Any]


def found_groups(phones: list[Phone]) -> None:
    """One programme, one field officer, and the groups of these phones."""
    with as_house():
        unit = Organisation.objects.create(
            code="x", kind=Organisation.Kind.PROGRAMME, name="Example Programme", exists_from=date(2000, 1, 1)
        )
        person = Person.objects.create(organisation=unit, name="Example Officer", email="")
        Mandate.objects.create(
            person=person, role="savings_field_officer", organisation=unit, valid_from=date(2000, 1, 1)
        )
        by = acting_as(person.pk, day=AT.date())
    for number, phone in enumerate(phones, start=1):
        with in_name_of(by.person_id, day=AT.date()):
            found_group(
                unit=unit,
                uuid=phone.group,
                name=f"Example Group {number}",
                constitution=phone.constitution,
                device=phone.device,
                keys=[Key(*key) for key in phone.public_keys()],
                by=by,
                at=AT,
            )


def sealed_year(phone: Phone) -> tuple[list[bytes], list[Rows]]:
    """The envelopes of a year, and of each meeting the bare rows that the floor keeps."""
    envelopes, bare = [], []
    for seq in range(1, MEETINGS + 1):
        before = phone.state
        envelope = phone.meet()
        document = json.loads(envelope["document"])
        transactions = apply(before, document).transactions
        postings = [(n, *posting) for n, t in enumerate(transactions, start=1) for posting in t.postings]
        row = int(phone.group.hex[-6:], 16) * 1000 + seq
        bare.append(
            [
                row,
                envelope["document"],
                [t.line for t in transactions],
                [t.kind for t in transactions],
                [number for number, _account, _amount in postings],
                [account for _number, account, _amount in postings],
                [str(amount) for _number, _account, amount in postings],
            ]
        )
        envelopes.append(json.dumps(envelope).encode())
    return envelopes, bare


def spent(work: Callable[[], object], pid: int) -> Spent:
    """CPU of one call, here and in the database's process."""
    client, database = time.process_time(), backend_ms(pid)
    work()
    return Spent((time.process_time() - client) * 1000, backend_ms(pid) - database)


def take_in(envelopes: list[bytes]) -> None:
    for envelope in envelopes:
        with in_name_of(None, day=AT.date()):
            answer = receive(envelope=envelope, by=None, at=AT)
        assert answer.outcome == "posted", answer


class Floor:
    """Bare tables, on a connection of the owner's."""

    def __init__(self) -> None:
        own = settings.DATABASES["owner"]
        self.to = psycopg.connect(
            host=own["HOST"] or None,
            port=own["PORT"] or None,
            user=own["USER"],
            password=own["PASSWORD"] or None,
            dbname=str(connection.settings_dict["NAME"]),
        )
        self.to.execute("CREATE TABLE bare_meeting (id bigint PRIMARY KEY, document text)")
        self.to.execute("CREATE TABLE bare_transaction (meeting bigint, number int, line int, kind text,"
                        " PRIMARY KEY (meeting, number))")  # fmt: skip
        self.to.execute("CREATE TABLE bare_posting (meeting bigint, place int, number int, account text,"
                        " amount numeric, PRIMARY KEY (meeting, place))")  # fmt: skip
        self.to.commit()

    def keep(self, meetings: list[Rows]) -> None:
        for row, document, lines, kinds, numbers, accounts, amounts in meetings:
            self.to.execute("INSERT INTO bare_meeting VALUES (%s, %s)", [row, document])
            self.to.execute(
                "INSERT INTO bare_transaction SELECT %s, n, line, kind"
                " FROM unnest(%s::int[], %s::text[]) WITH ORDINALITY AS t(line, kind, n)",
                [row, lines, kinds],
            )
            self.to.execute(
                "INSERT INTO bare_posting SELECT %s, n, number, account, amount FROM"
                " unnest(%s::int[], %s::text[], %s::numeric[]) WITH ORDINALITY AS p(number, account, amount, n)",
                [row, numbers, accounts, amounts],
            )
            self.to.commit()


def balances() -> None:
    with as_house(), connection.cursor() as cursor:
        cursor.execute("SELECT group_id, account, amount FROM savings_balance")
        assert len(cursor.fetchall()) >= GROUPS * 40


def rebuild() -> None:
    with as_house():
        groups = list(Group.objects.all())
    for group in groups:
        with as_house():
            assert rebuild_group(group=group, by=None, at=AT) == MEETINGS


def verify() -> None:
    with as_house():
        for group in groups_with_meetings():
            links = chain_of(group)
            assert len(links) == MEETINGS
            assert first_break(links) is None


def run() -> Iterator[Line]:
    """Every figure, with its goal."""
    phones = [Phone(number) for number in range(1, GROUPS + 1)]
    years = [sealed_year(phone) for phone in phones]
    with own_database(f"omsorg_bench_savings_{os.getpid()}"):
        found_groups(phones)
        floor, pid = Floor(), backend()
        ours, bare = Spent(0, 0), Spent(0, 0)
        for envelopes, rows in years:
            each = spent(lambda given=envelopes: take_in(given), pid)
            ours = Spent(ours.client + each.client, ours.database + each.database)
            each = spent(lambda given=rows: floor.keep(given), floor.to.info.backend_pid)
            bare = Spent(bare.client + each.client, bare.database + each.database)
        with as_house():
            postings = Posting.objects.count()
        yield Line("postings of a year of 20 groups", postings, "")
        per = postings / 1000
        name = "1,000 postings taken in"
        yield Line(f"{name}: CPU of the program", ours.client / per, "ms", floor=bare.client / per, goal=1000 / 30)
        yield Line(f"{name}: CPU of the database", ours.database / per, "ms", floor=bare.database / per)
        yield Line(f"{name}: CPU of both", ours.both / per, "ms", floor=bare.both / per, ratio_goal=2)
        meetings = GROUPS * MEETINGS
        yield Line("one meeting taken in: CPU of both", ours.both / meetings, "ms", floor=bare.both / meetings, goal=25)
        for what, work, goal in (
            ("balances of all accounts", balances, 60),
            ("all projections made anew", rebuild, 3000),
            (f"{meetings} chained meetings verified", verify, 60),
        ):
            work()
            quietest = min((spent(work, pid) for _round in range(3)), key=lambda each: each.both)
            yield Line(f"{what}: CPU of both", quietest.both, "ms", goal=goal)
        floor.to.close()
    yield from indicators()
    yield Line("share-out of 20 members", share_out_ms(phones[0].state), "ms", goal=1)


FEDERATION = (
    "INSERT INTO savings_group (uuid, unit_id, name, currency, constitution, phase, figures_opened, at, is_example)"
    " SELECT gen_random_uuid(), (%s::bigint[])[1 + n %% %s], 'Example ' || n, 'TZS', '{}', 'intensive', n %% 3 = 0,"
    " now(), false"
    " FROM generate_series(1, %s) n",
    "INSERT INTO savings_quarter (group_id, quarter, seq, held_on, {names})"
    " SELECT g.id, q::date, 12, q::date, {values} FROM savings_group g,"
    " generate_series(date '2025-01-01', date '2025-10-01', interval '3 months') q",
    "ANALYZE savings_quarter, savings_group, federation_lineage",
)
COUNTRIES, PROGRAMMES = 130, 10
QUARTER = date(2025, 10, 1)


def indicators() -> Iterator[Line]:
    """One country's indicators, out of the quarters of two thousand groups and of twenty thousand in 130 countries. The
    floor adds up the same rows with no wall and nothing withheld."""
    for groups in (2_000, 20_000):
        with own_database(f"omsorg_bench_quarters_{os.getpid()}"):
            country, units = found_federation(groups)
            pid = backend()

            def told(country: int = country) -> None:
                (found,) = told_of([country], QUARTER)
                assert found.figures is not None

            def bare(units: list[int] = units) -> None:
                with connection.cursor() as cursor:
                    sums = ", ".join(f'sum(q."{name}")' for name in NAMES)
                    cursor.execute(
                        f"SELECT {sums} FROM savings_quarter q JOIN savings_group g ON g.id = q.group_id"  # noqa: S608
                        " WHERE q.quarter = %s AND g.unit_id = ANY(%s)",
                        [QUARTER, units],
                    )

            reader = Person.objects.using("owner").get(name="Example Reader")
            with in_name_of(reader.pk, day=AT.date()):
                told()
                ours = min((spent(told, pid) for _round in range(5)), key=lambda each: each.both)
            with as_house():
                bare()
                least = min((spent(bare, pid) for _round in range(5)), key=lambda each: each.both)
            name = f"a country's indicators, of {groups} groups in {COUNTRIES} countries: CPU of both"
            yield Line(name, ours.both, "ms", floor=least.both, goal=200)


def found_federation(groups: int) -> tuple[int, list[int]]:
    """So many groups in the programmes of 130 countries, met in four quarters; one country, and its programmes."""
    kinds = Organisation.Kind
    with as_house():
        top = Organisation.objects.create(
            code="top", kind=kinds.INTERNATIONAL, name="Example Federation", exists_from=date(2000, 1, 1)
        )
        countries = placed(kinds.NATIONAL_ASSOCIATION, [(f"c{number}", top) for number in range(COUNTRIES)])
        programmes = placed(
            kinds.PROGRAMME,
            [(f"p-{country.code}-{place}", country) for country in countries for place in range(PROGRAMMES)],
        )
        reader = Person.objects.create(organisation=top, name="Example Reader", email="")
        Mandate.objects.create(person=reader, role="savings_reader", organisation=top, valid_from=date(2000, 1, 1))
        units = [each.pk for each in programmes]
        names, values = ", ".join(f'"{each}"' for each in NAMES), ", ".join(["20"] * len(NAMES))
        with connection.cursor() as cursor:
            cursor.execute(FEDERATION[0], [units, len(units), groups])
            cursor.execute(FEDERATION[1].format(names=names, values=values))
    with connections["owner"].cursor() as cursor:
        cursor.execute(FEDERATION[2])
    return countries[0].pk, units[:PROGRAMMES]


def placed(kind: str, places: list[tuple[str, Organisation]]) -> list[Organisation]:
    """Organisations by code, each below another; drawn into the tree at once."""
    since = date(2000, 1, 1)
    made = Organisation.objects.bulk_create(
        Organisation(code=code, kind=kind, name=f"Example {code}", exists_from=since) for code, _above in places
    )
    Position.objects.bulk_create(
        Position(organisation=each, parent=above, valid_from=since)
        for each, (_code, above) in zip(made, places, strict=True)
    )
    return made


def share_out_ms(state: State) -> float:
    """Milliseconds of CPU for one, of the quietest of five rounds."""
    rounds = []
    for _round in range(5):
        began = time.process_time()
        for _time in range(200):
            share_out(state)
        rounds.append((time.process_time() - began) * 1000 / 200)
    return min(rounds)
