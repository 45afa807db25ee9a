"""A key to the HTTP API: shown once, kept as a fingerprint, good until its day, taken back at will."""

from datetime import date, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from omsorg.federation.access import NothingHere
from omsorg.federation.models import Account, Person, Token
from omsorg.federation.refusals import (
    ExpiryOutOfReach,
    NameMissing,
    NoScope,
    RevokedAlready,
    SecondFactorFirst,
    UnknownScope,
)
from omsorg.federation.scopes import all_scopes, verbs_of
from omsorg.federation.tests.acting import AT, DAY, in_the_name_of, traces
from omsorg.federation.tokens import make_token, person_of_token, revoke_token
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.wall import as_house
from world import World

LAST = date(2024, 9, 30)


def make(world: World, who: str = "officer", **changed: Any) -> str:
    told: dict[str, Any] = {"name": "The office's sheet", "scopes": ["plans:report", "plans:read"], "expires_on": LAST}
    with in_the_name_of(world, who) as by:
        return make_token(**{**told, **changed}, by=by, at=AT)


def test_make_token_keeps_only_a_fingerprint(world: World) -> None:
    text = make(world)
    token = Token.objects.get()
    assert text.startswith("omsorg_")
    assert text not in str(vars(token))
    assert person_of_token(text, AT) == (world.person["officer"].pk, frozenset({"plans:read", "plans:report"}))
    details = {"scopes": ["plans:read", "plans:report"], "expires_on": "2024-09-30"}
    assert traces() == [("make_token", f"token:{token.pk}", details)]
    assert make(world) != text


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"name": ""}, NameMissing),
        ({"scopes": []}, NoScope),
        ({"scopes": ["plans:read", "everything"]}, UnknownScope),
        ({"expires_on": DAY}, ExpiryOutOfReach),
        ({"expires_on": DAY + timedelta(367)}, ExpiryOutOfReach),
    ],
    ids=["without a name", "without a scope", "a scope nobody knows", "good for no day", "good for too long"],
)
def test_make_token_refuses(world: World, changed: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        make(world, **changed)
    assert traces() == []


def test_whoever_must_have_a_second_factor_makes_no_key_without(world: World) -> None:
    with as_house():
        Person.objects.filter(pk=world.person["verifier"].pk).update(is_example=False)
    with pytest.raises(SecondFactorFirst):
        make(world, "verifier")
    Authenticator.objects.create(user=world.account["verifier"], type=Authenticator.Type.TOTP, data={})
    assert person_of_token(make(world, "verifier"), AT) is not None


def test_a_key_opens_until_its_last_day(world: World) -> None:
    text = make(world)
    assert person_of_token(text, AT.replace(month=9, day=29)) is not None
    assert person_of_token(text, AT.replace(month=9, day=30)) is None


@pytest.mark.parametrize("text", ["", "omsorg_", "omsorg_wrong", "å" * 300])
def test_another_text_opens_nothing(world: World, text: str) -> None:
    make(world)
    assert person_of_token(text, AT) is None


def test_revoke_token(world: World) -> None:
    text, other = make(world), make(world)
    number = Token.objects.order_by("pk").values_list("pk", flat=True)[0]
    with in_the_name_of(world, "officer_kenya") as by, pytest.raises(NothingHere):
        revoke_token(token_id=number, by=by, at=AT)
    with in_the_name_of(world, "officer") as by:
        revoke_token(token_id=number, by=by, at=AT)
        with pytest.raises(RevokedAlready):
            revoke_token(token_id=number, by=by, at=AT)
    assert person_of_token(text, AT) is None
    assert person_of_token(other, AT) is not None
    assert traces()[-1] == ("revoke_token", f"token:{number}", {})


def test_a_key_dies_with_its_account(world: World) -> None:
    text = make(world)
    with as_house():
        Account.objects.filter(pk=world.account["officer"].pk).update(closed_from=DAY)
    assert person_of_token(text, AT) is None


def test_a_key_lets_through_no_more_than_its_scopes(world: World) -> None:
    tanzania = world.org["tanzania"].pk
    with in_the_name_of(world, "officer") as officer:
        assert officer.may("plans.report", tanzania)
        officer.only = verbs_of(["plans:read"])
        assert not officer.may("plans.report", tanzania)
        assert officer.may("plans.see", tanzania)
    assert verbs_of(["of-a-system-that-is-off"]) == frozenset()


def test_every_scope_says_what_it_is_for() -> None:
    assert {"plans:read", "plans:report", "plans:verify", "plans:revise"} <= {scope.code for scope in all_scopes()}
    assert all(scope.may and str(scope.sentence).endswith(".") for scope in all_scopes())
