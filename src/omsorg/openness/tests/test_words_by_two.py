"""Form letters are used once two agree to them, and a list that nobody has looked through lately tells nobody."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test import Client

from omsorg.kernel.wall import as_house, in_name_of
from omsorg.openness.actions.form_letters import AnotherAgrees, NothingToAgreeTo, agree_to_template, write_template
from omsorg.openness.actions.telling import ListTooOld, list_those_told
from omsorg.openness.models import AudienceList, TemplateAgreed
from omsorg.openness.queries.form_letters import newest_templates
from omsorg.openness.rules.telling import Channel, Reading
from omsorg.openness.tests.cast import AT, acting, begun, handed_in, one_more, recipient, written
from world import World

OF = {"channel": Channel.EMAIL, "language": "nb", "reading": Reading.STANDARD, "at": AT}
pytestmark = pytest.mark.usefixtures("real_people")
WORDS = "/openness/work/words/email/nb/standard/"


def write(world: World, body: str = "Noe gikk galt. {happened} {did} {link}") -> None:
    by = acting(world, "openness_teller")
    with in_name_of(by.person_id, day=AT.date()):
        write_template(subject="Noe gikk galt", body=body, by=by, **OF)


def agree(world: World, who: str, number: int = 1) -> None:
    by = acting(world, who)
    with in_name_of(by.person_id, day=AT.date()):
        agree_to_template(number=number, by=by, **OF)


def used(world: World) -> list[int]:
    with as_house():
        return [row.number for row in newest_templates(example=False).values()]


def test_the_words_are_used_once_another_has_agreed(world: World) -> None:
    write(world)
    assert used(world) == []
    with pytest.raises(AnotherAgrees):
        agree(world, "openness_teller")
    agree(world, "openness_releaser")
    assert used(world) == [1]
    write(world, "Annerledes. {happened} {did} {link}")
    assert used(world) == [1], "the words before are used until somebody agrees to the new ones"
    for number in (1, 3):
        with pytest.raises(NothingToAgreeTo):
            agree(world, "openness_releaser", number)
    one_more(world, "second", "openness_teller", "tanzania")
    agree(world, "second", 2)
    assert used(world) == [2]


def test_invented_people_write_no_words_for_real_givers(world: World) -> None:
    """They sign in with a password that everybody knows: what two of them agree to reaches invented givers alone."""
    writer, agrees = (replace(acting(world, who), is_example=True) for who in ("openness_teller", "openness_releaser"))
    with in_name_of(writer.person_id, day=AT.date()):
        made = write_template(subject="Hei", body="Betal til konto 1. {happened} {did} {link}", by=writer, **OF)
    with pytest.raises(NothingToAgreeTo):
        agree(world, "openness_releaser", made.number)
    with in_name_of(agrees.person_id, day=AT.date()):
        agree_to_template(number=made.number, by=agrees, **OF)
    assert used(world) == []
    with as_house():
        assert [row.number for row in newest_templates(example=True).values()] == [made.number]


def test_the_database_lets_nobody_agree_to_their_own_words(world: World) -> None:
    write(world)
    by = acting(world, "openness_teller")
    agreed = (
        "INSERT INTO openness_templateagreed (template_id, by_id, at) SELECT id, %s, now() FROM openness_noticetemplate"
    )
    with as_house(), pytest.raises(IntegrityError, match="does not agree"), transaction.atomic():
        connection.cursor().execute(agreed, [by.person_id])
    with (
        in_name_of(world.person["openness_writer"].pk),
        connection.cursor() as cursor,
        pytest.raises(Exception, match="row-level"),
        transaction.atomic(),
    ):
        cursor.execute(agreed, [world.person["openness_writer"].pk])
    with as_house():
        assert not TemplateAgreed.objects.exists()


def test_whoever_releases_finds_them_and_agrees(world: World) -> None:
    write(world)
    teller, releaser, writer = Client(), Client(), Client()
    for client, who in ((teller, "openness_teller"), (releaser, "openness_releaser"), (writer, "openness_writer")):
        client.force_login(world.account[who])
    assert "New words wait for a second person." in teller.get("/openness/work/audience/").content.decode()
    assert "You wrote them yourself" in teller.get(WORDS).content.decode()
    assert WORDS in releaser.get("/openness/work/").content.decode()
    page = releaser.get(WORDS).content.decode()
    assert "I have read them, and agree" in page
    assert "<textarea" not in page, "a releaser agrees, and writes none"
    assert releaser.post(WORDS, {"decision": "keep", "subject": "x", "body": "{link}"}).status_code == 404
    assert writer.get(WORDS).status_code == 404
    releaser.post(WORDS, {"decision": "agree", "number": "1"})
    assert used(world) == [1]
    assert WORDS not in releaser.get("/openness/work/").content.decode()


def test_a_list_that_is_old_tells_nobody_until_it_is_looked_through(world: World) -> None:
    recipient(world, "S-1")
    publication = begun(world)
    written(world, publication)
    handed_in(world, publication)
    with as_house():
        AudienceList.objects.update(looked_through_on=AT.date() - timedelta(days=181))
    by = acting(world, "openness_teller")
    with in_name_of(by.person_id, day=AT.date()), pytest.raises(ListTooOld):
        list_those_told(publication=publication, nobody_because="", by=by, at=AT)
    teller = Client()
    teller.force_login(world.account["openness_teller"])
    assert "too old to tell by" in teller.get("/openness/work/audience/").content.decode()
    teller.post("/openness/work/audience/", {"programme": world.org["arusha"].code})
    assert "too old to tell by" not in teller.get("/openness/work/audience/").content.decode()
    with in_name_of(by.person_id, day=AT.date()):
        assert list_those_told(publication=publication, nobody_because="", by=by, at=AT).listed == 1


def test_nobody_looks_through_the_list_of_another_branch(world: World) -> None:
    recipient(world, "S-1")
    teller = Client()
    teller.force_login(world.account["openness_teller"])
    assert teller.post("/openness/work/audience/", {"programme": "norway"}).status_code == 404
    releaser = Client()
    releaser.force_login(world.account["openness_releaser"])
    assert releaser.post("/openness/work/audience/", {"programme": world.org["arusha"].code}).status_code == 404
