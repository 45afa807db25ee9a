"""Whom one may choose: for the team, to be shut out, and which units. Nobody is offered who must find nothing."""

from datetime import date

from django.db.models import Q
from django.db.models.functions import Lower

from omsorg.federation.access import Acting
from omsorg.federation.models import Mandate, Organisation, Person
from omsorg.safeguarding.models import Incident
from omsorg.safeguarding.queries.people import MAY_WORK, line_of, shut_out_of


def candidates_for(incident: Incident, day: date) -> list[tuple[str, str]]:
    """Those who may work it, as far as the reader may see who they are, by code and name."""
    held = Mandate.objects.filter(Q(valid_until=None) | Q(valid_until__gt=day), role__in=MAY_WORK, valid_from__lte=day)
    people = Person.objects.filter(pk__in=held.values("person_id"), left_on=None).select_related("organisation")
    found = people.order_by(Lower("name"), "pk")
    shut = shut_out_of(incident.pk)
    return [(person.code, f"{person.name}, {person.organisation.name}") for person in found if person.pk not in shut]


def people_in_sight(acting: Acting) -> list[tuple[str, str]]:
    """The people of the organisations that one sees, oneself included, by code and name."""
    found = Person.objects.filter(left_on=None).select_related("organisation").order_by(Lower("name"), "pk")
    units = acting.units_for("safeguarding.handle")
    return [
        (person.code, f"{person.name}, {person.organisation.name}")
        for person in found.filter(Q(organisation_id__in=units) | Q(pk=acting.person_id))
    ]


def units_in_sight(incident: Incident, day: date) -> list[tuple[str, str]]:
    """The organisations in the line of the incident: what it is about, and those above it."""
    line = [unit.id for unit in line_of(incident.organisation_id, day)]
    by_id = Organisation.objects.in_bulk(line)
    return [(by_id[pk].code, by_id[pk].name) for pk in line]
