"""The words that may stand in a cell, with their names in English, Danish, Norwegian and Swedish."""

from collections.abc import Mapping, Sequence

Options = Mapping[str, Sequence[str]]

YES_NO: Options = {
    "yes": ("yes", "ja", "y", "true", "x", "1"),
    "no": ("no", "nej", "nei", "n", "false", "0"),
}
SOURCE_KINDS: Options = {
    "review": ("review", "undersøgelse", "gransking", "gjennomgang", "granskning"),
    "audit": ("audit", "revision", "revisjon"),
    "commission": ("commission", "kommission", "kommisjon"),
    "ombuds": ("ombuds", "ombudsperson", "børneombud", "barneombud", "barnombud"),
    "incident_lesson": (
        "lesson from an incident",
        "læring af en hændelse",
        "læring av en hendelse",
        "lärdom av en händelse",
    ),
}
ACCEPTED: Options = {
    "yes": ("accepted", "accepteret", "akseptert", "godtagen", "yes", "ja"),
    "partly": ("accepted in part", "partly", "delvis", "delvist", "delvist accepteret", "delvis akseptert"),
    "no": ("not accepted", "ikke accepteret", "ikke akseptert", "inte godtagen", "no", "nej", "nei"),
    "open": ("open", "åben", "åpen", "öppen"),
}
ACTIVITIES: Options = {
    "active": ("active", "aktiv"),
    "on_hold": ("on hold", "sat på pause", "satt på vent", "på vent", "vilande", "pausad"),
    "superseded": ("superseded", "replaced", "erstattet", "ersatt"),
    "dropped": (
        "dropped",
        "not active",
        "udgået",
        "opgivet",
        "utgått",
        "droppet",
        "avsluttet",
        "struken",
        "nedlagd",
    ),
}
RATINGS: Options = {
    "completed": ("completed", "done", "gennemført", "i mål", "fullført", "gjennomført", "genomförd", "klar"),
    "on_track": ("on track", "on plan", "efter planen", "på plan", "etter planen", "i rute", "enligt plan"),
    "off_track": (
        "off track",
        "behind",
        "bagud",
        "forsinket",
        "ikke i rute",
        "etter skjema",
        "släpar efter",
        "försenad",
        "efter",
    ),
    "not_started": ("not started", "ikke begyndt", "ikke startet", "ikke påbegynt", "inte påbörjad"),
    "not_rated": ("not rated", "unrated", "ikke vurderet", "ikke vurdert", "inte bedömd"),
}
PUBLISHED_RATINGS: Options = {
    **RATINGS,
    "on_hold": ACTIVITIES["on_hold"],
    "dropped": ACTIVITIES["dropped"],
    "changed": ("changed", "redefined", "ændret", "endret", "ändrad"),
}
"""As reports have published them: some of these words say how it goes, some that it is no longer worked on."""
CAUSES: Options = {
    "time": ("time", "tid"),
    "resources": ("resources", "ressourcer", "ressurser", "resurser"),
    "scope": ("scope", "omfang", "omfattning"),
    "outside": ("outside", "something outside", "udefra", "utenfra", "utifrån"),
}
KINDS: Options = {
    "milestone": ("milestone", "milepæl", "milstolpe"),
    "count": ("count", "antal", "antall"),
    "stock": ("stock", "beholdning", "bestånd"),
    "ratio": ("ratio", "share", "andel"),
    "rate": ("rate",),
    "score": ("score", "point", "poeng", "poäng"),
    "ordinal": ("ordinal", "step", "trin", "trinn", "steg"),
    "qualitative": ("qualitative", "kvalitativ", "in words"),
}
DIRECTIONS: Options = {
    "up": ("up", "more is better", "op", "opp", "upp"),
    "down": ("down", "less is better", "ned", "ner"),
    "band": ("band", "within a band", "inden for", "innenfor", "inom"),
    "none": ("none", "ingen"),
}
TIME_RULES: Options = {
    "sum": ("sum", "added", "summa"),
    "last": ("last", "newest", "seneste", "siste", "senaste"),
    "mean": ("mean", "gennemsnit", "gjennomsnitt", "medel"),
    "distinct": ("distinct", "different persons"),
    "none": ("none", "ingen"),
}
ROLL_UPS: Options = {
    "sum": ("sum", "added", "summa"),
    "ratio_of_sums": ("ratio of sums", "share of all", "andel af alle", "andel av alle", "andel av alla"),
    "share_meeting": ("share meeting the threshold", "share meeting", "andel over grænsen", "andel over grensen"),
    "worst": ("worst", "dårligste", "dårligst", "sämsta"),
    "all_must": ("all must", "alle skal", "alle må", "alla måste"),
    "distinct": ("distinct", "different persons"),
    "none": ("none", "ingen"),
}
COMPARISONS: Options = {
    "at_least": ("at least", "mindst", "minst"),
    "at_most": ("at most", "højst", "høyst", "högst"),
}
SERIES: Options = {
    "target": ("target", "mål"),
    "baseline": ("baseline", "udgangspunkt", "utgangspunkt", "utgångsläge", "utgångspunkt"),
}
BUDGET_KINDS: Options = {
    "original": ("original", "oprindeligt", "opprinnelig", "ursprunglig"),
    "revised": ("revised", "revideret", "revidert", "reviderad"),
    "spent": ("spent", "brugt", "brukt", "använt"),
}
STATES: Options = {
    "measured": ("measured", "målt", "mätt"),
    "estimated": ("estimated", "anslået", "anslått", "uppskattat"),
    "not_collected": ("not collected", "ikke indsamlet", "ikke innsamlet", "inte insamlat"),
    "not_applicable": ("not applicable", "ikke relevant", "inte relevant"),
    "refused": ("refused", "afvist", "avvist", "avböjt"),
}
PROMISES: Options = {
    "action": ("action", "tiltag", "handling", "tiltak", "åtgärd"),
    "indicator": ("indicator", "indikator"),
}
ORGANISATION_KINDS: Options = {
    "international": (
        "international office",
        "international",
        "internationalt kontor",
        "internasjonalt kontor",
        "internationellt kontor",
    ),
    "region": ("region",),
    "national_association": (
        "national association",
        "association",
        "national forening",
        "nasjonal forening",
        "nationell förening",
    ),
    "programme": ("programme", "program"),
    "local_partner": ("local partner", "lokal partner"),
    "municipality": ("municipality", "kommune", "kommun"),
    "authority": ("authority", "myndighed", "myndighet"),
    "network": ("network", "netværk", "nettverk", "nätverk"),
}
