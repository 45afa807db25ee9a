"""A report freezes the head of every book of the trail, and the proof misses each that is gone."""

import json
from datetime import UTC, date, datetime

import pytest

from omsorg.kernel.trail import fingerprint_of_heads, heads_of_trail, leave_trace
from omsorg.kernel.wall import as_house
from omsorg.plans.actions import reports
from omsorg.plans.checks import reports_are_as_frozen
from omsorg.plans.models import ReportPart
from omsorg.plans.queries.published import document_of
from omsorg.plans.tests.few_children import freeze
from world import World

AS_AT = date(2024, 3, 31)


@pytest.fixture
def books(world: World) -> dict[str, str]:
    """Tanzania and Kenya have each a book of their own."""
    with as_house():
        for who in ("tanzania", "kenya"):
            at = datetime(2024, 3, 1, tzinfo=UTC)
            leave_trace("record_figures", f"indicator:{who}", by=None, at=at, organisation=world.org[who].pk)
        return heads_of_trail()


def test_a_report_lists_the_heads_of_all_books_and_prints_one_fingerprint_over_them(
    world: World, books: dict[str, str]
) -> None:
    report = freeze(world, "one", AS_AT)
    with as_house():
        listed = json.loads(ReportPart.objects.get(report=report, name="trail").document)
        assert listed == books
        assert {f"organisation:{world.org[who].pk}" for who in ("tanzania", "kenya")} <= listed.keys()
        assert document_of(report).trail_head == report.trail_head == fingerprint_of_heads(books)
        assert reports_are_as_frozen().wrong == ()


def test_the_proof_misses_the_end_of_any_book_that_a_report_knew(
    world: World, books: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tanzania = f"organisation:{world.org['tanzania'].pk}"
    monkeypatch.setattr(reports, "heads_of_trail", lambda: {**books, tanzania: "f" * 64})
    freeze(world, "one", AS_AT)
    with as_house():
        assert reports_are_as_frozen().wrong == (f"the end of the book {tanzania} that report one knew is lost",)


def test_the_proof_sees_that_a_list_of_heads_is_not_the_one_that_was_printed(
    world: World, books: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "fingerprint_of_heads", lambda _heads: "f" * 64)
    freeze(world, "one", AS_AT)
    with as_house():
        assert reports_are_as_frozen().wrong == ("the heads that report one lists are not those it printed",)
