"""What the office recommends: written, published, answered and withdrawn by two, also past the program itself."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from omsorg.kernel.wall import as_house, in_name_of
from omsorg.ombuds import neighbours
from omsorg.ombuds.access import at_the_desk
from omsorg.ombuds.actions import advising, notices
from omsorg.ombuds.models import Advice
from omsorg.ombuds.queries.advising import found_in_reasons, found_in_text
from omsorg.ombuds.rules import refusals
from omsorg.ombuds.tests.office import MONDAY, Desks


def hand(desks: Desks, who: str) -> dict[str, object]:
    return {"at": MONDAY, **desks.at(who)}


def written(desks: Desks, text: str = "Open the gate") -> str:
    due = MONDAY.date() + timedelta(days=30)
    to = desks.world.org["tanzania"]
    return advising.recommend(organisation=to, text={"en": text}, answer_due_on=due, **hand(desks, "amina")).code


def read(code: str) -> str:
    """The mark of the answer as it stands now."""
    with as_house():
        advice = Advice.objects.get(code=code)
    return advising.mark_of_answer(advice.answer, advice.reasons)


def confirmed(desks: Desks, code: str, by: str) -> None:
    """Confirm the answer as it stands, with everything that the check has found in it."""
    with as_house():
        keys = [each.key for each in found_in_reasons(Advice.objects.get(code=code).reasons)]
    advising.confirm_answer(code=code, read=read(code), accepted=keys, **hand(desks, by))


def asked_to_publish_at_once() -> int:
    """How often the worker is asked to bring the public list up to date now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s", [advising.PUBLISH_NOW])
        return int(cursor.fetchone()[0])


def published(desks: Desks) -> str:
    code = written(desks)
    advising.publish_advice(code=code, **hand(desks, "nora"))
    return code


def test_whoever_wrote_it_does_not_publish_it(desks: Desks) -> None:
    code = written(desks)
    with pytest.raises(refusals.AnotherMustAgree):
        advising.publish_advice(code=code, **hand(desks, "amina"))
    advising.publish_advice(code=code, **hand(desks, "nora"))
    with as_house():
        assert Advice.objects.get(code=code).published_by == desks.person("nora")


def test_each_thing_that_the_check_finds_is_confirmed_by_whoever_publishes(desks: Desks) -> None:
    text = "Give the girl of 9 years, Amina Juma, a room of her own"
    code, found = written(desks, text), found_in_text({"en": text})
    assert {"name", "age"} <= {each.kind for each in found}
    keys = [each.key for each in found]
    for accepted in ((), keys[1:]):
        with pytest.raises(refusals.FoundNotWeighed):
            advising.publish_advice(code=code, accepted=accepted, **hand(desks, "nora"))
    advising.publish_advice(code=code, accepted=keys, **hand(desks, "nora"))
    with as_house():
        weighed = Advice.objects.get(code=code).weighed
    assert [(each["key"], each["by"]) for each in weighed] == [(key, desks.person("nora")) for key in keys]


def test_an_answer_is_confirmed_by_another_and_its_reasons_are_checked(desks: Desks) -> None:
    code, reasons = published(desks), "We asked Amina Juma"
    advising.enter_answer(code=code, answer="refused", reasons=reasons, **hand(desks, "amina"))
    with pytest.raises(refusals.AnotherMustAgree):
        advising.confirm_answer(code=code, read=read(code), **hand(desks, "amina"))
    with pytest.raises(refusals.FoundNotWeighed):
        advising.confirm_answer(code=code, read=read(code), **hand(desks, "nora"))
    keys = [each.key for each in found_in_reasons(reasons)]
    advising.confirm_answer(code=code, read=read(code), accepted=keys, **hand(desks, "nora"))
    with pytest.raises(refusals.DecidedAlready):
        advising.confirm_answer(code=code, read=read(code), accepted=keys, **hand(desks, "baraka"))


