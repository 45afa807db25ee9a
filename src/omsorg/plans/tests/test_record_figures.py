"""An officer enters figures: kept once, never over what somebody else wrote, summed up the tree, traced."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from omsorg.federation.access import NotAllowed
from omsorg.kernel.models import Trace
from omsorg.kernel.periods import Period
from omsorg.kernel.wall import as_house
from omsorg.plans.actions.figures import Entry, NotAsked, NotAskedHere, PeriodNotBegun, record_figures
from omsorg.plans.models import Figure, SubmissionStep, Summary
from omsorg.plans.rules.answers import AnswerIsLocked
from omsorg.plans.rules.entries import CorrectionSaysWhy
from omsorg.plans.rules.measures import State
from omsorg.plans.rules.observations import (
    DenominatorMissing,
    NumberNotWhole,
    NumeratorAboveDenominator,
    ReasonMissing,
    ValueGivenUp,
)
from omsorg.plans.tests.answering import AT, H1, H2, acting, cases, policy, record, trained
from world import World


def figures(world: World, org: str = "tanzania") -> list[tuple]:
    with as_house():
        return list(
            Figure.objects.filter(organisation=world.org[org]).order_by("id")
            .values_list("indicator__code", "state", "numerator", "denominator")
        )  # fmt: skip


def test_figures_are_kept_and_summed_up_the_tree(world: World) -> None:
    done = record(world, trained(world, 40, 50), cases(world, 12))
    record(world, cases(world, 3), who="officer_kenya", org="kenya")
    assert done.is_whole
    assert set(done.kept) == {(world.indicator["trained"].pk, 0), (world.indicator["cases"].pk, 0)}
    with as_house():
        sums = Summary.objects.filter(indicator=world.indicator["cases"], period_start=H1.start)
        assert {s.node.code: s.numerator for s in sums.select_related("node")} == {"africa": 15, "international": 15}


def test_the_act_leaves_one_trace(world: World) -> None:
    record(world, trained(world, 40, 50), cases(world, 12))
    with as_house():
        trace = Trace.objects.get(verb="record_figures")
    assert (trace.actor, trace.organisation) == (world.person["officer"].pk, world.org["tanzania"].pk)
    assert trace.subject == "answer:example-plan/tanzania/2022-H1"
    assert '"figures":2' in trace.details


def test_the_same_entry_twice_is_kept_once(world: World) -> None:
    entry = cases(world, 12, entry=uuid4())
    record(world, entry)
    again = record(world, entry)
    assert again.is_whole
    assert again.repeated == {entry.cell}
    assert len(figures(world)) == 1


def test_a_superseded_entry_sent_again_changes_nothing(world: World) -> None:
    first = cases(world, 12, entry=uuid4())
    kept = record(world, first).kept[first.cell]
    record(world, cases(world, 13, expected=kept, entry=uuid4()))
    assert record(world, first).repeated == {first.cell}
    assert [f[2] for f in figures(world)] == [12, 13]


def test_what_stands_there_already_is_not_written_again(world: World) -> None:
    record(world, cases(world, 12))
    again = record(world, cases(world, 12))
    assert again.is_whole
    assert again.unchanged == {(world.indicator["cases"].pk, 0)}
    assert len(figures(world)) == 1


def test_a_correction_supersedes_and_the_sums_follow(world: World) -> None:
    kept = record(world, cases(world, 12)).kept[(world.indicator["cases"].pk, 0)]
    record(world, cases(world, 20, expected=kept))
    with as_house():
        assert Summary.objects.get(node=world.org["africa"], indicator=world.indicator["cases"]).numerator == 20
        assert Figure.objects.get(numerator=20).supersedes_id == kept


def test_the_second_of_two_officers_is_told_and_overwrites_nothing(world: World) -> None:
    record(world, cases(world, 12))
    mine = cases(world, 14)
    done = record(world, mine)
    (conflict,) = done.conflicts
    assert not done.is_whole
    assert conflict.entry == mine
    assert conflict.standing is not None
    assert (conflict.standing.numerator, conflict.standing.by_name) == (12, "Example Officer")
    assert conflict.standing.by_organisation == "Example Association Tanzania"
    assert [f[2] for f in figures(world)] == [12]


def test_missing_is_a_state_and_never_zero(world: World) -> None:
    record(world, Entry(world.indicator["cases"].pk, state=State.NOT_COLLECTED))
    assert figures(world) == [("cases", State.NOT_COLLECTED, None, None)]
    with as_house():
        found = Summary.objects.get(node=world.org["africa"], indicator=world.indicator["cases"])
    assert (found.reported, found.not_collected, found.numerator) == (0, 1, 0)


@pytest.mark.parametrize(
    ("entry", "refusal"),
    [
        (lambda w: trained(w, 51, 50), NumeratorAboveDenominator),
        (lambda w: Entry(w.indicator["trained"].pk, numerator=Decimal(5)), DenominatorMissing),
        (lambda w: Entry(w.indicator["ombuds"].pk, text="words"), NotAskedHere),
        (lambda w: cases(w, 5, key=99), NotAskedHere),
        (lambda w: trained(w, "1.5", 2), NumberNotWhole),
    ],
    ids=[
        "a part is not larger than its whole",
        "a share says of what",
        "only what is asked",
        "only asked parts",
        "nobody is half a person",
    ],
)
def test_a_faulty_entry_keeps_all_of_them_out(world: World, entry, refusal) -> None:
    done = record(world, cases(world, 12), entry(world)) if refusal is not NotAskedHere else record(world, entry(world))
    assert [type(trouble.refusal) for trouble in done.troubles] == [refusal]
    assert done.kept == {}
    assert figures(world) == []


def test_what_is_sound_is_kept_where_the_page_asks_for_it(world: World) -> None:
    done = record(world, cases(world, 12), trained(world, 51, 50), whole=False)
    assert [trouble.cell[0] for trouble in done.troubles] == [world.indicator["trained"].pk]
    assert [f[0] for f in figures(world)] == ["cases"]


def test_what_goes_backwards_asks_for_a_reason(world: World) -> None:
    record(world, trained(world, 40, 50, published="40"))
    done = record(world, trained(world, 30, 50), period=H2)
    (trouble,) = done.troubles
    assert trouble.field == "reason"
    assert isinstance(trouble.refusal, ReasonMissing)
    said = str(trouble.refusal).replace("\N{NO-BREAK SPACE}", " ")
    assert said == "The value goes backwards, from 80.0 % to 60.0 %. Say why."
    assert record(world, trained(world, 30, 50, reason="Two trainers left"), period=H2).is_whole


def test_a_value_that_is_given_up_asks_why_and_does_not_speak_of_a_fall(world: World) -> None:
    record(world, trained(world, 40, 50))
    nobody_counted = Entry(world.indicator["trained"].pk, state=State.NOT_COLLECTED)
    (trouble,) = record(world, nobody_counted, period=H2).troubles
    assert (trouble.field, type(trouble.refusal)) == ("reason", ValueGivenUp)
    said = str(trouble.refusal).replace("\N{NO-BREAK SPACE}", " ")
    assert said == "Last time a value was given: 80.0 %. Say why there is none now."
    explained = Entry(world.indicator["trained"].pk, state=State.NOT_COLLECTED, reason="The register was closed")
    assert record(world, explained, period=H2).is_whole


def test_a_silent_period_does_not_hide_that_it_goes_backwards(world: World) -> None:
    """40 of 50, then half a year without a figure, then 30 of 50."""
    record(world, trained(world, 40, 50))
    record(world, trained(world, 0, 0, reason="Nobody to train"), period=H2)
    third = {"period": Period.parse("2023-H1"), "at": datetime(2023, 7, 10, 9, tzinfo=UTC)}
    (trouble,) = record(world, trained(world, 30, 50), **third).troubles
    assert isinstance(trouble.refusal, ReasonMissing)
    assert record(world, trained(world, 40, 50), **third).is_whole


def test_a_value_under_another_definition_is_not_compared(world: World) -> None:
    record(world, trained(world, 40, 50))
    with as_house():
        changed = world.indicator["trained"].revisions.get(number=1)
        changed.pk, changed.number, changed.redefined, changed.in_force_on = None, 2, True, H2.start
        changed.save(force_insert=True)
    third = {"period": Period.parse("2023-H1"), "at": datetime(2023, 7, 10, 9, tzinfo=UTC)}
    assert record(world, trained(world, 30, 50), **third).is_whole


def test_what_flows_may_be_less_than_last_period(world: World) -> None:
    record(world, cases(world, 40))
    assert record(world, cases(world, 30), period=H2).is_whole


def test_a_locked_answer_takes_no_figure(world: World) -> None:
    with as_house():
        hand_in(world)
    with pytest.raises(AnswerIsLocked):
        record(world, cases(world, 12))


def hand_in(world: World, **more) -> SubmissionStep:
    return SubmissionStep.objects.create(
        plan=world.plan, organisation=world.org["tanzania"], period_start=H1.start, period_months=6, at=AT,
        **{"number": 1, "step": "submitted", "by": world.person["officer"], **more},
    )  # fmt: skip


def test_the_database_refuses_a_figure_in_a_locked_answer(world: World) -> None:
    with as_house():
        hand_in(world)
    with acting(world, "officer"), pytest.raises(IntegrityError, match="handed in"), transaction.atomic():
        Figure.objects.create(
            organisation=world.org["tanzania"], indicator=world.indicator["cases"], revision=1, period_start=H1.start,
            period_months=6, key_id=0, state=1, numerator=1, source="grid", by=world.person["officer"], at=AT,
        )  # fmt: skip


def test_after_an_approval_a_correction_says_why(world: World) -> None:
    kept = record(world, cases(world, 12)).kept[(world.indicator["cases"].pk, 0)]
    with as_house():
        hand_in(world)
        hand_in(world, number=2, step="approved", by=world.person["reviewer"])
        hand_in(world, number=3, step="reopened", by=world.person["reviewer"], reason="A list was found")
    (trouble,) = record(world, cases(world, 13, expected=kept)).troubles
    assert (trouble.field, type(trouble.refusal)) == ("reason", CorrectionSaysWhy)
    assert record(world, cases(world, 13, expected=kept, reason="A list was found")).is_whole


def test_nobody_reports_for_another_house(world: World) -> None:
    with pytest.raises(NotAllowed):
        record(world, cases(world, 1), org="kenya")
    with pytest.raises(NotAllowed):
        record(world, cases(world, 1), who="verifier")


def test_only_who_is_asked_answers_and_only_for_a_period_that_has_begun(world: World) -> None:
    with pytest.raises(NotAsked):
        record(world, cases(world, 1), org="arusha")
    with pytest.raises(NotAsked):
        record(world, cases(world, 1), period=Period.parse("2022-Q1"), at=AT)
    with pytest.raises(PeriodNotBegun):
        record(world, cases(world, 1), period=H2, at=datetime(2022, 6, 30, 23, tzinfo=UTC))


def test_a_fault_in_the_transaction_leaves_nothing_behind(world: World) -> None:
    with acting(world, "officer"), transaction.atomic():
        record(world, cases(world, 1))
        transaction.set_rollback(True)
    assert figures(world) == []
    with as_house():
        assert not Trace.objects.filter(verb="record_figures").exists()
        assert not Summary.objects.exists()


def test_what_is_measured_meets_the_threshold_or_not(world: World) -> None:
    record(world, policy(world, 1))
    with as_house():
        assert Figure.objects.get().meets is True
        assert Summary.objects.get(node=world.org["africa"]).meeting == 1


def test_the_number_of_statements_does_not_grow(world: World, django_assert_num_queries) -> None:
    with acting(world, "officer") as by:
        by.may("plans.report", world.org["tanzania"].pk)
        with django_assert_num_queries(13):
            record_figures(
                plan=world.plan, organisation=world.org["tanzania"], period=H1, by=by, at=AT, source="grid",
                entries=[cases(world, 1, entry=uuid4()), trained(world, 1, 2, entry=uuid4())],
            )  # fmt: skip


@pytest.mark.parametrize(
    "table", ["federation_organisation", "federation_person", "plans_indicator", "plans_disaggregationkey"]
)
def test_what_figures_tell_of_is_never_removed(world: World, table: str) -> None:
    with as_house(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO plans_figure (organisation_id, indicator_id, revision, period_start, period_months, key_id,"
            " state, numerator, text, published, source, source_ref, reason, by_id, at)"
            " VALUES (%s, %s, 1, '2023-07-01', 6, 0, 1, 5, '', '', 'test', '', '', %s, now())",
            [world.org["tanzania"].pk, world.indicator["cases"].pk, world.person["officer"].pk],
        )
        with pytest.raises(IntegrityError, match="never removed"), transaction.atomic():
            cursor.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize("unknown", ["organisation_id", "indicator_id", "key_id", "by_id", "supersedes_id"])
def test_a_figure_of_something_that_is_not_there_is_refused_by_the_database(world: World, unknown: str) -> None:
    row = {
        "organisation_id": world.org["tanzania"].pk,
        "indicator_id": world.indicator["cases"].pk,
        "key_id": 0,
        "by_id": world.person["officer"].pk,
        "supersedes_id": None,
        unknown: 9_999_999,
    }
    with as_house(), connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute(
            "INSERT INTO plans_figure (organisation_id, indicator_id, key_id, by_id, supersedes_id, revision,"
            " period_start, period_months, state, numerator, text, published, source, source_ref, reason, at)"
            " VALUES (%s, %s, %s, %s, %s, 1, '2023-07-01', 6, 1, 5, '', '', 'test', '', '', now())",
            list(row.values()),
        )
