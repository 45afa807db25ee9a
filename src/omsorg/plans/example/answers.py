"""What the associations of the example answer, half-year by half-year: the same figures each time they are made.

Each indicator has a share that the federation as a whole shall show in each period; every association lies a little
above or below. Some answer late, some not at all, and some say why there is no number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from random import Random

from omsorg.federation.access import Acting
from omsorg.federation.models import Organisation
from omsorg.kernel.periods import Period
from omsorg.plans.actions.answers_at_once import Said, WholeAnswer
from omsorg.plans.rules.measures import State

SEED = 20210701
PERIODS = tuple(Period.parse(code) for code in ("2021-H2", "2022-H1", "2022-H2", "2023-H1", "2023-H2"))
SHARES: Mapping[str, Sequence[float]] = {
    "I5": (0.31, 0.42, 0.53, 0.64, 0.75),
    "I6": (0.58, 0.58, 0.58, 0.74, 0.87),
    "I7": (0.13, 0.21, 0.29, 0.37, 0.45),
    "I9": (0.20, 0.42, 0.63, 0.84, 0.975),
    "I15": (0.39, 0.48, 0.57, 0.66, 0.75),
    "I16": (0.24, 0.30, 0.36, 0.45, 0.55),
    "I28": (0.49, 0.58, 0.67, 0.75, 0.84),
}
KNOWN_OMBUDS = (0.02, 0.03, 0.06, 0.12, 0.25)
"""Share of associations where nine in ten children know the ombudsperson (I3)."""
SUPPORTED = (80, 110, 120, 130, 130)
"""Persons given individual support in each half-year in the whole federation (I1)."""
WHOLE = {"I5": 6, "I6": 14, "I7": 180, "I9": 120, "I15": 60, "I16": 60, "I28": 120, "I3": 40}
"""How many there are in an association of middle size."""
LESS = "Several people have left; those who came instead are not counted yet."

FEWER = "Fewer have asked for support in this half-year."


@dataclass(frozen=True, slots=True)
class Habit:
    """How an association answers: its size, how far it lies from the middle, and how punctual it is."""

    size: float
    ahead: float
    punctual: float


def habits(codes: Sequence[str]) -> dict[str, Habit]:
    random = Random(SEED)  # noqa: S311 - an example, not a secret
    return {
        code: Habit(random.uniform(0.4, 2.2), random.uniform(-0.08, 0.08), random.random()) for code in sorted(codes)
    }


def answers_for(
    period: Period,
    associations: Mapping[str, Organisation],
    officers: Mapping[str, Acting],
    reviewer: Acting,
) -> list[WholeAnswer]:
    """The answers of one period. About one in twenty is never given, about one in ten comes late."""
    index = PERIODS.index(period)
    ways = habits(list(associations))
    found = []
    for code in sorted(associations):
        random = Random(f"{SEED} {code} {period.code}")  # noqa: S311
        habit = ways[code]
        if random.random() < 0.05 and code not in ("norway", "kenya"):
            continue
        is_late = habit.punctual > 0.9 or random.random() < 0.04
        days = random.randint(33, 70) if is_late else random.randint(5, 28)
        at = _instant(period, days)
        found.append(
            WholeAnswer(
                organisation=associations[code],
                said=said_by(code, habit, index),
                by=officers[code],
                at=at,
                approved_by=reviewer,
                approved_at=at + timedelta(days=random.randint(2, 9)),
            )
        )
    return found


def said_by(code: str, habit: Habit, index: int) -> list[Said]:
    """What one association says in one period, on every indicator that is asked of associations."""
    found = [_supported(code, index), _known(code, habit, index)]
    for indicator, shares in SHARES.items():
        random = Random(f"{SEED} {code} {indicator}")  # noqa: S311
        whole = max(round(WHOLE[indicator] * habit.size * random.uniform(0.8, 1.2)), 2)
        tilt = habit.ahead * random.uniform(0.3, 1.0)
        counted = [min(max(round(whole * (share + tilt * share * (1 - share) * 2)), 0), whole) for share in shares]
        silence = random.random()
        if indicator == "I7" and silence < 0.04:
            found.append(Said(indicator, State.NOT_APPLICABLE))
        elif silence > 0.97 and index < 3:
            found.append(Said(indicator, State.NOT_COLLECTED))
        else:
            is_estimate = indicator in ("I7", "I16") and 0.5 < silence < 0.56
            fell = index > 0 and counted[index] < counted[index - 1]
            found.append(
                Said(
                    indicator,
                    State.ESTIMATED if is_estimate else State.MEASURED,
                    Decimal(counted[index]),
                    Decimal(whole),
                    LESS if fell else "",
                )
            )
    return found


def _supported(code: str, index: int) -> Said:
    """Persons supported (I1): few in each association, as many as shall be in all."""
    random = Random(f"{SEED} {code} support")  # noqa: S311
    numbers = [
        round(random.choice((0, 0, 1, 1, 2)) * all_of_them / 104 + random.random() * 0.2) for all_of_them in SUPPORTED
    ]
    fell = index > 0 and numbers[index] < numbers[index - 1]
    return Said("I1", State.MEASURED, Decimal(numbers[index]), None, FEWER if fell else "")


def _known(code: str, habit: Habit, index: int) -> Said:
    """Children who know the ombudsperson (I3): few associations reach nine in ten."""
    random = Random(f"{SEED} {code} ombuds")  # noqa: S311
    rank = random.random()
    whole = max(round(WHOLE["I3"] * habit.size), 10)
    share = 0.95 if rank < KNOWN_OMBUDS[index] else 0.15 + 0.1 * index + 0.2 * rank
    return Said("I3", State.MEASURED, Decimal(min(round(whole * share), whole)), Decimal(whole))


def _instant(period: Period, days: int) -> datetime:
    return datetime.combine(period.until + timedelta(days=days), time(10), UTC)
