"""What is mistyped, by a child or by a form: it is answered in her language, and nothing is lost."""

import pytest
from django.test import Client

from omsorg.ombuds.tests.test_childs_pages import child, text

__all__ = ["child"]


@pytest.mark.parametrize(
    ("address", "language"),
    [
        ("/t/sw/elsewhere/", "sw"),
        ("/t/ar/read/more/", "ar"),
        ("/t/sw/write/x/", "sw"),
        ("/t/xx/", "en"),
        ("/t/SW/", "en"),
        ("/t/at/tz/a/b/", "en"),
        ("/t/+/", "en"),
    ],
)
def test_a_mistyped_address_is_answered_in_its_language_and_neutrally(
    child: Client, address: str, language: str
) -> None:
    answer = child.get(address)
    assert (answer.status_code, answer["Content-Language"]) == (404, language)
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies
    assert f'lang="{language}"' in text(answer)
    assert "omsorg" not in text(answer).lower()


def test_an_address_without_its_last_stroke_leads_on(child: Client) -> None:
    assert child.get("/t/sw/write")["Location"] == "/t/sw/write/"
