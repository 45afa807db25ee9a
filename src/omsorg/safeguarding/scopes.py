"""What a personal key to the HTTP API may be used for in safeguarding."""

from django.utils.translation import gettext_lazy as _

from omsorg.federation.scopes import Scope

SCOPES = (
    Scope("safeguarding:report", _("Raise concerns, in your name."), frozenset({"safeguarding.report"})),
    Scope("safeguarding:read", _("Read the incidents that you may see."), frozenset({"safeguarding.see"})),
    Scope(
        "safeguarding:work",
        _("Work the incidents assigned to you, in your name."),
        frozenset({"safeguarding.see", "safeguarding.work"}),
    ),
    Scope(
        "safeguarding:handle",
        _("Take up, look at, assign and close incidents, in your name."),
        frozenset({"safeguarding.see", "safeguarding.work", "safeguarding.handle"}),
    ),
)
