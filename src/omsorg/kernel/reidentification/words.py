"""The words by which the check reads four languages: numbers, people, months, what tells one person from another.

Every word is a piece of a pattern: `\\w*` stands for any ending. They are words of everyday texts, gathered by us.
"""

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """One language. `one_person` are words that speak of one child by themselves ("pigen", "the girl").

    `marks` are kinds of facts that narrow down who it is, each with its words.
    """

    numbers: dict[int, str]
    article: str
    people: str
    spelled: str
    one_person: str
    months: str
    ordinals: str
    weekdays: str
    hour: str
    age: str
    place_before: str
    called: str
    place_after: str
    titles: str
    case_number: str
    marks: dict[str, str]
    capitals: frozenset[str] = frozenset()
    months_are_capital: bool = False


def _letters(*categories: str) -> str:
    """The letters of these Unicode categories, of any script, as the inside of a character class."""
    runs: list[list[int]] = []
    for code in range(LAST_LETTER):
        if unicodedata.category(chr(code)) in categories:
            if runs and runs[-1][1] == code - 1:
                runs[-1][1] = code
            else:
                runs.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" if last > first else chr(first) for first, last in runs)


LAST_LETTER = 0x20000
LETTER = f"[{_letters('Lu', 'Lt')}]"
"""A capital letter of any script."""
CASELESS = f"[{_letters('Lo').replace('ª', '').replace('º', '')}]"
"""A letter of a script that has no capitals."""
NAME = rf"{LETTER}[\w'’\-]+"


ACRONYMS = (
    "EU UN FN UK USA UNICEF UNHCR WHO WFP ILO OECD NGO SOS NORAD SIDA DANIDA NOK SEK DKK EUR USD GBP CHF"
    " HIV AIDS COVID DNA GPS IT HR CV SMS PDF API"
)
"""Words in capitals that name nobody. Any other may be a name that was written large."""


def _named(said: str) -> frozenset[str]:
    return frozenset(f"{said} {ACRONYMS}".split())


