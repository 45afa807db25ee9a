"""What an operator may set is understood, or refused in words."""

import pytest

from omsorg.site.environment import MailServer, database_from_url, mail_server_from_url


@pytest.mark.parametrize(
    ("url", "server"),
    [
        pytest.param("", MailServer(), id="none: letters are written into a folder"),
        pytest.param("smtp://relay", MailServer("relay", 25), id="a relay of one's own, on an open line"),
        pytest.param("smtp://relay:2525", MailServer("relay", 2525), id="another port"),
        pytest.param(
            "smtp://omsorg%40example.org:p%2Fw@mail.example.org",
            MailServer("mail.example.org", 587, "omsorg@example.org", "p/w", starts_open=True),
            id="with a password the line is sealed before it is said",
        ),
        pytest.param(
            "smtps://u:p@mail.example.org",
            MailServer("mail.example.org", 465, "u", "p", sealed=True),
            id="sealed from the first word",
        ),
    ],
)
def test_a_mail_server_is_named_by_its_address(url: str, server: MailServer) -> None:
    assert mail_server_from_url(url) == server


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail.example.org", "smtp://"])
def test_another_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="OMSORG_SMTP_URL"):
        mail_server_from_url(url)


def test_only_postgresql_will_do() -> None:
    with pytest.raises(ValueError, match="PostgreSQL"):
        database_from_url("sqlite:///house.db")


def test_a_database_is_found_on_its_socket_or_by_its_host() -> None:
    socket = database_from_url("postgresql://omsorg_app@/omsorg?host=%2Frun%2Fpg")
    assert (socket["NAME"], socket["USER"], socket["HOST"], socket["PORT"]) == ("omsorg", "omsorg_app", "/run/pg", "")
    host = database_from_url("postgres://u:p%40@db.example.org:5433/house?sslmode=require")
    assert (host["HOST"], host["PORT"], host["PASSWORD"]) == ("db.example.org", "5433", "p@")
    assert host["OPTIONS"] == {"sslmode": "require"}
