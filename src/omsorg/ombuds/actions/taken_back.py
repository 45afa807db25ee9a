"""What another desk is told when a child takes a yes back after a copy was handed over. The worker tells it."""

from datetime import datetime

from django.db.models import Q

from omsorg.ombuds.access import in_name_of_the_house
from omsorg.ombuds.actions.handing_over import reference_of
from omsorg.ombuds.models import Assent, Handover
from omsorg.ombuds.neighbours import incident_desk
from omsorg.ombuds.rules.refusals import NoDeskThere


def tell_that_it_was_taken_back(*, at: datetime) -> int:
    """Tell the desk for incidents of each copy whose yes the child has taken back since. Says how many.

    The house has no key: it tells the reference under which the copy was handed over, and the day. Of a copy of which
    nobody knows whether it has arrived the desk is told each time: it keeps it once.
    """
    try:
        desk = incident_desk()
    except NoDeskThere:
        return 0
    with in_name_of_the_house():
        taken_back = Handover.objects.filter(assent__standing=Assent.Standing.WITHDRAWN)
        untold = Q(taken_back_told_on=None) | Q(delivered_on=None)
        found = list(taken_back.filter(untold).select_related("assent").order_by("case", "number"))
    for row in found:
        if row.assent is None or row.assent.withdrawn_on is None:
            continue
        desk.copy_taken_back(reference_of(row.assent), on=row.assent.withdrawn_on, at=at)
        with in_name_of_the_house():
            Handover.objects.filter(pk=row.pk).update(taken_back_told_on=at.date())
    return len(found)
