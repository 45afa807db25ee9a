"""A group's constitution: every number on which groups differ, and what is taken where it says nothing.

A version is a dict ready for JSON (amounts as strings of digits); `read_constitution` checks it and gives the
numbers. It holds for a cycle: a change takes force when the next cycle opens. The defaults follow the
published method and are settings, so that a wrong one is cheap.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.canonical import canonical
from omsorg.savings.rules.money import CURRENCIES, read_amount

STEPS: Final = ("roll", "social", "fund", "shares", "repayments", "loans", "project", "business", "closing")

DEFAULTS: Final[Mapping[str, Any]] = {
    "version": 1,
    "currency": "TZS",
    "share_value": "200000",
    "shares_min": 1,
    "shares_max": 5,
    "equal_hands": False,
    "social_amount": "50000",
    "social_end": "carry",
    "project": {"mode": "own", "rate_bp": 500, "fixed": "0", "leaver": "own"},
    "project_end": "carry",
    "loan_multiple": 3,
    "loan_max_term": 3,
    "loans_at_once": 1,
    "loan_order": "charge",
    "charge": {"method": "flat", "rate_bp": 500, "period": "month", "rounding": "half_up"},
    "late": {"rule": "stop"},
    "fines": {},
    "fine_fund": "loan",
    "leave": {"pays": "principal", "when": "now", "after_meetings": 0},
    "expulsion": {"pays": "principal", "when": "now", "after_meetings": 0},
    "death": {"pays": "earnings", "when": "now", "after_meetings": 0, "forgive": True},
    "share_out": {"basis": "shares", "paper_mode": False},
    "residue_target": "social",
    "quorum": {
        "loan": 7500,
        "grant": 7500,
        "election": 7500,
        "constitution": 8000,
        "expulsion": 8000,
        "other": 5000,
    },
    "meetings_per_month": 4,
    "recitation": True,
    "key_holders": 3,
    "steps": list(STEPS),
}

_CHOICES: Final[Mapping[tuple[str, ...], set[str]]] = {
    ("social_end",): {"carry", "split"},
    ("project_end",): {"carry"},
    ("project", "mode"): {"own", "inside", "none"},
    ("project", "leaver"): {"own", "nothing"},
    ("loan_order",): {"charge", "principal"},
    ("charge", "method"): {"flat", "declining", "none"},
    ("charge", "period"): {"month", "meeting"},
    ("charge", "rounding"): {"half_up"},
    ("late", "rule"): {"rollover", "stop", "fine"},
    ("fine_fund",): {"loan", "social"},
    ("share_out", "basis"): {"shares", "equal"},
    ("residue_target",): {"social", "next"},
    **{(way, "pays"): {"principal", "earnings", "nothing"} for way in ("leave", "expulsion", "death")},
    **{(way, "when"): {"now", "cycle_end"} for way in ("leave", "expulsion", "death")},
}
_AMOUNTS: Final[tuple[tuple[str, ...], ...]] = (
    ("share_value",),
    ("social_amount",),
    ("project", "fixed"),
    ("cash_step",),
)
_COUNTS: Final[Mapping[tuple[str, ...], tuple[int, int]]] = {
    ("version",): (1, 10**6),
    ("shares_min",): (0, 1000),
    ("shares_max",): (1, 1000),
    ("loan_multiple",): (0, 100),
    ("loan_max_term",): (1, 120),
    ("loans_at_once",): (1, 20),
    ("project", "rate_bp"): (0, 10000),
    ("charge", "rate_bp"): (0, 100000),
    ("meetings_per_month",): (1, 31),
    ("key_holders",): (0, 9),
    **{("quorum", what): (0, 10000) for what in DEFAULTS["quorum"]},
    **{(way, "after_meetings"): (0, 1000) for way in ("leave", "expulsion", "death")},
}
_TRUTHS: Final[tuple[tuple[str, ...], ...]] = (
    ("equal_hands",),
    ("recitation",),
    ("share_out", "paper_mode"),
    ("death", "forgive"),
)


@dataclass(frozen=True, slots=True)
class Constitution:
    """The numbers of one version. `whole` is the version itself with everything filled in."""

    whole: Mapping[str, Any]
    version: int
    step: int
    share_value: int
    shares_min: int
    shares_max: int
    social_amount: int
    project_mode: str
    project_rate: int
    project_fixed: int
    quorum: Mapping[str, int]
    fines: Mapping[str, int]
    fine_fund: str
    place: Mapping[str, int]

    def __getitem__(self, name: str) -> Any:
        return self.whole[name]


def filled_in(given: Mapping[str, Any]) -> dict[str, Any]:
    """What the group wrote, and the default for the rest. Raises Broken("constitution") for a word nobody knows."""
    whole: dict[str, Any] = {}
    for name in given:
        if name not in DEFAULTS and name != "cash_step":
            raise Broken("constitution", setting=name)
    for name, default in DEFAULTS.items():
        value = given.get(name, default)
        if isinstance(default, dict):
            value = _filled_part(name, default, value)
        whole[name] = value
    currency = whole["currency"]
    if type(currency) is not str or currency not in CURRENCIES:
        raise Broken("constitution", setting="currency")
    whole["cash_step"] = given.get("cash_step", str(CURRENCIES[currency].cash_step))
    return whole


def _filled_part(name: str, default: Mapping[str, Any], value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise Broken("constitution", setting=name)
    for each in value:
        if default and each not in default:
            raise Broken("constitution", setting=f"{name}.{each}")
    return {**default, **value}


def read_constitution(given: Mapping[str, Any]) -> Constitution:
    """Check a version and read its numbers. Raises Broken("constitution", setting=...) at the first wrong one."""
    if not isinstance(given, Mapping):
        raise Broken("constitution", setting="")
    return _read(canonical(dict(given)))


@lru_cache(maxsize=256)
def _read(text: bytes) -> Constitution:
    whole = filled_in(json.loads(text))
    for path in _AMOUNTS:
        _amount_at(whole, path)
    for path, (least, most) in _COUNTS.items():
        value = _at(whole, path)
        if type(value) is not int or not least <= value <= most:
            raise Broken("constitution", setting=".".join(path))
    for path, choices in _CHOICES.items():
        value = _at(whole, path)
        if type(value) is not str or value not in choices:
            raise Broken("constitution", setting=".".join(path))
    for path in _TRUTHS:
        if type(_at(whole, path)) is not bool:
            raise Broken("constitution", setting=".".join(path))
    step = _amount_at(whole, ("cash_step",))
    value = _amount_at(whole, ("share_value",))
    for name, wrong in (
        ("cash_step", step < 1),
        ("share_value", value < 1 or value % max(step, 1)),
        ("shares_max", whole["shares_max"] < whole["shares_min"]),
        ("social_amount", _amount_at(whole, ("social_amount",)) % max(step, 1)),
        ("project.fixed", _amount_at(whole, ("project", "fixed")) % max(step, 1)),
        ("steps", not _are_steps(whole["steps"])),
    ):
        if wrong:
            raise Broken("constitution", setting=name)
    return Constitution(
        whole=whole,
        version=whole["version"],
        step=step,
        share_value=value,
        shares_min=whole["shares_min"],
        shares_max=whole["shares_max"],
        social_amount=_amount_at(whole, ("social_amount",)),
        project_mode=whole["project"]["mode"],
        project_rate=whole["project"]["rate_bp"],
        project_fixed=_amount_at(whole, ("project", "fixed")),
        quorum=whole["quorum"],
        fines={reason: _amount_at(whole, ("fines", reason)) for reason in whole["fines"]},
        fine_fund=whole["fine_fund"],
        place={step: place for place, step in enumerate(whole["steps"])},
    )


def _are_steps(given: Any) -> bool:
    """Each step once, in the group's own order, and the closing last."""
    if type(given) is not list or any(type(step) is not str for step in given):
        return False
    return sorted(given) == sorted(STEPS) and given[-1] == "closing"


def _at(whole: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    part: Any = whole
    for name in path:
        if not isinstance(part, Mapping) or name not in part:
            raise Broken("constitution", setting=".".join(path))
        part = part[name]
    return part


def _amount_at(whole: Mapping[str, Any], path: tuple[str, ...]) -> int:
    try:
        amount = read_amount(_at(whole, path))
    except Broken as wrong:
        raise Broken("constitution", setting=".".join(path)) from wrong
    if amount < 0:
        raise Broken("constitution", setting=".".join(path))
    return amount
