from datetime import UTC, datetime

import pytest

from omsorg.federation.access import NotAllowed, acting_as
from omsorg.federation.actions.found_organisations import (
    CountryNotKnown,
    OrganisationCodeTaken,
    OrganisationDraft,
    ParentNotKnown,
    country_names,
    found_organisations,
)
from omsorg.federation.models import Lineage, Organisation, Place
from omsorg.kernel.models import Trace
from omsorg.kernel.wall import as_house, in_name_of

AT = datetime(2024, 6, 3, 9, tzinfo=UTC)
WEST = OrganisationDraft(code="west", kind="region", name="Example Region West", parent="international")
GHANA = OrganisationDraft(
    code="ghana", kind="national_association", name="Example Association Ghana", parent="west", country="gh"
)


def found(world, key, *drafts):
    person = world.person[key].pk
    with in_name_of(person):
        return found_organisations(drafts=drafts, by=acting_as(person, day=AT.date()), at=AT)


def test_many_come_in_at_once_and_stand_in_the_tree(world):
    made = found(world, "housekeeper", GHANA, WEST)
    above = Lineage.objects.filter(descendant=made["ghana"], depth__gt=0).order_by("depth")
    assert [line.ancestor.code for line in above] == ["west", "international"]
    assert made["ghana"].place.name == {"en": "Ghana", "da": "Ghana", "nb": "Ghana", "sv": "Ghana"}
    with as_house():
        assert Trace.objects.filter(verb="found_organisations").count() == 1


@pytest.mark.parametrize(
    ("drafts", "refusal"),
    [
        pytest.param((WEST, WEST.__class__(code="kenya", kind="region", name="x")), OrganisationCodeTaken, id="taken"),
        pytest.param((GHANA,), ParentNotKnown, id="under something that is not there"),
        pytest.param(
            (WEST, OrganisationDraft(code="x", kind="region", name="X", parent="west", country="QQ")),
            CountryNotKnown,
            id="in no country",
        ),
        pytest.param((OrganisationDraft(code="top", kind="network", name="Top"),), NotAllowed, id="under nothing"),
    ],
)
def test_one_that_cannot_stand_keeps_all_of_them_out(world, drafts, refusal):
    before = Organisation.objects.count()
    with pytest.raises(refusal):
        found(world, "housekeeper", *drafts)
    assert Organisation.objects.count() == before
    assert not Place.objects.filter(code="QQ").exists()


@pytest.mark.parametrize("key", ["plan_owner", "national_housekeeper", "stranger"])
def test_only_who_keeps_organisations_there_founds_them(world, key):
    with pytest.raises(NotAllowed):
        found(world, key, WEST)


def test_a_country_has_its_name_in_every_language():
    assert country_names("no") == {"en": "Norway", "da": "Norge", "nb": "Norge", "sv": "Norge"}
    for wrong in ("N", "NOR", "12", "QQ"):
        with pytest.raises(CountryNotKnown):
            country_names(wrong)
