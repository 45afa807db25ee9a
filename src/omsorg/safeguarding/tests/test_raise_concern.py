"""A concern is raised by anybody who works here; whoever raised it sees that it was received, and nothing else."""

from datetime import timedelta

import pytest
from django.test import Client

from omsorg.federation.access import NotAllowed, NothingHere
from omsorg.federation.models import Organisation, Position
from omsorg.kernel.models import Trace
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.access import incident_for
from omsorg.safeguarding.actions.raising import Concern, raise_concern, receive_copy
from omsorg.safeguarding.models import Incident, Shutout, Step
from omsorg.safeguarding.queries.concerns import my_concerns
from omsorg.safeguarding.queries.incident import clocks_of_copy
from omsorg.safeguarding.rules.codes import About, Clock
from omsorg.safeguarding.rules.progress import SayMore
from omsorg.safeguarding.tests.handling import AT, acting, enter_people, incident, looked_at, make_house, raised
from omsorg.safeguarding.tests.test_numbers import at_once
from world import World


@pytest.fixture
def house(world: World) -> World:
    return enter_people(world)


def test_other_words_from_the_same_form_are_another_concern(house: World) -> None:
    """A form that is reached by Back keeps its chance: a second child's concern must not be thrown away."""
    client = Client()
    client.force_login(house.account["colleague"])
    once = client.get("/safeguarding/raise/").context["form"]["once"].value()
    said = {"once": once, "what": "FIRST", "place": "arusha", "about": "nobody_here", "channel": "colleague"}
    for changed in ({}, {}, {"what": "SECOND, another child"}, {"place": "tanzania"}, {"complained_of": "Ali"}):
        assert client.post("/safeguarding/raise/", {**said, **changed}).status_code == 302
    with as_house():
        kept = list(Step.objects.order_by("pk").values_list("note", "incident__organisation__code"))
    assert kept == [
        ("FIRST", "arusha"),
        ("SECOND, another child", "arusha"),
        ("FIRST", "tanzania"),
        ("FIRST", "arusha"),
    ]


def test_whoever_raised_it_sees_that_it_was_received_and_nothing_else(house: World) -> None:
    code = raised(house)
    with acting(house, "colleague") as by:
        assert [(each.code, each.standing) for each in my_concerns()] == [(code, "received")]
        assert (Incident.objects.count(), Step.objects.count()) == (0, 0)
        with pytest.raises(NothingHere):
            incident_for(by, code)
    looked_at(house, code)
    with acting(house, "colleague"):
        assert my_concerns()[0].standing == "worked_on"


@pytest.mark.parametrize("who", ["officer", "verifier", "publisher", "housekeeper", "colleague", "focal"])
def test_everybody_who_works_here_may_raise_one(house: World, who: str) -> None:
    assert incident(raised(house, who=who)).raised_by_id == house.person[who].pk


def test_a_stranger_may_not(house: World) -> None:
    with pytest.raises(NotAllowed):
        raised(house, who="stranger")


def test_a_form_sent_twice_is_one_concern(house: World) -> None:
    client = Client()
    client.force_login(house.account["colleague"])
    once = client.get("/safeguarding/raise/").context["form"]["once"].value()
    given = {
        "once": once,
        "what": "It is cold at night",
        "place": "arusha",
        "about": "nobody_here",
        "channel": "colleague",
    }
    said = [client.post("/safeguarding/raise/", given, follow=True).content.decode() for _click in range(2)]
    with as_house():
        (code,) = Incident.objects.values_list("code", flat=True)
        assert Step.objects.count() == 1
    assert all(code in page for page in said)
    other = Client()
    other.force_login(house.account["focal"])
    other.post("/safeguarding/raise/", given)
    with as_house():
        assert Incident.objects.count() == 2, "the same chance with somebody else is another concern"


def test_of_two_at_the_same_moment_one_is_kept(own_database: str) -> None:
    house = make_house()
    codes = at_once(*[lambda: raised(house, once="a-chance")] * 4)
    assert len(set(codes)) == 1
    with as_house():
        assert Incident.objects.get().code == codes[0]


def test_it_says_something(house: World) -> None:
    with pytest.raises(SayMore):
        raised(house, what="  ")


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("focal_arusha", True),
        ("focal", True),
        ("focal_africa", True),
        ("focal_top", True),
        ("focal_norway", False),
        ("worker", False),
        ("colleague", False),
        ("housekeeper", False),
        ("publisher", False),
        ("stranger", False),
    ],
)
def test_focal_persons_of_the_line_see_it_and_nobody_else(house: World, who: str, sees: bool) -> None:
    code = raised(house)
    with acting(house, who) as by:
        assert Incident.objects.filter(code=code).exists() is sees
        if sees:
            assert incident_for(by, code).handled_at.code == "tanzania"


