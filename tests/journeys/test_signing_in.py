"""How people come in: what they know, what they have, and how they leave again."""

import base64
import hashlib
import hmac
import struct
import time

from journeys.people import PASSWORD, enter
from journeys.visitor import Arrives, Visitor
from omsorg.plans.example.people import example_password


def code_shown_by_the_app(secret: str) -> str:
    """The six digits of this half minute, as any authenticator app computes them (RFC 6238)."""
    key = base64.b32decode(secret.replace(" ", ""))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def sets_up_an_app(somebody: Visitor) -> str:
    """From the page that asks for a second key to the end of it. Says the secret that the app keeps."""
    somebody.follows("Set up an app")
    secret = somebody.page.locator("code").first.inner_text()
    somebody.page.get_by_role("main").get_by_role("textbox").last.fill(code_shown_by_the_app(secret))
    somebody.presses("Set it up")
    return secret


def test_who_guesses_neemas_password_is_stopped_and_so_is_the_right_one_for_a_while(arrives: Arrives) -> None:
    guesser = arrives("somebody who guesses")
    for number in range(5):
        guesser.signs_in("officer.tanzania@example.org", f"a wild guess number {number}")
        guesser.reads("not correct")
    guesser.signs_in("officer.tanzania@example.org", example_password())
    guesser.reads("Too many failed login attempts. Try again later.")
    guesser.opens("/me/")
    assert "/account/login/" in guesser.page.url


def test_vera_the_verifier_is_led_to_a_second_key_and_signs_in_with_it(arrives: Arrives) -> None:
    email = enter("Vera Wood", role="verifier", at="international")
    vera = arrives("Vera")
    vera.signs_in(email, PASSWORD)
    vera.reads("One more key", "As Verifier you can change what others rely on.")
    vera.opens("/plans/")
    vera.reads("One more key")
    secret = sets_up_an_app(vera)
    vera.opens("/plans/")
    vera.reads("My work")
    vera.signs_out()
    vera.signs_in(email, PASSWORD)
    vera.reads("The second key")
    vera.page.get_by_role("textbox").fill("000000")
    vera.presses("Sign in")
    vera.reads("The second key")
    vera.page.get_by_role("textbox").fill(code_shown_by_the_app(secret))
    vera.presses("Sign in")
    vera.opens("/plans/")
    vera.reads("My work")


def test_neema_sees_where_she_is_signed_in_and_ends_the_other_session(arrives: Arrives) -> None:
    at_the_office, at_the_cafe = arrives("Neema at the office"), arrives("Neema at the café")
    for neema in (at_the_office, at_the_cafe):
        neema.signs_in("officer.tanzania@example.org", example_password())
    at_the_office.opens("/me/")
    at_the_office.reads("Where I am signed in", "this one")
    at_the_office.presses("Sign out there")
    at_the_office.reads("Signed out there.")
    at_the_cafe.opens("/me/")
    at_the_cafe.reads("Accounts are made by those who look after people")
    at_the_office.signs_out()
    at_the_office.opens("/me/")
    at_the_office.reads("Accounts are made by those who look after people")
