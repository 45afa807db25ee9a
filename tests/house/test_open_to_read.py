"""Open means open to read: nobody without a role adds, changes or removes a row, in any table of ours."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.utils import DatabaseError

from omsorg.federation.models import Lineage, Organisation, Position
from omsorg.kernel import clock
from omsorg.kernel.wall import as_house, in_name_of, wall_of
from omsorg.plans.models import Action, Indicator, Plan, Recommendation, Source
from world import World

REFUSED = ("42501", "23514")  # by a policy or a right; by a guard of the table
MAY_ADD = {
    "kernel_trace": "what one does leaves one's own trace",
    "kernel_letter": "a forgotten password is written about",
    "kernel_importdraft": "one's own file that is tried dry",
    "kernel_counter": "tries are counted before anybody is known",
    "federation_token": "one's own key",
}
MAY_CHANGE = {
    ("federation_account", "password"): "chosen anew before anybody is known, or by oneself",
    ("federation_account", "last_login"): "signing in is noted",
    ("federation_person", "name"): "one's own",
    ("federation_person", "language"): "one's own",
}
OWN = ("by_id", "person_id", "frozen_by_id", "actor", "person")
TEXT = "left('x' || {0}, greatest(length({0}), 1))"
CHANGED = {
    **dict.fromkeys(("CharField", "TextField", "SlugField", "EmailField", "URLField"), TEXT),
    "JSONField": "'[]'",
    "DateField": "coalesce({0}, '2020-01-01'::date) + 1",
    "DateTimeField": "now()",
    "BooleanField": "NOT coalesce({0}, false)",
    "UUIDField": "gen_random_uuid()",
    "BinaryField": "'x'::bytea",
    "ArrayField": "{0} || {0}",
}


def ours() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("omsorg."):
            yield model


def columns_of(model: type[models.Model]) -> Iterator["models.Field[Any, Any]"]:
    """The fields that are a column each: a key made of several has none of its own."""
    for field in model._meta.local_fields:
        if not isinstance(field, models.CompositePrimaryKey):
            yield field


def tried(statement: str, *values: Any) -> int:
    """How many rows it touched; none where the wall refused it. Any other error is one: it came past the wall."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return int(cursor.rowcount)
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") not in REFUSED:
            raise
        return 0


def in_ones_own_name(row: dict[str, Any], person: int | None) -> str:
    return json.dumps({**row, **{column: person for column in OWN if column in row}})


def one_of_each() -> dict[str, dict[str, Any]]:
    """A row of every table, as it stands, or an empty one where there is none."""
    rows: dict[str, dict[str, Any]] = {}
    with as_house(), connection.cursor() as cursor:
        for model in ours():
            table = model._meta.db_table
            cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} t LIMIT 1")
            found = cursor.fetchone()
            rows[table] = json.loads(found[0]) if found else dict.fromkeys(f.column for f in columns_of(model))
    return rows


@pytest.mark.parametrize("who", ["public", "stranger"])
def test_nobody_without_a_role_writes_anything(world: World, who: str) -> None:
    rows = one_of_each()
    person = None if who == "public" else world.person[who].pk
    written = []
    with in_name_of(person, day=clock.today()):
        for model in ours():
            table = model._meta.db_table
            wall = wall_of(model)
            if wall is not None and wall.written_by_all:
                continue
            if table not in MAY_ADD and tried(
                f"INSERT INTO {table} SELECT * FROM jsonb_populate_record(NULL::{table}, %s)",
                in_ones_own_name(rows[table], person),
            ):
                written.append((table, "INSERT"))
            for field in columns_of(model):
                change = CHANGED.get(field.get_internal_type(), "coalesce({0}, 0) + 1").format(f'"{field.column}"')
                if (table, field.column) not in MAY_CHANGE and tried(f'UPDATE {table} SET "{field.column}" = {change}'):
                    written.append((table, field.column))
            if tried(f"DELETE FROM {table}"):
                written.append((table, "DELETE"))
    assert written == []


def test_a_stranger_changes_nobody_elses_password(world: World) -> None:
    with in_name_of(world.person["stranger"].pk):
        assert tried("UPDATE federation_account SET password = 'x' WHERE person_id <> my_person()") == 0
        assert tried("UPDATE federation_account SET password = 'x' WHERE person_id = my_person()") == 1
        assert tried("UPDATE federation_person SET name = name || 'x'") == 1


@pytest.mark.parametrize("who", ["officer", "housekeeper", "plan_owner", "publisher", "verifier"])
def test_whoever_has_a_role_writes_no_name_of_the_plan_and_no_lineage(world: World, who: str) -> None:
    with in_name_of(world.person[who].pk):
        for statement in (
            "UPDATE plans_indicator SET adopted = NOT adopted",
            "UPDATE plans_recommendation SET text = '{}'",
            "UPDATE plans_action SET code = code || 'x'",
            "UPDATE plans_source SET title = '{}'",
            "UPDATE plans_plan SET owner_id = owner_id + 1",
            "DELETE FROM plans_plan",
            "DELETE FROM plans_indicator",
            "UPDATE plans_disaggregationkey SET code = 'x'",
            "UPDATE federation_lineage SET depth = 0",
            "DELETE FROM federation_lineage",
            "DELETE FROM federation_organisation",
        ):
            assert tried(statement) == 0, statement
        own = world.person[who].organisation_id
        inserted = (
            "INSERT INTO federation_lineage (ancestor_id, descendant_id, depth, valid_from) VALUES (%s, %s, 1, %s)"
        )
        assert tried(inserted, own, world.org["kenya"].pk, "2000-01-01") == 0
    assert Lineage.objects.filter(ancestor=world.org["kenya"], depth=0).exists()


@pytest.mark.parametrize(
    ("who", "may"), [("officer", False), ("publisher", False), ("housekeeper", False), ("plan_owner", True)]
)
def test_the_plan_is_added_to_by_its_owners(world: World, who: str, may: bool) -> None:
    plan = Plan.objects.get()
    with in_name_of(world.person[who].pk):
        for row in (
            Source(plan=plan, code="new", kind="audit", title={}, in_plan_from=plan.adopted_on),
            Recommendation(source=Source.objects.first(), code="new", area={}, text={}, in_plan_from=plan.adopted_on),
            Action(plan=plan, code="new"),
            Indicator(plan=plan, code="new", adopted=False),
        ):
            if may:
                row.save()
                continue
            with pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
                row.save()
        assert len(Plan.objects.select_for_update()) == int(may)
        assert tried("UPDATE plans_plan SET runs_until = runs_until + 1") == int(may)


@pytest.mark.parametrize(
    ("who", "keeps"),
    [("housekeeper", {"norway", "tanzania"}), ("national_housekeeper", {"tanzania"}), ("officer", set())],
)
def test_an_organisation_is_written_by_those_who_keep_it(world: World, who: str, keeps: set[str]) -> None:
    with in_name_of(world.person[who].pk):
        for code in ("norway", "tanzania"):
            changed = Organisation.objects.filter(code=code).update(name="Another name")
            assert changed == int(code in keeps), code
        moved = Position.objects.filter(organisation=world.org["tanzania"]).update(parent=world.org["europe"])
        assert moved == int(who == "housekeeper")


def test_nobody_puts_the_top_under_what_is_theirs(world: World) -> None:
    top = Position(organisation=world.org["international"], parent=world.org["tanzania"], valid_from="1990-01-01")
    with (
        in_name_of(world.person["national_housekeeper"].pk),
        pytest.raises(DatabaseError, match="row-level"),
        transaction.atomic(),
    ):
        top.save()
