"""A case on its way to the public: it takes two, the check, and that those who pay were told."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from omsorg.federation.access import NotAllowed
from omsorg.kernel.models import Trace
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.openness.actions.deciding import hand_back, hand_in, hold_case, take_up_again
from omsorg.openness.actions.editions import (
    NothingNew,
    WithdrawnAlready,
    withdraw_text,
)
from omsorg.openness.actions.writing import (
    WrittenMeanwhile,
    accept_justification,
    justify_finding,
    leave_passage_out,
    write_case,
)
from omsorg.openness.models import Edition, Publication
from omsorg.openness.queries.checking import checked
from omsorg.openness.queries.drafts import draft_of, newest_revision, standing_of
from omsorg.openness.queries.proposals import document_of
from omsorg.openness.queries.register import cases
from omsorg.openness.rules.cases import Heading, TextMissing, canonical
from omsorg.openness.rules.deciding import (
    HandedInAlready,
    JustifiedBySamePerson,
    NotReady,
    ReasonClass,
    ReasonMissing,
    ReviewNotAhead,
    Standing,
)
from omsorg.openness.rules.redactions import PassageNotThere, Why
from world import World

from .cast import (
    AT,
    NOTHING_FOUND,
    acting,
    begun,
    draft,
    handed_in,
    later,
    nobody_told,
    one_more,
    published,
    released,
    written,
)

FOUND = {**NOTHING_FOUND, Heading.HAPPENED: {"en": "Two girls were hit."}}


def as_(world: World, key: str):  # type: ignore[no-untyped-def]
    return in_name_of(world.person[key].pk, day=AT.date())


def test_a_case_reaches_the_public_through_two_people(world: World) -> None:
    publication = published(world)
    with in_name_of(None):
        (case,) = cases()
        assert case.code == publication.code
        assert case.said(Heading.DID, "da").is_missing
        assert case.organisation == "Example Association Tanzania"
        assert not Publication.objects.exists(), "the public reads editions alone"
    with as_house():
        verbs = set(Trace.objects.filter(subject=f"case:{publication.code}").values_list("verb", flat=True))
    assert {"begin_case", "write_case", "case_handed_in", "list_those_told", "release_case"} <= verbs


def test_whoever_wrote_does_not_release_by_rule_and_by_the_database(world: World) -> None:
    one_more(world, "both", "openness_releaser", "tanzania")
    publication = begun(world)
    with as_(world, "both"):
        first = write_case(publication=publication, draft=draft(), expected=0, by=acting(world, "both"), at=later(1))
    written(world, publication, expected=first.number, closed_in=date(2024, 4, 1))
    handed_in(world, publication)
    nobody_told(world, publication)
    by = acting(world, "both")
    with pytest.raises(NotReady) as refused:
        released(world, publication, key="both")
    with as_(world, "both"):
        assert "You have written on it yourself" in str(refused.value)
        with pytest.raises(IntegrityError, match="Whoever wrote"), transaction.atomic():
            Edition.objects.create(
                publication=publication,
                code=publication.code,
                number=1,
                kind="release",
                revision=newest_revision(publication),
                document=canonical(document_of(publication, newest_revision(publication))),
                closed_in=AT.date(),
                by_id=by.person_id,
                at=later(4),
            )


def test_nothing_is_released_before_it_is_handed_in_and_told(world: World) -> None:
    publication = begun(world)
    written(world, publication)
    with pytest.raises(NotReady) as refused:
        released(world, publication)
    assert [block.text for block in refused.value.blocks] == [
        "It is not handed in for release.",
        "Nobody has decided yet who must be told.",
    ]


def test_what_the_check_finds_is_justified_by_one_and_accepted_by_another(world: World) -> None:
    one_more(world, "both", "openness_releaser", "tanzania")
    publication = begun(world)
    written(world, publication, texts=FOUND)
    with as_(world, "openness_writer"):
        by = acting(world, "openness_writer")
        (found,) = checked(publication, draft_of(newest_revision(publication)), smallest_shown=5)
        assert found.finding.text == "Two girls"
        key = found.finding.key
        with pytest.raises(ReasonMissing):
            justify_finding(publication=publication, key=key, words=" ", by=by, at=later(1))
    both = acting(world, "both")
    with as_(world, "both"):
        justify_finding(publication=publication, key=key, words="It was in every paper.", by=both, at=later(1))
    handed_in(world, publication)
    nobody_told(world, publication)
    with pytest.raises(NotReady, match="has not accepted 1"):
        released(world, publication)
    with as_(world, "both"), pytest.raises(JustifiedBySamePerson):
        accept_justification(publication=publication, key=key, by=both, at=later(3))
    with as_(world, "openness_releaser"):
        accept_justification(publication=publication, key=key, by=acting(world, "openness_releaser"), at=later(3))
    assert released(world, publication).number == 1


def test_a_justification_ends_with_the_sentence_it_was_given_for(world: World) -> None:
    publication = begun(world)
    first = written(world, publication, texts=FOUND)
    by = acting(world, "openness_writer")
    with as_(world, "openness_writer"):
        (found,) = checked(publication, draft_of(first), smallest_shown=5)
        justify_finding(publication=publication, key=found.finding.key, words="Known.", by=by, at=later(1))
        other = {**FOUND, Heading.HAPPENED: {"en": "Two girls were hit in the kitchen."}}
        second = write_case(publication=publication, draft=draft(texts=other), expected=1, by=by, at=later(2))
        (found,) = checked(publication, draft_of(second), smallest_shown=5)
        assert not found.is_justified


def test_an_unfinished_text_is_kept_but_not_handed_in(world: World) -> None:
    publication = begun(world)
    written(world, publication, texts={Heading.HAPPENED: {"en": "Something."}})
    with pytest.raises(TextMissing):
        handed_in(world, publication)


def test_two_writers_do_not_write_over_each_other(world: World) -> None:
    publication = begun(world)
    written(world, publication)
    with pytest.raises(WrittenMeanwhile):
        written(world, publication, closed_in=date(2024, 4, 1))
    assert written(world, publication, expected=1).number == 1, "the same text again is no further text"


def test_what_is_handed_in_is_not_written_on_until_it_is_handed_back(world: World) -> None:
    publication = begun(world)
    written(world, publication)
    handed_in(world, publication)
    with pytest.raises(HandedInAlready):
        written(world, publication, expected=1, closed_in=date(2024, 4, 1))
    by = acting(world, "openness_releaser")
    with as_(world, "openness_releaser"):
        hand_back(publication=publication, reason="The month is wrong.", by=by, at=later(3))
    assert written(world, publication, expected=1, closed_in=date(2024, 4, 1)).number == 2


def test_a_hold_says_why_and_until_when_and_ends_by_a_decision(world: World) -> None:
    publication = begun(world)
    written(world, publication)
    by = acting(world, "openness_releaser")
    with as_(world, "openness_releaser"):
        hold = {"publication": publication, "reason_class": ReasonClass.INQUIRY, "by": by}
        with pytest.raises(ReviewNotAhead):
            hold_case(**hold, reason="The court has it.", review_on=AT.date(), at=later(2))
        with pytest.raises(ReasonMissing):
            hold_case(**hold, reason="", review_on=date(2024, 9, 1), at=later(2))
        hold_case(**hold, reason="The court has it.", review_on=date(2024, 9, 1), at=later(2))
        assert standing_of(publication) is Standing.HELD
        take_up_again(publication=publication, reason="The court is done.", by=by, at=later(3))
    handed_in(world, publication, hour=4)
    with as_(world, "openness_writer"), pytest.raises(NotAllowed):
        hold_case(
            publication=publication,
            reason_class=ReasonClass.LAW,
            reason="No.",
            review_on=date(2024, 9, 1),
            by=acting(world, "openness_writer"),
            at=later(5),
        )


def test_a_passage_is_left_out_with_a_reason_and_the_reader_sees_that(world: World) -> None:
    publication = begun(world)
    written(world, publication, texts={**NOTHING_FOUND, Heading.DID: {"en": "Joseph was dismissed."}})
    by = acting(world, "openness_writer")
    with as_(world, "openness_writer"):
        out = {"publication": publication, "heading": Heading.DID, "language": "en", "by": by, "at": later(1)}
        with pytest.raises(PassageNotThere):
            leave_passage_out(**out, passage="Maria", why=Why.PERSON, words="")
        with pytest.raises(ReasonMissing):
            leave_passage_out(**out, passage="Joseph", why=Why.OTHER, words="")
        leave_passage_out(**out, passage="Joseph", why=Why.PERSON, words="")
        assert newest_revision(publication).texts["did"]["en"] == "⟦1⟧ was dismissed."
    handed_in(world, publication)
    nobody_told(world, publication)
    assert "Joseph" not in released(world, publication).document
    with in_name_of(None):
        assert cases()[0].left_out[0]["why"] == "person"


def test_a_correction_says_what_and_why_and_the_text_before_stays(world: World) -> None:
    publication = published(world)
    with pytest.raises(NothingNew):
        released(world, publication, hour=5)
    written(world, publication, expected=1, closed_in=date(2024, 4, 1))
    with pytest.raises(ReasonMissing):
        handed_in(world, publication, hour=6, reason="")
    handed_in(world, publication, hour=6)
    nobody_told(world, publication, hour=7)
    assert released(world, publication, hour=8).kind == "correction"
    with in_name_of(None):
        assert [each.number for each in Edition.objects.order_by("number")] == [1, 2]


def test_a_text_that_harms_somebody_goes_at_once_and_the_reason_stays(world: World) -> None:
    publication = published(world)
    by = acting(world, "openness_releaser")
    with as_(world, "openness_releaser"):
        withdraw_text(publication=publication, because=Why.PERSON, by=by, at=later(5))
        with pytest.raises(WithdrawnAlready):
            withdraw_text(publication=publication, because=Why.PERSON, by=by, at=later(6))
        assert Edition.objects.count() == 2, "those who work on it read what stood there"
    with in_name_of(None):
        (case,) = cases()
        assert case.is_withdrawn
        assert [each.number for each in Edition.objects.all()] == [2], "the text is out of reach of the public"


def test_nothing_that_was_published_can_be_changed_or_removed(world: World) -> None:
    publication = published(world)
    for act in (
        lambda: Edition.objects.filter(publication=publication).update(document="{}"),
        lambda: Edition.objects.filter(publication=publication).delete(),
    ):
        with pytest.raises(Exception, match=r"permission denied|only grows"), transaction.atomic():
            act()


def test_other_branches_and_strangers_find_nothing(world: World) -> None:
    publication = begun(world)
    kenya = one_more(world, "kenya_writer", "openness_writer", "kenya")
    for person in (kenya.person_id, world.person["stranger"].pk, world.person["housekeeper"].pk, None):
        with in_name_of(person, day=AT.date()):
            assert not Publication.objects.filter(pk=publication.pk).exists()
    with in_name_of(kenya.person_id, day=AT.date()), pytest.raises(NotAllowed):
        hand_in(publication=publication, by=kenya, at=later(1))
