"""The public register: every case that stands in public, out of its newest edition and out of nothing else."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection

from omsorg.openness.models import Edition
from omsorg.openness.rules.cases import Heading, Told, told_in


@dataclass(frozen=True, slots=True)
class PublicCase:
    """One case as the public reads it. A withdrawn text is empty: month, place and the reason stay."""

    code: str
    number: int
    kind: str
    closed_in: date
    at: datetime
    first_at: datetime
    country: str = ""
    region: str = ""
    organisation: str = ""
    closed_as: str = ""
    subject: str = ""
    original: str = "en"
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    repaid: tuple[Mapping[str, Any], ...] = ()
    left_out: tuple[Mapping[str, Any], ...] = ()
    nobody_because: str = ""
    is_example: bool = False
    fingerprint: str = ""

    @property
    def is_withdrawn(self) -> bool:
        return self.kind == Edition.Kind.WITHDRAWAL

    def said(self, heading: Heading, language: str) -> Told:
        return told_in(self.texts.get(heading, {}), language, self.original)


def case_of(edition: Edition, first_at: datetime) -> PublicCase:
    """A case out of one of its editions."""
    plain = json.loads(edition.document) if edition.document else {}
    return case_from(
        plain,
        edition.code,
        edition.closed_in,
        edition.at,
        first_at=first_at,
        number=edition.number,
        kind=edition.kind,
        fingerprint=edition.fingerprint,
    )


def case_from(
    plain: Mapping[str, Any],
    code: str,
    closed_in: date,
    at: datetime,
    *,
    first_at: datetime | None = None,
    number: int = 0,
    kind: str = Edition.Kind.RELEASE,
    fingerprint: str = "",
) -> PublicCase:
    """A case out of the document that stands, or would stand, in public."""
    return PublicCase(
        code=code,
        number=number,
        kind=kind,
        closed_in=closed_in,
        at=at,
        first_at=first_at or at,
        country=plain.get("country", ""),
        region=plain.get("region", ""),
        organisation=plain.get("organisation", ""),
        closed_as=plain.get("closed_as", ""),
        subject=plain.get("subject", ""),
        original=plain.get("original", "en"),
        texts=plain.get("texts", {}),
        repaid=tuple(plain.get("repaid", ())),
        left_out=tuple(plain.get("left_out", ())),
        nobody_because=plain.get("nobody_because", ""),
        is_example=plain.get("is_example", False),
        fingerprint=fingerprint,
    )


def cases() -> list[PublicCase]:
    """Every case in public, the newest closing first. Of each the newest edition."""
    newest: dict[str, Edition] = {}
    first: dict[str, datetime] = {}
    for edition in Edition.objects.order_by("code", "number"):
        newest[edition.code] = edition
        first.setdefault(edition.code, edition.at)
    found = [case_of(edition, first[code]) for code, edition in newest.items()]
    return sorted(found, key=lambda each: (each.closed_in, each.first_at), reverse=True)


def editions_of(code: str) -> list[Edition]:
    """Everything that stood under this code and may still be read, the newest first."""
    return list(Edition.objects.filter(code=code).order_by("-number"))


@dataclass(frozen=True, slots=True)
class ToldInAll:
    """How many sponsors and donors were to be told of a case, wait, were told, came back; and between which days."""

    listed: int
    waiting: int
    number: int
    returned: int
    first_on: date | None
    last_on: date | None


TOLD = "SELECT listed, waiting, told, returned, first_on, last_on FROM openness_told(%s)"


def told_of(publication_ids: Iterable[int]) -> dict[int, ToldInAll]:
    """How many were told of each case, by the row of its publication."""
    found = {}
    with connection.cursor() as cursor:
        for publication in publication_ids:
            cursor.execute(TOLD, [publication])
            found[publication] = ToldInAll(*cursor.fetchone())
    return found
