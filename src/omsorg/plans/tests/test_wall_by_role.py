"""The second wall asks for the role: whoever holds another one in the same branch adds no row, and asks in vain."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from omsorg.federation.roles import codes_that_may
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.plans.models import (
    Assessment,
    Evidence,
    Figure,
    IndicatorRevision,
    Release,
    Report,
    SubmissionStep,
    Target,
)
from omsorg.plans.tests.answering import AT, H1, acting
from world import World, hand_in

VERBS = ("plans.report", "plans.verify", "plans.approve", "plans.revise", "plans.rate", "plans.publish")


def cell(world: World, who: str) -> dict[str, Any]:
    return {
        "organisation": world.org["tanzania"], "indicator": world.indicator["cases"], "period_start": H1.start,
        "period_months": 6, "by": world.person[who], "at": AT,
    }  # fmt: skip


def figure(world: World, who: str) -> None:
    Figure.objects.create(**cell(world, who), revision=1, key_id=0, state=1, numerator=1, source="grid")


def own_rating(world: World, who: str) -> None:
    Assessment.objects.create(**cell(world, who), revision=1, voice="self", rating="on_track")


def handing_in(world: World, who: str) -> None:
    step = cell(world, who)
    del step["indicator"]
    SubmissionStep.objects.create(**step, plan=world.plan, number=1, step="submitted")


def document(world: World, who: str) -> None:
    Evidence.objects.create(
        **cell(world, who), plan=world.plan, code="e", filename="list.pdf", media_type="application/pdf", size=1,
        fingerprint="0" * 64, stored_as="s",
    )  # fmt: skip


def revision(world: World, who: str) -> None:
    changed = IndicatorRevision.objects.get(indicator=world.indicator["cases"])
    changed.pk, changed.number, changed.by = None, 2, world.person[who]
    changed.save(force_insert=True)


def target(world: World, who: str) -> None:
    Target.objects.create(
        indicator=world.indicator["cases"], organisation=world.org["international"], series=1, due_on=H1.until,
        number=1, in_force_on=H1.start, reason="Because", by=world.person[who], at=AT,
    )  # fmt: skip


def frozen(world: World, who: str) -> None:
    Report.objects.create(
        plan=world.plan, code="r", period_start=H1.start, period_months=6, as_at=H1.until, rule_version="1",
        fingerprint="0" * 64, frozen_by=world.person[who], frozen_at=AT,
    )  # fmt: skip


@pytest.mark.parametrize("who", ["publisher", "plan_owner", "housekeeper", "officer", "stranger"])
def test_a_report_is_frozen_and_released_by_publishers_only(world: World, who: str) -> None:
    with as_house():
        Report.objects.create(
            plan=world.plan, code="before", period_start=H1.start, period_months=6, as_at=H1.until, rule_version="1",
            fingerprint="0" * 64, frozen_by=world.person["second_publisher"], frozen_at=AT,
        )  # fmt: skip
        report = Report.objects.get()
    with in_name_of(world.person[who].pk):
        if who == "publisher":
            frozen(world, who)
            Release.objects.create(report=report, by=world.person[who], at=AT)
            return
        with pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
            frozen(world, who)
        with pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
            Release.objects.create(report=report, by=world.person[who], at=AT)


@pytest.mark.parametrize(
    "change",
    [{"fingerprint": "1" * 64}, {"filename": "other.pdf"}, {"stored_as": "other"}, {"by": None}, {"note": "other"}],
    ids=lambda change: next(iter(change)),
)
def test_a_document_stays_as_it_was_attached(world: World, change: dict[str, Any]) -> None:
    with acting(world, "officer"):
        document(world, "officer")
        with pytest.raises(DatabaseError, match="only withdrawn"), transaction.atomic():
            Evidence.objects.update(**change)
        with pytest.raises(DatabaseError, match="only withdrawn"), transaction.atomic():
            Evidence.objects.update(withdrawn_at=AT)
        assert Evidence.objects.update(withdrawn_at=AT, withdrawn_reason="Wrong file") == 1
        with pytest.raises(DatabaseError, match="only withdrawn"), transaction.atomic():
            Evidence.objects.update(withdrawn_at=None, withdrawn_reason="")


def test_what_is_handed_in_keeps_its_documents_and_takes_none(world: World) -> None:
    with acting(world, "officer"):
        document(world, "officer")
    hand_in(world, "tanzania", period=H1, at=AT)
    with acting(world, "officer"):
        with pytest.raises(DatabaseError, match="keeps its documents"), transaction.atomic():
            Evidence.objects.update(withdrawn_at=AT, withdrawn_reason="Wrong file")
        with pytest.raises(DatabaseError, match="keeps its documents"), transaction.atomic():
            document(world, "officer")


def test_a_document_is_attached_in_ones_own_name(world: World) -> None:
    with acting(world, "officer"), pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
        document(world, "verifier")


@pytest.mark.parametrize("write", [figure, own_rating, handing_in, document], ids=lambda write: write.__name__)
@pytest.mark.parametrize("who", ["officer", "reviewer", "insider_verifier", "plan_owner", "national_housekeeper"])
def test_an_answer_is_written_by_its_officers_only(world: World, write: Callable[[World, str], None], who: str) -> None:
    with acting(world, who):
        if who == "officer":
            write(world, who)
            return
        with pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
            write(world, who)


@pytest.mark.parametrize("write", [revision, target], ids=lambda write: write.__name__)
@pytest.mark.parametrize("who", ["plan_owner", "officer", "publisher", "housekeeper", "stranger"])
def test_a_plan_is_revised_by_its_owners_only(world: World, write: Callable[[World, str], None], who: str) -> None:
    with acting(world, who):
        if who == "plan_owner":
            write(world, who)
            return
        with pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
            write(world, who)


@pytest.mark.parametrize(("who", "told"), [("officer", True), ("officer_norway", None), ("stranger", None)])
def test_where_an_answer_stands_is_told_to_those_who_see_it(world: World, who: str, told: bool | None) -> None:
    with as_house():
        figure(world, "officer")
    hand_in(world, "tanzania", period=H1, at=AT)
    with acting(world, who), connection.cursor() as cursor:
        cursor.execute(
            "SELECT plans_answer_is_locked(%s, %s, %s, 6::smallint)",
            [world.plan and world.plan.pk, world.org["tanzania"].pk, H1.start],
        )
        assert cursor.fetchone()[0] is told


@pytest.mark.django_db
@pytest.mark.parametrize("verb", VERBS)
def test_the_database_and_the_rules_know_the_same_roles(verb: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT plans_roles_that_may(%s)", [verb])
        assert sorted(cursor.fetchone()[0]) == sorted(codes_that_may(verb))
