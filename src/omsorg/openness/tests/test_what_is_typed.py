"""What is typed or brought in by mistake is named: invented money, every fault of a row, one taken for another."""

import pytest

from omsorg.kernel.currencies import CurrencyNotKnown
from omsorg.kernel.money import Money
from omsorg.openness.forms.writing import DraftForm
from omsorg.openness.rules.cases import Repaid, check_draft
from omsorg.openness.rules.telling import Channel, Giver, Recipient, who_is_told
from world import World

from .cast import AT, draft
from .test_pages import client_of, hand_in, text_of


def line(programme: str, reference: str, name: str, address: str) -> Recipient:
    return Recipient(programme, reference, name, Giver.SPONSOR, "nb", Channel.EMAIL, address)


def test_two_people_with_one_number_in_two_books_are_both_told() -> None:
    kari, bent = line("norway", "S-1", "Kari", "kari@example.org"), line("denmark", "S-1", "Bent", "bent@example.org")
    taken = line("norway", "S-1~2", "Ola", "ola@example.org")
    told = who_is_told([kari, bent, taken], {"norway", "denmark"})
    assert {each.recipient.address for each in told} == {each.address for each in (kari, bent, taken)}
    assert len({each.recipient.reference for each in told}) == 3, "each has a reference of their own"


@pytest.mark.parametrize(("name", "address"), [("kari", "else@example.org"), ("K. Eksempel", "KARI@example.org")])
def test_one_number_with_the_same_name_or_address_is_one_person(name: str, address: str) -> None:
    told = who_is_told([line("a", "S-1", "Kari", "kari@example.org"), line("b", "S-1", name, address)], {"a", "b"})
    assert [each.programmes for each in told] == [("a", "b")]


def test_money_is_repaid_in_a_currency_that_is_one() -> None:
    check_draft(draft(repaid=(Repaid(Money(100, "TZS"), "the families"),)), on=AT.date())
    with pytest.raises(CurrencyNotKnown, match="XXQ"):
        check_draft(draft(repaid=(Repaid(Money(100, "XXQ"), "the families"),)), on=AT.date())


def test_the_form_names_the_currency_that_is_none(world: World) -> None:
    given = {"amount_0": "12,000.50", "currency_0": "XXQ", "to_whom_0": "the families"}
    form = DraftForm(given, regions=[])
    assert "XXQ" in str(form.errors["currency_0"])


def test_every_fault_of_a_row_is_named_at_once(world: World) -> None:
    headings = ["programme", "reference", "name", "kind", "language", "channel", "address"]
    lines = [
        ["arusha", "S-1", "Kari", "friend", "xx", "SMS", "12345"],
        ["nowhere", "S-2", "Bent", "sponsor", "yy", "e-mail", "bent"],
    ]
    teller = client_of(world, "openness_teller")
    told = text_of(teller, hand_in(teller, headings, lines))
    for said in ("friend", "“xx”", "+47 22 33 44 55", "“nowhere”", "“yy”", "not an address to which e-mail"):
        assert said in told, said
