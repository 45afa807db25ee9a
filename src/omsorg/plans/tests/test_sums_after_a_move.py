"""An association that moves takes its running figures along; what ended before the move stays where it was."""

from datetime import date
from decimal import Decimal

from django.db import connection

from omsorg.federation.models import Position
from omsorg.kernel.periods import Period
from omsorg.kernel.wall import as_house
from omsorg.plans.models import Figure, Summary
from world import AT, World

MOVED_ON = date(2023, 10, 1)


def sums(world: World, region: str) -> dict[str, Decimal]:
    found = Summary.objects.filter(node=world.org[region])
    return {Period(row.period_start, row.period_months).code: row.numerator for row in found if row.numerator}


def test_sums_follow_a_move_from_its_day_and_equal_a_full_rebuild(world: World) -> None:
    with as_house():
        Figure.objects.bulk_create(
            Figure(
                organisation=world.org["kenya"], indicator=world.indicator["cases"], revision=1, key_id=0, state=1,
                period_start=Period.parse(code).start, period_months=6, numerator=n, source="test", at=AT,
            )
            for code, n in (("2023-H1", 3), ("2023-H2", 4))
        )  # fmt: skip
        assert sums(world, "africa") == {"2023-H1": 3, "2023-H2": 4}
        Position.objects.filter(organisation=world.org["kenya"]).update(valid_until=MOVED_ON)
        Position.objects.create(organisation=world.org["kenya"], parent=world.org["europe"], valid_from=MOVED_ON)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(
                "SELECT count(*) FROM ((SELECT node_id, indicator_id, period_start, numerator FROM plans_summary"
                " EXCEPT SELECT node_id, indicator_id, period_start, numerator FROM plans_true_sums())) AS differing"
            )
            assert cursor.fetchone()[0] == 0
        assert sums(world, "africa") == {"2023-H1": 3}
        assert sums(world, "europe") == {"2023-H2": 4}
