"""What a personal key to the HTTP API may be used for in openness."""

from django.utils.translation import gettext_lazy as _

from omsorg.federation.scopes import Scope

SCOPES = (
    Scope(
        "openness:write",
        _("Write up failures and hand them in for release, in your name."),
        frozenset({"openness.see", "openness.write"}),
    ),
    Scope(
        "openness:release",
        _("Release, hold back or correct what is public, in your name."),
        frozenset({"openness.see", "openness.write", "openness.release"}),
    ),
    Scope(
        "openness:tell",
        _("List who is told, keep the proofs and take in replies, in your name."),
        frozenset({"openness.see", "openness.tell"}),
    ),
)
