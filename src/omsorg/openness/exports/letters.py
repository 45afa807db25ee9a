"""The letters of a round as one PDF, each on its own page, in the language of whoever gets it; easy words larger."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import typst

from omsorg.kernel.numbers import format_date
from omsorg.kernel.sheets import write_csv
from omsorg.openness.models import Notice
from omsorg.openness.rules.telling import Reading, machine_number

LAYOUT = Path(__file__).with_name("letters.typ")
SMS_HEADINGS = ("reference", "phone", "language", "message")


def letters_pdf(notices: Sequence[Notice], *, house: str, on: date) -> bytes:
    """Every letter as PDF/UA. What is said is data; no text of anybody's is read as markup."""
    data = {
        "house": house,
        "letters": [
            {
                "language": notice.language,
                "day": format_date(on, notice.language),
                "easy": notice.reading == Reading.EASY,
                "to": [notice.name, *(line.strip() for line in notice.address.replace(";", "\n").split("\n"))],
                "subject": notice.subject,
                "paragraphs": [line for line in notice.body.split("\n") if line.strip()],
                "reference": notice.reference,
            }
            for notice in notices
        ],
    }
    pages = typst.compile(
        LAYOUT,
        format="pdf",
        sys_inputs={"letters": json.dumps(data, ensure_ascii=False, sort_keys=True)},
        pdf_standards="ua-1",
        timestamp=None,
    )
    if not isinstance(pages, bytes):
        raise TypeError("The typesetter gave no document.")
    return pages


def sms_csv(notices: Sequence[Notice]) -> bytes:
    """The messages of a round, as a file for a provider's machine: numbers are digits and one plus.

    Who asks for easy words is not told outside.
    """
    lines = [[each.reference, machine_number(each.address), each.language, each.body] for each in notices]
    return write_csv(list(SMS_HEADINGS), lines, separator=",", mark=False, for_people=False)