ENGLISH_SPELLED = r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty"
ENGLISH = Words(
    numbers={
        1: "one|single",
        2: "two|both",
        3: "three",
        4: "four",
        5: "five",
        6: "six",
        7: "seven",
        8: "eight",
        9: "nine",
    },
    article="an?",
    people=(
        r"child(?:ren)?|kids?|residents?|minors|beneficiar(?:y|ies)|inmates?|orphans?|refugees?|clients?"
        r"|girls?|boys?|babies|baby|infants?|toddlers?|teenagers?|adolescents?|youths?"
        r"|siblings?|brothers?"
        r"|sisters?|twins?|pupils?|students?|young (?:people|persons?|women|woman|men|man)|care ?leavers?|staff"
        r"|staff members?|employees?|colleagues?|workers?|caregivers?|carers?|co-?workers?"
        r"|house (?:mothers?|fathers?)"
        r"|mothers?|fathers?|parents?|aunts?|teachers?|drivers?|guards?|volunteers?|managers?|directors?|women|woman"
        r"|men|man|famil(?:y|ies)|persons?|people|victims?|survivors?|perpetrators?|witness(?:es)?"
    ),
    spelled=ENGLISH_SPELLED,
    one_person=(
        r"the (?:child|girl|boy|baby|infant|toddler|teenager|pupil|victim|survivor|perpetrator)\b(?! protection)"
        r"|the (?:kid|resident)"
        r"|the house (?:mother|father)"
        r"|the only (?:child|girl|boy|woman|man|person|one|pupil|resident|carer|driver|teacher)"
    ),
    months="January|February|March|April|May|June|July|August|September|October|November|December",
    ordinals=(
        r"(?:twenty-|thirty-)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh"
        r"|twelfth|\w+teenth|twentieth|thirtieth"
    ),
    weekdays=r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?",
    hour=r"\bat\s+\d{1,2}[:.]\d\d\b|\b\d{1,2}(?:[:.]\d\d)?\s?(?:a\.?m|p\.?m)\b\.?|\bo['’]clock\b",
    age=(
        r"\b\d{1,2}[- ]years?(?:[- ]olds?)?\b|\baged?\s+(?:of\s+)?\d{1,2}\b|\b\d{1,2}[- ]?(?:yo|y/o)\b"
        rf"|\b(?:{ENGLISH_SPELLED})[- ]years?[- ]olds?\b|\baged?\s+(?:of\s+)?(?:{ENGLISH_SPELLED})\b"
        rf"|\b(?:she|he)\s+(?:is|was|turned|had turned)\s+(?:only\s+|just\s+)?(?:\d\d?|{ENGLISH_SPELLED})\b"
        r"(?=\s*(?:[.,;:!?]|$|when|and))"
    ),
    place_before="village|town|city|district|county|ward|suburb|street|parish",
    called="of|called|named",
    place_after="village|town|district|county|street|road|parish",
    titles=r"Mr|Mrs|Ms|Miss|Dr|Sir|Madam|Mama|Baba|Father|Sister|Brother|Auntie|Uncle|Pastor|Reverend",
    case_number=r"\b(?:case|incident|file|report)\s+(?:no|nr|number)\.?\s*[\w/\-]*\d[\w/\-]*",
    marks={
        "gender": r"girls?|boys?|wom[ae]n|m[ae]n|daughters?|sons?|sisters?|brothers?|male|female",
        "role": (
            r"(?:house (?:mother|father)|director|driver|guard|cook|nurse|doctor|teacher|accountant|cashier|bookkeeper"
            r"|night watch\w*|youth leader|social worker|psychologist|gardener|coach|caretaker)s?|head of \w+"
        ),
        "kin": (
            r"twins?|siblings?|orphan\w*|niece|nephew|cousin|grand(?:mother|father|child)|step\w+|adopted"
            r"|foster \w+"
        ),
        "health": (
            r"disab\w+|pregnan\w+|HIV|deaf|blind|autis\w+|epilep\w+|wheelchair|hospital\w*|suicid\w+|died"
            r"|death"
        ),
        "origin": r"refugee\w*|minority|tribe|clan|asylum\w*|muslim|christian|hindu|jewish|catholic",
    },
    capitals=_named(
        "I January February March April May June July August September October November December "
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday English Danish Norwegian Swedish "
        "European African Asian Nordic Board Ministry Government Police Court Code Conduct Child "
        "Safeguarding Policy Children Rights Nations United Union International National Regional "
        "Foundation Fund Trust Bank Agency Council Church University "
        "Office Norad Sida Danida God Christmas Easter Internet"
    ),
    months_are_capital=True,
)

