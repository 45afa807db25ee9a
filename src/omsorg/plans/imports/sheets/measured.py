"""How it is measured: indicators, targets, figures."""

from django.utils.translation import gettext_lazy as _

from omsorg.kernel.sheets import columns
from omsorg.plans.imports import words
from omsorg.plans.imports.fields import (
    SheetForm,
    a_code,
    a_period,
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
    IN_FORCE,
    INDICATOR,
    ORGANISATION,
    PERIOD,
    REASON,
    TEXT,
    TITLE,
)
from omsorg.plans.rules.promises import LONGEST_TITLE

INDICATORS = SheetForm(
    "indicators",
    names("indicators", "indikatorer", "indikatorer", "indikatorer"),
    _("Indicators"),
    _("How it is told whether actions are kept, as adopted."),
    [
        field_of("code", CODE, _("Short name."), "I1", reader=a_code, required=True),
        texts_of("title", TITLE, _("What is measured."), "Carers who completed the training", most=LONGEST_TITLE),
        texts_of("text", TEXT, _("More about it.")),
        field_of("actions", ACTIONS, _("Codes of the actions that it measures."), "A1", reader=some_codes),
        choice_of(
            "kind",
            names("kind", "type", "type", "typ"),
            words.KINDS,
            _("What sort of thing is measured. Empty: answered in words."),
            "ratio",
        ),
        texts_of(
            "unit",
            names("unit", "enhed", "enhet", "enhet"),
            _("What is counted, in a word."),
            "carers",
            most=LONGEST_TITLE,
        ),
        choice_of(
            "direction",
            names("direction", "retning", "retning", "riktning"),
            words.DIRECTIONS,
            _("Which way is better. Empty: nobody has said so, and nothing is computed."),
            "up",
        ),
        choice_of(
            "time_rule",
            names("over time", "over tid", "over tid", "över tid"),
            words.TIME_RULES,
            _("How periods become a longer one. Empty: the newest holds."),
            "last",
        ),
        choice_of(
            "roll_up",
            names("over organisations", "over organisationer", "over organisasjoner", "över organisationer"),
            words.ROLL_UPS,
            _("How associations become one figure. Empty: they do not."),
            "ratio of sums",
        ),
        texts_of(
            "numerator",
            names("numerator", "tæller", "teller", "täljare"),
            _("What is counted."),
            "carers trained",
            most=LONGEST_TITLE,
        ),
        texts_of(
            "denominator",
            names("denominator", "nævner", "nevner", "nämnare"),
            _("Of how many."),
            "all carers",
            most=LONGEST_TITLE,
        ),
        field_of(
            "threshold", names("threshold", "grænse", "grense", "gräns"), _("Least or most."), reader=columns.number()
        ),
        choice_of(
            "comparison",
            names("comparison", "sammenligning", "sammenligning", "jämförelse"),
            words.COMPARISONS,
            _("On which side of the threshold. Empty: at least."),
        ),
        field_of(
            "band_low",
            names("band from", "bånd fra", "bånd fra", "band från"),
            _("Lower end."),
            reader=columns.number(),
        ),
        field_of(
            "band_high",
            names("band to", "bånd til", "bånd til", "band till"),
            _("Upper end."),
            reader=columns.number(),
        ),
        field_of(
            "per", names("per", "pr.", "per", "per"), _("Of a rate: per 1,000."), reader=columns.whole_number(least=1)
        ),
        flag_of(
            "accumulates",
            names("counted from the start", "talt fra start", "talt fra start", "räknat från start"),
            _("yes where targets count everything since the start."),
        ),
        field_of(
            "lowest", names("lowest", "lavest", "lavest", "lägst"), _("Of a score or step."), reader=columns.number()
        ),
        field_of(
            "highest", names("highest", "højest", "høyest", "högst"), _("Of a score or step."), reader=columns.number()
        ),
        flag_of(
            "asked_of_associations",
            names(
                "asked of associations",
                "stilles til foreningerne",
                "stilles til foreningene",
                "ställs till föreningarna",
            ),
            _("yes where each association answers; otherwise the plan's owner does."),
            "yes",
        ),
        flag_of(
            "evidence_needed",
            names("evidence needed", "dokumentation kræves", "dokumentasjon kreves", "dokumentation krävs"),
            _("yes where a document must be attached."),
        ),
        flag_of(
            "about_children",
            names("about children", "om børn", "om barn", "om barn"),
            _("yes where small counts must not be shown."),
        ),
        field_of(
            "dimensions",
            names("broken down by", "opdelt efter", "delt opp etter", "uppdelad efter"),
            _("Codes."),
            reader=some_codes,
        ),
        field_of("due_on", DUE_ON, _("When it shall be reached."), "2023-12-31", reader=columns.day()),
        *ACTIVITY_FIELDS,
        field_of(
            "added_on",
            names("added on", "tilføjet den", "lagt til den", "tillagd den"),
            _("Where it came into the plan after adoption: from which day on. It never counts as adopted then."),
            reader=columns.day(),
        ),
    ],
    key=("code",),
)
TARGETS = SheetForm(
    "targets",
    names("targets", "mål", "mål", "mål"),
    _("Targets and baselines"),
    _("What shall be reached by when, and where it began. A later row for the same day takes the earlier one's place."),
    [
        field_of("indicator", INDICATOR, _("Code of the indicator."), "I1", reader=a_code, required=True),
        choice_of(
            "series",
            names("target or baseline", "mål eller udgangspunkt", "mål eller utgangspunkt", "mål eller utgångspunkt"),
            words.SERIES,
            _("Empty: target."),
            "target",
            aliases=("series",),
        ),
        field_of("due_on", DUE_ON, _("For which day."), "2023-12-31", reader=columns.day(), required=True),
        field_of(
            "number",
            names("number", "tal", "tall", "tal"),
            _("The number, or of a share the numerator."),
            "90",
            reader=columns.number(),
            required=True,
        ),
        field_of(
            "denominator",
            names("denominator", "nævner", "nevner", "nämnare"),
            _("Of a share: of how many."),
            "100",
            reader=columns.number(least=0),
        ),
        field_of("organisation", ORGANISATION, _("Empty: the plan as a whole."), reader=a_code),
        field_of("in_force_on", IN_FORCE, _("Empty: from adoption."), reader=columns.day()),
        field_of(
            "replaces",
            names("instead of", "i stedet for", "i stedet for", "i stället för"),
            _("The due date of the target that it takes the place of, where it is another day."),
            reader=columns.day(),
        ),
        reason_of(_("Why it was changed.")),
    ],
    key=("indicator", "series", "due_on", "organisation", "in_force_on"),
)
FIGURES = SheetForm(
    "figures",
    names("figures", "tal", "tall", "siffror"),
    _("Figures"),
    _("What organisations reported. Who brings them in must be allowed to report for them."),
    [
        field_of("organisation", ORGANISATION, _("Code of the organisation."), "norway", reader=a_code, required=True),
        field_of("period", PERIOD, _("Period."), "2022-H2", reader=a_period, required=True),
        field_of("indicator", INDICATOR, _("Code of the indicator."), "I1", reader=a_code, required=True),
        field_of("key", names("part", "del", "del", "del"), _("Part of a breakdown. Empty: the total."), reader=a_code),
        field_of(
            "numerator",
            names("number", "tal", "tall", "tal"),
            _("The number, or of a share the numerator. A share is never entered as a percentage."),
            "45",
            reader=columns.number(),
            aliases=("numerator", "tæller", "teller", "täljare"),
        ),
        field_of(
            "denominator",
            names("denominator", "nævner", "nevner", "nämnare"),
            _("Of a share: of how many."),
            "50",
            reader=columns.number(least=0),
        ),
        choice_of(
            "state",
            names("state", "tilstand", "tilstand", "tillstånd"),
            words.STATES,
            _("Where there is no number: why. Empty: measured."),
            "measured",
        ),
        field_of("text", TEXT, _("An answer in words.")),
        field_of("reason", REASON, _("Where the number goes backwards: why.")),
    ],
    key=("organisation", "period", "indicator", "key"),
)