@pytest.mark.parametrize("reasons", ["msichana wa miaka 9 alipigwa", "une fille de neuf ans", "بنت عمرها تسع سنوات"])
def test_what_the_check_cannot_read_is_confirmed_as_read_by_a_person(desks: Desks, reasons: str) -> None:
    assert "unread" in {each.kind for each in found_in_reasons(reasons)}
    assert [each.kind for each in found_in_text({"sw": "Fungua lango"})] == ["unread"]
    assert found_in_text({"en": "Open the gate"}) == []
    code = published(desks)
    advising.enter_answer(code=code, answer="refused", reasons=reasons, **hand(desks, "amina"))
    with pytest.raises(refusals.FoundNotWeighed):
        advising.confirm_answer(code=code, read=read(code), **hand(desks, "nora"))
    confirmed(desks, code, "nora")


def test_who_confirms_an_answer_has_read_that_very_answer(desks: Desks) -> None:
    code = published(desks)
    advising.enter_answer(code=code, answer="accepted", reasons="", **hand(desks, "amina"))
    was_read = read(code)
    advising.enter_answer(code=code, answer="refused", reasons="no money", **hand(desks, "amina"))
    with pytest.raises(refusals.MovedOn):
        advising.confirm_answer(code=code, read=was_read, **hand(desks, "nora"))
    confirmed(desks, code, "nora")


def test_what_is_done_is_not_refused(desks: Desks) -> None:
    code = published(desks)
    advising.enter_answer(code=code, answer="accepted", reasons="", **hand(desks, "amina"))
    advising.confirm_answer(code=code, read=read(code), **hand(desks, "nora"))
    advising.confirm_done(code=code, **hand(desks, "nora"))
    with pytest.raises(refusals.DoneAndRefused):
        advising.enter_answer(code=code, answer="refused", reasons="no money", **hand(desks, "amina"))
    change = "answer = 'refused', answer_by = %(me)s, answer_confirmed_on = NULL, answer_confirmed_by = NULL"
    assert past_the_program(desks, f"UPDATE ombuds_advice SET {change}", me=desks.person("amina"))


@pytest.mark.parametrize("who", ["amina", "nora"])
def test_an_asked_withdrawal_is_taken_back_or_said_no_to(desks: Desks, who: str) -> None:
    code = published(desks)
    with pytest.raises(refusals.DecidedAlready):
        advising.keep_advice(code=code, **hand(desks, who))
    advising.withdraw_advice(code=code, reason="wrong", **hand(desks, "amina"))
    advising.keep_advice(code=code, **hand(desks, who))
    assert not advising.withdraw_advice(code=code, reason="law", **hand(desks, "nora")), "it begins anew"


def test_the_public_reads_the_answer_that_was_confirmed_last(
    desks: Desks, shown: list[neighbours.PublicAdvice]
) -> None:
    code = published(desks)
    seen = []
    for answer, by in (("accepted", "nora"), ("refused", "")):
        advising.enter_answer(code=code, answer=answer, reasons="no money", **hand(desks, "amina"))
        notices.publish_what_is_public(at=MONDAY)
        seen.append(shown[0].answer)
        if by:
            confirmed(desks, code, by)
    assert seen == ["", "accepted"]


def test_words_in_which_somebody_is_recognised_are_hidden_as_soon_as_one_says_so(
    desks: Desks, shown: list[neighbours.PublicAdvice]
) -> None:
    code = published(desks)
    advising.withdraw_advice(code=code, reason="recognised", **hand(desks, "amina"))
    assert asked_to_publish_at_once() == 1
    with in_name_of(None):
        assert not Advice.objects.exists()
    notices.publish_what_is_public(at=MONDAY)
    assert [(one.text, one.hidden_on, one.withdrawn_on) for one in shown] == [({}, MONDAY.date(), None)]
    with pytest.raises(refusals.AnotherMustAgree):
        advising.keep_advice(code=code, **hand(desks, "amina"))
    given_back = "UPDATE ombuds_advice SET withdrawal = '', withdrawal_by = NULL"
    assert past_the_program(desks, given_back, me=desks.person("amina"))
    advising.keep_advice(code=code, **hand(desks, "nora"))
    assert asked_to_publish_at_once() == 2
    notices.publish_what_is_public(at=MONDAY)
    assert [(one.text, one.hidden_on) for one in shown] == [({"en": "Open the gate"}, None)]