DANISH_SPELLED = r"et|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|\w+ten|tyve"
DANISH = Words(
    numbers={
        1: "et|én|ét|eneste",
        2: "to|begge",
        3: "tre",
        4: "fire",
        5: "fem",
        6: "seks",
        7: "syv",
        8: "otte",
        9: "ni",
    },
    article="en|et",
    people=(
        r"b(?:arn|ørn)(?:ene)?|beboere?(?:ne)?|unger(?:ne)?|spædb(?:arn|ørn)|pige[rn]?(?:ne)?|dreng(?:e|ene)?|unge?|teenager[es]?"
        r"|søskende|brødre|bror|søst(?:er|re)"
        r"|tvillinger(?:ne)?|elev(?:er|erne)?|ansatt?e?|medarbejdere?(?:ne)?|kolleg(?:a|er)|omsorgspersoner?|plejere?"
        r"|sos-m(?:o|ø)d?re?|m(?:o|ø)dre?|mor|far|fædre|forældre|lærere?|chauffør(?:er)?|vagt(?:er)?"
        r"|frivillige?|ledere?"
        r"|direktør(?:er)?|kvinder?|m(?:a|æ)nd|familier?(?:ne)?|person(?:er)?|mennesker?|ofre?|vidner?"
        r"|gerningsm(?:a|æ)nd"
    ),
    spelled=DANISH_SPELLED,
    one_person=r"barnet|pigen|drengen|babyen|den unge|eleven|offeret|gerningsmanden|sos-moderen",
    months="januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december",
    ordinals=(
        r"(?:\w+og)?(?:første|anden|tredje|fjerde|femte|sjette|syvende|ottende|niende|tyvende|tredivte)"
        r"|tiende|ellevte|tolvte|\w+tende"
    ),
    weekdays=r"(?:man|tirs|ons|tors|fre|lør|søn)dag(?:en|e)?",
    hour=r"\bkl(?:\.|okken)?\s*\d{1,2}(?:[:.]\d\d)?",
    age=(
        r"\b\d{1,2}[- ]?årige?\b|\b\d{1,2}\s+år\s+gam\w+|\bi en alder af\s+\d{1,2}\b"
        rf"|\b(?:{DANISH_SPELLED})[- ]?årige?\b|\b(?:{DANISH_SPELLED})\s+år\s+gam\w+"
        rf"|\bi en alder af\s+(?:{DANISH_SPELLED})\b"
        rf"|\b(?:hun|han)\s+(?:er|var|fyldte)\s+(?:kun\s+)?(?:\d\d?|{DANISH_SPELLED})\b(?=\s*(?:[.,;:!?]|$|da|og))"
    ),
    place_before=r"landsbyen|byen|bydelen|distriktet|amtet|kommunen|sognet|gaden",
    called="ved navn|kaldet|der hedder",
    place_after=r"kommune|distrikt|amt|sogn|landsby",
    titles=r"hr\.?|fru|frk\.?|frøken|dr\.?|søster|pastor|onkel|tante",
    case_number=r"\b(?:sag|sagen|journal|hændelse)s?\s*(?:nr|nummer)\.?\s*[\w/\-]*\d[\w/\-]*",
    marks={
        "gender": (
            r"pige[rn]?(?:ne)?|dreng(?:e|en|ene)?|kvinde\w*|m(?:a|æ)nd(?:en|ene)?|datter|søn(?:nen)?"
            r"|søster|bror|mandlig\w*|kvindelig\w*"
        ),
        "role": (
            r"sos-mor\w*|direktør\w*|chauffør\w*|vagt(?:en|er)?|kok(?:ken)?|sygeplejerske\w*|læge[n]?"
            r"|lærer(?:en)?|kasserer\w*"
            r"|bogholder\w*|nattevagt\w*|ungdomsleder\w*|socialrådgiver\w*|psykolog\w*|gartner\w*"
            r"|træner\w*|pedel\w*|revisor\w*"
        ),
        "kin": (
            r"tvilling\w*|søskende\w*|forældreløs\w*|niece\w*|nevø\w*|fætter\w*|kusine\w*|stedb\w+"
            r"|adopt\w+|plejeb\w+"
        ),
        "health": (
            r"handicap\w*|gravid\w*|hiv|døv\w*|blind\w*|autis\w+|epilep\w+|kørestol\w*|hospital\w*"
            r"|selvmord\w*|døde?|dødsfald"
        ),
        "origin": (
            r"flygtning\w*|minoritet\w*|stamme[n]?|klan\w*|asyl\w*|muslim\w*|kristne?\w*|hindu\w*"
            r"|jødisk\w*|katol\w+"
        ),
    },
    capitals=_named("Norad Sida Danida EU FN Gud I Udenrigsministeriet Bestyrelsen Børnekonventionen De Dem Deres"),
)

