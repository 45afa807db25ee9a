"""Whoever looks after people invites Amani, who chooses a password, adds a passkey, and comes in with it."""

import re

from journeys.visitor import Arrives, Visitor
from omsorg.federation.models import Account, Mandate, Person
from omsorg.kernel.models import Letter
from omsorg.kernel.wall import as_house

PASSWORD = "four words nobody would guess"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def keeper_of_people() -> str:
    """The address of whoever looks after people at the top of the example."""
    with as_house():
        mandate = Mandate.objects.filter(role="housekeeper", valid_until=None).order_by("organisation_id").first()
        assert mandate is not None
        return Account.objects.get(person=mandate.person_id).email


def link_in_letter_to(address: str, server: str) -> str:
    with as_house():
        body = Letter.objects.filter(to_address=address).latest("id").body
    found = re.search(rf"{server}(/\S+)", body)
    assert found is not None, body
    return found[1]


def holds_a_passkey_device(visitor: Visitor) -> None:
    """A device that answers every question of the browser with the right finger."""
    session = visitor.context.new_cdp_session(visitor.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def signs_in_with_password(visitor: Visitor, email: str) -> None:
    visitor.opens("/account/login/")
    visitor.types("Email", email)
    visitor.types("Password", PASSWORD)
    visitor.presses("Sign in")


def test_amani_is_invited_and_comes_in_with_a_passkey(arrives: Arrives, server: str) -> None:
    keeper = arrives("Kari", keeper_of_people())
    keeper.opens("/people/")
    keeper.follows("Invite a person")
    keeper.types("Name", "Amani Example")
    keeper.types("E-mail address", "amani@example.org")
    keeper.page.get_by_label("Belongs to").select_option(index=1)
    keeper.presses("Invite")
    keeper.reads("Amani Example is invited. Now give a role.", "invited, not yet signed in")
    keeper.follows("Give a role")
    keeper.page.get_by_role("radio", name=re.compile("^Verifier: ")).check()
    keeper.presses("Give it")
    keeper.reads("The role is given.", "asks for a second factor", "Verifier")

    amani = arrives("Amani")
    holds_a_passkey_device(amani)
    amani.opens(link_in_letter_to("amani@example.org", server))
    amani.types("New Password", PASSWORD)
    amani.types("New Password (again)", PASSWORD)
    amani.presses("Keep this password")
    signs_in_with_password(amani, "amani@example.org")
    amani.reads("One more key", "As Verifier you can change what others rely on.")
    amani.opens("/organisations/")
    amani.reads("One more key")
    amani.follows("Add a passkey")
    amani.page.get_by_label("Passwordless").check()
    amani.presses("Add it")
    amani.reads("Recovery codes", "10 of 10 are left.")
    amani.follows("Done")
    amani.reads("Verifier at", "Set up: your password alone does not open your account.")
    head = amani.page.get_by_role("banner")
    head.get_by_text("Amani Example").click()
    amani.presses("Sign out", within=head)

    amani.opens("/account/login/")
    amani.presses("With a passkey")
    amani.opens("/me/")
    amani.reads("Amani Example")

    keeper.follows("End the time here")
    keeper.presses("End it")
    keeper.reads("The time of Amani Example ends. This can be taken back.")
    amani.opens("/me/")
    amani.reads("Sign in")
    with as_house():
        assert Person.objects.get(email="amani@example.org").left_on is not None
