"""What became of it: money, revisions, reports, ratings."""

from django.utils.translation import gettext_lazy as _

from omsorg.kernel.sheets import columns
from omsorg.plans.imports import words
from omsorg.plans.imports.fields import (
    Field,
    SheetForm,
    a_code,
    a_currency,
    a_period,
    a_sum,
    choice_of,
    field_of,
    flag_of,
    names,
    reason_of,
    texts_of,
)
from omsorg.plans.imports.sheets.recurring import (
    ACTION,
    ACTIVITY_FIELDS,
    CAUSE,
    CODE,
    DUE_ON,
    IN_FORCE,
    INDICATOR,
    PERIOD,
    PRIORITISED,
    TEXT,
    TITLE,
)
from omsorg.plans.rules.promises import LONGEST_TITLE

BUDGET = SheetForm(
    "budget",
    names("budget", "budget", "budsjett", "budget"),
    _("Budget"),
    _("Whole sums (original, revised) and money spent, which adds up."),
    [
        field_of("action", ACTION, _("Code of the action."), "A1", reader=a_code, required=True),
        choice_of(
            "kind",
            names("kind", "type", "type", "typ"),
            words.BUDGET_KINDS,
            _("original, revised (the whole new sum) or spent (added)."),
            "spent",
            required=True,
        ),
        field_of(
            "amount",
            names("amount", "beløb", "beløp", "belopp"),
            _("In whole units of the currency, decimals allowed."),
            "40000",
            reader=a_sum(),
            required=True,
        ),
        field_of("currency", names("currency", "valuta"), _("Empty: the plan's."), "EUR", reader=a_currency),
        field_of("on_day", names("day", "dag"), _("Empty: the day of adoption."), "2022-03-31", reader=columns.day()),
        reason_of(_("What it was for, or why it was changed."), "Accounts of the half-year"),
    ],
)
REVISIONS = SheetForm(
    "revisions",
    names("revisions", "ændringer", "endringer", "ändringar"),
    _("Revisions"),
    _("What was changed after adoption. Fill in only what became different; everything else stays."),
    [
        field_of("code", CODE, _("Code of the action or indicator."), "A1", reader=a_code, required=True),
        choice_of(
            "what",
            names("what", "hvad", "hva", "vad"),
            words.PROMISES,
            _("action or indicator, where one code names both."),
            "action",
        ),
        field_of("in_force_on", IN_FORCE, _("From which day on."), "2023-03-31", reader=columns.day(), required=True),
        reason_of(_("Why; shown in public."), "Trainers could not travel", required=True),
        *ACTIVITY_FIELDS,
        texts_of("title", TITLE, _("New title."), most=LONGEST_TITLE),
        texts_of("text", TEXT, _("New text.")),
        flag_of("prioritised", PRIORITISED, _("yes or no.")),
        field_of("owner", names("owner", "ejer", "eier", "ägare"), _("New owner."), reader=a_code),
        field_of(
            "starts_on",
            names("starts on", "begynder den", "begynner den", "börjar den"),
            _("New first day."),
            reader=columns.day(),
        ),
        field_of("due_on", DUE_ON, _("New due date."), "2024-06-30", reader=columns.day()),
        field_of(
            "done_on",
            names("done on", "gjort den", "gjort den", "klar den"),
            _("The day on which it was done."),
            reader=columns.day(),
        ),
        Field(CAUSE.column, CAUSE.help, "outside", choices=words.CAUSES),
        flag_of(
            "redefined",
            names("redefined", "ændret definition", "endret definisjon", "ändrad definition"),
            _("yes where something else is measured from then on."),
        ),
    ],
    key=("code", "what", "in_force_on", "reason"),
)
REPORTS = SheetForm(
    "reports",
    names("reports", "rapporter", "rapporter", "rapporter"),
    _("Reports"),
    _("The reports of the plan. They are frozen by one person and released by another, here only named."),
    [
        field_of("code", CODE, _("Short name."), "2023-03", reader=a_code, required=True),
        field_of("period", PERIOD, _("Period that it covers."), "2022-H2", reader=a_period, required=True),
        field_of(
            "as_at",
            names("as at", "pr.", "per dato", "per datum"),
            _("Day that it speaks of."),
            "2023-03-31",
            reader=columns.day(),
            required=True,
        ),
    ],
    key=("code",),
)
RATINGS = SheetForm(
    "ratings",
    names("ratings", "vurderinger", "vurderinger", "bedömningar"),
    _("Ratings"),
    _("How each indicator was rated in each report. On hold and changed become revisions of that day."),
    [
        field_of("period", PERIOD, _("Period; or name the report instead."), "2022-H2", reader=a_period),
        field_of("report", names("report", "rapport"), _("Code of the report."), "2023-03", reader=a_code),
        field_of("indicator", INDICATOR, _("Code of the indicator."), "I1", reader=a_code, required=True),
        choice_of(
            "rating",
            names("rating", "vurdering", "vurdering", "bedömning"),
            words.PUBLISHED_RATINGS,
            _("completed, on track, off track, not started, not rated; or on hold, dropped, changed."),
            "on track",
            required=True,
        ),
        CAUSE,
        field_of(
            "new_date",
            names("new date", "ny dato", "ny dato", "nytt datum"),
            _("When off track: until when."),
            reader=columns.day(),
        ),
        reason_of(_("In the words of the report.")),
        flag_of(
            "slower_but_as_wished",
            names(
                "slower but as wished",
                "langsommere men som ønsket",
                "saktere men som ønsket",
                "långsammare men som önskat",
            ),
            _("yes where it takes longer, with the result that was wished for."),
        ),
        field_of(
            "overrides_until",
            names("overrides until", "tilsidesætter indtil", "overstyrer til", "åsidosätter till"),
            _("Where it sets the computed rating aside: until which day. It needs a reason; leave it empty otherwise."),
            reader=columns.day(),
        ),
        choice_of(
            "verified_rating",
            names("verified rating", "bekræftet vurdering", "bekreftet vurdering", "bekräftad bedömning"),
            words.RATINGS,
            _("What another organisation found."),
        ),
        field_of(
            "verified_by",
            names("verified by", "bekræftet af", "bekreftet av", "bekräftad av"),
            _("Code of that organisation."),
            reader=a_code,
        ),
        field_of(
            "verified_reason",
            names("why contested", "hvorfor bestridt", "hvorfor bestridt", "varför bestriden"),
            _("Where it found otherwise: why."),
        ),
    ],
    key=("period", "report", "indicator"),
)
