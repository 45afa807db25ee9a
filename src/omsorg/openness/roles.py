"""Roles of openness. Who writes does not release; who releases has not written."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from omsorg.federation.roles import Role

WRITER = Role(
    code="openness_writer",
    title=_("Writer of published failures"),
    sentence=_("Writes what happened, what was done and what was learned, and checks that no child is given away."),
    may=frozenset({"openness.see", "openness.write"}),
)
RELEASER = Role(
    code="openness_releaser",
    title=_("Releaser of published failures"),
    sentence=_("Releases what somebody else has written, or holds it with a reason and a day of review."),
    may=frozenset({"openness.see", "openness.write", "openness.release"}),
)
TELLER = Role(
    code="openness_teller",
    title=_("Teller of sponsors and donors"),
    sentence=_("Tells sponsors and donors of the programme, keeps the proof, and answers their questions."),
    may=frozenset({"openness.see", "openness.tell"}),
)
ROLES = (WRITER, RELEASER, TELLER)
VERBS: dict[str, str | Promise] = {
    "openness.see": _("see which cases wait, and where each stands"),
    "openness.write": _("write up failures for the public"),
    "openness.release": _("release, hold or correct what is public"),
    "openness.tell": _("tell sponsors and donors, and answer their questions"),
}