NORWEGIAN_SPELLED = r"ett|to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|elleve|tolv|\w+ten|tjue"
NORWEGIAN = Words(
    numbers={
        1: "ett|én|eneste",
        2: "to|begge",
        3: "tre",
        4: "fire",
        5: "fem",
        6: "seks",
        7: "sju|syv",
        8: "åtte",
        9: "ni",
    },
    article="en|ei|et",
    people=(
        r"barn(?:a|ene)?|beboere?(?:ne)?|unger|ungene|spedbarn|babyer|jente[rn]?(?:e|ne)?|gutt(?:er|ene)?|unge|ungdom(?:mer)?"
        r"|tenåring(?:er)?|søsken|brødre|bror|søst(?:er|re)"
        r"|tvillinger?(?:ne)?|elev(?:er|ene)?|ansatte?|medarbeidere?(?:ne)?|kolleg(?:a|er)|omsorgspersoner?|pleiere?"
        r"|sos-m(?:o|ø)d?re?|mødre|mor|far|fedre|foreldre|lærere?|sjåfør(?:er)?|vakt(?:er)?|frivillige?|ledere?"
        r"|direktør(?:er)?|kvinner?|m(?:a|e)nn|familier?(?:ne)?|person(?:er)?|mennesker?|ofre?|vitner?"
        r"|gjerningsm(?:a|e)nn"
    ),
    spelled=NORWEGIAN_SPELLED,
    one_person=r"barnet|jenta|jenten|gutten|babyen|ungdommen|eleven|offeret|gjerningsmannen|sos-moren",
    months="januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember",
    ordinals=(
        r"(?:tjue|tretti)?(?:første|andre|tredje|fjerde|femte|sjette|sjuende|syvende|åttende|niende)"
        r"|tiende|ellevte|tolvte|\w+tende|tjuende|trettiende"
    ),
    weekdays=r"(?:man|tirs|ons|tors|fre|lør|søn)dag(?:en|er)?",
    hour=r"\bkl(?:\.|okka|okken)?\s*\d{1,2}(?:[:.]\d\d)?",
    age=(
        r"\b\d{1,2}[- ]?år(?:ig\w*|ing\w*)|\b\d{1,2}\s+år\s+gam\w+|\bi en alder av\s+\d{1,2}\b"
        rf"|\b(?:{NORWEGIAN_SPELLED})[- ]?år(?:ig\w*|ing\w*)|\b(?:{NORWEGIAN_SPELLED})\s+år\s+gam\w+"
        rf"|\bi en alder av\s+(?:{NORWEGIAN_SPELLED})\b"
        rf"|\b(?:hun|han)\s+(?:er|var|fylte)\s+(?:bare\s+)?(?:\d\d?|{NORWEGIAN_SPELLED})\b(?=\s*(?:[.,;:!?]|$|da|og))"
    ),
    place_before=r"landsbyen|byen|bydelen|distriktet|fylket|kommunen|soknet|gata|gaten",
    called="ved navn|kalt|som heter",
    place_after=r"kommune|distrikt|fylke|sokn|landsby",
    titles=r"herr|fru|frk\.?|frøken|dr\.?|søster|pastor|onkel|tante",
    case_number=r"\b(?:sak|saken|journal|hendelse)s?\s*(?:nr|nummer)\.?\s*[\w/\-]*\d[\w/\-]*",
    marks={
        "gender": (
            r"jente[rn]?(?:e|ne)?|jenta|gutt(?:en|er|ene)?|kvinne\w*|m(?:a|e)nn(?:en|ene)?|datter\w*"
            r"|sønn(?:en)?|søster|bror|mannlig\w*|kvinnelig\w*"
        ),
        "role": (
            r"sos-mor\w*|direktør\w*|sjåfør\w*|vakt(?:en|er)?|kokk(?:en)?|sykepleier\w*|lege[n]?"
            r"|lærer(?:en)?|kasserer\w*"
            r"|bokholder\w*|nattevakt\w*|ungdomsleder\w*|sosionom\w*|psykolog\w*|gartner\w*|trener\w*"
            r"|vaktmester\w*|regnskapsfører\w*"
        ),
        "kin": (
            r"tvilling\w*|søsken\w*|foreldreløs\w*|niese\w*|nevø\w*|fetter\w*|kusine\w*|steb\w+|adopt\w+"
            r"|fosterb\w+"
        ),
        "health": (
            r"funksjonshem\w*|handikap\w*|gravid\w*|hiv|døv\w*|blind\w*|autis\w+|epilep\w+|rullestol\w*"
            r"|sykehus\w*|selvmord\w*|døde?|dødsfall"
        ),
        "origin": (
            r"flyktning\w*|minoritet\w*|stamme[n]?|klan\w*|asyl\w*|muslim\w*|kristne?\w*|hindu\w*"
            r"|jødisk\w*|katol\w+"
        ),
    },
    capitals=_named("Norad Sida Danida EU FN Gud I Utenriksdepartementet Styret Barnekonvensjonen De Dem Deres"),
)

