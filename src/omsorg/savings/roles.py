"""Roles of savings. None of them writes a group's money: that is done by what the group itself has sealed."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from omsorg.federation.roles import Role

FIELD_OFFICER = Role(
    code="savings_field_officer",
    title=_("Field officer of savings groups"),
    sentence=_("Enters savings groups here and below, visits them, and reads what they have sealed. Writes no money."),
    may=frozenset({"savings.accompany", "savings.figures"}),
)
READER = Role(
    code="savings_reader",
    title=_("Reader of savings figures"),
    sentence=_("Reads the figures of savings groups, and what they are made of where the group agreed."),
    may=frozenset({"savings.figures"}),
)
ROLES = (FIELD_OFFICER, READER)
VERBS: dict[str, str | Promise] = {
    "savings.accompany": _("enter savings groups and accompany them"),
    "savings.figures": _("read the figures of savings groups"),
}
