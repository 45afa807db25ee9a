"""How the sign-in package behaves here: nobody signs up by themselves, and a letter is an outbox row."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountDoor(DefaultAccountAdapter):
    """Accounts are made by whoever looks after an organisation's people, never by a visitor."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Accounts have no user name: the address signs in."""
