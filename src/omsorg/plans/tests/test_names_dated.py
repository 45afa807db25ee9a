"""A plan on a day, its history and its reports call an organisation what it was called then."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from omsorg.federation.access import acting_as
from omsorg.federation.actions.organisations import correct_organisation, rename_organisation
from omsorg.federation.models import Organisation
from omsorg.kernel.periods import Period
from omsorg.kernel.wall import in_name_of
from omsorg.plans.actions.promises import revise_action
from omsorg.plans.actions.reports import freeze_report, release_report
from omsorg.plans.models import Report
from omsorg.plans.queries.history import history_of_action
from omsorg.plans.queries.promises import plan_as_of
from omsorg.plans.rules.limits import ReportLimits
from world import World

ADOPTED = date(2021, 7, 1)
RENAMED = date(2023, 5, 1)
AS_AT = date(2024, 3, 31)
AT = datetime(2024, 4, 2, 9, tzinfo=UTC)
BEFORE, AFTER, LATEST = "Example Federation", "Another Name", "A Third Name"


def renamed(world: World, name: str, day: date) -> None:
    with in_name_of(world.person["housekeeper"].pk, day=day):
        rename_organisation(
            organisation=world.org["international"],
            name=name,
            reason="Decided",
            by=acting_as(world.person["housekeeper"].pk, day=day),
            at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
        )


def corrected(world: World, name: str) -> None:
    with in_name_of(world.person["housekeeper"].pk, day=AT.date()):
        by = acting_as(world.person["housekeeper"].pk, day=AT.date())
        kept = world.org["international"]
        told = {"kind": kept.kind, "place": kept.place, "language": kept.language, "by": by, "at": AT}
        correct_organisation(organisation=kept, name=name, **told)


def owner_on(world: World, *days: date) -> list[str]:
    return [plan_as_of(world.plan, day).action["training"].owner_name for day in days]


@pytest.fixture
def named(world: World) -> World:
    """The owner of the plan and its actions, called otherwise since May 2023."""
    with in_name_of(world.person["housekeeper"].pk):
        world.org["international"].name = BEFORE
        corrected(world, BEFORE)
    renamed(world, AFTER, RENAMED)
    return world


def released(world: World, as_at: date, code: str) -> Report:
    with in_name_of(world.person["publisher"].pk):
        report = freeze_report(
            plan=world.plan,
            period=Period.parse("2022-H2"),
            as_at=as_at,
            code=code,
            by=acting_as(world.person["publisher"].pk, day=AT.date()),
            at=AT,
            limits=ReportLimits(grace_days=30, small_cell=5),
        )
    with in_name_of(world.person["second_publisher"].pk):
        release_report(report=report, by=acting_as(world.person["second_publisher"].pk, day=AT.date()), at=AT)
    return report


def test_the_plan_on_a_day_names_the_owner_as_of_then(named: World) -> None:
    assert owner_on(named, ADOPTED, date(2023, 4, 30), RENAMED, AS_AT) == [BEFORE, BEFORE, AFTER, AFTER]


def test_a_correction_is_told_of_every_day_since_the_name_began(named: World) -> None:
    corrected(named, LATEST)
    assert owner_on(named, date(2023, 4, 30), RENAMED, AS_AT) == [BEFORE, LATEST, LATEST]


def test_a_report_names_organisations_as_of_its_day_and_stays_as_it_is(named: World) -> None:
    early, late = released(named, date(2023, 4, 30), "early"), released(named, AS_AT, "late")
    corrected(named, LATEST)
    documents = {r.code: "".join(part.document for part in r.parts.all()) for r in (early, late)}
    assert [BEFORE in documents["early"], AFTER in documents["early"]] == [True, False]
    assert [BEFORE in documents["late"], AFTER in documents["late"]] == [False, True]


def test_the_history_names_each_owner_as_of_the_day_of_the_change(named: World) -> None:
    with in_name_of(named.person["plan_owner"].pk):
        by = acting_as(named.person["plan_owner"].pk, day=AT.date())
        for number, (owner, day) in enumerate((("africa", date(2023, 4, 1)), ("international", date(2023, 6, 1))), 1):
            terms = plan_as_of(named.plan, AT.date()).action["training"].terms
            revise_action(
                action=named.action["training"],
                terms=replace(terms, owner=owner),
                expected=number,
                reason="Handed over",
                in_force_on=day,
                by=by,
                at=AT,
            )
    entries = [each for each in history_of_action(named.action["training"]) if each.kind == "revision"]
    assert [each.names["international"] for each in entries] == [AFTER, BEFORE, BEFORE]


def test_the_pages_tell_the_name_of_then(named: World, client: Client) -> None:
    assert named.plan is not None
    released(named, AS_AT, "late")
    page = client.get(f"/promises/{named.plan.code}/plan-on/?day=2023-04-30").content.decode()
    assert BEFORE in page
    assert BEFORE not in client.get(f"/promises/{named.plan.code}/plan-on/?day=2023-05-01").content.decode()
    told = client.get("/api/organisations/international?on=2023-04-30").json()
    assert told["organisation"]["name"] == BEFORE
    assert client.get("/api/organisations/international").json()["organisation"]["name"] == AFTER
    assert Organisation.objects.get(code="international").name == AFTER


def test_the_page_says_whether_a_slip_is_put_right_or_a_new_name_given(named: World, client: Client) -> None:
    client.force_login(named.account["housekeeper"])
    correct = client.get("/organisations/international/correct/").content.decode()
    assert "a name corrected here is shown for earlier days, too" in correct
    assert "The new name holds from today on" in client.get("/organisations/international/rename/").content.decode()
    client.post("/organisations/international/rename/", {"name": LATEST, "reason": "Decided"})
    page = client.get("/organisations/international/").content.decode()
    assert "Called before" in page
    assert f"{AFTER} (1 May 2023 to" in page
