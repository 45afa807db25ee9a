"""Swedish."""

WORDS: dict[str, str | tuple[str, str]] = {
    # Things
    "indicators": ("indikator", "indikatorer"),
    "actions": ("åtgärd", "åtgärder"),
    "prioritised_actions": ("prioriterad åtgärd", "prioriterade åtgärder"),
    "organisations": ("organisation", "organisationer"),
    "periods.1": ("månad", "månader"),
    "periods.3": ("kvartal", "kvartal"),
    "periods.6": ("halvår", "halvår"),
    "periods.12": ("år", "år"),
    # Ratings, statuses, activities
    "rating.completed": "genomförd",
    "rating.on_track": "enligt plan",
    "rating.off_track": "släpar efter",
    "rating.not_started": "inte påbörjad",
    "rating.not_rated": "inte bedömd",
    "status.completed": "genomförd",
    "status.on_track": "enligt plan",
    "status.at_risk": "riskerar att släpa efter",
    "status.off_track": "släpar efter",
    "status.not_due": "ännu inte aktuell",
    "status.no_data": "siffror saknas",
    "status.not_rated": "inte bedömd",
    "activity.active": "aktiv",
    "activity.on_hold": "vilande",
    "activity.superseded": "ersatt",
    "activity.dropped": "struken",
    # Headline
    "headline": "Genomförda eller enligt plan: {items}.",
    "headline.adopted": "{good} av {total} {indicators} i planen som den antogs ({percent})",
    "headline.adopted.none": "inga indikatorer i planen som den antogs",
    "headline.active": "{good} av {total} som är aktiva nu ({percent})",
    "headline.active.none": "inga aktiva nu",
    "headline.not_rated": ("{count} inte bedömd", "{count} inte bedömda"),
    "headline.all_rated": "alla bedömda",
    # The two bases in full
    "bases.adopted": (
        "{good} av {total} {indicators} i planen som den antogs är genomförd eller går enligt plan ({percent}).",
        "{good} av {total} {indicators} i planen som den antogs är genomförda eller går enligt plan ({percent}).",
    ),
    "bases.adopted.none": "Det fanns inga indikatorer i planen när den antogs.",
    "bases.active": "Av de {total} som är aktiva nu gäller det {good} ({percent}).",
    "bases.active.none": "Ingen indikator är aktiv nu.",
    "bases.not_rated": (
        "{count} aktiv indikator är ännu inte bedömd.",
        "{count} aktiva indikatorer är ännu inte bedömda.",
    ),
    "bases.all_rated": "Alla aktiva indikatorer är bedömda.",
    "bases.added": (
        "{count} indikator har tillkommit sedan planen antogs.",
        "{count} indikatorer har tillkommit sedan planen antogs.",
    ),
    # Counts of ratings
    "counts": "{total} {indicators}: {items}.",
    "counts.none": "Rapporten har inga indikatorer.",
    "counts.completed": ("{count} genomförd", "{count} genomförda"),
    "counts.on_track": "{count} enligt plan",
    "counts.off_track": "{count} släpar efter",
    "counts.not_started": ("{count} inte påbörjad", "{count} inte påbörjade"),
    "counts.not_rated": ("{count} inte bedömd", "{count} inte bedömda"),
    "counts.on_hold_or_changed": (
        "{count} vilande eller ändrad ({items})",
        "{count} vilande eller ändrade ({items})",
    ),
    "counts.inactive": ("{count} inte aktiv", "{count} inte aktiva"),
    "counts.changed": ("{count} ändrad och ännu inte bedömd", "{count} ändrade och ännu inte bedömda"),
    # Actions
    "actions.moved": (
        "{moved} av {total} {actions} har kommit vidare: "
        "minst en av dess indikatorer är genomförd eller går enligt plan.",
        "{moved} av {total} {actions} har kommit vidare: "
        "minst en av deras indikatorer är genomförd eller går enligt plan.",
    ),
    "actions.none_moved.one": "Den enda åtgärden har inte kommit vidare.",
    "actions.none_moved": "Ingen av de {total} åtgärderna har kommit vidare.",
    "actions.no_prioritised.one": "Den enda prioriterade åtgärden har inte kommit vidare.",
    "actions.no_prioritised": "Ingen av de {total} prioriterade åtgärderna har kommit vidare.",
    "actions.none": "Det finns inga åtgärder i den här rapporten.",
    "actions.prioritised": "Av {total} {prioritised_actions} har {moved} kommit vidare.",
    "actions.inactive": (
        "{count} åtgärd är inte längre aktiv.",
        "{count} åtgärder är inte längre aktiva.",
    ),
    # Change of base
    "base.since": "Sedan förra rapporten ({period}): {good}; {base}.",
    "base.good.same": "antalet indikatorer som är genomförda eller går enligt plan är fortfarande {after}",
    "base.good.moved": (
        "antalet indikatorer som är genomförda eller går enligt plan har gått från {before} till {after}"
    ),
    "base.active.same": "antalet aktiva indikatorer är fortfarande {after}",
    "base.active.moved": "antalet aktiva indikatorer har gått från {before} till {after}",
    "base.only": (
        "Andelen av de aktiva indikatorerna har gått från {before} till {after} "
        "därför att underlaget har ändrats, inte antalet."
    ),
    # Verification
    "verification.none": "Det finns inga bedömningar att granska.",
    "verification.nobody.one": "Den enda bedömningen har inte granskats av en annan organisation.",
    "verification.nobody": "Ingen av de {rated} bedömningarna har granskats av en annan organisation.",
    "verification.ratings": (
        "{verified} av {rated} bedömningar har granskats av en annan organisation: "
        "{same} med samma resultat, {other} med ett annat."
    ),
    "verification.sources": "Varifrån bedömningarna kommer: {items}.",
    "verification.computed": "{count} är beräknade ur siffrorna",
    "verification.own": "{count} är den ansvarigas egen bedömning",
    "verification.override": "{count} har fastställts av en person som angett skäl",
    "verification.figures": "Periodens siffror: {items}.",
    "verification.total": "{count} totalt",
    "verification.confirmed": "{count} bekräftade av en annan organisation",
    "verification.contested": "{count} ifrågasatta av en annan organisation",
    "verification.unlooked": "ännu inga granskade av en annan organisation",
    "verification.evidence": "{count} med bifogad dokumentation",
    "verification.no_evidence": "inga med bifogad dokumentation",
    # Answers
    "coverage": "Svar ({period}): {items}.",
    "coverage.received": "{received} av {expected} {organisations} ({percent})",
    "coverage.late": "{count} för sent",
    "coverage.missing": "{count} saknas",
    "coverage.nobody.one": "Den enda organisation som tillfrågades har inte svarat ännu ({period}).",
    "coverage.nobody": "Ingen av de {expected} tillfrågade organisationerna har svarat ännu ({period}).",
    "coverage.none": "Inga svar har begärts ({period}).",
    # Budget
    "budget.none": "Ingen budget har uppgetts.",
    "budget.known": "Budget har uppgetts för {known} av {total} {actions}.",
    "budget.revised": ("Budget: {original} när planen antogs, {present} efter revidering; {spent}."),
    "budget.unrevised": "Budget: {original}, inte reviderad; {spent}.",
    "budget.only_revised": "Budget: inget ursprungligt belopp, {present} efter revidering; {spent}.",
    "budget.no_original": "Budget: inget ursprungligt belopp; {spent}.",
    "budget.without": "Rader utan ursprungligt belopp, som inte ingår i summan: {count}.",
    "budget.spent": "{spent} har använts{share}",
    "budget.untold": "vad som har använts har inte uppgetts",
    "budget.told": "Vad som har använts har uppgetts för {known} av {total} {actions} med budget.",
    "budget.share": " ({percent} av dagens budget)",
    # One indicator
    "indicator.completed": "Genomförd.",
    "indicator.on_track": "Går enligt plan.",
    "indicator.off_track": "Släpar efter.",
    "indicator.off_track.cause": "Släpar efter {cause}.",
    "indicator.not_started": "Inte påbörjad.",
    "indicator.not_rated": "Inte bedömd.",
    "indicator.changed": "Definitionen ändrades {day} och indikatorn har inte bedömts sedan dess.",
    "indicator.redefined": "Definitionen ändrades {day}.",
    "indicator.slower": "Det går långsammare än planerat, men resultatet är det önskade.",
    "indicator.new_date": "Nytt datum: {day}.",
    "indicator.computed": "Siffrorna ensamma ger ”{computed}”.",
    "indicator.override": (
        "Siffrorna ensamma ger ”{computed}”; den har satts till ”{stated}” med motiveringen: {reason}"
    ),
    "indicator.override.bare": "Den har satts till ”{stated}” med motiveringen: {reason}",
    "indicator.self": "Den ansvarigas egen bedömning är ”{rating}”.",
    "indicator.verified.same": "{by} kom till samma bedömning {day}.",
    "indicator.verified.other": "{by} kom till en annan bedömning {day}: ”{rating}”.",
    "indicator.value": "Uppmätt: {value}.",
    "indicator.value.coverage": "Uppmätt: {value}, från {reported} av {expected} {organisations}.",
    "indicator.added_up": (
        "Summerat över {total} {periods}:"
        " under {count} av dem har inte alla lämnat en siffra, och det som saknas ingår inte i summan."
    ),
    "indicator.reached": "Uppnått.",
    "indicator.not_reached": "Ännu inte uppnått.",
    "indicator.target": "Mål: {value} senast {day}.",
    "indicator.target.milestone": "Ska vara uppnått senast {day}.",
    "indicator.target.band": "Ska ligga inom gränserna senast {day}.",
    "indicator.first_target": "Det första målet var {value} senast {day}.",
    "indicator.first_target.day": "Det första datumet var {day}.",
    "indicator.baseline": "Vid starten: {value}.",
    "value.share": "{numerator} av {denominator} ({percent})",
    "value.per": "{value} per {per}",
    "value.unit": "{value} {unit}",
    "missing.not_reported": "Ingen siffra har rapporterats.",
    "missing.no_cases": "Det fanns inga fall.",
    "missing.not_applicable": "Det är inte aktuellt här.",
    "missing.suppressed": "Talet är så litet att det skulle kunna peka ut någon och visas därför inte.",
    "missing.refused": "De tillfrågade har avböjt att svara.",
    "missing.incomplete": "Alla har inte svarat ännu, så det finns inget resultat.",
    "missing.not_additive": "Talen kan inte läggas ihop: samma person kan vara räknad på flera ställen.",
    "missing.not_rolled_up": "Talen visas för varje organisation och läggs inte ihop.",
    "missing.in_words": "Besvaras i ord.",
    "missing.hidden": "Talet är dolt så att ingen liten grupp barn kan räknas ut.",
    # Activity of one thing
    "stopped.on_hold": "Vilande.",
    "stopped.on_hold.reason": "Vilande: {reason}",
    "stopped.superseded": "Ersatt av {by}.",
    "stopped.superseded.reason": "Ersatt av {by}: {reason}",
    "stopped.dropped": "Struken.",
    "stopped.dropped.reason": "Struken: {reason}",
    # Causes
    "cause.time": "eftersom det kräver mer tid än planerat",
    "cause.resources": "eftersom det saknas pengar eller personal",
    "cause.scope": "eftersom uppgiften visade sig vara en annan",
    "cause.outside": "på grund av omständigheter utanför organisationen",
    # One action
    "action.due": "Klar senast {day}.",
    "action.due.slip": (
        "Klar senast {day}; {count} dag senare än först utlovat ({first}).",
        "Klar senast {day}; {count} dagar senare än först utlovat ({first}).",
    ),
    "action.due.early": (
        "Klar senast {day}; {count} dag tidigare än först utlovat ({first}).",
        "Klar senast {day}; {count} dagar tidigare än först utlovat ({first}).",
    ),
    "action.overdue": (
        "Skulle ha varit genomförd {day}; hittills {count} dag senare än först utlovat ({first}).",
        "Skulle ha varit genomförd {day}; hittills {count} dagar senare än först utlovat ({first}).",
    ),
    "action.done": "Genomförd {day}, den dag som först utlovades.",
    "action.done.slip": (
        "Genomförd {day}, {count} dag senare än först utlovat ({first}).",
        "Genomförd {day}, {count} dagar senare än först utlovat ({first}).",
    ),
    "action.done.early": (
        "Genomförd {day}, {count} dag tidigare än först utlovat ({first}).",
        "Genomförd {day}, {count} dagar tidigare än först utlovat ({first}).",
    ),
    "action.cause": "Försenad {cause}.",
    "action.new_date": "Nytt datum: {day}.",
    "action.indicators": (
        "{good} av {total} {indicators} genomförd eller enligt plan.",
        "{good} av {total} {indicators} genomförda eller enligt plan.",
    ),
    "action.no_good.one": "Dess enda indikator är varken genomförd eller enligt plan.",
    "action.no_good": "Ingen av dess {total} indikatorer är genomförd eller enligt plan.",
    "action.no_indicators": "Ingen indikator mäter den här åtgärden.",
}
