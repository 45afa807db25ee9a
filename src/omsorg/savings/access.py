"""Doors of savings: to whom a group is not opened, there is no group."""

from uuid import UUID

from omsorg.federation.access import Acting, NothingHere
from omsorg.savings.models import Group

ACCOMPANY, FIGURES = "savings.accompany", "savings.figures"


def group_for(acting: Acting, uuid: UUID | str, verb: str = ACCOMPANY) -> Group:
    """The one door to a group, for who may `verb` in its unit. Where only figures are read, the group has agreed."""
    found = Group.objects.select_related("unit").filter(uuid=uuid).first()
    if found is None or not acting.may(verb, found.unit_id):
        raise NothingHere(str(uuid))
    if not found.figures_opened and not acting.may(ACCOMPANY, found.unit_id):
        raise NothingHere(str(uuid))
    return found
