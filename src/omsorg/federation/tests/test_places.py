"""Countries come from the CLDR, municipalities from an official list that is tried before it is taken in."""

import re

import pytest
from django.core.management import call_command
from django.test import Client

from omsorg.federation.models import Place
from omsorg.federation.places import countries, load_countries
from omsorg.federation.tests.acting import traces
from world import World

LIST = "Kommunenummer;Kommunenavn;Breddegrad;Lengdegrad\n301;Oslo;59,91;10,75\n4601;Bergen;;\n"


def hand_in(client: Client, text: str, country: str = "NO") -> str:
    """Paste a list and return the page that says what would happen."""
    told = {"pasted": text, "numbers": "comma", "country": country}
    return client.post("/places/import/", told, follow=True).content.decode()


def confirm(client: Client, page: str) -> str:
    address = re.search(r"/places/import/[0-9a-f]{8,}/", page)
    assert address is not None, page
    return client.post(address[0], {"decision": "confirm"}, follow=True).content.decode()


def test_every_country_has_a_name_in_every_language() -> None:
    found = countries()
    assert len(found) == 250, "the 249 of ISO 3166-1, and Kosovo"
    assert found["NO"] == {"en": "Norway", "da": "Norge", "nb": "Norge", "sv": "Norge"}
    assert found["DE"]["da"] == "Tyskland"
    assert not {"EU", "UN", "ZZ", "XA"} & set(found)


@pytest.mark.django_db
def test_countries_are_loaded_once_and_put_right() -> None:
    assert load_countries() == 250
    Place.objects.filter(code="SE").update(name={"en": "Swden"})
    assert load_countries() == 0
    assert Place.objects.get(code="SE").name["sv"] == "Sverige"
    call_command("load_places", verbosity=0)
    assert Place.objects.count() == 250


def test_municipalities_come_in_from_an_official_list(client: Client, world: World) -> None:
    load_countries()
    client.force_login(world.account["housekeeper"])
    page = hand_in(client, LIST)
    assert "New municipalities: 2." in page
    assert not Place.objects.filter(kind="municipality").exists(), "looked at, not taken in"
    confirm(client, page)
    oslo = Place.objects.get(kind="municipality", code="0301")
    assert (oslo.country_code, oslo.name, str(oslo.latitude)) == ("NO", {"en": "Oslo"}, "59.91000")
    assert traces()[-1][:2] == ("import_municipalities", "country:NO")
    page = hand_in(client, LIST.replace("Bergen", "Bjørgvin"))
    assert "Municipalities whose name or position changes: 1." in page
    assert "Municipalities that stand there already: 1." in page
    confirm(client, page)
    assert Place.objects.get(code="4601").name == {"en": "Bjørgvin"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Kode;Navn\n301;Oslo\n30112;Bergen\n", "has a code of 4 figures"),
        ("Kode;Navn\nA301;Oslo\n", "has a code of 4 figures"),
        ("Kode;Navn\n301;Oslo\n301;Oslo\n", "row"),
        ("Kode;Navn;Breddegrad\n301;Oslo;591\n", "Latitude lies between"),
        ("Kode;Fylke\n301;Oslo\n", "No row of headings was found"),
    ],
    ids=["too long", "no figures", "twice", "off the map", "a column missing"],
)
def test_a_faulty_list_is_told_row_by_row_and_changes_nothing(
    client: Client, world: World, text: str, sentence: str
) -> None:
    load_countries()
    client.force_login(world.account["housekeeper"])
    assert sentence in hand_in(client, text)
    assert not Place.objects.filter(kind="municipality").exists()


def test_an_unreadable_cell_hides_no_other_fault_of_its_row(client: Client, world: World) -> None:
    load_countries()
    client.force_login(world.account["housekeeper"])
    page = hand_in(client, "Kode;Navn;Breddegrad;Lengdegrad\n30112;Oslo;nord;591\n")
    for sentence in ("has a code of 4 figures", "is not a number", "longitude between"):
        assert sentence in page


def test_only_the_top_of_the_tree_brings_places_in(client: Client, world: World) -> None:
    for who, status in (("national_housekeeper", 403), ("officer", 403), ("stranger", 404)):
        client.force_login(world.account[who])
        assert client.get("/places/import/").status_code == status


def test_places_are_found_in_the_readers_language(client: Client, world: World) -> None:
    load_countries()
    client.force_login(world.account["officer"])
    assert "Tyskland" in client.get("/da/places/", {"words": "tysk"}).content.decode()
    assert "No such place" in client.get("/places/", {"words": "nowhere"}).content.decode()
