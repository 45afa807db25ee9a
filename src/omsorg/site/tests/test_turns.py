"""Threads in turns: one line that asks for much does not hold up another."""

import asyncio

from omsorg.site.front.turns import Turns


def order_of(*lines: str, leaving: tuple[int, ...] = (), places: int = 1) -> list[str]:
    """In which order these were worked on, who came in this order. `leaving`: hung up while they waited."""
    turns, worked = Turns(places), list[str]()

    async def one(line: str) -> None:
        async with turns.turn(line):
            worked.append(line)
            await asyncio.sleep(0.01)

    async def all_of_them() -> None:
        tasks = [asyncio.create_task(one(line)) for line in lines]
        await asyncio.sleep(0)
        for number in leaving:
            tasks[number].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(all_of_them())
    assert turns.places == places, "every place was given back"
    return worked


def test_the_second_of_one_line_waits_for_the_first_of_another() -> None:
    assert order_of(*["a"] * 5, "b", "c", "b") == ["a", "a", "b", "c", "a", "b", "a", "a"]


def test_whoever_hangs_up_while_waiting_takes_no_turn() -> None:
    assert order_of("a", "a", "b", "a", leaving=(1, 2)) == ["a", "a"]


def test_as_many_at_once_as_there_are_places() -> None:
    assert order_of("a", "b", "c", places=2) == ["a", "b", "c"]
