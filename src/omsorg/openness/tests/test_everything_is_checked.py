"""Every word that becomes public is checked and read by a second person; what is released is what was read."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from omsorg.federation.access import NotAllowed
from omsorg.kernel.money import Money
from omsorg.kernel.wall import in_name_of
from omsorg.openness.actions.deciding import hand_back, hand_in
from omsorg.openness.actions.editions import release_case, withdraw_text
from omsorg.openness.actions.telling import list_those_told
from omsorg.openness.actions.writing import leave_passage_out
from omsorg.openness.models import Edition, Publication
from omsorg.openness.queries.checking import checked
from omsorg.openness.queries.drafts import draft_of, newest_revision
from omsorg.openness.queries.proposals import document_of
from omsorg.openness.rules.cases import Heading, Repaid, canonical, fingerprint
from omsorg.openness.rules.deciding import NotReady, NotWhatWasRead
from omsorg.openness.rules.redactions import Why
from world import World

from .cast import (
    AT,
    NOTHING_FOUND,
    acting,
    begun,
    handed_in,
    later,
    nobody_told,
    one_more,
    proposal,
    published,
    released,
    written,
)

NAMED = "Joseph Mollel paid it back."


def found_in(world: World, publication: Publication) -> list[str]:
    with in_name_of(world.person["openness_writer"].pk, day=AT.date()):
        draft = draft_of(newest_revision(publication))
        found = checked(publication, draft, smallest_shown=5)
        return [f"{each.finding.heading}: {each.finding.text}" for each in found]


def test_to_whom_money_went_is_checked_and_explains_no_name_in_the_text(world: World) -> None:
    publication = begun(world)
    texts = {**NOTHING_FOUND, Heading.HAPPENED: {"en": "Money was taken by Joseph Mollel over several months."}}
    repaid = (Repaid(Money(100, "NOK"), "Joseph Mollel"),)
    written(world, publication, texts=texts, repaid=repaid)
    assert found_in(world, publication) == ["happened: Joseph Mollel", "repaid: Joseph Mollel"]


def test_money_of_one_country_is_found_where_a_region_stands_in_its_place(world: World) -> None:
    publication = begun(world)
    repaid = (Repaid(Money(100, "TZS"), "The Ministry of Tanzania"),)
    written(world, publication, country="", region="africa", repaid=repaid)
    assert found_in(world, publication) == ["repaid: Tanzania", "repaid: TZS"]
    written(world, publication, expected=1, repaid=repaid)
    assert found_in(world, publication) == []


def test_the_words_of_a_passage_left_out_are_checked(world: World) -> None:
    publication = begun(world)
    written(world, publication)
    by = acting(world, "openness_writer")
    with in_name_of(by.person_id, day=AT.date()):
        leave_passage_out(
            publication=publication,
            heading=Heading.HAPPENED,
            language="en",
            passage="Money meant for food",
            why=Why.OTHER,
            words="It names Neema Mushi.",
            by=by,
            at=later(1),
        )
    assert found_in(world, publication) == ["left_out: Neema Mushi"]


def test_what_and_why_of_a_correction_are_checked_and_not_ones_own(world: World) -> None:
    one_more(world, "both", "openness_releaser", "tanzania")
    publication = published(world)
    written(world, publication, expected=1, texts={**NOTHING_FOUND, Heading.DID: {"en": "The police were told."}})
    handed_in(world, publication, hour=6, reason=NAMED)
    nobody_told(world, publication, hour=7)
    assert found_in(world, publication) == ["what: Joseph Mollel", "why: Joseph Mollel"]
    with pytest.raises(NotReady, match="2 things"):
        released(world, publication, hour=8)
    by, both = acting(world, "openness_releaser"), acting(world, "both")
    with in_name_of(by.person_id, day=AT.date()):
        hand_back(publication=publication, reason="A name.", by=by, at=later(9))
    with in_name_of(both.person_id, day=AT.date()):
        said = {"en": "A sum was wrong."}
        hand_in(publication=publication, what=said, why=said, by=both, at=later(10))
    with pytest.raises(NotReady, match="You have written on it yourself"):
        released(world, publication, hour=11, key="both")
    assert released(world, publication, hour=12).why == said


def test_why_nobody_is_told_is_checked(world: World) -> None:
    publication = begun(world)
    written(world, publication)
    handed_in(world, publication)
    by = acting(world, "openness_teller")
    with in_name_of(by.person_id, day=AT.date()):
        list_those_told(publication=publication, nobody_because="Only Kari Nordmann gave.", by=by, at=later(3))
    assert found_in(world, publication) == ["nobody: Kari Nordmann"]


def test_a_withdrawal_takes_no_words_of_the_one_who_withdraws(world: World, client: Client) -> None:
    publication = published(world)
    by = acting(world, "openness_releaser")
    with in_name_of(by.person_id, day=AT.date()):
        made = withdraw_text(publication=publication, because=Why.CHILD, by=by, at=later(5))
    assert (made.what, made.why, made.reason_class) == ({}, {}, "child")
    assert "Why: it could give a child away." in client.get(f"/openness/cases/{publication.code}/").content.decode()


def test_nobody_releases_what_they_have_not_read(world: World) -> None:
    publication = begun(world)
    written(world, publication)
    handed_in(world, publication)
    by, writer = acting(world, "openness_releaser"), acting(world, "openness_writer")
    with in_name_of(by.person_id, day=AT.date()):
        seen = proposal(publication)
    with in_name_of(writer.person_id, day=AT.date()), pytest.raises(NotAllowed):
        hand_back(publication=publication, reason="One more word.", by=writer, at=later(3))
    with in_name_of(by.person_id, day=AT.date()):
        hand_back(publication=publication, reason="One more word.", by=by, at=later(3))
    other = {**NOTHING_FOUND, Heading.DID: {"en": "Something that the releaser never read."}}
    written(world, publication, expected=1, texts=other)
    handed_in(world, publication, hour=4)
    nobody_told(world, publication, hour=4)
    with in_name_of(by.person_id, day=AT.date()):
        now = proposal(publication)
        for given in ((seen.revision, seen.fingerprint), (now.revision, seen.fingerprint)):
            with pytest.raises(NotWhatWasRead):
                _release(publication, *given, by)
        assert _release(publication, now.revision, now.fingerprint, by).number == 1


def _release(publication: Publication, expected: int, read: str, by: object) -> Edition:
    return release_case(
        publication=publication,
        expected=expected,
        read=read,
        hides_earlier=False,
        by=by,  # type: ignore[arg-type]
        at=later(5),
    )


def test_why_something_is_left_out_is_part_of_what_was_read() -> None:
    from omsorg.openness.rules.cases import Proposal

    one = Proposal(1, {"texts": {}}, {"en": "A sum."}, {"en": "It was wrong."})
    assert one.fingerprint != replace(one, why={"en": "It was right."}).fingerprint


def test_an_edition_stands_under_its_own_code_in_order_and_with_its_true_fingerprint(world: World) -> None:
    first, second = published(world), begun(world)
    written(world, second)
    by = acting(world, "openness_releaser")
    with in_name_of(by.person_id, day=AT.date()):
        revision = newest_revision(second)
        text = canonical(document_of(second, revision))
        given = {
            "publication": second,
            "code": second.code,
            "number": 1,
            "kind": "release",
            "revision": revision,
            "document": text,
            "fingerprint": "0" * 64,
            "closed_in": AT.date(),
            "by_id": by.person_id,
            "at": later(5),
        }
        said = {"what": {"en": "x"}, "why": {"en": "x"}, "kind": "correction"}
        for wrong, match in (
            ({"code": first.code}, "its own case"),
            ({"number": 7, **said}, "without a gap"),
            ({"document": text.replace(second.code, first.code)}, "its own case"),
        ):
            with pytest.raises(IntegrityError, match=match), transaction.atomic():
                Edition.objects.create(**{**given, **wrong})
        Edition.objects.create(**given)
        assert Edition.objects.get(publication=second).fingerprint == fingerprint(text)
