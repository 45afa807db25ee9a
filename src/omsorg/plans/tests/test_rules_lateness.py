"""A reminder is owed once, to the right people, whatever days the worker ran on."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from omsorg.plans.rules.lateness import Recipient, days_late, reminders_owed

DUE = date(2024, 7, 30)
steady = settings(derandomize=True, max_examples=40, deadline=None, database=None)


@steady
@given(st.sets(st.integers(-5, 90)), st.none() | st.integers(-5, 90))
def test_each_reminder_goes_out_at_most_once_and_never_after_the_answer(ran: set[int], came: int | None) -> None:
    sent: list[int] = []
    submitted_on = None if came is None else DUE + timedelta(days=came)
    for late in sorted(ran):
        on = DUE + timedelta(days=late)
        for owed in reminders_owed(DUE, on=on, sent=sent, submitted_on=submitted_on):
            assert owed.day <= late
            assert came is None or late < came
            sent.extend(owed.covers)
            assert (Recipient.LEVEL_ABOVE in owed.recipients) == (owed.day >= 7)
            assert Recipient.OWN_OFFICERS in owed.recipients
        assert reminders_owed(DUE, on=on, sent=sent, submitted_on=submitted_on) == ()
    assert len(sent) == len(set(sent))
    last = max((late for late in ran if came is None or late < came), default=0)
    assert set(sent) == {day for day in (1, 7, 30) if day <= last}


def test_the_days_and_the_level_above_are_settings() -> None:
    (owed,) = reminders_owed(DUE, on=DUE + timedelta(days=4), sent=(), days=(3, 14), escalate_from=3)
    assert (owed.day, owed.recipients) == (3, (Recipient.OWN_OFFICERS, Recipient.LEVEL_ABOVE))
    assert reminders_owed(DUE, on=DUE + timedelta(days=4), sent=(), days=()) == ()


@steady
@given(st.integers(-100, 100), st.none() | st.integers(-100, 100))
def test_late_is_never_negative_and_stops_growing_when_the_answer_comes(on: int, came: int | None) -> None:
    submitted_on = None if came is None else DUE + timedelta(days=came)
    late = days_late(DUE, on=DUE + timedelta(days=on), submitted_on=submitted_on)
    assert late == max(on if came is None else min(on, came), 0)
