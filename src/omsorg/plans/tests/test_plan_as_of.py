"""The plan as of any day is what replaying its revisions gives; the number of reads does not grow with the plan."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omsorg.federation.access import acting_as
from omsorg.kernel.wall import in_name_of
from omsorg.plans.actions.adoption import add_action
from omsorg.plans.actions.promises import revise_action
from omsorg.plans.models import Action
from omsorg.plans.queries.promises import plan_as_of, terms_of_action
from omsorg.plans.rules.drafts import ActionDraft
from omsorg.plans.rules.measures import Cause
from omsorg.plans.rules.promises import state_of
from omsorg.plans.rules.revisions import NothingChanged

ADOPTED = date(2021, 7, 1)
AT = datetime(2024, 1, 1, tzinfo=UTC)

CHANGES = st.lists(
    st.tuples(
        st.integers(0, 40),
        st.fixed_dictionaries(
            {},
            optional={
                "title": st.sampled_from([{"en": "One"}, {"en": "Two", "da": "To"}]),
                "prioritised": st.booleans(),
                "due_on": st.dates(date(2022, 1, 1), date(2026, 1, 1)),
            },
        ),
    ),
    max_size=6,
)


def replay(steps, day):
    """Every field as the steps up to the end of `day` leave it; None when there was nothing yet."""
    state = {}
    for on, fields in steps:
        if on <= day:
            state |= fields
    return state or None


@pytest.mark.django_db(transaction=False)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=CHANGES, asked=st.integers(-3, 260))
def test_the_state_of_a_day_equals_replaying_the_revisions(world, changes, asked):
    person = world.person["plan_owner"].pk
    with in_name_of(person):
        by = acting_as(person, day=AT.date())
        action = add_action(
            plan=world.plan,
            draft=ActionDraft(
                code=f"X{Action.objects.count()}", terms=plan_as_of(world.plan, ADOPTED).action["training"].terms
            ),
            in_force_on=ADOPTED,
            reason="Added",
            by=by,
            at=AT,
        )
        first = action.revisions.select_related("owner", "superseded_by").get()
        steps = [(ADOPTED, state_of(terms_of_action(first)))]
        terms, day = terms_of_action(first), ADOPTED
        for days, fields in changes:
            wanted, on = replace(terms, **fields), day + timedelta(days=days)
            try:
                revise_action(
                    action=action,
                    terms=wanted,
                    expected=len(steps),
                    reason="Because",
                    in_force_on=on,
                    cause=Cause.TIME,
                    by=by,
                    at=AT,
                )
            except NothingChanged:
                continue
            steps.append((on, fields))
            terms, day = wanted, on
        asked_on = ADOPTED + timedelta(days=asked)
        found = plan_as_of(world.plan, asked_on).action.get(action.code)
        assert (state_of(found.terms) if found else None) == replay(steps, asked_on)


def test_the_number_of_reads_does_not_grow_with_the_plan(world, django_assert_num_queries):
    with django_assert_num_queries(9):
        plan_as_of(world.plan, AT.date())
    person = world.person["plan_owner"].pk
    with in_name_of(person):
        by = acting_as(person, day=AT.date())
        terms = plan_as_of(world.plan, ADOPTED).action["training"].terms
        for number in range(5):
            add_action(
                plan=world.plan,
                draft=ActionDraft(code=f"N{number}", terms=terms, recommendations=("R1.1",)),
                in_force_on=ADOPTED,
                reason="More",
                by=by,
                at=AT,
            )
        with django_assert_num_queries(9):
            state = plan_as_of(world.plan, AT.date())
    assert len(state.actions) == 7


def test_before_adoption_there_is_nothing(world):
    state = plan_as_of(world.plan, date(2021, 6, 30))
    assert (state.actions, state.indicators, state.recommendations, state.sources) == ((), (), (), ())
