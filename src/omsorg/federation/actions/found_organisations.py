"""Many organisations come in at once, as when a federation is set up or a plan brings those that answer it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from babel import Locale
from django.db import transaction

from omsorg.federation.access import Acting, NotAllowed
from omsorg.federation.models import Organisation, Place, Position
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.kernel.trail import leave_trace

LANGUAGES = ("en", "da", "nb", "sv")


class CountryNotKnown(Refusal):
    sentence = _("“%(code)s” is not a country. Write two letters, for example NO.")


class ParentNotKnown(Refusal):
    sentence = _("There is no organisation “%(code)s” to stand under.")


class OrganisationCodeTaken(Refusal):
    sentence = _("There is an organisation called “%(code)s” already.")


@dataclass(frozen=True, slots=True)
class OrganisationDraft:
    """An organisation to be entered. `parent` is a code, of one that is there or of another draft; "" is the top."""

    code: str
    kind: str
    name: str
    parent: str = ""
    country: str = ""
    language: str = "en"
    exists_from: date = date(2000, 1, 1)


@transaction.atomic
def found_organisations(
    *, drafts: Sequence[OrganisationDraft], is_example: bool = False, by: Acting | None, at: datetime
) -> Mapping[str, Organisation]:
    """Enter organisations with their places in the tree, all or none, in a few statements however many there are.

    `by` None is the house itself, when nobody has a mandate yet. Anybody else needs to keep organisations where each
    of them shall stand; only the house founds one that stands under nothing.
    """
    for taken in Organisation.objects.filter(code__in=[draft.code for draft in drafts]):
        raise OrganisationCodeTaken(code=taken.code)
    codes = {draft.code for draft in drafts}
    parents = {
        found.code: found for found in Organisation.objects.filter(code__in={draft.parent for draft in drafts} - codes)
    }
    for draft in drafts:
        if draft.parent and draft.parent not in parents and draft.parent not in codes:
            raise ParentNotKnown(code=draft.parent)
        if (
            by is not None
            and draft.parent not in codes
            and not (draft.parent and by.may("organisations.keep", parents[draft.parent].pk))
        ):
            raise NotAllowed("organisations.keep")
    places = _places({draft.country for draft in drafts if draft.country})
    made = Organisation.objects.bulk_create(
        Organisation(
            code=draft.code,
            kind=draft.kind,
            name=draft.name,
            place=places.get(draft.country.upper()),
            language=draft.language,
            exists_from=draft.exists_from,
            is_example=is_example,
        )
        for draft in drafts
    )
    known = parents | {organisation.code: organisation for organisation in made}
    _place(drafts, known)
    leave_trace(
        "found_organisations",
        "federation:organisations",
        by=by.person_id if by else None,
        at=at,
        details={"codes": sorted(codes)},
    )
    return {organisation.code: organisation for organisation in made}


def _place(drafts: Sequence[OrganisationDraft], known: Mapping[str, Organisation]) -> None:
    """Put each where it stands, from the top down: where somebody may put the next is known once the last one stands.

    A circle comes last, and the database refuses it.
    """
    waiting = [draft for draft in drafts if draft.parent]
    while waiting:
        open_places = {draft.code for draft in waiting}
        level = [draft for draft in waiting if draft.parent not in open_places] or waiting
        Position.objects.bulk_create(
            Position(organisation=known[draft.code], parent=known[draft.parent], valid_from=draft.exists_from)
            for draft in level
        )
        placed = {draft.code for draft in level}
        waiting = [draft for draft in waiting if draft.code not in placed]


def country_names(code: str) -> dict[str, str]:
    """The name of a country in every language of the house; refuses what is no country."""
    names = {language: Locale.parse(language).territories.get(code.upper()) for language in LANGUAGES}
    if len(code) != 2 or not code.isalpha() or not all(names.values()):
        raise CountryNotKnown(code=code)
    return {language: str(name) for language, name in names.items()}


def _places(codes: Iterable[str]) -> dict[str, Place]:
    wanted = {code.upper() for code in codes}
    found = {place.code: place for place in Place.objects.filter(kind=Place.Kind.COUNTRY, code__in=wanted)}
    missing = [
        Place(kind=Place.Kind.COUNTRY, code=code, country_code=code, name=country_names(code))
        for code in sorted(wanted - set(found))
    ]
    return found | {place.code: place for place in Place.objects.bulk_create(missing)}
