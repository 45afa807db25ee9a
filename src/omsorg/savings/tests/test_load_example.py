"""The invented groups come in as all groups do: one goes well, one waits for a meeting, one is not heard of."""

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from omsorg.federation.models import Account
from omsorg.kernel.wall import as_house
from omsorg.savings.checks import CHECKS
from omsorg.savings.example.loading import EMAIL, is_loaded
from omsorg.savings.models import Group, MemberKey, Received


@pytest.mark.parametrize("language", ["en", "nb"])
def test_the_examples_groups_stand_on_the_pages(taken_back: None, client: Client, language: str) -> None:
    with transaction.atomic():
        call_command("load_savings_example", verbosity=0)
        with as_house():
            assert not is_loaded(), "there is no example federation for it to stand in"
    call_command("load_example", verbosity=0)
    for _twice in range(2):
        call_command("load_savings_example", verbosity=0)
    with as_house():
        assert Group.objects.filter(is_example=True).count() == Group.objects.count() == 3
        assert sorted(Group.objects.values_list("state__seq", flat=True)) == [5, 12, 14]
        assert Received.objects.filter(outcome="waiting").count() == 2
        assert not [wrong for check in CHECKS for wrong in check.prove().wrong]
        assert len(set(MemberKey.objects.values_list("public", flat=True))) == 12
        account = Account.objects.get(email=EMAIL)
        opened = Group.objects.get(name__startswith="Upendo")
    client.force_login(account)
    prefix = "" if language == "en" else f"/{language}"
    listed = client.get(f"{prefix}/savings/groups/").content.decode()
    assert listed.count("(example)") >= 3
    assert listed.count('class="late"') == 4, "one not heard of, and three alarms of two groups"
    said = client.get(f"{prefix}/savings/groups/{opened.uuid}/").content.decode()
    assert {"en": "Meeting 7 waits", "nb": "Møte 7 venter"}[language] in said
