"""The case that the tests of openness know, and the people who bring it to the public. All invented."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from omsorg.federation.access import Acting, acting_as
from omsorg.federation.models import Mandate, Person
from omsorg.kernel import clock
from omsorg.kernel.money import Money
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.openness.actions.deciding import hand_in
from omsorg.openness.actions.editions import release_case
from omsorg.openness.actions.telling import list_those_told
from omsorg.openness.actions.writing import begin_case, write_case
from omsorg.openness.models import AudienceList, Edition, Publication, Recipient, Revision, Round
from omsorg.openness.queries.drafts import newest_revision
from omsorg.openness.queries.proposals import proposal_of
from omsorg.openness.rules.cases import ClosedAs, Draft, Heading, Proposal, Repaid, Subject, Tell
from world import World

AT = datetime(2024, 7, 1, 9, tzinfo=UTC)
NOTHING_FOUND = {
    Heading.SUMMARY: {"en": "Money for food was taken, and most of it was repaid."},
    Heading.HAPPENED: {"en": "Money meant for food was used for something else over several months."},
    Heading.DID: {"en": "The employment was ended. The police were told."},
    Heading.LEARNED: {"en": "Bills are now checked twice before they are paid."},
}


def later(hours: int) -> datetime:
    return AT + timedelta(hours=hours)


def draft(**changes: object) -> Draft:
    """A case in which the check finds nothing."""
    whole = Draft(
        texts=NOTHING_FOUND,
        original="en",
        closed_in=date(2024, 5, 1),
        closed_as=ClosedAs.PARTLY_REPAID,
        subject=Subject.MONEY,
        country="TZ",
        repaid=(Repaid(Money(155_329_00, "NOK"), "Norad"),),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def acting(world: World, key: str) -> Acting:
    person = world.person[key]
    with in_name_of(person.pk):
        return acting_as(person.pk, day=AT.date())


def one_more(world: World, key: str, role: str, at: str) -> Acting:
    """Another person with a role."""
    with as_house():
        person = Person.objects.create(organisation=world.org[at], name=f"Example {key}")
        Mandate.objects.create(person=person, role=role, organisation=world.org[at], valid_from=date(2000, 1, 1))
    world.person[key] = person
    return acting(world, key)


def begun(world: World, *, incident: int | None = None) -> Publication:
    by = acting(world, "openness_writer")
    with in_name_of(by.person_id, day=AT.date()):
        return begin_case(
            organisation=world.org["tanzania"], programmes=[world.org["arusha"]], incident=incident, by=by, at=AT
        )


def written(world: World, publication: Publication, *, expected: int = 0, **changes: object) -> Revision:
    by = acting(world, "openness_writer")
    with in_name_of(by.person_id, day=AT.date()):
        return write_case(publication=publication, draft=draft(**changes), expected=expected, by=by, at=later(1))


def handed_in(world: World, publication: Publication, *, hour: int = 2, reason: str = "A wrong sum.") -> None:
    """Handed in; where a text is public already, with what and why."""
    by = acting(world, "openness_writer")
    said = {"en": reason}
    with in_name_of(by.person_id, day=AT.date()):
        hand_in(publication=publication, what=said, why=said, by=by, at=later(hour))


def nobody_told(world: World, publication: Publication, *, hour: int = 3) -> Round:
    by = acting(world, "openness_teller")
    with in_name_of(by.person_id, day=AT.date()):
        return list_those_told(
            publication=publication, nobody_because="The programme has no sponsors yet.", by=by, at=later(hour)
        )


def released(
    world: World,
    publication: Publication,
    *,
    hour: int = 4,
    hides_earlier: bool = False,
    key: str = "openness_releaser",
) -> Edition:
    """Released by who has read what stands there now."""
    by = acting(world, key)
    with in_name_of(by.person_id, day=AT.date()):
        read = proposal(publication)
        return release_case(
            publication=publication,
            expected=read.revision,
            read=read.fingerprint,
            hides_earlier=hides_earlier,
            by=by,
            at=later(hour),
        )


def proposal(publication: Publication) -> Proposal:
    """What a release would show now."""
    revision = newest_revision(publication)
    assert revision is not None
    return proposal_of(publication, revision)


def published(world: World) -> Publication:
    """A case all the way to the public, with nobody to tell."""
    publication = begun(world)
    written(world, publication)
    handed_in(world, publication)
    nobody_told(world, publication)
    released(world, publication)
    return publication


def recipient(world: World, reference: str, **changes: object) -> Recipient:
    given = {
        "programme": world.org["arusha"],
        "reference": reference,
        "name": f"Example Giver {reference}",
        "giver": "sponsor",
        "language": "nb",
        "channel": "email",
        "address": f"{reference}@example.org",
        **changes,
    }
    with as_house():
        AudienceList.objects.get_or_create(programme=given["programme"], defaults={"looked_through_on": clock.today()})
        return Recipient.objects.create(**given)


__all__ = ["AT", "NOTHING_FOUND", "Edition", "Tell", "acting", "begun", "draft", "handed_in", "later", "published"]
