"""The words that may stand in a cell, with their names in English, Danish, Norwegian and Swedish."""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import override

from omsorg.kernel.sheets import Option
from omsorg.plans.pages.words import STATES as STATES_ON_SCREEN

OFFERED = ("en", "da", "nb", "sv")
Options = Mapping[str, Option]


def word(en: str, da: str = "", nb: str = "", sv: str = "", also: tuple[str, ...] = ()) -> Option:
    """A word in the four languages, and what people write as well; what is left out is as in the language before."""
    return Option({"en": en, "da": da or en, "nb": nb or da or en, "sv": sv or nb or da or en}, also)


class OnScreen(Mapping[str, str]):
    """A word of the screens in every language, out of the catalogues: what a list offers is what is read."""

    def __init__(self, text: str | Promise) -> None:
        self.text = text

    def __getitem__(self, language: str) -> str:
        if language not in OFFERED:
            raise KeyError(language)
        with override(language):
            return str(self.text)

    def __iter__(self) -> Iterator[str]:
        return iter(OFFERED)

    def __len__(self) -> int:
        return len(OFFERED)


YES_NO: Options = {
    "yes": word("yes", "ja", also=("y", "true", "x", "1")),
    "no": word("no", "nej", "nei", "nej", also=("n", "false", "0")),
}
SOURCE_KINDS: Options = {
    "review": word("review", "undersøgelse", "gransking", "granskning", also=("gjennomgang",)),
    "audit": word("audit", "revision", "revisjon", "revision"),
    "commission": word("commission", "kommission", "kommisjon", "kommission"),
    "ombuds": word("ombudsperson", "børneombud", "barneombud", "barnombud", also=("ombuds",)),
    "incident_lesson": word(
        "lesson from an incident", "læring af en hændelse", "læring av en hendelse", "lärdom av en händelse"
    ),
}
ACCEPTED: Options = {
    "yes": word("accepted", "accepteret", "akseptert", "godtagen", also=("yes", "ja")),
    "partly": word("accepted in part", "delvist accepteret", "delvis akseptert", "delvis", also=("partly", "delvist")),
    "no": word("not accepted", "ikke accepteret", "ikke akseptert", "inte godtagen", also=("no", "nej", "nei")),
    "open": word("open", "åben", "åpen", "öppen"),
}
ACTIVITIES: Options = {
    "active": word("active", "aktiv"),
    "on_hold": word("on hold", "sat på pause", "satt på vent", "vilande", also=("på vent", "pausad")),
    "superseded": word("superseded", "erstattet", "erstattet", "ersatt", also=("replaced",)),
    "dropped": word(
        "dropped", "opgivet", "droppet", "nedlagd", also=("not active", "udgået", "utgått", "avsluttet", "struken")
    ),
}
RATINGS: Options = {
    "completed": word(
        "completed", "gennemført", "gjennomført", "genomförd", also=("done", "i mål", "fullført", "klar")
    ),
    "on_track": word("on track", "efter planen", "i rute", "enligt plan", also=("on plan", "på plan", "etter planen")),
    "off_track": word(
        "off track",
        "bagud",
        "ikke i rute",
        "släpar efter",
        also=("behind", "forsinket", "etter skjema", "försenad", "efter"),
    ),
    "not_started": word("not started", "ikke begyndt", "ikke påbegynt", "inte påbörjad", also=("ikke startet",)),
    "not_rated": word("not rated", "ikke vurderet", "ikke vurdert", "inte bedömd", also=("unrated",)),
}
PUBLISHED_RATINGS: Options = {
    **RATINGS,
    "on_hold": ACTIVITIES["on_hold"],
    "dropped": ACTIVITIES["dropped"],
    "changed": word("changed", "ændret", "endret", "ändrad", also=("redefined",)),
}
"""As reports have published them: some of these words say how it goes, some that it is no longer worked on."""
CAUSES: Options = {
    "time": word("time", "tid"),
    "resources": word("resources", "ressourcer", "ressurser", "resurser"),
    "scope": word("scope", "omfang", "omfang", "omfattning"),
    "outside": word("outside", "udefra", "utenfra", "utifrån", also=("something outside",)),
}
KINDS: Options = {
    "milestone": word("milestone", "milepæl", "milepæl", "milstolpe"),
    "count": word("count", "antal", "antall", "antal"),
    "stock": word("stock", "beholdning", "beholdning", "bestånd"),
    "ratio": word("share", "andel", also=("ratio",)),
    "rate": word("rate"),
    "score": word("score", "point", "poeng", "poäng"),
    "ordinal": word("step", "trin", "trinn", "steg", also=("ordinal",)),
    "qualitative": word("in words", "med ord", also=("qualitative", "kvalitativ")),
}
DIRECTIONS: Options = {
    "up": word("up", "op", "opp", "upp", also=("more is better",)),
    "down": word("down", "ned", "ned", "ner", also=("less is better",)),
    "band": word("within a band", "inden for", "innenfor", "inom", also=("band",)),
    "none": word("none", "ingen"),
}
TIME_RULES: Options = {
    "sum": word("sum", "sum", "sum", "summa", also=("added",)),
    "last": word("last", "seneste", "siste", "senaste", also=("newest",)),
    "mean": word("mean", "gennemsnit", "gjennomsnitt", "medel"),
    "distinct": word(
        "different persons", "forskellige personer", "forskjellige personer", "olika personer", also=("distinct",)
    ),
    "none": word("none", "ingen"),
}
ROLL_UPS: Options = {
    "sum": word("sum", "sum", "sum", "summa", also=("added",)),
    "ratio_of_sums": word("share of all", "andel af alle", "andel av alle", "andel av alla", also=("ratio of sums",)),
    "share_meeting": word(
        "share meeting the threshold",
        "andel over grænsen",
        "andel over grensen",
        "andel över gränsen",
        also=("share meeting",),
    ),
    "worst": word("worst", "dårligste", "dårligste", "sämsta", also=("dårligst",)),
    "all_must": word("all must", "alle skal", "alle må", "alla måste"),
    "distinct": TIME_RULES["distinct"],
    "none": word("none", "ingen"),
}
COMPARISONS: Options = {
    "at_least": word("at least", "mindst", "minst"),
    "at_most": word("at most", "højst", "høyst", "högst"),
}
SERIES: Options = {
    "target": word("target", "mål"),
    "baseline": word("baseline", "udgangspunkt", "utgangspunkt", "utgångsläge", also=("utgångspunkt",)),
}
BUDGET_KINDS: Options = {
    "original": word("original", "oprindeligt", "opprinnelig", "ursprunglig"),
    "revised": word("revised", "revideret", "revidert", "reviderad"),
    "spent": word("spent", "brugt", "brukt", "använt"),
}
STATES: Options = {
    "measured": Option(OnScreen(STATES_ON_SCREEN["measured"]), ("counted", "mätt")),
    "estimated": Option(OnScreen(STATES_ON_SCREEN["estimated"])),
    "not_collected": Option(OnScreen(STATES_ON_SCREEN["not_collected"])),
    "not_applicable": Option(OnScreen(STATES_ON_SCREEN["not_applicable"])),
    "refused": Option(OnScreen(STATES_ON_SCREEN["refused"]), ("refused", "afvist", "avvist", "avböjt")),
}
PROMISES: Options = {
    "action": word("action", "tiltag", "tiltak", "åtgärd", also=("handling",)),
    "indicator": word("indicator", "indikator"),
}
ORGANISATION_KINDS: Options = {
    "international": word(
        "international office",
        "internationalt kontor",
        "internasjonalt kontor",
        "internationellt kontor",
        also=("international",),
    ),
    "region": word("region"),
    "national_association": word(
        "national association",
        "national forening",
        "nasjonal forening",
        "nationell förening",
        also=("association",),
    ),
    "programme": word("programme", "program"),
    "local_partner": word("local partner", "lokal partner"),
    "municipality": word("municipality", "kommune", "kommune", "kommun"),
    "authority": word("authority", "myndighed", "myndighet"),
    "network": word("network", "netværk", "nettverk", "nätverk"),
}