SWEDISH_SPELLED = r"ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|\w+ton|tjugo"
SWEDISH = Words(
    numbers={1: "ett|enda", 2: "två|båda", 3: "tre", 4: "fyra", 5: "fem", 6: "sex", 7: "sju", 8: "åtta", 9: "nio"},
    article="en|ett",
    people=(
        r"barn(?:en)?|boende|ungar(?:na)?|spädbarn|bebisar|flick(?:a|or|orna)|pojk(?:e|ar|arna)|unga|ungdom(?:ar)?"
        r"|tonåring(?:ar)?|syskon|bröder|bror|syst(?:er|rar)"
        r"|tvillingar(?:na)?|elev(?:er|erna)?|anställd(?:a)?|medarbetar(?:e|na)|kolleg(?:a|or)"
        r"|omsorgspersoner?|vårdare"
        r"|sos-m(?:o|a|ö)\w*r|mödrar|mamm(?:a|or)|papp(?:a|or)|mor|far|föräldrar|lärare"
        r"|chaufför(?:er)?|vakt(?:er)?|volontärer?|chef(?:er)?"
        r"|direktör(?:er)?|kvinn(?:a|or)|m(?:a|ä)n|familj(?:er)?|person(?:er)?|människor|offer"
        r"|vittnen?|gärningsm(?:a|ä)n"
    ),
    spelled=SWEDISH_SPELLED,
    one_person=r"barnet|flickan|pojken|bebisen|ungdomen|eleven|offret|gärningsmannen|sos-mamman",
    months="januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december",
    ordinals=(
        r"(?:tjugo|trettio)?(?:första|andra|tredje|fjärde|femte|sjätte|sjunde|åttonde|nionde)"
        r"|tionde|elfte|tolfte|\w+tonde|tjugonde|trettionde"
    ),
    weekdays=r"(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en|ar)?",
    hour=r"\bkl(?:\.|ockan)?\s*\d{1,2}(?:[:.]\d\d)?",
    age=(
        r"\b\d{1,2}[- ]?åri\w+|\b\d{1,2}\s+år\s+gam\w+|\bi en ålder av\s+\d{1,2}\b"
        rf"|\b(?:{SWEDISH_SPELLED})[- ]?åri\w+|\b(?:{SWEDISH_SPELLED})\s+år\s+gam\w+"
        rf"|\bi en ålder av\s+(?:{SWEDISH_SPELLED})\b"
        rf"|\b(?:hon|han)\s+(?:är|var|fyllde)\s+(?:bara\s+)?(?:\d\d?|{SWEDISH_SPELLED})\b(?=\s*(?:[.,;:!?]|$|när|och))"
    ),
    place_before=r"byn|staden|stadsdelen|distriktet|länet|kommunen|församlingen|gatan",
    called="vid namn|kallad|som heter",
    place_after=r"kommun|distrikt|län|församling",
    titles=r"herr|fru|fröken|dr\.?|syster|pastor|farbror|tant",
    case_number=r"\b(?:ärende|ärendet|diarie|händelse)\s*(?:nr|nummer)\.?\s*[\w/\-]*\d[\w/\-]*",
    marks={
        "gender": (
            r"flick(?:a|an|or|orna)|pojk(?:e|en|ar|arna)|kvinn\w*|m(?:a|ä)n(?:nen|nen)?|dotter\w*"
            r"|son(?:en)?|syster|bror|manlig\w*|kvinnlig\w*"
        ),
        "role": (
            r"sos-mam\w*|direktör\w*|chaufför\w*|vakt(?:en|er)?|kock(?:en)?|sjuksköters\w*|läkar\w*"
            r"|lärare(?:n)?|kassör\w*"
            r"|bokförare\w*|nattvakt\w*|ungdomsledare\w*|socionom\w*|psykolog\w*|trädgårdsm\w*|tränare\w*"
            r"|vaktmästare\w*|revisor\w*"
        ),
        "kin": (
            r"tvilling\w*|syskon\w*|föräldralös\w*|brorson\w*|systerdotter\w*|kusin\w*|styv\w+|adopt\w+"
            r"|fosterb\w+"
        ),
        "health": (
            r"funktionsned\w*|handikapp\w*|gravid\w*|hiv|döv\w*|blind\w*|autis\w+|epilep\w+|rullstol\w*"
            r"|sjukhus\w*|självmord\w*|dog|dödsfall"
        ),
        "origin": (
            r"flykting\w*|minoritet\w*|stam(?:men)?|klan\w*|asyl\w*|muslim\w*|kristn?a?\w*|hindu\w*"
            r"|judisk\w*|katol\w+"
        ),
    },
    capitals=_named("Norad Sida Danida EU FN Gud I Utrikesdepartementet Styrelsen Barnkonventionen Ni Er"),
)

LANGUAGES: dict[str, Words] = {"en": ENGLISH, "da": DANISH, "nb": NORWEGIAN, "sv": SWEDISH}
