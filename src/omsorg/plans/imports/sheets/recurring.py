"""Names and fields that stand on several sheets."""

from django.utils.translation import gettext_lazy as _

from omsorg.plans.imports import words
from omsorg.plans.imports.fields import (
    a_code,
    choice_of,
    field_of,
    names,
    texts_of,
)

CODE = names("code", "kode", "kode", "kod")
TITLE = names("title", "titel", "tittel", "titel")
TEXT = names("text", "tekst", "tekst", "text")
REASON = names("reason", "begrundelse", "begrunnelse", "skäl")
INDICATOR = names("indicator", "indikator")
ACTION = names("action", "tiltag", "tiltak", "åtgärd")
ACTIONS = names("actions", "tiltag", "tiltak", "åtgärder")
DUE_ON = names("due date", "frist", "frist", "slutdatum")
IN_FORCE = names("in force from", "gælder fra", "gjelder fra", "gäller från")
ORGANISATION = names("organisation", "organisation", "organisasjon", "organisation")
ACTIVITY = names("activity", "aktivitet")
PERIOD = names("period", "periode", "periode", "period")

PRIORITISED = names("prioritised", "prioriteret", "prioritert", "prioriterad")

ACTIVITY_FIELDS = (
    choice_of("activity", ACTIVITY, words.ACTIVITIES, _("Whether it is still worked on. Empty: active."), "active"),
    texts_of(
        "activity_reason",
        names("why not active", "hvorfor ikke aktiv", "hvorfor ikke aktiv", "varför inte aktiv"),
        _("Why it is on hold or dropped, in words for the public."),
    ),
    field_of(
        "superseded_by",
        names("superseded by", "erstattet af", "erstattet av", "ersatt av"),
        _("Code of the one that took its place."),
        reader=a_code,
    ),
)
CAUSE = choice_of(
    "cause",
    names("cause", "årsag", "årsak", "orsak"),
    words.CAUSES,
    _("Why it is late: time, resources, scope or outside."),
)
