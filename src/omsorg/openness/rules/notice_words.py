"""The words that the house brings for telling sponsors and donors, until an organisation writes its own.

Easy words are only suggested: how easy they must be, and for whom, is for those who know their readers.
"""

from omsorg.openness.rules.telling import Channel

Form = tuple[str, str]
"""Subject and body."""

LETTERS: dict[str, Form] = {
    "en": (
        "Something went wrong in a programme that you support",
        "Dear {name},\n\nyou support a programme in {place}. We want you to hear from ourselves that "
        "something went wrong"
        " there, and what we have done about it. The case was closed in {month}.\n\nWhat "
        "happened\n{happened}\n\nWhat we"
        " did\n{did}\n\nWhat we learned\n{learned}\n\n{repaid}\n\nThe same text is made public here, "
        "without names and places that"
        " could give anybody away:\n{link}\n\nPlease write to us if you want to ask or to say "
        "something. Every letter is"
        " answered.\n\n{house}\n",
    ),
    "da": (
        "Der er sket noget alvorligt i et program, du støtter",
        "Kære {name}\n\nDu støtter et program i {place}. Vi vil gerne have, at du hører det fra os "
        "selv, når noget går galt"
        " der, og hvad vi har gjort ved det. Sagen blev afsluttet i {month}.\n\nHvad der skete\n{happened}\n\nHvad vi"
        " gjorde\n{did}\n\nHvad vi lærte\n{learned}\n\n{repaid}\n\nDen samme tekst bliver offentlig her, "
        "uden navne og steder, som kan"
        " afsløre nogen:\n{link}\n\nSkriv til os, hvis du vil spørge om noget eller sige noget. Alle breve bliver"
        " besvaret.\n\n{house}\n",
    ),
    "nb": (
        "Noe alvorlig har skjedd i et program du støtter",
        "Kjære {name}\n\nDu støtter et program i {place}. Vi vil at du skal høre det fra oss selv "
        "når noe går galt der, og"
        " hva vi har gjort med det. Saken ble avsluttet i {month}.\n\nHva som skjedde\n{happened}\n\nHva vi"
        " gjorde\n{did}\n\nHva vi lærte\n{learned}\n\n{repaid}\n\nDen samme teksten blir offentlig her, "
        "uten navn og steder som kan"
        " avsløre noen:\n{link}\n\nSkriv til oss hvis du vil spørre om noe eller si noe. Alle brev blir"
        " besvart.\n\n{house}\n",
    ),
    "sv": (
        "Något allvarligt har hänt i ett program som du stöder",
        "Hej {name}\n\nDu stöder ett program i {place}. Vi vill att du hör det från oss själva när "
        "något går fel där, och vad"
        " vi har gjort åt det. Ärendet avslutades i {month}.\n\nVad som hände\n{happened}\n\nVad vi "
        "gjorde\n{did}\n\nVad vi"
        " lärde oss\n{learned}\n\n{repaid}\n\nSamma text blir offentlig här, utan namn och platser som kan avslöja"
        " någon:\n{link}\n\nSkriv till oss om du vill fråga eller säga något. Alla brev besvaras.\n\n{house}\n",
    ),
}

MESSAGES: dict[str, str] = {
    "en": (
        "Something went wrong in the programme in {place} that you support. What happened and what "
        "we did: {link} {house}"
    ),
    "da": (
        "Noget er gået galt i programmet i {place}, som du støtter. Hvad der skete, og hvad vi gjorde: {link} {house}"
    ),
    "nb": "Noe har gått galt i programmet i {place} som du støtter. Hva som skjedde og hva vi gjorde: {link} {house}",
    "sv": "Något har gått fel i programmet i {place} som du stöder. Vad som hände och vad vi gjorde: {link} {house}",
}

EASY_LETTERS: dict[str, Form] = {
    "en": (
        "Something went wrong where you help",
        "Dear {name},\n\nYou help children in {place}. Something went wrong there. We have looked into it, and the case"
        " is closed. We want to tell you this ourselves.\n\nThis is what happened:\n{summary}\n\nYou can read more"
        " here:\n{link}\n\nDo you want to ask us something? Write to us. We answer every letter.\n\n{house}\n",
    ),
    "da": (
        "Noget gik galt, hvor du hjælper",
        "Kære {name}\n\nDu hjælper børn i {place}. Noget gik galt der. Vi har set på det, og sagen er lukket. Vi vil"
        " gerne selv fortælle dig det.\n\nDet skete der:\n{summary}\n\nHer kan du læse mere:\n{link}\n\nVil du"
        " spørge om noget? Så skriv til os. Vi svarer på alle breve.\n\n{house}\n",
    ),
    "nb": (
        "Noe gikk galt der du hjelper",
        "Kjære {name}\n\nDu hjelper barn i {place}. Noe gikk galt der. Vi har sett på det, og saken er lukket. Vi vil"
        " gjerne fortelle deg det selv.\n\nDette skjedde:\n{summary}\n\nHer kan du lese mer:\n{link}\n\nVil du"
        " spørre om noe? Skriv til oss. Vi svarer på alle brev.\n\n{house}\n",
    ),
    "sv": (
        "Något gick fel där du hjälper",
        "Hej {name}\n\nDu hjälper barn i {place}. Något gick fel där. Vi har sett på det, och saken är klar. Vi vill"
        " själva berätta det för dig.\n\nDet här hände:\n{summary}\n\nHär kan du läsa mer:\n{link}\n\nVill du"
        " fråga något? Skriv till oss. Vi svarar på alla brev.\n\n{house}\n",
    ),
}

EASY_MESSAGES: dict[str, str] = {
    "en": "You help children in {place}. Something went wrong there. Read what we did: {link} {house}",
    "da": "Du hjælper børn i {place}. Noget gik galt der. Læs, hvad vi gjorde: {link} {house}",
    "nb": "Du hjelper barn i {place}. Noe gikk galt der. Les hva vi gjorde: {link} {house}",
    "sv": "Du hjälper barn i {place}. Något gick fel där. Läs vad vi gjorde: {link} {house}",
}


def house_language(language: str) -> str:
    """The language in which the house writes to somebody: their own, or English."""
    return language if language in LETTERS else "en"


def house_words(channel: Channel, language: str) -> tuple[str, Form]:
    """The language in which the house can say it, and its words: the reader's own, or English."""
    spoken = house_language(language)
    return spoken, ("", MESSAGES[spoken]) if channel is Channel.SMS else LETTERS[spoken]


def easy_suggestion(channel: Channel, language: str) -> Form:
    """Easy words to begin with. Nobody is told with them before somebody has read and kept them."""
    spoken = language if language in EASY_LETTERS else "en"
    return ("", EASY_MESSAGES[spoken]) if channel is Channel.SMS else EASY_LETTERS[spoken]
