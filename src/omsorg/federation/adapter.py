"""How the sign-in package behaves here: nobody signs up by themselves, and a letter is an outbox row."""

import base64
import secrets
import time
from typing import Any
from urllib.parse import urlsplit

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context as of_request
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from omsorg.federation.models import Account
from omsorg.kernel import clock
from omsorg.kernel.addresses import absolute
from omsorg.kernel.letters import write_letter

SEALED_FOR = b"omsorg second factor"
NONCE_LENGTH = 12


def shown_as(account: Account) -> str:
    """How an account is called to its owner: by the address that signs in."""
    return account.email


class AccountDoor(DefaultAccountAdapter):
    """Accounts are made by whoever looks after an organisation's people, never by a visitor."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Accounts have no user name: the address signs in."""

    def pre_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse | None:
        """A closed account is told so after its password or passkey was right, and goes no further."""
        if not user.opens_on(clock.today()):
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **more)

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Whoever has signed in here just now is not asked again at once."""
        request = of_request.request
        records = get_authentication_records(request, request.user)
        if records and time.time() - records[-1]["at"] < account_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **more)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link in the letter leads to the address of the deployment, whatever name the request was made to."""
        made: str = super().get_reset_password_from_key_url(key)
        return absolute(urlsplit(made).path)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the letter into the outbox, in the transaction of what it tells of."""
        message = self.render_mail(template_prefix, email, {"request": of_request.request, "email": email, **context})
        account = Account.objects.filter(email=email).only("person_id").first()
        write_letter(
            once=f"account:{secrets.token_hex(16)}",
            to_address=email,
            to_person=account.person_id if account else None,
            language=get_language() or settings.LANGUAGE_CODE,
            subject=str(message.subject),
            body=str(message.body),
            at=clock.now(),
        )


class SecondFactorKeeper(DefaultMFAAdapter):
    """What a second factor rests on is sealed: a copy of the database alone opens no account."""

    def encrypt(self, text: str) -> str:
        nonce = secrets.token_bytes(NONCE_LENGTH)
        sealed = _seal().encrypt(nonce, text.encode(), SEALED_FOR)
        return base64.b64encode(nonce + sealed).decode()

    def decrypt(self, encrypted_text: str) -> str:
        both = base64.b64decode(encrypted_text)
        return _seal().decrypt(both[:NONCE_LENGTH], both[NONCE_LENGTH:], SEALED_FOR).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": settings.ENVIRONMENT.site_name}


def _seal() -> AESGCM:
    """The key that the deployment's secret gives for second factors, and for nothing else."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=SEALED_FOR)
    return AESGCM(derived.derive(settings.SECRET_KEY.encode()))
