"""What the dry run told is what is done: where somebody else has written since, the person is asked again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import gettext_lazy

from omsorg.federation.models import Place
from omsorg.kernel.imports import AskedColumn, Handed, ImportKind, Told, drafts, fingerprint_of, kinds, one_sheet
from omsorg.kernel.imports.one_sheet import Planned, SheetRead
from omsorg.kernel.models import ImportDraft
from omsorg.kernel.refusals import Sentence
from omsorg.kernel.sheets import Column
from omsorg.kernel.tests import import_example
from omsorg.kernel.wall import as_house, in_name_of
from world import World

AT = datetime(2024, 3, 1, 12, tzinfo=UTC)
PERSON = 5


@dataclass(frozen=True)
class Renamed:
    """A country, what it is called in the file, and the country as it stands."""

    name: str
    standing: Place


def plan(read: SheetRead, context: Mapping[str, Any], person: int, at: datetime) -> Planned[Renamed]:
    known = {place.code: place for place in Place.objects.filter(kind="country")}
    return Planned([Renamed(row.values["name"], known[row.values["code"]]) for row in read.rows])


def write(rows: Sequence[Renamed], context: Mapping[str, Any], person: int, at: datetime) -> Told:
    """Tells how many and not what: whether something else stands there must be noticed all the same."""
    with as_house():
        for row in rows:
            Place.objects.filter(pk=row.standing.pk).update(name={"en": row.name})
    return Told(counts=[Sentence("%(count)s names.", {"count": len(rows)})])


TAKE_IN, TEMPLATE = one_sheet(
    name="Names",
    columns=[AskedColumn(Column("code", {}), "Two letters."), AskedColumn(Column("name", {}), "Its name.")],
    plan=plan,
    write=write,
)
KIND = ImportKind("test.names", "Names from a file", "For the tests.", TAKE_IN, TEMPLATE)


@pytest.fixture(autouse=True)
def _known(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(kinds._entered, KIND.code, KIND)
    with as_house():
        Place.objects.create(kind="country", code="XA", country_code="XA", name={"en": "Country A"})


def hand_in(kind: ImportKind = KIND) -> ImportDraft:
    with in_name_of(PERSON):
        return drafts.hand_in(kind, Handed("a.csv", b"code;name\nXA;Land A\n"), context={}, person=PERSON, at=AT)


def confirm(draft: ImportDraft, shown: str | None = None) -> ImportDraft:
    with in_name_of(PERSON):
        return drafts.confirm(draft.code, person=PERSON, at=AT, shown=shown)


def somebody_else_writes(name: str) -> None:
    with as_house():
        Place.objects.filter(code="XA").update(name={"en": name})


def name() -> str:
    return str(Place.objects.get(code="XA").name["en"])


def test_what_stands_there_no_longer_is_not_overwritten_before_the_person_has_looked_again() -> None:
    first = hand_in()
    told = drafts.told_of(first)
    somebody_else_writes("A of somebody else")
    again = confirm(first, told.fingerprint)
    assert (again.confirmed_at, again.done_at, name()) == (None, None, "A of somebody else")
    told_now = drafts.told_of(again)
    assert (told_now.asks_again, told_now.faults, told_now.counts) == (True, [], told.counts)
    assert confirm(first, told_now.fingerprint).done_at == AT
    assert name() == "Land A"


def test_the_button_pressed_twice_does_not_confirm_what_was_told_between() -> None:
    draft = hand_in()
    seen = drafts.told_of(draft).fingerprint
    somebody_else_writes("A of somebody else")
    assert [confirm(draft, seen).done_at for _twice in range(2)] == [None, None]
    assert name() == "A of somebody else"


def test_a_file_that_nobody_has_crossed_is_taken_in_at_once() -> None:
    draft = hand_in()
    done = confirm(draft, drafts.told_of(draft).fingerprint)
    assert (done.done_at, drafts.told_of(done).asks_again, name()) == (AT, False, "Land A")


def test_the_worker_asks_again_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "ROWS_AT_ONCE", 0)
    draft = confirm(hand_in())
    assert (draft.confirmed_at, draft.done_at) == (AT, None)
    somebody_else_writes("A of somebody else")
    drafts.take_in_confirmed(draft.code, person=PERSON, at=AT)
    with in_name_of(PERSON):
        draft = drafts.draft_of(PERSON, draft.code)
    assert (draft.confirmed_at, draft.done_at, drafts.told_of(draft).asks_again) == (None, None, True)
    assert name() == "A of somebody else"


def test_an_import_that_does_not_say_what_it_rests_on_is_a_mistake_in_the_code() -> None:
    with pytest.raises(drafts.RestsOnNothing):
        hand_in(replace(KIND, take_in=lambda *said: Told(rows=1)))


@pytest.mark.urls("omsorg.kernel.tests.import_example")
def test_the_page_says_that_something_has_changed_and_shows_the_new_dry_run(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_example.PAGES, "kind", replace(KIND, code="test.names.page"))
    monkeypatch.setitem(kinds._entered, "test.names.page", import_example.PAGES.kind)
    client = Client()
    client.force_login(world.account["officer"])
    draft = client.post("/try/example-plan/import/", {"pasted": "code\tname\nXA\tLand A\n"})["Location"]
    sent = {"decision": "confirm", "shown": client.get(draft).context["shown"]}
    somebody_else_writes("A of somebody else")
    for _twice in range(2):
        page = client.post(draft, sent, follow=True)
        assert "Something has changed since you looked. Nothing was taken in." in page.content.decode()
    assert f'name="shown" value="{page.context["shown"]}"' in page.content.decode()
    done = client.post(draft, {**sent, "shown": page.context["shown"]}, follow=True)
    assert "The file is taken in." in done.content.decode()
    assert name() == "Land A"


def test_a_fingerprint_is_of_values_and_nothing_else() -> None:
    place = Place.objects.get(code="XA")
    of = fingerprint_of([Renamed("A", place), {"a": Decimal(1), "b": {2, 3}}])
    assert of == fingerprint_of([Renamed("A", Place.objects.get(code="XA")), {"b": {3, 2}, "a": Decimal(1)}])
    place.name = {"en": "Another"}
    assert of != fingerprint_of([Renamed("A", place), {"a": Decimal(1), "b": {2, 3}}])
    assert fingerprint_of(None) != fingerprint_of("None")
    with pytest.raises(TypeError, match="object"):
        fingerprint_of([object()])


def test_no_two_kinds_of_values_have_one_fingerprint() -> None:
    alike = [StrEnum("Colour", {"RED": "red"}, module=module)["RED"] for module in ("one", "another")]
    values = [{}, frozenset(), [], (), [1], (1,), {1}, {1: 1}, 1, True, "1", 1.0, Decimal(1), "red", *alike]
    assert len({fingerprint_of(value) for value in values}) == len(values)
    assert fingerprint_of({1}) == fingerprint_of(frozenset({1}))
    with pytest.raises(TypeError, match="cannot rest on"):
        fingerprint_of(gettext_lazy("Name"))


def test_the_same_is_told_where_only_the_address_of_the_result_is_another() -> None:
    told = Told(counts=[Sentence("One.")], lines=[Sentence("%(now)s", {"now": 1})], landing="/a/", rests_on="1")
    assert told.fingerprint == replace(told, landing="/b/", asks_again=True).fingerprint
    others = [
        replace(told, lines=[Sentence("%(now)s", {"now": 2})]),
        replace(told, rests_on="2"),
        replace(told, rows=2),
    ]
    assert told.fingerprint not in {other.fingerprint for other in others}
