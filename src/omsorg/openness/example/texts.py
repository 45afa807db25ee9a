"""The words of the invented cases, in four languages."""

from omsorg.openness.rules.cases import Heading

MONEY = {
    Heading.SUMMARY: {
        "en": "Money for food was used for something else; most of it was repaid.",
        "da": "Penge til mad blev brugt til noget andet; det meste er betalt tilbage.",
        "nb": "Penger til mat ble brukt til noe annet; det meste er betalt tilbake.",
        "sv": "Pengar till mat användes till annat; det mesta är återbetalt.",
    },
    Heading.HAPPENED: {
        "en": "Over several months, money meant for food was used for something else. False bills covered it up.",
        "da": "I flere måneder blev penge til mad brugt til noget andet. Falske regninger skjulte det.",
        "nb": "I flere måneder ble penger til mat brukt til noe annet. Falske regninger skjulte det.",
        "sv": "Under flera månader användes pengar som var avsedda för mat till annat. Falska räkningar dolde det.",
    },
    Heading.DID: {
        "en": "The employment was ended and the police were told. Payments stopped meanwhile.",
        "da": "Ansættelsen blev afsluttet, og politiet fik besked. Udbetalingerne blev stoppet imens.",
        "nb": "Ansettelsen ble avsluttet, og politiet fikk beskjed. Utbetalingene ble stanset imens.",
        "sv": "Anställningen avslutades och polisen underrättades. Utbetalningarna stoppades under tiden.",
    },
    Heading.LEARNED: {
        "en": "Bills are now checked twice before they are paid, and the store is counted every month.",
        "da": "Regninger bliver nu kontrolleret to gange, før de betales, og lageret tælles op hver måned.",
        "nb": "Regninger blir nå kontrollert to ganger før de betales, og lageret telles opp hver måned.",
        "sv": "Räkningar kontrolleras nu dubbelt innan de betalas, och lagret räknas varje månad.",
    },
}
CORRECTED = {
    **MONEY,
    Heading.LEARNED: {
        **MONEY[Heading.LEARNED],
        "en": "Bills are now checked twice before they are paid, and the store is counted every week.",
        "da": "Regninger bliver nu kontrolleret to gange, før de betales, og lageret tælles op hver uge.",
        "nb": "Regninger blir nå kontrollert to ganger før de betales, og lageret telles opp hver uke.",
        "sv": "Räkningar kontrolleras nu dubbelt innan de betalas, och lagret räknas varje vecka.",
    },
}
WHAT = {
    "en": "How often the store is counted.",
    "da": "Hvor ofte lageret tælles op.",
    "nb": "Hvor ofte lageret telles opp.",
    "sv": "Hur ofta lagret räknas.",
}
WHY = {
    "en": "We had written that it is every month. It is every week.",
    "da": "Vi havde skrevet, at det er hver måned. Det er hver uge.",
    "nb": "Vi hadde skrevet at det er hver måned. Det er hver uke.",
    "sv": "Vi hade skrivit att det är varje månad. Det är varje vecka.",
}
HELD = {
    Heading.SUMMARY: {"en": "Children were not listened to when they said that they were afraid."},
    Heading.HAPPENED: {"en": "Children said that they were afraid, and nobody acted on it for a long time."},
    Heading.DID: {"en": "Those responsible do not work with children any more. Help was offered to everybody."},
    Heading.LEARNED: {"en": "Every worry that children speak of is now written down and answered."},
}
HOLD_REASON = "A child there is still to be asked whether this may be told now."
GIVERS = (
    # reference, name, kind, language, channel, address, reading level
    ("EX-1", "Kari Eksempel", "sponsor", "nb", "letter", "Eksempelveien 1; 0001 Oslo", "standard"),
    ("EX-2", "Ola Eksempel", "sponsor", "nb", "sms", "+47 00 00 00 02", "standard"),
    ("EX-3", "Mette Eksempel", "sponsor", "da", "letter", "Eksempelvej 3; 1000 København", "easy"),
    ("EX-4", "Per Exempel", "sponsor", "sv", "letter", "Exempelgatan 4; 111 11 Stockholm", "easy"),
    ("EX-5", "Example Foundation", "donor", "en", "letter", "5 Example Street; Exampletown", "standard"),
    ("EX-6", "Anna Exempel", "sponsor", "sv", "sms", "+46 00 00 00 06", "standard"),
)