@pytest.mark.parametrize(
    ("said", "shut"),
    [
        ("It is Rehema Focal, I think", "focal"),
        ("focal, rehema", "focal"),
        ("focal@example.org", "focal"),
        ("Rehema", "focal"),
        ("Focal", None),
        ("the cook", None),
    ],
)
def test_whoever_is_named_is_shut_out_at_once(house: World, said: str, shut: str | None) -> None:
    code = raised(house, about=About.A_PERSON, complained_of=said)
    with as_house():
        kept = Shutout.objects.filter(incident__code=code, person__isnull=False)
        found = set(kept.values_list("person_id", flat=True))
    assert found == ({house.person[shut].pk} if shut else set())


@pytest.mark.parametrize("about", [About.LEADERSHIP, About.THE_UNIT])
def test_where_the_leadership_is_complained_of_the_level_above_handles_it(house: World, about: About) -> None:
    code = raised(house, place="tanzania", about=about)
    assert incident(code).handled_at.code == "africa"
    for who in ("focal", "second_focal", "focal_arusha", "worker"):
        with acting(house, who):
            assert not Incident.objects.exists()
    for who in ("focal_africa", "focal_top"):
        with acting(house, who):
            assert Incident.objects.filter(code=code).exists()


def test_where_the_top_is_complained_of_those_who_do_not_belong_to_it_handle_it(house: World) -> None:
    code = raised(house, place="international", about=About.LEADERSHIP)
    with acting(house, "focal_top"):
        assert not Incident.objects.exists()
    with acting(house, "outside_top"):
        assert Incident.objects.filter(code=code).exists()


def test_a_copy_from_the_ombuds_office_names_nobody_who_raised_it(house: World) -> None:
    copy = Concern(place=house.org["arusha"], what="A child agreed to tell this")
    with as_house():
        code = receive_copy(concern=copy, reference="7-1", at=AT)
        assert receive_copy(concern=copy, reference="7-1", at=AT) == code
        assert receive_copy(concern=copy, reference="7-2", at=AT) != code
    kept = incident(code)
    assert (kept.channel, kept.raised_by_id) == ("ombuds", None)


def test_the_trace_holds_a_code_and_a_number_and_stands_in_no_organisation_s_book(house: World) -> None:
    code = raised(house, what="MARKERWORD")
    with as_house():
        trace = Trace.objects.get(subject=f"incident:{code}")
    assert (trace.book, trace.organisation, trace.details) == ("house", None, '{"step":1}')


def test_a_shut_out_colleague_sees_their_own_concern_standing_still(house: World) -> None:
    code = raised(house, complained_of="Juma Colleague")
    looked_at(house, code, at=AT + timedelta(hours=3))
    with acting(house, "colleague"):
        assert my_concerns()[0].standing == "received"


def test_a_key_must_be_made_for_it(house: World) -> None:
    with acting(house, "colleague") as by:
        by.only = frozenset({"plans.see"})
        with pytest.raises(NotAllowed):
            raise_concern(concern=Concern(place=house.org["arusha"], what="x"), by=by, at=AT)


def test_the_ombuds_office_sees_whether_clocks_are_kept_and_nothing_else(house: World) -> None:
    with as_house():
        code = receive_copy(
            concern=Concern(place=house.org["arusha"], what="A child agreed to tell this"), reference="7-1", at=AT
        )
        before = clocks_of_copy(code, now=AT + timedelta(days=1))
    assert [(each.clock, each.done_at) for each in before] == [(Clock.TAKE_UP, None), (Clock.TRIAGE, None)]
    with as_house():
        other = raised(house)
        assert clocks_of_copy(other, now=AT) == []


@pytest.mark.parametrize(
    ("closed", "about", "where"),
    [
        pytest.param(["arusha"], About.NOBODY_HERE, "tanzania", id="the association that it belonged to"),
        pytest.param(["arusha"], About.THE_UNIT, "tanzania", id="complained of itself"),
        pytest.param(["arusha", "tanzania"], About.NOBODY_HERE, "africa", id="what is left of the line"),
        pytest.param(["arusha", "tanzania", "africa"], About.NOBODY_HERE, "international", id="the top"),
    ],
)
def test_a_concern_about_a_place_that_is_closed_is_kept(
    house: World, closed: list[str], about: About, where: str
) -> None:
    ended = AT.date() - timedelta(days=30)
    with as_house():
        for code in closed:
            place = Organisation.objects.get(code=code)
            Position.objects.filter(organisation=place).update(valid_until=ended)
            place.exists_until = ended
            place.save()
    found = incident(raised(house, about=about))
    assert (found.handled_at.code, found.country_code) == (where, "TZ")
