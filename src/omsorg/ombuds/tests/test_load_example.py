"""The invented office comes as far as it must, is founded once, and stands in no federation but the example's."""

import pytest
from django.core.management import call_command
from django.db import transaction

from omsorg.federation.models import Account, Person
from omsorg.kernel.wall import as_house
from omsorg.ombuds.access import at_the_desk
from omsorg.ombuds.checks import CHECKS
from omsorg.ombuds.example.loading import PEOPLE, example_passphrase
from omsorg.ombuds.models import Advice, Case, Ring, Visit
from omsorg.ombuds.queries.childs_view import open_with_code
from omsorg.ombuds.rules.return_code import Sign
from omsorg.ombuds.rules.spoken_code import read_code


def test_an_office_is_founded_once_and_its_first_child_comes_back(
    taken_back: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with transaction.atomic():
        call_command("load_ombuds_example")
        assert capsys.readouterr().out == "", "there is no example federation for it to stand in"
    call_command("load_example", verbosity=0)
    capsys.readouterr()
    for _twice in range(2):
        call_command("load_ombuds_example")
    said = capsys.readouterr().out
    assert said.count(PEOPLE[-1].email) == 2, "told at every start"
    assert example_passphrase() in said
    assert said.count("/t/: ") == 1, "the code is told once"
    code = said.partition("/t/: ")[2].splitlines()[0].strip()
    child = open_with_code(tuple(Sign(*each) for each in read_code(code, "en")))
    assert child is not None
    assert "kucheza" in child.messages[0].text
    with as_house():
        assert {each.is_example for each in Person.objects.filter(email__startswith="ombuds.")} == {True}
        assert Account.objects.filter(email__startswith="ombuds.").count() == len(PEOPLE)
        assert Ring.objects.filter(vouched_on__isnull=False).count() == len(PEOPLE)
        assert sorted(Case.objects.values_list("status", "answers")) == [("closed", 2), ("open", 0), ("open", 1)]
        assert sorted(Advice.objects.values_list("answer", flat=True)) == ["", "accepted"]
        zuhura = Person.objects.get(email="ombuds.tanzania@example.org").pk
    with at_the_desk(zuhura):
        assert Visit.objects.count() == 2
    assert not [check.code for check in CHECKS if check.prove().wrong]
