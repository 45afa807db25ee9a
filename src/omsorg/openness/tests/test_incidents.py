"""What comes from safeguarding, and that nobody shut out from an incident finds its draft."""

from datetime import date, timedelta

import pytest
from django.test import Client

from omsorg.federation.access import acting_as
from omsorg.kernel.models import Trace
from omsorg.kernel.periods import Period
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.openness.actions.following import remind_of_holds
from omsorg.openness.actions.replies import CannotAnswer, assign_reply
from omsorg.openness.actions.writing import BegunAlready, begin_case
from omsorg.openness.models import Publication, Reply, Revision, Step
from omsorg.openness.pages.held import held_rows
from omsorg.openness.queries.incidents import contradicts_finding, heads_of, waiting_incidents
from omsorg.openness.queries.quarters import counted
from omsorg.openness.queries.telling import tellers_of
from omsorg.openness.rules.cases import ClosedAs
from omsorg.openness.rules.figures import shown
from omsorg.openness.rules.held import NOTHING, UNDECIDED
from omsorg.safeguarding.actions.closing import decide_on_publication
from omsorg.safeguarding.models import Allegation, AllegationFinding, Incident, Shutout
from omsorg.safeguarding.models import Step as StepOfIncident
from omsorg.safeguarding.queries.heads import head_figures
from omsorg.safeguarding.rules import codes
from omsorg.safeguarding.tests.handling import AT, acting, closed, enter_people, incident, raised
from world import World

from .cast import one_more

DECIDED = AT + timedelta(days=10)


@pytest.fixture
def waiting(world: World) -> int:
    """An incident that is closed and was decided to be published."""
    enter_people(world)
    code = raised(world)
    closed(world, code)
    with acting(world, "focal", DECIDED) as by:
        decide_on_publication(
            incident=Incident.objects.get(code=code), decision=codes.Publication.PUBLISH, by=by, at=DECIDED
        )
    return incident(code).pk


def begin(world: World, pk: int, who: str) -> Publication:
    with in_name_of(world.person[who].pk, day=DECIDED.date()):
        by = acting_as(world.person[who].pk, day=DECIDED.date())
        (found,) = waiting_incidents(by)
        assert found.id == pk
        return begin_case(
            organisation=world.org["tanzania"], programmes=[world.org["arusha"]], incident=pk, by=by, at=DECIDED
        )


def test_a_decided_incident_waits_until_it_is_begun_once(world: World, waiting: int) -> None:
    begin(world, waiting, "writer")
    with in_name_of(world.person["writer"].pk, day=DECIDED.date()):
        by = acting_as(world.person["writer"].pk, day=DECIDED.date())
        assert waiting_incidents(by) == []
        with pytest.raises(BegunAlready):
            begin_case(organisation=world.org["tanzania"], programmes=[], incident=waiting, by=by, at=DECIDED)


def test_whoever_is_shut_out_finds_neither_the_incident_nor_its_draft(world: World, waiting: int) -> None:
    publication = begin(world, waiting, "writer")
    shut_out = world.person["openness_writer"]
    with in_name_of(shut_out.pk, day=date(2026, 3, 12)):
        assert Publication.objects.filter(pk=publication.pk).exists()
    with as_house():
        Shutout.objects.create(incident_id=waiting, person=shut_out, reason="Named in the case.", at=DECIDED)
    with in_name_of(shut_out.pk, day=date(2026, 3, 12)):
        assert not Publication.objects.filter(pk=publication.pk).exists()
        assert not Revision.objects.exists()
        assert waiting_incidents(acting_as(shut_out.pk, day=DECIDED.date())) == []
    client = Client()
    client.force_login(world.account["openness_writer"])
    assert client.get(f"/openness/work/cases/{publication.code}/").status_code == 404
    assert publication.code not in client.get("/openness/work/").content.decode()


def test_a_role_held_at_the_unit_complained_of_opens_no_draft(world: World, waiting: int) -> None:
    """Whoever belongs elsewhere but writes for the unit that is complained of finds nothing either."""
    publication = begin(world, waiting, "writer")
    guest = world.person["openness_writer"]
    with as_house():
        guest.organisation = world.org["norway"]
        guest.save(update_fields=["organisation"])
        Shutout.objects.create(
            incident_id=waiting, organisation=world.org["tanzania"], reason="Complained of.", at=DECIDED
        )
    with in_name_of(guest.pk, day=DECIDED.date()):
        assert not Publication.objects.exists()
    with in_name_of(world.person["writer"].pk, day=DECIDED.date()):
        assert Publication.objects.filter(pk=publication.pk).exists(), "whoever writes at the top still does"


