"""Roles of the ombuds channel. None of them can be held together with a role of management."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from omsorg.federation.roles import Role

OMBUDSPERSON = Role(
    code="ombudsperson",
    title=_("Ombudsperson"),
    sentence=_("Hears children, answers them, and works the cases that are assigned. Answers to the level above only."),
    may=frozenset({"ombuds.hear"}),
)
BOARD_MEMBER = Role(
    code="ombuds_board_member",
    title=_("Member of the ombuds board"),
    sentence=_("Takes over what no ombudsperson kept to, and holds half of a key for ombudspersons who lost theirs."),
    may=frozenset({"ombuds.hear", "ombuds.recover"}),
    held_at=frozenset({"international"}),
)
ROLES = (OMBUDSPERSON, BOARD_MEMBER)
VERBS: dict[str, str | Promise] = {
    "ombuds.hear": _("hear children and work the cases assigned"),
    "ombuds.recover": _("open a lost key together with another member of the board"),
}
