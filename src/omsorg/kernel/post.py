"""How a letter becomes a message and is handed to the mail server, and what is known when that fails.

Three things can have happened: the server took it, the server did not take it, or nobody can know. A server may take a
message once it has asked for the text (reply 354) and until it has answered to the whole of it; only what fails between
these two is in doubt.
"""

import smtplib
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.template.loader import render_to_string

from omsorg.kernel.models import Letter

SEND_THE_TEXT = 354
TAKEN = 250
REFUSED_FOR_GOOD = range(500, 600)


class NotTaken(Exception):
    """The mail server did not take the letter. `for_good`: it will not take it later either."""

    def __init__(self, why: str, *, for_good: bool) -> None:
        super().__init__(why)
        self.for_good = for_good


class NobodyKnows(Exception):
    """The conversation ended after the text was sent and before the server answered: it may have been taken."""


class _Plain(smtplib.SMTP):
    """A conversation that remembers how far it came."""

    text_was_asked_for = False
    was_taken = False

    def getreply(self) -> tuple[int, bytes]:
        code, said = super().getreply()
        self.text_was_asked_for = self.text_was_asked_for or code == SEND_THE_TEXT
        return code, said

    def data(self, msg: Any) -> tuple[int, bytes]:
        code, said = super().data(msg)
        self.was_taken = code == TAKEN
        return code, said


class _Sealed(_Plain, smtplib.SMTP_SSL):
    """The same over TLS from the first word."""


class Postman(EmailBackend):
    """Django's way to a mail server, which in addition knows whether the server may have taken the message."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _Sealed if self.use_ssl else _Plain

    def open(self) -> bool | None:
        opened = super().open()
        self.spoken = self.connection
        return opened


def message_of(letter: Letter) -> EmailMultiAlternatives:
    """The message: text, and the same text as simple HTML. Its id is the same however often it is sent."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> ") or "localhost"
    message = EmailMultiAlternatives(
        subject=" ".join(letter.subject.split()),
        body=letter.body,
        to=[letter.to_address],
        headers={
            "Message-ID": f"<letter.{letter.pk}.{int(letter.written_at.timestamp())}@{host}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": letter.language,
        },
    )
    message.attach_alternative(render_to_string("kernel/letter.html", {"letter": letter}), "text/html")
    return message


def hand_over(message: EmailMultiAlternatives) -> None:
    """Give the message to the mail server and return once the server has taken it.

    Raises NotTaken or NobodyKnows. A wrong password or an unknown host is not the letter's fault: such a letter
    can be tried again.
    """
    connection: BaseEmailBackend = get_connection()
    try:
        connection.send_messages([message])
    except Exception as fault:
        spoken: Any = getattr(connection, "spoken", None)
        if spoken is not None and spoken.was_taken:
            return
        why = _in_words(fault)
        if spoken is not None and spoken.text_was_asked_for and not isinstance(fault, smtplib.SMTPDataError):
            raise NobodyKnows(why) from fault
        raise NotTaken(why, for_good=_is_for_good(fault)) from fault


def _is_for_good(fault: Exception) -> bool:
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return all(code in REFUSED_FOR_GOOD for code, _said in fault.recipients.values())
    if isinstance(fault, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return fault.smtp_code in REFUSED_FOR_GOOD
    return not isinstance(fault, OSError)


def _in_words(fault: Exception) -> str:
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {_text(said)}" for code, said in fault.recipients.values())[:500]
    if isinstance(fault, smtplib.SMTPResponseException):
        return f"{fault.smtp_code} {_text(fault.smtp_error)}"[:500]
    return f"{type(fault).__name__}: {fault}"[:500]


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
