from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
from django.db import connection

from omsorg.federation.access import NotAllowed, acting_as
from omsorg.kernel.wall import in_name_of
from omsorg.plans.actions.promises import revise_action
from omsorg.plans.models import ActionRevision
from omsorg.plans.queries.promises import plan_as_of
from omsorg.plans.rules.drafts import CodeNotKnown
from omsorg.plans.rules.measures import Activity, Cause
from omsorg.plans.rules.promises import PutOffWithoutCause, RevisedMeanwhile

AT = datetime(2023, 3, 31, 9, tzinfo=UTC)
DAY = AT.date()


def acting(world, key):
    return acting_as(world.person[key].pk, day=DAY)


def terms_now(world, code="training", day=DAY):
    return plan_as_of(world.plan, day).action[code].terms


def test_the_plan_owner_puts_a_date_off_and_the_first_date_stays_to_be_read(world):
    with in_name_of(world.person["plan_owner"].pk):
        terms = terms_now(world)
        revision = revise_action(
            action=world.action["training"],
            terms=replace(terms, due_on=date(2024, 6, 30)),
            expected=1,
            reason="Trainers could not travel",
            in_force_on=DAY,
            cause=Cause.OUTSIDE,
            by=acting(world, "plan_owner"),
            at=AT,
        )
        assert (revision.number, revision.cause, revision.by_id) == (2, "outside", world.person["plan_owner"].pk)
        now = plan_as_of(world.plan, DAY).action["training"]
        assert (now.terms.due_on, now.first_due_on, now.cause) == (date(2024, 6, 30), date(2023, 12, 31), "outside")
        assert terms_now(world, day=date(2023, 3, 30)) == terms
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT verb, actor, details FROM kernel_trace WHERE subject = 'action:example-plan/training'"
            )
            assert cursor.fetchall() == [
                ("revise_action", world.person["plan_owner"].pk, '{"fields":["due_on"],"revision":2}')
            ]


def test_what_is_superseded_names_by_which_of_the_same_plan(world):
    with in_name_of(world.person["plan_owner"].pk):
        terms = replace(terms_now(world), activity=Activity.SUPERSEDED, superseded_by="policy")
        common = {
            "action": world.action["training"],
            "expected": 1,
            "reason": "Both do the same",
            "in_force_on": DAY,
            "by": acting(world, "plan_owner"),
            "at": AT,
        }
        with pytest.raises(CodeNotKnown):
            revise_action(terms=replace(terms, superseded_by="A99"), **common)
        with pytest.raises(CodeNotKnown):
            revise_action(terms=replace(terms, owner="nobody"), **common)
        assert revise_action(terms=terms, **common).superseded_by == world.action["policy"]
        assert plan_as_of(world.plan, DAY).action["training"].stopped_on == DAY


def test_the_second_of_two_is_told_what_the_first_has_changed(world):
    with in_name_of(world.person["plan_owner"].pk):
        terms = terms_now(world)
        common = {"action": world.action["training"], "in_force_on": DAY, "by": acting(world, "plan_owner"), "at": AT}
        revise_action(terms=replace(terms, prioritised=True), expected=1, reason="Asked for by the board", **common)
        with pytest.raises(RevisedMeanwhile) as told:
            revise_action(terms=replace(terms, title={"en": "Other"}), expected=1, reason="Clearer", **common)
        assert told.value.number == 2
        assert told.value.reason == "Asked for by the board"
        assert [(c.field, c.before, c.after) for c in told.value.changes] == [("prioritised", False, True)]
        assert terms_now(world).prioritised is True


@pytest.mark.parametrize("key", ["officer", "publisher", "stranger", "reviewer"])
def test_nobody_but_a_plan_owner_revises(world, key):
    with in_name_of(world.person[key].pk), pytest.raises(NotAllowed):
        revise_action(
            action=world.action["training"],
            terms=replace(terms_now(world), prioritised=True),
            expected=1,
            reason="Why not",
            in_force_on=DAY,
            by=acting(world, key),
            at=AT,
        )


def test_a_refused_revision_leaves_nothing_behind(world):
    with in_name_of(world.person["plan_owner"].pk):
        with pytest.raises(PutOffWithoutCause):
            revise_action(
                action=world.action["training"],
                terms=replace(terms_now(world), due_on=date(2025, 1, 1)),
                expected=1,
                reason="Later",
                in_force_on=DAY,
                by=acting(world, "plan_owner"),
                at=AT,
            )
        assert ActionRevision.objects.filter(action=world.action["training"]).count() == 1


def test_two_at_the_very_same_time_make_one_revision_and_one_is_told(own_database):
    from world import make_world

    world = make_world()
    person = world.person["plan_owner"].pk
    begin = Barrier(2)
    outcomes = []

    def revise(title):
        try:
            with in_name_of(person):
                by = acting_as(person, day=DAY)
                terms = terms_now(world)
                begin.wait(timeout=10)
                revise_action(
                    action=world.action["training"],
                    terms=replace(terms, title={"en": title}),
                    expected=1,
                    reason="Clearer words",
                    in_force_on=DAY,
                    by=by,
                    at=AT,
                )
                outcomes.append("kept")
        except RevisedMeanwhile as told:
            outcomes.append(told.changes[0].field)
        finally:
            connection.close()

    pair = [Thread(target=revise, args=[title]) for title in ("One", "Two")]
    for thread in pair:
        thread.start()
    for thread in pair:
        thread.join()
    assert sorted(outcomes) == ["kept", "title"]
    assert ActionRevision.objects.filter(action=world.action["training"]).count() == 2
