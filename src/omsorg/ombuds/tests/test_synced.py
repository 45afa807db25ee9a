"""What was written down on the way is kept once, however often it is sent, and one refusal holds up nothing else."""

from datetime import date

from omsorg.ombuds.actions.synced import Kind, Record, take_in
from omsorg.ombuds.queries.childs_view import open_with_code
from omsorg.ombuds.rules.return_code import code_of_token
from omsorg.ombuds.tests.office import MONDAY, Desks, tell, token

FRIDAY_BEFORE = date(2026, 11, 20)


def test_a_travelling_ombudsperson_sends_everything_twice(desks: Desks) -> None:
    told = tell()
    words = {"on": FRIDAY_BEFORE, "case": told.case_id}
    records = [
        Record(
            Kind.CASE, FRIDAY_BEFORE, token=token(8), text="At the well", language="sw", country="TZ", channel="group"
        ),
        Record(Kind.WORDS, record=1, text="She also said this", **words),
        Record(Kind.WORDS, record=2, text="", **words),
        Record(Kind.NOTE, FRIDAY_BEFORE, record=3, text="Not mine", case="00000000000000aa"),
        Record(Kind.NOTE, record=4, text="She looked well", **words),
        Record(Kind.WISH, record=5, text="A lamp", **words),
        Record(
            Kind.VISIT, FRIDAY_BEFORE, record=6, place="Arusha", visited="village", country="TZ", children=9, knew=2
        ),
    ]
    first = take_in(records=records, at=MONDAY, **desks.at("amina"))
    again = take_in(records=records, at=MONDAY, **desks.at("amina"))
    assert [outcome.is_new for outcome in first] == [True, True, False, False, True, True, True]
    assert [outcome.is_new for outcome in again] == [False] * 7
    assert [bool(outcome.refused) for outcome in again] == [False, False, True, True, False, False, False]
    assert first[0].submitted.code == code_of_token(token(8))
    assert open_with_code(code_of_token(token(8))).messages[0].taken_down
    kept = open_with_code(told.code)
    assert [(message.text, message.on) for message in kept.messages][1] == ("She also said this", FRIDAY_BEFORE)
    assert kept.wishes == ("A lamp",)
