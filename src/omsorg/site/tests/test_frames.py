"""The calls of a request find room in one piece, at whatever depth it is asked."""

from collections.abc import Callable
from resource import RUSAGE_THREAD, getrusage

import pytest

from omsorg.site.frames import with_room


def leaf() -> None:
    return None


def many_calls() -> int:
    """How many pages of memory were newly taken while a small function was called often."""
    before = getrusage(RUSAGE_THREAD).ru_minflt
    for _time in range(2000):
        leaf()
    return getrusage(RUSAGE_THREAD).ru_minflt - before


def at_depth(depth: int, work: Callable[[], int]) -> int:
    return work() if depth == 0 else at_depth(depth - 1, work)


def test_no_depth_makes_every_call_take_memory() -> None:
    assert max(at_depth(depth, lambda: with_room(many_calls)) for depth in range(300)) < 200


def test_what_is_asked_is_answered_and_what_goes_wrong_is_told() -> None:
    assert with_room(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        with_room(lambda: 1 // 0)