def test_whoever_is_shut_out_is_neither_written_to_nor_given_a_reply(world: World, waiting: int) -> None:
    publication = begin(world, waiting, "writer")
    releaser, teller = world.person["openness_releaser"], world.person["openness_teller"]
    with as_house():
        for person in (releaser, teller):
            Shutout.objects.create(incident_id=waiting, person=person, reason="Named in the case.", at=DECIDED)
        Step.objects.create(
            publication=publication,
            number=1,
            step="held",
            reason_class="inquiry",
            reason="The court has it.",
            review_on=DECIDED.date(),
            at=DECIDED,
        )
        reply = Reply.objects.create(
            publication=publication,
            organisation=publication.organisation,
            channel="letter",
            text="What happened?",
            received_on=DECIDED.date(),
            due_on=DECIDED.date(),
            at=DECIDED,
        )
    assert remind_of_holds(days=7, at=DECIDED) == 0
    with in_name_of(teller.pk, day=DECIDED.date()):
        assert not Reply.objects.exists()
    one_more(world, "second_teller", "openness_teller", "tanzania")
    second = world.person["second_teller"]
    with in_name_of(second.pk, day=DECIDED.date()):
        by = acting_as(second.pk, day=DECIDED.date())
        assert tellers_of(reply, by) == [second]
        with pytest.raises(CannotAnswer):
            assign_reply(reply=reply, to=teller, by=by, at=DECIDED)
        assert assign_reply(reply=reply, to=second, by=by, at=DECIDED).to == second


def test_no_book_of_an_organisation_tells_of_the_case_of_an_incident(world: World, waiting: int) -> None:
    publication = begin(world, waiting, "writer")
    with as_house():
        assert Trace.objects.filter(subject=f"case:{publication.code}").exists()
    with in_name_of(world.person["national_housekeeper"].pk, day=DECIDED.date()):
        assert not Trace.objects.filter(subject=f"case:{publication.code}").exists()


def test_what_was_found_to_be_true_is_not_told_as_not_documented(world: World, waiting: int) -> None:
    publication = begin(world, waiting, "writer")
    assert contradicts_finding(publication, ClosedAs.NOT_DOCUMENTED)
    assert not contradicts_finding(publication, ClosedAs.OTHER_REACTION)
    with as_house():
        for allegation in Allegation.objects.filter(incident_id=waiting):
            AllegationFinding.objects.create(
                allegation=allegation,
                incident_id=waiting,
                finding=codes.Finding.NOT_SUBSTANTIATED,
                reasons="Looked at again.",
                at=DECIDED,
            )
    assert not contradicts_finding(publication, ClosedAs.NOT_DOCUMENTED), "the newest finding counts"


def test_what_nobody_has_decided_on_is_counted_in_public(world: World) -> None:
    """Not to decide is no way to hide a case: it stands beside what is held back."""
    enter_people(world)
    codes_of = [raised(world) for _number in range(5)]
    for code in codes_of:
        closed(world, code)
    with as_house():
        Incident.objects.update(is_example=False)
        heads = heads_of(Period.parse("2026-Q1"))
        assert heads is not None
        assert (heads.closed, dict(heads.held)) == (5, {NOTHING: 0, UNDECIDED: 5})
        counts = counted(Period.parse("2026-Q1"))
        assert counts is not None
        told = shown(counts, [], smallest_shown=5)
    assert (told.held[UNDECIDED], told.held[""]) == (5, 5)
    assert any("nobody has decided yet" in row.label for row in held_rows(told))


def test_what_was_decided_before_an_incident_was_opened_again_does_not_count(world: World, waiting: int) -> None:
    day = (DECIDED + timedelta(days=3)).date()
    with as_house():
        before = head_figures(DECIDED.date())
        assert (before.published, before.undecided, before.closings, before.reopenings) == (1, 0, 1, 0)
        number = StepOfIncident.objects.filter(incident_id=waiting).count()
        for more, kind in enumerate((codes.StepKind.REOPENED, codes.StepKind.CLOSED), 1):
            at = DECIDED + timedelta(days=more)
            StepOfIncident.objects.create(incident_id=waiting, number=number + more, kind=kind, at=at)
        after = head_figures(day)
    assert (after.closed, after.published, after.undecided, after.closings, after.reopenings) == (1, 0, 1, 2, 1)
