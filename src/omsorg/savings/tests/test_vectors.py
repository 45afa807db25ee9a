"""The table of vectors that binds this program and the phone's: each is run here as it stands."""

import json
from pathlib import Path
from typing import Any

import pytest

from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.canonical import canonical, fingerprint, read_canonical
from omsorg.savings.rules.meeting import apply
from omsorg.savings.rules.money import equal_split, half_up, largest_remainder
from omsorg.savings.rules.project import project_part
from omsorg.savings.rules.shareout import share_out
from omsorg.savings.rules.state import State

VECTORS = Path(__file__).parents[1] / "vectors"
MEETINGS = [json.loads((VECTORS / f"{name}.json").read_text()) for name in ("meetings", "large", "leaving", "odd")]
ARITHMETIC = json.loads((VECTORS / "arithmetic.json").read_text())
EACH = [pytest.param(table, vector, id=vector["name"]) for table in MEETINGS for vector in table["vectors"]]


@pytest.mark.parametrize(("table", "vector"), EACH)
def test_a_meeting_is_posted_or_refused_as_the_table_says(table: dict[str, Any], vector: dict[str, Any]) -> None:
    state = State.from_json(table["states"][vector["state"]])
    before = state.to_json()
    if "broken" in vector:
        with pytest.raises(Broken) as refused:
            apply(state, vector["document"])
        assert refused.value.to_json() == vector["broken"]
    else:
        outcome = apply(state, vector["document"])
        posted = [
            [t.line, t.kind, [[account, str(sum_)] for account, sum_ in t.postings]] for t in outcome.transactions
        ]
        assert posted == vector["outcome"]["transactions"]
        assert outcome.state.to_json() == table["states"][vector["outcome"]["state"]]
        assert sum(outcome.state.balances.values()) == 0
    assert state.to_json() == before


def test_each_refused_meeting_has_a_name_of_its_own() -> None:
    names = [vector["name"] for table in MEETINGS for vector in table["vectors"]]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("row", ARITHMETIC["largest_remainder"])
def test_largest_remainder(row: dict[str, Any]) -> None:
    given, residue = largest_remainder(int(row["pool"]), [tuple(weight) for weight in row["weights"]], int(row["step"]))
    assert {str(member): str(amount) for member, amount in given.items()} == row["given"]
    assert str(residue) == row["residue"]


@pytest.mark.parametrize("row", ARITHMETIC["equal_split"])
def test_equal_split(row: dict[str, Any]) -> None:
    given, residue = equal_split(int(row["pool"]), row["members"], int(row["step"]), row["start"])
    assert {str(member): str(amount) for member, amount in given.items()} == row["given"]
    assert str(residue) == row["residue"]


@pytest.mark.parametrize("row", ARITHMETIC["half_up"])
def test_half_up(row: dict[str, Any]) -> None:
    assert half_up(int(row["numerator"]), int(row["denominator"]), int(row["step"])) == int(row["result"])


@pytest.mark.parametrize("row", ARITHMETIC["project_part"])
def test_project_part(row: dict[str, Any]) -> None:
    assert project_part(int(row["saving"]), row["rate_bp"], int(row["step"])) == int(row["part"])


@pytest.mark.parametrize("row", ARITHMETIC["share_out"], ids=lambda row: row["name"])
def test_share_out(row: dict[str, Any]) -> None:
    assert share_out(State.from_json(row["state"])).to_json() == row["share_out"]


@pytest.mark.parametrize("row", ARITHMETIC["canonical"])
def test_there_is_one_way_to_write_a_document(row: dict[str, Any]) -> None:
    text = canonical(row["document"])
    assert text.decode() == row["text"]
    assert fingerprint(text) == row["hash"]
    assert read_canonical(text) == row["document"]
    with pytest.raises(Broken):
        read_canonical(text + b" ")
