"""Sessions that are over leave nothing behind; those that last are left alone."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from omsorg.federation.actions.sessions import forget_ended_sessions
from omsorg.kernel import clock
from world import World


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.account[who])
    UserSession.objects.get_or_create(
        session_key=client.session.session_key,
        defaults={"user": world.account[who], "ip": "192.0.2.1", "user_agent": "Example browser"},
    )
    return client


def test_what_is_over_is_forgotten_and_what_lasts_stays(world: World) -> None:
    over, lasting = signed_in(world, "officer"), signed_in(world, "verifier")
    Session.objects.filter(session_key=over.session.session_key).update(expire_date=clock.now() - timedelta(hours=1))
    assert forget_ended_sessions(at=clock.now()) == 1
    assert [kept.session_key for kept in UserSession.objects.all()] == [lasting.session.session_key]


def test_who_has_signed_out_is_forgotten_too(world: World) -> None:
    client = signed_in(world, "officer")
    client.logout()
    forget_ended_sessions(at=clock.now())
    assert not UserSession.objects.exists()
