"""The people and organisations that every test knows. All invented.

A federation with two regions and four associations, a programme and a municipality; one person for each role, and a
stranger with an account and no mandate, who must see nothing.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from omsorg.federation.models import Account, Mandate, Organisation, Person, Place, Position
from omsorg.kernel.periods import Period
from omsorg.kernel.wall import as_house
from omsorg.plans.models import (
    Action,
    ActionRecommendation,
    ActionRevision,
    Indicator,
    IndicatorAction,
    IndicatorRevision,
    Plan,
    PlanRevision,
    Recommendation,
    Source,
    SubmissionStep,
)

ADOPTED = date(2021, 7, 1)
BEGINNING = date(2000, 1, 1)
AT = datetime(2021, 7, 1, 12, tzinfo=UTC)
PASSWORD = "a long example password"


@dataclass(slots=True)
class World:
    """Everybody and everything by name: `world.org["tanzania"]`, `world.person["officer"]`."""

    org: dict[str, Organisation] = field(default_factory=dict)
    person: dict[str, Person] = field(default_factory=dict)
    account: dict[str, Account] = field(default_factory=dict)
    plan: Plan | None = None
    action: dict[str, Action] = field(default_factory=dict)
    indicator: dict[str, Indicator] = field(default_factory=dict)


ORGANISATIONS = [
    # key, kind, name, parent, country
    ("international", "international", "Example International Office", None, None),
    ("africa", "region", "Example Region East Africa", "international", None),
    ("europe", "region", "Example Region Nordic", "international", None),
    ("tanzania", "national_association", "Example Association Tanzania", "africa", "TZ"),
    ("kenya", "national_association", "Example Association Kenya", "africa", "KE"),
    ("norway", "national_association", "Example Association Norway", "europe", "NO"),
    ("sweden", "national_association", "Example Association Sweden", "europe", "SE"),
    ("arusha", "programme", "Example Programme Arusha", "tanzania", "TZ"),
    ("lund", "municipality", "Example Municipality", "sweden", "SE"),
]
PEOPLE = [
    # key, belongs to, role, mandate at
    ("officer", "tanzania", "reporting_officer", "tanzania"),
    ("officer_kenya", "kenya", "reporting_officer", "kenya"),
    ("officer_norway", "norway", "reporting_officer", "norway"),
    ("verifier", "norway", "verifier", "africa"),
    ("insider_verifier", "tanzania", "verifier", "africa"),
    ("reviewer", "africa", "reviewer", "africa"),
    ("plan_owner", "international", "plan_owner", "international"),
    ("publisher", "international", "publisher", "international"),
    ("second_publisher", "international", "publisher", "international"),
    ("housekeeper", "international", "housekeeper", "international"),
    ("national_housekeeper", "tanzania", "housekeeper", "tanzania"),
    ("openness_writer", "tanzania", "openness_writer", "tanzania"),
    ("openness_releaser", "international", "openness_releaser", "international"),
    ("openness_teller", "tanzania", "openness_teller", "tanzania"),
    ("stranger", "lund", None, None),
]
INDICATORS: list[tuple[str, str, dict[str, Any]]] = [
    (
        "trained",
        "training",
        {
            "kind": "ratio",
            "unit": {"en": "staff"},
            "direction": "up",
            "roll_up": "ratio_of_sums",
            "asked_of_associations": True,
        },
    ),
    (
        "cases",
        "training",
        {
            "kind": "count",
            "unit": {"en": "persons"},
            "direction": "up",
            "roll_up": "sum",
            "time_rule": "sum",
            "asked_of_associations": True,
        },
    ),
    (
        "policy",
        "policy",
        {"kind": "milestone", "direction": "up", "roll_up": "all_must", "threshold": 1, "asked_of_associations": True},
    ),
    ("ombuds", "policy", {"kind": "qualitative", "direction": "none"}),
]


def make_organisations(world: World) -> None:
    """The tree, all valid since the year 2000. In few statements: the lineage is drawn after each."""
    codes = dict.fromkeys(country for *_rest, country in ORGANISATIONS if country)
    places = {
        place.code: place
        for place in Place.objects.bulk_create(
            Place(kind="country", code=code, country_code=code, name={"en": code}) for code in codes
        )
    }
    made = Organisation.objects.bulk_create(
        Organisation(
            code=key,
            kind=kind,
            name=name,
            place=places[country] if country else None,
            exists_from=BEGINNING,
            is_example=True,
        )
        for key, kind, name, _parent, country in ORGANISATIONS
    )
    world.org = {organisation.code: organisation for organisation in made}
    Position.objects.bulk_create(
        Position(organisation=world.org[key], parent=world.org[parent], valid_from=BEGINNING)
        for key, _kind, _name, parent, _country in ORGANISATIONS
        if parent
    )


def make_people(world: World) -> None:
    """One person for each role, each with an account; sign in with `client.force_login(world.account[key])`."""
    made = Person.objects.bulk_create(
        Person(
            organisation=world.org[home],
            name=f"Example {key.replace('_', ' ').title()}",
            email=f"{key}@example.org",
            is_example=True,
        )
        for key, home, _role, _at in PEOPLE
    )
    world.person = {key: person for (key, *_rest), person in zip(PEOPLE, made, strict=True)}
    for key, person in world.person.items():
        world.account[key] = Account.objects.create_user(email=f"{key}@example.org", person=person)
    Mandate.objects.bulk_create(
        Mandate(person=world.person[key], role=role, organisation=world.org[at], valid_from=BEGINNING)
        for key, _home, role, at in PEOPLE
        if role and at
    )


def make_plan(world: World) -> None:
    """A plan of two actions and four indicators, adopted on 1 July 2021, answered each half-year."""
    world.plan = Plan.objects.create(
        code="example-plan",
        owner=world.org["international"],
        title={"en": "Example plan"},
        adopted_on=ADOPTED,
        runs_from=ADOPTED,
        runs_until=date(2025, 7, 1),
        is_example=True,
    )
    source = Source.objects.create(
        plan=world.plan, code="R1", kind="review", title={"en": "Example review"}, in_plan_from=ADOPTED
    )
    advice = Recommendation.objects.create(
        source=source, code="R1.1", area={"en": "Area"}, text={"en": "Do better"}, in_plan_from=ADOPTED
    )
    revision = {"in_force_on": ADOPTED, "reason": "As adopted", "by": world.person["plan_owner"], "at": AT, "number": 1}
    PlanRevision.objects.create(
        plan=world.plan,
        title=world.plan.title,
        runs_from=world.plan.runs_from,
        runs_until=world.plan.runs_until,
        **revision,
    )
    for code in ("training", "policy"):
        action = Action.objects.create(plan=world.plan, code=code, is_example=True)
        ActionRecommendation.objects.create(action=action, recommendation=advice, **revision)
        ActionRevision.objects.create(
            action=action,
            title={"en": f"Example action {code}"},
            owner=world.org["international"],
            starts_on=ADOPTED,
            due_on=date(2023, 12, 31),
            **revision,
        )
        world.action[code] = action
    for code, action_code, definition in INDICATORS:
        indicator = Indicator.objects.create(plan=world.plan, code=code, adopted=True, is_example=True)
        IndicatorAction.objects.create(indicator=indicator, action=world.action[action_code], **revision)
        IndicatorRevision.objects.create(
            indicator=indicator,
            title={"en": f"Example indicator {code}"},
            due_on=date(2024, 6, 30),
            **{**definition, **revision},
        )
        world.indicator[code] = indicator


def make_world() -> World:
    """Everything above, made in the name of the house."""
    world = World()
    with as_house():
        make_organisations(world)
        make_people(world)
        make_plan(world)
    return world


def hand_in(world: World, *organisations: str, period: Period, at: datetime) -> None:
    """Hand in what stands in these organisations' answers; one that was handed in before is returned first."""
    assert world.plan is not None
    with as_house():
        for organisation in organisations:
            answer = {
                "plan": world.plan,
                "organisation": world.org[organisation],
                "period_start": period.start,
                "period_months": period.months,
                "at": at,
            }
            taken = SubmissionStep.objects.filter(**{k: v for k, v in answer.items() if k != "at"}).order_by("number")
            number = taken.count()
            if number and taken[number - 1].step == "submitted":
                number += 1
                SubmissionStep.objects.create(**answer, number=number, step="returned", reason="Look again")
            SubmissionStep.objects.create(**answer, number=number + 1, step="submitted")
