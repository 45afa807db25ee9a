"""A published quarter is corrected by two; what stood before stays, and no difference tells of somebody."""

import json
import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from omsorg.kernel.periods import Period
from omsorg.kernel.wall import as_house
from omsorg.openness.models import QuarterCounts, QuarterPrepared, QuarterShown
from omsorg.openness.queries import quarters as counting
from omsorg.openness.rules.figures import ALL, Counts, Measure, Shown, shown
from omsorg.openness.tests.test_pages import client_of, text_of
from omsorg.openness.tests.test_quarters_page import WORK, second
from omsorg.openness.tests.test_rules_figures import counts
from omsorg.openness.views import quarters as page
from omsorg.plans.tests.doc_tables import Row, case, rows
from world import World

Q1 = Period.parse("2024-Q1")


def numbers(cell: str) -> tuple[int, int, int]:
    received, closed, still = (int(number) for number in cell.split("/"))
    return received, closed, still


def read(told: Shown, country: str = ALL) -> str:
    found = (told.get(measure, country) for measure in Measure)
    return "/".join("–" if number is None else str(number) for number in found)


def corrected(old: Counts, new: Counts) -> Shown:
    first = [(old, shown(old, [], smallest_shown=5))]
    return shown(new, [], smallest_shown=5, earlier=[first])


@pytest.mark.parametrize("row", rows("head-figures", "A correction"), ids=case)
def test_what_is_read_after_a_correction(row: Row) -> None:
    old, new = (counts(Q1, {"*": numbers(row[name])}) for name in ("First", "Corrected"))
    assert read(corrected(old, new)) == row["Read then"]


def test_no_country_is_given_away_by_what_the_others_were_corrected_to() -> None:
    old = counts(Q1, {"TZ": (20, 10, 30), "KE": (30, 8, 14), "NO": (9, 7, 11)})
    new = counts(Q1, {"TZ": (29, 10, 30), "KE": (28, 8, 14), "NO": (9, 7, 11)})
    told = corrected(old, new)
    assert told.get(Measure.RECEIVED, "KE") is None, "two fewer than stood there"
    hidden = [place for place in (ALL, "TZ", "NO") if told.get(Measure.RECEIVED, place) is None]
    assert hidden, "the others and the sum would give it away"


def test_a_later_quarter_does_not_tell_what_the_corrected_one_hides() -> None:
    first, after = counts(Q1, {"*": (20, 10, 30)}), counts(Q1.next(), {"*": (12, 9, 33)})
    told_first = shown(first, [], smallest_shown=5)
    before = [(first, told_first), (after, shown(after, [(first, told_first)], smallest_shown=5))]
    new = counts(Q1, {"*": (20, 11, 29)})
    told_new = shown(new, [before[1]], smallest_shown=5, earlier=[before])
    assert read(told_new).endswith("/–/–")
    state = [(new, told_new), before[1]]
    follows = counts(Q1.next(), {"*": (13, 9, 33)})
    told = shown(follows, [(new, told_new)], smallest_shown=5, earlier=[before, state])
    known = [told.get(measure) for measure in Measure]
    assert None in known, "received, closed and open together would tell how many were open before"


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (page, counting):
        monkeypatch.setattr(module, "heads_of" if module is counting else "is_on", lambda *_asked: None)


def by_two(first: Client, other: Client, address: str, typed: dict[str, str]) -> str:
    """Prepared by one and published by another; gives the way to the public page."""
    answer = first.post(address, {**typed, "decision": "prepare"})
    assert answer.status_code == 302, answer.content.decode()
    number = re.search(r'name="prepared"\s+value="(\d+)"', text_of(other, address))
    assert number is not None
    return other.post(address, {"decision": "publish", "prepared": number[1]})["Location"]


@pytest.mark.usefixtures("by_hand")
def test_a_correction_takes_two_and_overwrites_nothing(world: World, client: Client) -> None:
    one, other = client_of(world, "openness_releaser"), second(world)
    typed = {"country_0": "*", "received_0": "14", "closed_0": "30", "open_0": "48"}
    public = by_two(one, other, WORK, typed)
    code = public.rstrip("/").rsplit("/", 1)[1]
    address = f"{WORK}?correct={code}"
    assert address in text_of(one, WORK)
    assert 'value="14"' in text_of(one, address), "the figures in force stand in the form"
    right = {**typed, "received_0": "41", "open_0": "75"}
    assert one.post(address, {**right, "decision": "prepare"}).status_code == 200, "without a reason"
    same = one.post(address, {**typed, "because": "typed", "decision": "prepare"}).content.decode()
    assert "These are the figures that are published already" in same
    assert by_two(one, other, address, {**right, "because": "typed"}) == public
    told = text_of(client, public)
    assert told.index(">41<") < told.index("What stood here before") < told.index(">14<")
    for words in ("A number was typed wrong.", "received: 14 became 41", "These figures stood from"):
        assert words in told
    sheet = text_of(client, "/openness/quarters.csv").replace('"', "")
    assert f"{code},all,41,30,75,,,2,," in sheet
    assert re.search(rf"{code},all,14,30,48,,,1,\d{{4}}-\d\d-\d\d,typed", sheet)
    assert "A number was typed wrong." in text_of(client, "/openness/feed.atom")
    [over_api] = json.loads(client.get("/api/openness/quarters").content)["rows"]
    assert (over_api["number"], over_api["figures"][0]["received"]) == (2, 41)
    [before] = over_api["before"]
    assert (before["because"], before["figures"][0]["received"]) == ("typed", 14)
    with as_house():
        assert QuarterShown.objects.count() == QuarterCounts.objects.count() == QuarterPrepared.objects.count() == 2
        mine = QuarterPrepared.objects.order_by("-id")[0]
        alone = {"start": mine.start, "counts": mine.counts, "because": "typed", "by_id": mine.by_id, "at": mine.at}
        with pytest.raises(IntegrityError, match="somebody else has prepared"), transaction.atomic():
            QuarterCounts.objects.create(number=3, **alone)
        with pytest.raises(IntegrityError, match="published by two"), transaction.atomic():
            QuarterShown.objects.create(
                start=date(2024, 1, 1), number=2, shown={}, because="typed", published_at=mine.at
            )