def test_a_withdrawal_takes_two_and_stays_to_be_counted(desks: Desks, shown: list[neighbours.PublicAdvice]) -> None:
    code = written(desks)
    with pytest.raises(refusals.NotPublished):
        advising.withdraw_advice(code=code, reason="wrong", **hand(desks, "amina"))
    advising.publish_advice(code=code, **hand(desks, "nora"))
    with pytest.raises(refusals.ReasonMissing):
        advising.withdraw_advice(code=code, **hand(desks, "amina"))
    assert not advising.withdraw_advice(code=code, reason="recognised", **hand(desks, "amina"))
    with pytest.raises(refusals.AnotherMustAgree):
        advising.withdraw_advice(code=code, **hand(desks, "amina"))
    with pytest.raises(refusals.MovedOn):
        advising.withdraw_advice(code=code, reason="law", **hand(desks, "nora"))
    assert advising.withdraw_advice(code=code, reason="recognised", **hand(desks, "nora"))
    with in_name_of(None):
        assert not Advice.objects.exists()
    assert notices.publish_what_is_public(at=MONDAY) == 1
    assert [(one.text, one.withdrawn_on, one.withdrawal) for one in shown] == [({}, MONDAY.date(), "recognised")]


PAST_THE_PROGRAM: list[tuple[Callable[[Desks], str], str]] = [
    (written, "published_on = '2026-11-23', published_by = made_by"),
    (written, "published_on = '2026-11-23', published_by = %(nora)s"),
    (written, "published_on = '2026-11-23'"),
    (written, "made_by = %(nora)s"),
    (published, 'text = \'{"en": "Another"}\''),
    (published, "published_on = NULL, published_by = NULL"),
    (published, "answer = 'accepted', answered_on = '2026-11-23', answer_by = %(nora)s"),
    (
        published,
        "answer = 'accepted', answered_on = '2026-11-23', answer_by = %(amina)s,"
        " answer_confirmed_on = '2026-11-23', answer_confirmed_by = %(nora)s",
    ),
    (published, "done_on = '2026-11-23'"),
    (published, "withdrawn_on = '2026-11-23', withdrawn_by = %(amina)s"),
    (published, "withdrawal = 'wrong', withdrawal_by = %(nora)s"),
]


@pytest.mark.parametrize(("begun", "change"), PAST_THE_PROGRAM)
def test_the_database_asks_for_the_second_too(desks: Desks, begun: Callable[[Desks], str], change: str) -> None:
    code = begun(desks)
    people = {who: desks.person(who) for who in ("amina", "nora")}
    refused = past_the_program(desks, f"UPDATE ombuds_advice SET {change} WHERE code = %(code)s", code=code, **people)
    assert refused


def test_the_database_asks_for_the_second_of_an_answer_and_of_a_withdrawal(desks: Desks) -> None:
    code = published(desks)
    advising.enter_answer(code=code, answer="accepted", reasons="", **hand(desks, "amina"))
    advising.withdraw_advice(code=code, reason="wrong", **hand(desks, "amina"))
    for half in ("answer_confirmed", "withdrawn"):
        change = f"{half}_on = '2026-11-23', {half}_by = %(me)s"
        assert past_the_program(desks, f"UPDATE ombuds_advice SET {change}", me=desks.person("amina"))
    assert past_the_program(desks, "DELETE FROM ombuds_advice")


def past_the_program(desks: Desks, statement: str, **given: object) -> bool:
    """Whether the database refuses Amina a statement."""
    try:
        with at_the_desk(desks.person("amina")), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, given)
    except IntegrityError:
        return True
    return False


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[neighbours.PublicAdvice]:
    """What the public list was told last."""
    told: list[neighbours.PublicAdvice] = []

    class Tracker:
        def publish_recommendations(self, advice: tuple, *, at: object) -> None:
            told[:] = advice

    monkeypatch.setattr(neighbours, "_tracker", Tracker())
    return told
