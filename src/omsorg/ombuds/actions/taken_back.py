"""What another desk is told when a child takes a yes back after a copy was handed over. The worker tells it."""

from datetime import datetime

from omsorg.ombuds.access import in_name_of_the_house
from omsorg.ombuds.actions.sharing import reference_of
from omsorg.ombuds.models import Assent, Handover
from omsorg.ombuds.neighbours import incident_desk
from omsorg.ombuds.rules.refusals import NoDeskThere


def tell_that_it_was_taken_back(*, at: datetime) -> int:
    """Tell the desk for incidents of each copy whose yes the child has taken back since. Says how many.

    The house has no key: it tells the reference under which the copy was handed over, and the day.
    """
    try:
        desk = incident_desk()
    except NoDeskThere:
        return 0
    with in_name_of_the_house():
        taken_back = Handover.objects.filter(assent__standing=Assent.Standing.WITHDRAWN)
        untold = list(
            taken_back.filter(taken_back_told_on__isnull=True).select_related("assent").order_by("case", "number")
        )
        before = {row.pk: taken_back.filter(assent=row.assent, number__lt=row.number).count() for row in untold}
    for row in untold:
        if row.assent is None or row.assent.withdrawn_on is None:
            continue
        desk.copy_taken_back(reference_of(row.assent, before[row.pk]), on=row.assent.withdrawn_on, at=at)
        with in_name_of_the_house():
            Handover.objects.filter(pk=row.pk).update(taken_back_told_on=at.date())
    return len(untold)
