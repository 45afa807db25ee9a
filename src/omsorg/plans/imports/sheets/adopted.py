"""The plan as adopted: plan, organisations, sources, recommendations, actions."""

from django.utils.translation import gettext_lazy as _

from omsorg.kernel.sheets import columns
from omsorg.plans.imports import words
from omsorg.plans.imports.fields import (
    SheetForm,
    a_code,
    a_currency,
    a_frequency,
    a_sum,
    choice_of,
    field_of,
    flag_of,
    names,
    reason_of,
    some_codes,
    texts_of,
)
from omsorg.plans.imports.sheets.recurring import (
    ACTIONS,
    ACTIVITY_FIELDS,
    CODE,
    DUE_ON,
    TEXT,
    TITLE,
)
from omsorg.plans.rules.promises import LONGEST_TITLE

PLAN = SheetForm(
    "plan",
    names("plan"),
    _("The plan"),
    _("One row: what the plan is called and how long it runs."),
    [
        field_of(
            "code", CODE, _("Short name in addresses, without blanks."), "example-plan", reader=a_code, required=True
        ),
        texts_of("title", TITLE, _("Name of the plan."), "Example plan", most=LONGEST_TITLE),
        texts_of("summary", names("summary", "sammenfatning", "sammendrag", "sammanfattning"), _("What it is about.")),
        field_of(
            "owner",
            names("owner", "ejer", "eier", "ägare"),
            _("Code of the organisation that promises. Empty: yours."),
            "international",
            reader=a_code,
        ),
        field_of(
            "adopted_on",
            names("adopted on", "vedtaget den", "vedtatt den", "antagen den"),
            _("Day of adoption."),
            "2021-07-01",
            reader=columns.day(),
            required=True,
        ),
        field_of(
            "runs_from",
            names("runs from", "løber fra", "løper fra", "löper från"),
            _("First day. Empty: the day of adoption."),
            "2021-07-01",
            reader=columns.day(),
        ),
        field_of(
            "runs_until",
            names("runs until", "løber til", "løper til", "löper till"),
            _("The day after the last. Empty: after the last due date."),
            "2025-01-01",
            reader=columns.day(),
        ),
        field_of(
            "frequency_months",
            names("months between answers", "måneder mellem svar", "måneder mellom svar", "månader mellan svar"),
            _("1, 3, 6 or 12. Empty: 6."),
            "6",
            reader=a_frequency,
        ),
        choice_of(
            "reporting_kind",
            names("who answers", "hvem svarer", "hvem svarer", "vem svarar"),
            words.ORGANISATION_KINDS,
            _("Which kind of organisation answers. Empty: national associations."),
            "national association",
        ),
        field_of(
            "currency",
            names("currency", "valuta"),
            _("Currency of the budget. Empty: EUR."),
            "EUR",
            reader=a_currency,
        ),
        field_of(
            "language",
            names("language", "sprog", "språk", "språk"),
            _("Language of texts in columns without a language. Empty: en."),
            "en",
        ),
        reason_of(_("Where the plan is there already: why this file changes it; shown in public.")),
    ],
)
ORGANISATIONS = SheetForm(
    "organisations",
    names("organisations", "organisationer", "organisasjoner", "organisationer"),
    _("Organisations"),
    _("Only where organisations are not entered yet. Who brings them in must be allowed to keep organisations."),
    [
        field_of("code", CODE, _("Short name without blanks."), "norway", reader=a_code, required=True),
        field_of(
            "name", names("name", "navn", "navn", "namn"), _("Full name."), "Example Association Norway", required=True
        ),
        choice_of(
            "kind",
            names("kind", "type", "type", "typ"),
            words.ORGANISATION_KINDS,
            _("What kind of organisation it is."),
            "national association",
            required=True,
        ),
        field_of(
            "parent",
            names("stands under", "hører under", "hører under", "hör under"),
            _("Code of the organisation above."),
            "region-europe",
            reader=a_code,
        ),
        field_of(
            "country",
            names("country", "land"),
            _("Two letters (ISO 3166)."),
            "NO",
        ),
        field_of("language", names("language", "sprog", "språk", "språk"), _("Language of its letters."), "nb"),
        field_of(
            "exists_from",
            names("exists from", "findes fra", "finnes fra", "finns från"),
            _("First day. Empty: 2000-01-01."),
            reader=columns.day(),
        ),
    ],
    key=("code",),
)
SOURCES = SheetForm(
    "sources",
    names("sources", "kilder", "kilder", "källor"),
    _("Sources"),
    _("Whose recommendations the plan answers."),
    [
        field_of("code", CODE, _("Short name."), "R1", reader=a_code, required=True),
        texts_of("title", TITLE, _("Name of the review, audit or commission."), "Example review", most=LONGEST_TITLE),
        choice_of(
            "kind",
            names("kind", "type", "type", "typ"),
            words.SOURCE_KINDS,
            _("What sort of source. Empty: review."),
            "review",
        ),
        field_of(
            "published_on",
            names("published on", "offentliggjort den", "offentliggjort den", "publicerad den"),
            _("Day of publication."),
            "2021-05-05",
            reader=columns.day(),
        ),
        field_of("link", names("link", "link", "lenke", "länk"), _("Where it can be read."), "https://example.org/"),
    ],
    key=("code",),
)
RECOMMENDATIONS = SheetForm(
    "recommendations",
    names("recommendations", "anbefalinger", "anbefalinger", "rekommendationer"),
    _("Recommendations"),
    _("What was recommended, and what is answered."),
    [
        field_of("code", CODE, _("Short name, used once in the plan."), "1.1", reader=a_code, required=True),
        field_of(
            "source",
            names("source", "kilde", "kilde", "källa"),
            _("Code of the source. Empty where there is only one."),
            "R1",
            reader=a_code,
        ),
        texts_of("area", names("area", "område"), _("Area that it belongs to."), "Quality of care", most=LONGEST_TITLE),
        texts_of("text", TEXT, _("The recommendation in its own words."), "Give every carer time for training."),
        choice_of(
            "accepted",
            names("answer", "svar"),
            words.ACCEPTED,
            _("Whether it is accepted. Empty: open."),
            "accepted",
            aliases=("accepted",),
        ),
        texts_of("response", names("response", "svartekst", "svartekst", "svarstext"), _("What is answered to it.")),
        field_of(
            "actions", ACTIONS, _("Codes of the actions that answer it, with blanks between."), "A1", reader=some_codes
        ),
    ],
    key=("code",),
)
ACTIONS_SHEET = SheetForm(
    "actions",
    ACTIONS,
    _("Actions"),
    _("What is promised, as adopted. Later changes stand on the sheet “revisions”."),
    [
        field_of("code", CODE, _("Short name."), "A1", reader=a_code, required=True),
        texts_of("title", TITLE, _("What is promised."), "Training for all carers", most=LONGEST_TITLE),
        texts_of("text", TEXT, _("More about it.")),
        flag_of(
            "prioritised", names("prioritised", "prioriteret", "prioritert", "prioriterad"), _("yes or no."), "yes"
        ),
        field_of(
            "owner",
            names("owner", "ejer", "eier", "ägare"),
            _("Code of the organisation that answers for it. Empty: the plan's owner."),
            "international",
            reader=a_code,
        ),
        field_of(
            "starts_on",
            names("starts on", "begynder den", "begynner den", "börjar den"),
            _("Empty: the first day of the plan."),
            "2021-07-01",
            reader=columns.day(),
        ),
        field_of("due_on", DUE_ON, _("Empty: the last day of the plan."), "2023-12-31", reader=columns.day()),
        field_of(
            "done_on",
            names("done on", "gjort den", "gjort den", "klar den"),
            _("The day on which it was done."),
            reader=columns.day(),
        ),
        *ACTIVITY_FIELDS,
        field_of(
            "recommendations",
            names("recommendations", "anbefalinger", "anbefalinger", "rekommendationer"),
            _("Codes of the recommendations that it answers."),
            "1.1",
            reader=some_codes,
        ),
        field_of(
            "budget",
            names("budget", "budget", "budsjett", "budget"),
            _("Budget as adopted, in whole units."),
            "150000",
            reader=a_sum(least=0),
        ),
        field_of("currency", names("currency", "valuta"), _("Empty: the plan's."), reader=a_currency),
        field_of(
            "added_on",
            names("added on", "tilføjet den", "lagt til den", "tillagd den"),
            _("Where it came into the plan after adoption: from which day on."),
            reader=columns.day(),
        ),
    ],
    key=("code",),
)
