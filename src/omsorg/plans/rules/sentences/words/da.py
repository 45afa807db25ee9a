"""Danish."""

WORDS: dict[str, str | tuple[str, str]] = {
    # Things
    "indicators": ("indikator", "indikatorer"),
    "actions": ("tiltag", "tiltag"),
    "prioritised_actions": ("prioriteret tiltag", "prioriterede tiltag"),
    "organisations": ("organisation", "organisationer"),
    # Ratings, statuses, activities
    "rating.completed": "gennemført",
    "rating.on_track": "efter planen",
    "rating.off_track": "bagud",
    "rating.not_started": "ikke begyndt",
    "rating.not_rated": "ikke vurderet",
    "status.completed": "gennemført",
    "status.on_track": "efter planen",
    "status.at_risk": "i fare for at komme bagud",
    "status.off_track": "bagud",
    "status.not_due": "endnu ikke forfalden",
    "status.no_data": "ingen tal",
    "status.not_rated": "ikke vurderet",
    "activity.active": "aktiv",
    "activity.on_hold": "sat på pause",
    "activity.superseded": "erstattet",
    "activity.dropped": "udgået",
    # Headline
    "headline": "Gennemført eller efter planen: {adopted}, {active}, {not_rated}.",
    "headline.adopted": "{good} af {total} {indicators} i planen, som den blev vedtaget ({percent})",
    "headline.adopted.none": "ingen indikatorer i planen, som den blev vedtaget",
    "headline.active": "{good} af {total}, der er aktive nu ({percent})",
    "headline.active.none": "ingen aktive nu",
    "headline.not_rated": "{count} ikke vurderet",
    # The two bases in full
    "bases.adopted": (
        "{good} af {total} {indicators} i planen, som den blev vedtaget, "
        "er gennemført eller kører efter planen ({percent}).",
        "{good} af {total} {indicators} i planen, som den blev vedtaget, "
        "er gennemført eller kører efter planen ({percent}).",
    ),
    "bases.adopted.none": "Der var ingen indikatorer i planen, da den blev vedtaget.",
    "bases.active": "Af de {total}, der er aktive nu, gælder det {good} ({percent}).",
    "bases.active.none": "Ingen indikator er aktiv nu.",
    "bases.not_rated": (
        "{count} aktiv indikator er endnu ikke vurderet.",
        "{count} aktive indikatorer er endnu ikke vurderet.",
    ),
    "bases.all_rated": "Alle aktive indikatorer er vurderet.",
    "bases.added": (
        "{count} indikator er kommet til, efter at planen blev vedtaget.",
        "{count} indikatorer er kommet til, efter at planen blev vedtaget.",
    ),
    # Counts of ratings
    "counts": "{total} {indicators}: {items}.",
    "counts.completed": "{count} gennemført",
    "counts.on_track": "{count} efter planen",
    "counts.off_track": "{count} bagud",
    "counts.not_started": "{count} ikke begyndt",
    "counts.not_rated": "{count} ikke vurderet",
    "counts.on_hold_or_changed": "{count} sat på pause eller ændret ({items})",
    "counts.inactive": ("{count} ikke aktiv", "{count} ikke aktive"),
    "counts.changed": "{count} ændret og endnu ikke vurderet",
    # Actions
    "actions.moved": (
        "{moved} af {total} {actions} er kommet videre: "
        "mindst én af indikatorerne er gennemført eller kører efter planen.",
        "{moved} af {total} {actions} er kommet videre: "
        "mindst én af deres indikatorer er gennemført eller kører efter planen.",
    ),
    "actions.none_moved": "{moved} af {total} {actions} er kommet videre.",
    "actions.none": "Der er ingen tiltag i denne rapport.",
    "actions.prioritised": "Af {total} {prioritised_actions} er {moved} kommet videre.",
    "actions.inactive": ("{count} tiltag er ikke længere aktivt.", "{count} tiltag er ikke længere aktive."),
    # Change of base
    "base.since": "Siden forrige rapport ({period}): {good}; {base}.",
    "base.good.same": "antallet af indikatorer, der er gennemført eller kører efter planen, er stadig {after}",
    "base.good.moved": (
        "antallet af indikatorer, der er gennemført eller kører efter planen, er gået fra {before} til {after}"
    ),
    "base.active.same": "antallet af aktive indikatorer er stadig {after}",
    "base.active.moved": "antallet af aktive indikatorer er gået fra {before} til {after}",
    "base.only": (
        "Andelen af de aktive indikatorer er gået fra {before} til {after}, "
        "fordi grundlaget har ændret sig, ikke antallet."
    ),
    # Verification
    "verification.none": "Der er ingen vurderinger at efterprøve.",
    "verification.nobody": "{verified} af {rated} vurderinger er efterprøvet af en anden organisation.",
    "verification.ratings": (
        "{verified} af {rated} vurderinger er efterprøvet af en anden organisation: "
        "{same} med samme resultat, {other} med et andet."
    ),
    "verification.sources": (
        "Hvor vurderingerne kommer fra: {computed} er beregnet ud fra tallene, {own} er den ansvarliges egen "
        "vurdering, og {override} er fastsat af en person med en begrundelse."
    ),
    "verification.figures": (
        "Periodens tal: {total}, heraf {confirmed} bekræftet og {contested} bestridt af en anden organisation; "
        "{evidence} med dokumentation."
    ),
    # Answers
    "coverage": (
        "Svar ({period}): {received} af {expected} {organisations} ({percent}), heraf {late} for sent; "
        "{missing} mangler."
    ),
    "coverage.none": "Der er ikke bedt om svar ({period}).",
    # Budget
    "budget.none": "Intet budget er oplyst.",
    "budget.known": "Der er oplyst budget for {known} af {total} {actions}.",
    "budget.revised": ("Budget: {original}, da planen blev vedtaget, {present} efter revision; {spent}."),
    "budget.unrevised": "Budget: {original}, ikke revideret; {spent}.",
    "budget.spent": "{spent} er brugt{share}",
    "budget.untold": "hvad der er brugt, er ikke oplyst",
    "budget.told": "Hvad der er brugt, er oplyst for {known} af {total} {actions} med budget.",
    "budget.share": " ({percent} af det nuværende budget)",
    # One indicator
    "indicator.completed": "Gennemført.",
    "indicator.on_track": "Kører efter planen.",
    "indicator.off_track": "Bagud.",
    "indicator.off_track.cause": "Bagud, {cause}.",
    "indicator.not_started": "Ikke begyndt.",
    "indicator.not_rated": "Ikke vurderet.",
    "indicator.changed": "Definitionen blev ændret {day}, og indikatoren er ikke vurderet siden.",
    "indicator.redefined": "Definitionen blev ændret {day}.",
    "indicator.slower": "Det går langsommere end planlagt, men resultatet er som ønsket.",
    "indicator.new_date": "Ny dato: {day}.",
    "indicator.computed": "Tallene alene siger ”{computed}”.",
    "indicator.override": ("Tallene alene siger ”{computed}”; den er sat til ”{stated}” med begrundelsen: {reason}"),
    "indicator.override.bare": "Den er sat til ”{stated}” med begrundelsen: {reason}",
    "indicator.self": "Den ansvarliges egen vurdering er ”{rating}”.",
    "indicator.verified.same": "{by} kom til samme vurdering {day}.",
    "indicator.verified.other": "{by} kom til en anden vurdering {day}: ”{rating}”.",
    "indicator.value": "Målt: {value}.",
    "indicator.value.coverage": "Målt: {value}, fra {reported} af {expected} {organisations}.",
    "indicator.reached": "Nået.",
    "indicator.not_reached": "Endnu ikke nået.",
    "indicator.target": "Mål: {value} senest {day}.",
    "indicator.target.milestone": "Skal være nået senest {day}.",
    "indicator.target.band": "Skal ligge inden for grænserne senest {day}.",
    "indicator.first_target": "Det første mål var {value} senest {day}.",
    "indicator.first_target.day": "Den første dato var {day}.",
    "indicator.baseline": "Ved begyndelsen: {value}.",
    "value.share": "{numerator} af {denominator} ({percent})",
    "value.per": "{value} pr. {per}",
    "value.unit": "{value} {unit}",
    "missing.not_reported": "Der er ikke indberettet noget tal.",
    "missing.no_cases": "Der var ingen tilfælde.",
    "missing.not_applicable": "Det er ikke relevant her.",
    "missing.suppressed": "Tallet er så lille, at det kunne pege nogen ud, og vises derfor ikke.",
    "missing.refused": "De adspurgte har ikke ønsket at svare.",
    "missing.incomplete": "Ikke alle har svaret endnu, så der er ikke noget resultat.",
    "missing.not_additive": "Tallene kan ikke lægges sammen: samme person kan være talt med flere steder.",
    "missing.not_rolled_up": "Tallene vises for hver organisation og lægges ikke sammen.",
    "missing.in_words": "Besvares med ord.",
    # Activity of one thing
    "stopped.on_hold": "Sat på pause.",
    "stopped.on_hold.reason": "Sat på pause: {reason}",
    "stopped.superseded": "Erstattet af {by}.",
    "stopped.superseded.reason": "Erstattet af {by}: {reason}",
    "stopped.dropped": "Udgået.",
    "stopped.dropped.reason": "Udgået: {reason}",
    # Causes
    "cause.time": "fordi det kræver mere tid end planlagt",
    "cause.resources": "fordi der mangler penge eller folk",
    "cause.scope": "fordi opgaven viste sig at være en anden",
    "cause.outside": "på grund af forhold uden for organisationen",
    # One action
    "action.due": "Frist {day}.",
    "action.due.slip": (
        "Frist {day}; {count} dag senere end først lovet ({first}).",
        "Frist {day}; {count} dage senere end først lovet ({first}).",
    ),
    "action.due.early": (
        "Frist {day}; {count} dag tidligere end først lovet ({first}).",
        "Frist {day}; {count} dage tidligere end først lovet ({first}).",
    ),
    "action.overdue": (
        "Skulle have været gennemført {day}; indtil nu {count} dag senere end først lovet ({first}).",
        "Skulle have været gennemført {day}; indtil nu {count} dage senere end først lovet ({first}).",
    ),
    "action.done": "Gennemført {day}, på den dag, der først blev lovet.",
    "action.done.slip": (
        "Gennemført {day}, {count} dag senere end først lovet ({first}).",
        "Gennemført {day}, {count} dage senere end først lovet ({first}).",
    ),
    "action.done.early": (
        "Gennemført {day}, {count} dag tidligere end først lovet ({first}).",
        "Gennemført {day}, {count} dage tidligere end først lovet ({first}).",
    ),
    "action.cause": "Forsinket, {cause}.",
    "action.new_date": "Ny dato: {day}.",
    "action.indicators": "{good} af {total} {indicators} gennemført eller efter planen.",
    "action.no_indicators": "Ingen indikator måler dette tiltag.",
    # What changed
    "changed.rating": "{code}: fra ”{before}” til ”{after}”.",
    "changed.activity": "{code}: fra {before} til {after}.",
    "changed.activity.reason": "{code}: fra {before} til {after}. {reason}",
    "changed.later": (
        "{code}: {what} er flyttet fra {before} til {after}, {count} dag senere.",
        "{code}: {what} er flyttet fra {before} til {after}, {count} dage senere.",
    ),
    "changed.earlier": (
        "{code}: {what} er flyttet fra {before} til {after}, {count} dag tidligere.",
        "{code}: {what} er flyttet fra {before} til {after}, {count} dage tidligere.",
    ),
    "changed.day_set": "{code}: {what} er sat til {after}.",
    "changed.day_gone": "{code}: {what} {before} er ikke længere angivet.",
    "day.starts_on": "begyndelsen",
    "day.due_on": "fristen",
    "day.target_due": "datoen for målet",
    "changed.budget": "{code}: budgettet er gået fra {before} til {after}.",
    "changed.budget_set": "{code}: der er sat et budget på {after}.",
    "changed.budget_gone": "{code}: budgettet på {before} er ikke længere angivet.",
    "changed.target": "{code}: målet er ændret fra {before} til {after}.",
    "changed.target_set": "{code}: der er sat et mål på {after}.",
    "changed.target_gone": "{code}: målet på {before} er ikke længere angivet.",
    "changed.text": "{code}: ”{before}” lyder nu ”{after}”.",
    "changed.new_indicator": "{code} er en ny indikator.",
    "changed.removed_indicator": "{code} er ikke længere blandt rapportens indikatorer.",
    "changed.new_action": "{code} er et nyt tiltag.",
    "changed.removed_action": "{code} er ikke længere blandt rapportens tiltag.",
    "changed.nothing": "Intet er ændret siden forrige rapport.",
}
