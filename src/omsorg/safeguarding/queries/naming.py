"""Who is named in what is written while an incident is worked, and of whom nobody has said yet whether it complains of
them."""

from collections import Counter
from collections.abc import Collection, Sequence

from omsorg.federation.access import Acting
from omsorg.federation.models import Person
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.models import Incident, Shutout, Step
from omsorg.safeguarding.queries.people import people_named, shut_out_of


def asked_about(incident: Incident, text: str, *, by: Acting, besides: Collection[int] = ()) -> list[Person]:
    """The people named in a text of whom the writer is asked whether the incident complains of them, by name: all but
    the writer, those of whom it was asked before, those whom the writer sees shut out, and those `besides`. Whether
    somebody reads the incident, or is kept from it without a word, makes no difference: nobody learns it by trying a
    name."""
    named = people_named("", text, place=incident.organisation_id, told_by=by.person_id)
    if not named:
        return []
    known = {pk for asked in _asked(incident) for pk in asked}
    known |= set(Shutout.objects.filter(incident=incident, person__in=named).values_list("person_id", flat=True))
    asked = {*named} - known - {by.person_id, *besides}
    with as_house(day=by.day):
        return list(Person.objects.select_related("organisation").filter(pk__in=asked).order_by("name", "pk"))


def called(people: Sequence[Person]) -> list[tuple[Person, str]]:
    """What each of several people is called: by name, and where two bear one name with where they belong as well."""
    times = Counter(person.name for person in people)
    return [
        (person, f"{person.name}, {person.organisation.name}" if times[person.name] > 1 else person.name)
        for person in people
    ]


def _asked(incident: Incident) -> list[list[int]]:
    """Who was asked about, in each step. What somebody said of them who is shut out since is not said."""
    said = Step.objects.filter(incident=incident, facts__has_key="asked").exclude(by__in=shut_out_of(incident.pk))
    return list(said.values_list("facts__asked", flat=True))
