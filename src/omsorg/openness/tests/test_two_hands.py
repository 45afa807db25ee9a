"""Handing in, saying that nobody is told, and releasing are never one person's: by rule and by the database."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from omsorg.federation.models import Mandate
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.openness.actions.deciding import hand_in
from omsorg.openness.actions.telling import list_those_told
from omsorg.openness.models import Edition, Publication
from omsorg.openness.queries.drafts import newest_revision
from omsorg.openness.rules.deciding import NotReady
from world import World

from .cast import AT, acting, begun, handed_in, later, nobody_told, released, written


@pytest.fixture
def busy(world: World) -> World:
    """The releaser tells as well."""
    with as_house():
        Mandate.objects.create(
            person=world.person["openness_releaser"],
            role="openness_teller",
            organisation=world.org["international"],
            valid_from=date(2000, 1, 1),
        )
    return world


def insert(world: World, publication: Publication) -> None:
    by = acting(world, "openness_releaser")
    with in_name_of(by.person_id, day=AT.date()), transaction.atomic():
        Edition.objects.create(
            publication=publication,
            code=publication.code,
            number=1,
            kind="release",
            revision=newest_revision(publication),
            document=f'{{"code": "{publication.code}"}}',
            closed_in=AT.date(),
            by_id=by.person_id,
            at=later(5),
        )


def test_whoever_hands_in_does_not_release(busy: World) -> None:
    publication = begun(busy)
    written(busy, publication)
    by = acting(busy, "openness_releaser")
    with in_name_of(by.person_id, day=AT.date()):
        hand_in(publication=publication, by=by, at=later(2))
    nobody_told(busy, publication)
    with pytest.raises(NotReady, match="You have handed it in yourself"):
        released(busy, publication)
    with pytest.raises(IntegrityError, match="Whoever handed a case in"):
        insert(busy, publication)


def test_whoever_says_that_nobody_is_told_does_not_release(busy: World) -> None:
    publication = begun(busy)
    written(busy, publication)
    handed_in(busy, publication)
    by = acting(busy, "openness_releaser")
    with in_name_of(by.person_id, day=AT.date()):
        list_those_told(publication=publication, nobody_because="I say so.", by=by, at=later(3))
    with pytest.raises(NotReady, match="You have said yourself that nobody is told"):
        released(busy, publication)
    with pytest.raises(IntegrityError, match="Whoever says that nobody is told"):
        insert(busy, publication)
