"""The invented cases come as far as they must, and the check finds nothing in what is public."""

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from omsorg.kernel import clock
from omsorg.kernel.reidentification import Known, check_texts
from omsorg.kernel.wall import as_house
from omsorg.openness.checks import editions_are_as_released
from omsorg.openness.example.loading import is_loaded
from omsorg.openness.example.texts import CORRECTED, HELD, MONEY
from omsorg.openness.models import Edition, Notice, Publication
from omsorg.openness.queries.drafts import standing_of
from omsorg.openness.queries.quarters import held_at
from omsorg.openness.queries.register import cases
from omsorg.openness.rules.cases import Heading
from omsorg.openness.rules.deciding import Standing

ALLOWED = Known(allowed=frozenset({"Falske", "False", "Falska"}))


@pytest.mark.parametrize("texts", [MONEY, CORRECTED, HELD], ids=["money", "corrected", "held"])
def test_the_check_finds_nothing_in_the_example(texts: dict[Heading, dict[str, str]]) -> None:
    assert [each.text for each in check_texts(texts, ALLOWED, smallest_shown=5)] == []


def test_the_example_is_published_corrected_told_and_held(taken_back: None, client: Client) -> None:
    with transaction.atomic():
        call_command("load_openness_example", verbosity=0)
        with as_house():
            assert not is_loaded(), "there is no example federation for it to stand in"
    call_command("load_example", verbosity=0)
    for _twice in range(2):
        call_command("load_openness_example", verbosity=0)
    with as_house():
        assert [each.kind for each in Edition.objects.order_by("number")] == ["release", "correction"]
        assert Notice.objects.filter(round__number=1).count() == 6
        standings = {standing_of(each) for each in Publication.objects.all()}
        assert standings == {Standing.PUBLISHED, Standing.HELD}
        assert held_at(clock.today()) == {}, "examples are not counted"
        assert not editions_are_as_released().wrong
    (case,) = cases()
    assert case.is_example
    page = client.get(f"/nb/openness/cases/{case.code}/").content.decode()
    assert "Penger til mat" in page
    assert "6 sponsor" in page or "6 fadder" in page
