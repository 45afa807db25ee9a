"""Norwegian bokmål."""

WORDS: dict[str, str | tuple[str, str]] = {
    # Things
    "indicators": ("indikator", "indikatorer"),
    "actions": ("tiltak", "tiltak"),
    "prioritised_actions": ("prioritert tiltak", "prioriterte tiltak"),
    "organisations": ("organisasjon", "organisasjoner"),
    # Ratings, statuses, activities
    "rating.completed": "gjennomført",
    "rating.on_track": "i rute",
    "rating.off_track": "ikke i rute",
    "rating.not_started": "ikke påbegynt",
    "rating.not_rated": "ikke vurdert",
    "status.completed": "gjennomført",
    "status.on_track": "i rute",
    "status.at_risk": "i ferd med å komme ut av rute",
    "status.off_track": "ikke i rute",
    "status.not_due": "ikke forfalt ennå",
    "status.no_data": "ingen tall",
    "status.not_rated": "ikke vurdert",
    "activity.active": "aktiv",
    "activity.on_hold": "satt på vent",
    "activity.superseded": "erstattet",
    "activity.dropped": "utgått",
    # Headline
    "headline": "Gjennomført eller i rute: {adopted}, {active}, {not_rated}.",
    "headline.adopted": "{good} av {total} {indicators} i planen slik den ble vedtatt ({percent})",
    "headline.adopted.none": "ingen indikatorer i planen slik den ble vedtatt",
    "headline.active": "{good} av {total} som er aktive nå ({percent})",
    "headline.active.none": "ingen aktive nå",
    "headline.not_rated": "{count} ikke vurdert",
    # The two bases in full
    "bases.adopted": (
        "{good} av {total} {indicators} i planen slik den ble vedtatt, er gjennomført eller i rute ({percent})."
    ),
    "bases.adopted.none": "Det var ingen indikatorer i planen da den ble vedtatt.",
    "bases.active": "Av de {total} som er aktive nå, gjelder det {good} ({percent}).",
    "bases.active.none": "Ingen indikator er aktiv nå.",
    "bases.not_rated": (
        "{count} aktiv indikator er ikke vurdert ennå.",
        "{count} aktive indikatorer er ikke vurdert ennå.",
    ),
    "bases.all_rated": "Alle aktive indikatorer er vurdert.",
    "bases.added": (
        "{count} indikator er kommet til etter at planen ble vedtatt.",
        "{count} indikatorer er kommet til etter at planen ble vedtatt.",
    ),
    # Counts of ratings
    "counts": "{total} {indicators}: {items}.",
    "counts.completed": "{count} gjennomført",
    "counts.on_track": "{count} i rute",
    "counts.off_track": "{count} ikke i rute",
    "counts.not_started": "{count} ikke påbegynt",
    "counts.not_rated": "{count} ikke vurdert",
    "counts.on_hold_or_changed": "{count} satt på vent eller endret ({items})",
    "counts.inactive": ("{count} ikke aktiv", "{count} ikke aktive"),
    "counts.changed": "{count} endret og ennå ikke vurdert",
    # Actions
    "actions.moved": (
        "{moved} av {total} {actions} har kommet videre: minst én av indikatorene er gjennomført eller i rute.",
        "{moved} av {total} {actions} har kommet videre: minst én av indikatorene deres er gjennomført eller i rute.",
    ),
    "actions.none_moved": "{moved} av {total} {actions} har kommet videre.",
    "actions.none": "Det er ingen tiltak i denne rapporten.",
    "actions.prioritised": "Av {total} {prioritised_actions} har {moved} kommet videre.",
    "actions.inactive": ("{count} tiltak er ikke lenger aktivt.", "{count} tiltak er ikke lenger aktive."),
    # Change of base
    "base.since": "Siden forrige rapport ({period}): {good}; {base}.",
    "base.good.same": "antallet indikatorer som er gjennomført eller i rute, er fortsatt {after}",
    "base.good.moved": "antallet indikatorer som er gjennomført eller i rute, har gått fra {before} til {after}",
    "base.active.same": "antallet aktive indikatorer er fortsatt {after}",
    "base.active.moved": "antallet aktive indikatorer har gått fra {before} til {after}",
    "base.only": (
        "Andelen av de aktive indikatorene har gått fra {before} til {after} fordi grunnlaget er endret, ikke antallet."
    ),
    # Verification
    "verification.none": "Det er ingen vurderinger å etterprøve.",
    "verification.nobody": "{verified} av {rated} vurderinger er etterprøvd av en annen organisasjon.",
    "verification.ratings": (
        "{verified} av {rated} vurderinger er etterprøvd av en annen organisasjon: "
        "{same} med samme resultat, {other} med et annet."
    ),
    "verification.sources": (
        "Hvor vurderingene kommer fra: {computed} er beregnet ut fra tallene, {own} er den ansvarliges egen "
        "vurdering, og {override} er fastsatt av en person som har gitt en begrunnelse."
    ),
    "verification.figures": (
        "Tall for perioden: {total}, hvorav {confirmed} er bekreftet og {contested} bestridt av en annen "
        "organisasjon; {evidence} har vedlagt dokumentasjon."
    ),
    # Answers
    "coverage": (
        "Svar ({period}): {received} av {expected} {organisations} ({percent}), {late} av dem for sent; "
        "{missing} mangler."
    ),
    "coverage.none": "Det er ikke bedt om svar ({period}).",
    # Budget
    "budget.none": "Ikke noe budsjett er oppgitt.",
    "budget.known": "Budsjett er oppgitt for {known} av {total} {actions}.",
    "budget.revised": ("Budsjett: {original} da planen ble vedtatt, {present} etter revisjon; {spent}."),
    "budget.unrevised": "Budsjett: {original}, ikke revidert; {spent}.",
    "budget.spent": "{spent} er brukt{share}",
    "budget.untold": "hva som er brukt, er ikke oppgitt",
    "budget.told": "Hva som er brukt, er oppgitt for {known} av {total} {actions} med budsjett.",
    "budget.share": " ({percent} av dagens budsjett)",
    # One indicator
    "indicator.completed": "Gjennomført.",
    "indicator.on_track": "I rute.",
    "indicator.off_track": "Ikke i rute.",
    "indicator.off_track.cause": "Ikke i rute {cause}.",
    "indicator.not_started": "Ikke påbegynt.",
    "indicator.not_rated": "Ikke vurdert.",
    "indicator.changed": "Definisjonen ble endret {day}, og indikatoren er ikke vurdert siden.",
    "indicator.redefined": "Definisjonen ble endret {day}.",
    "indicator.slower": "Det går langsommere enn planlagt, men resultatet er som ønsket.",
    "indicator.new_date": "Ny dato: {day}.",
    "indicator.computed": "Tallene alene tilsier «{computed}».",
    "indicator.override": ("Tallene alene tilsier «{computed}»; den er satt til «{stated}» med begrunnelsen: {reason}"),
    "indicator.override.bare": "Den er satt til «{stated}» med begrunnelsen: {reason}",
    "indicator.self": "Den ansvarliges egen vurdering er «{rating}».",
    "indicator.verified.same": "{by} kom til samme vurdering {day}.",
    "indicator.verified.other": "{by} kom til en annen vurdering {day}: «{rating}».",
    "indicator.value": "Målt: {value}.",
    "indicator.value.coverage": "Målt: {value}, fra {reported} av {expected} {organisations}.",
    "indicator.reached": "Nådd.",
    "indicator.not_reached": "Ikke nådd ennå.",
    "indicator.target": "Mål: {value} innen {day}.",
    "indicator.target.milestone": "Skal være nådd innen {day}.",
    "indicator.target.band": "Skal ligge innenfor grensene innen {day}.",
    "indicator.first_target": "Det første målet var {value} innen {day}.",
    "indicator.first_target.day": "Den første datoen var {day}.",
    "indicator.baseline": "Ved starten: {value}.",
    "value.share": "{numerator} av {denominator} ({percent})",
    "value.per": "{value} per {per}",
    "value.unit": "{value} {unit}",
    "missing.not_reported": "Det er ikke rapportert noe tall.",
    "missing.no_cases": "Det var ingen tilfeller.",
    "missing.not_applicable": "Det er ikke aktuelt her.",
    "missing.suppressed": "Tallet er så lavt at det kunne ha pekt ut noen, og vises derfor ikke.",
    "missing.refused": "De spurte har ikke ønsket å svare.",
    "missing.incomplete": "Ikke alle har svart ennå, så det finnes ikke noe resultat.",
    "missing.not_additive": "Tallene kan ikke legges sammen: samme person kan være talt med flere steder.",
    "missing.not_rolled_up": "Tallene vises for hver organisasjon og legges ikke sammen.",
    "missing.in_words": "Besvares med ord.",
    # Activity of one thing
    "stopped.on_hold": "Satt på vent.",
    "stopped.on_hold.reason": "Satt på vent: {reason}",
    "stopped.superseded": "Erstattet av {by}.",
    "stopped.superseded.reason": "Erstattet av {by}: {reason}",
    "stopped.dropped": "Utgått.",
    "stopped.dropped.reason": "Utgått: {reason}",
    # Causes
    "cause.time": "fordi det krever mer tid enn planlagt",
    "cause.resources": "fordi det mangler penger eller folk",
    "cause.scope": "fordi oppgaven viste seg å være en annen",
    "cause.outside": "på grunn av forhold utenfor organisasjonen",
    # One action
    "action.due": "Frist {day}.",
    "action.due.slip": (
        "Frist {day}; {count} dag senere enn først lovet ({first}).",
        "Frist {day}; {count} dager senere enn først lovet ({first}).",
    ),
    "action.due.early": (
        "Frist {day}; {count} dag tidligere enn først lovet ({first}).",
        "Frist {day}; {count} dager tidligere enn først lovet ({first}).",
    ),
    "action.overdue": (
        "Skulle ha vært gjennomført {day}; så langt {count} dag senere enn først lovet ({first}).",
        "Skulle ha vært gjennomført {day}; så langt {count} dager senere enn først lovet ({first}).",
    ),
    "action.done": "Gjennomført {day}, på den dagen som først ble lovet.",
    "action.done.slip": (
        "Gjennomført {day}, {count} dag senere enn først lovet ({first}).",
        "Gjennomført {day}, {count} dager senere enn først lovet ({first}).",
    ),
    "action.done.early": (
        "Gjennomført {day}, {count} dag tidligere enn først lovet ({first}).",
        "Gjennomført {day}, {count} dager tidligere enn først lovet ({first}).",
    ),
    "action.cause": "Forsinket {cause}.",
    "action.new_date": "Ny dato: {day}.",
    "action.indicators": "{good} av {total} {indicators} gjennomført eller i rute.",
    "action.no_indicators": "Ingen indikator måler dette tiltaket.",
    # What changed
    "changed.rating": "{code}: fra «{before}» til «{after}».",
    "changed.activity": "{code}: fra {before} til {after}.",
    "changed.activity.reason": "{code}: fra {before} til {after}. {reason}",
    "changed.later": (
        "{code}: {what} er flyttet fra {before} til {after}, {count} dag senere.",
        "{code}: {what} er flyttet fra {before} til {after}, {count} dager senere.",
    ),
    "changed.earlier": (
        "{code}: {what} er flyttet fra {before} til {after}, {count} dag tidligere.",
        "{code}: {what} er flyttet fra {before} til {after}, {count} dager tidligere.",
    ),
    "changed.day_set": "{code}: {what} er satt til {after}.",
    "changed.day_gone": "{code}: {what} {before} er ikke lenger oppgitt.",
    "day.starts_on": "oppstarten",
    "day.due_on": "fristen",
    "day.target_due": "datoen for målet",
    "changed.budget": "{code}: budsjettet har gått fra {before} til {after}.",
    "changed.budget_set": "{code}: det er satt et budsjett på {after}.",
    "changed.budget_gone": "{code}: budsjettet på {before} er ikke lenger oppgitt.",
    "changed.target": "{code}: målet er endret fra {before} til {after}.",
    "changed.target_set": "{code}: det er satt et mål på {after}.",
    "changed.target_gone": "{code}: målet på {before} er ikke lenger oppgitt.",
    "changed.text": "{code}: «{before}» lyder nå «{after}».",
    "changed.new_indicator": "{code} er en ny indikator.",
    "changed.removed_indicator": "{code} er ikke lenger blant indikatorene i rapporten.",
    "changed.new_action": "{code} er et nytt tiltak.",
    "changed.removed_action": "{code} er ikke lenger blant tiltakene i rapporten.",
    "changed.nothing": "Ingenting er endret siden forrige rapport.",
}
