"""A new ombudsperson: her second key, her key ring, a colleague who vouches for it, and the first child she hears."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from journeys.people import PASSWORD, enter
from journeys.test_signing_in import code_shown_by_the_app, sets_up_an_app
from journeys.visitor import Arrives
from omsorg.federation.access import Acting, acting_as
from omsorg.federation.models import Person
from omsorg.kernel import clock
from omsorg.kernel.wall import as_house
from omsorg.ombuds.actions import rings
from omsorg.ombuds.tests.office import tell

PASSPHRASE = "moon paper river candle"
TOLD = "Wanatupigia kelele asubuhi"


@pytest.fixture
def an_office(arrives: Arrives) -> Arrives:
    """The house of the example, and beside it an office of people who are no example: only such hear a real child."""
    call_command("load_ombuds_example", stdout=StringIO())
    at = clock.now()
    founder = an_ear("Bodil Brandt", "ombuds_board_member", "international")
    rings.make_ring(passphrase=PASSPHRASE, by=founder, at=at)
    colleague = an_ear("Zuhura Bakari", "ombudsperson", "tanzania")
    made = rings.make_ring(passphrase=PASSPHRASE, by=colleague, at=at)
    opened, _cookie = rings.unlock_ring(passphrase=PASSPHRASE, by=founder, at=at)
    rings.vouch_for(person=made.person, mark=[rings.mark_of_ring(made)], ring=opened, by=founder, at=at)
    return arrives


def an_ear(name: str, role: str, at: str) -> Acting:
    """Somebody who hears, as they act today."""
    email = enter(name, role=role, at=at, belongs_to=at)
    with as_house():
        return acting_as(Person.objects.get(email=email).pk, day=clock.today())


def test_amal_hears_children_with_two_keys_and_a_ring_that_a_colleague_vouched_for(an_office: Arrives) -> None:
    email = enter("Amal Juma", role="ombudsperson", at="tanzania", belongs_to="tanzania")
    amal = an_office("Amal")
    amal.signs_in(email, PASSWORD)
    amal.reads("One more key", "As Ombudsperson you can change what others rely on.")
    amal.opens("/ombuds/")
    amal.reads("One more key")
    secret = sets_up_an_app(amal)
    amal.opens("/ombuds/")
    amal.reads("My key ring")
    amal.types("Passphrase", PASSPHRASE)
    amal.types("The same once more", PASSPHRASE)
    amal.presses("Make my key ring")
    amal.reads("A colleague must vouch for it", "Read these pictures to the colleague who vouches")
    amal.looks()
    pictures = amal.page.locator(".ombuds-code-said").inner_text()

    zuhura = an_office("Zuhura")
    zuhura.signs_in("zuhura@example.org", PASSWORD)
    zuhura.reads("One more key")
    zuhura.opens("/ombuds/")
    sets_up_an_app(zuhura)
    zuhura.opens("/ombuds/keys/colleagues/", status=423)
    zuhura.types("Passphrase", PASSPHRASE)
    zuhura.presses("Unlock")
    zuhura.follows("Vouch")
    zuhura.types("The four pictures, as they are read out to you", "fish 1, fish 2, fish 3, fish 4")
    zuhura.page.get_by_label("I have asked Amal Juma in person").check()
    zuhura.presses("I vouch for it")
    zuhura.reads("These are not the pictures that belong to it.")
    zuhura.types("The four pictures, as they are read out to you", pictures)
    zuhura.presses("I vouch for it")
    zuhura.reads("You have vouched for Amal Juma, who hears from now on.")

    case = tell(TOLD, at=clock.now() - timedelta(minutes=5)).case_id
    amal.signs_out()
    amal.signs_in(email, PASSWORD)
    amal.reads("The second key")
    amal.page.get_by_role("textbox").fill(code_shown_by_the_app(secret))
    amal.presses("Sign in", status=423)
    amal.opens(f"/ombuds/cases/{case}/", status=423)
    amal.misses(TOLD)
    amal.types("Passphrase", PASSPHRASE)
    amal.presses("Unlock")
    amal.reads(TOLD)
    amal.presses("Lock now", within=amal.page.locator("body"), status=423)
    amal.opens(f"/ombuds/cases/{case}/", status=423)
