"""An organisation is founded, corrected, renamed, moved in the tree, closed; nothing of it is ever deleted."""

import unicodedata
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.text import slugify

from omsorg.federation.access import Acting, NotAllowed, require
from omsorg.federation.models import Lineage, Mandate, Organisation, Person, Place, Position
from omsorg.federation.refusals import (
    AlreadyThere,
    CalledThatAlready,
    ClosedAlready,
    MoveAlreadyPlanned,
    NameMissing,
    NotBackDated,
    NotClosed,
    NothingToTakeBack,
    NotThereThen,
    PeopleStillThere,
    ReasonMissing,
    SomethingBelow,
    TopStays,
    UnderItself,
)
from omsorg.kernel.trail import leave_trace

KEEP = "organisations.keep"
WORDS_OF_ADDRESSES = {"tree"}
LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@transaction.atomic
def found_organisation(
    *,
    name: str,
    kind: str,
    under: Organisation,
    exists_from: date,
    by: Acting,
    at: datetime,
    place: Place | None = None,
    language: str = "en",
) -> Organisation:
    """Enter an organisation under another one. It may have existed for long: `exists_from` lies where it lay."""
    require(by, KEEP, under.pk)
    if not _exists(under, exists_from):
        raise NotThereThen(name=under.name, day=exists_from)
    organisation = Organisation.objects.create(
        code=_free_code(name),
        name=_named(name),
        kind=Organisation.Kind(kind),
        place=place,
        language=language,
        exists_from=exists_from,
    )
    Position.objects.create(organisation=organisation, parent=under, valid_from=exists_from)
    _trace("found_organisation", organisation, by, at, kind=kind, under=under.code, exists_from=exists_from)
    return organisation


@transaction.atomic
def correct_organisation(
    *, organisation: Organisation, name: str, kind: str, place: Place | None, language: str, by: Acting, at: datetime
) -> None:
    """Give it its right name, kind, place and language. Saying the same again changes nothing and leaves no trace.

    A name put right was never another one: every day since it began tells the right one, but for frozen reports. An
    organisation that is called something else from now on is given a new name (`rename_organisation`).
    """
    require(by, KEEP, organisation.pk)
    kept = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    wanted = {"name": _named(name), "kind": Organisation.Kind(kind), "place_id": place and place.pk}
    wanted["language"] = language
    changed = {field: [getattr(kept, field), value] for field, value in wanted.items() if getattr(kept, field) != value}
    if not changed:
        return
    for field, value in wanted.items():
        setattr(kept, field, value)
        setattr(organisation, field, value)
    kept.save(update_fields=list(changed))
    _trace("correct_organisation", kept, by, at, changed=changed)


@transaction.atomic
def rename_organisation(*, organisation: Organisation, name: str, reason: str, by: Acting, at: datetime) -> None:
    """Call it something else from today on. Every earlier day, and every report as at one, keeps the name of then.

    Choosing again on the same day puts the new name right.
    """
    require(by, KEEP, organisation.pk)
    wanted = _named(name)
    if not reason.strip():
        raise ReasonMissing
    kept = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    before = kept.name
    if wanted == before:
        raise CalledThatAlready(name=before)
    kept.name = organisation.name = wanted
    kept.named_from = organisation.named_from = at.date()
    kept.save(update_fields=["name", "named_from"])
    _trace("rename_organisation", kept, by, at, changed=[before, wanted], reason=reason)


@transaction.atomic
def move_organisation(
    *, organisation: Organisation, under: Organisation, from_on: date, reason: str, by: Acting, at: datetime
) -> None:
    """Let it stand under another organisation from a day on. Its history stays under the one it stood under then.

    Never back-dated, so that what has been summed up stays true. Choosing again on the day of a move corrects it.
    """
    for place_in_tree in (organisation, under):
        require(by, KEEP, place_in_tree.pk)
    if from_on < at.date():
        raise NotBackDated
    if not reason.strip():
        raise ReasonMissing
    current = _position(organisation)
    require(by, KEEP, current.parent_id)
    if current.valid_from > from_on:
        raise MoveAlreadyPlanned(name=organisation.name, day=current.valid_from)
    if current.parent_id == under.pk:
        raise AlreadyThere(name=organisation.name, parent=under.name)
    if not _exists(under, from_on):
        raise NotThereThen(name=under.name, day=from_on)
    if _stands_below(under, organisation, from_on):
        raise UnderItself(name=organisation.name)
    before = current.parent.code
    if current.valid_from == from_on:
        current.parent = under
        current.save(update_fields=["parent"])
    else:
        current.valid_until = from_on
        current.save(update_fields=["valid_until"])
        Position.objects.create(organisation=organisation, parent=under, valid_from=from_on)
    _trace("move_organisation", organisation, by, at, changed=[before, under.code], from_on=from_on, reason=reason)


@transaction.atomic
def take_back_move(*, organisation: Organisation, by: Acting, at: datetime) -> None:
    """Undo the newest move, as long as it takes effect today or later."""
    require(by, KEEP, organisation.pk)
    newest = _position(organisation)
    require(by, KEEP, newest.parent_id)
    before = Position.objects.filter(organisation=organisation, valid_until=newest.valid_from).first()
    if before is None or newest.valid_from < at.date():
        raise NothingToTakeBack
    newest.delete()
    before.valid_until = None
    before.save(update_fields=["valid_until"])
    _trace("take_back_move", organisation, by, at, from_on=newest.valid_from)


@transaction.atomic
def close_organisation(*, organisation: Organisation, until: date, reason: str, by: Acting, at: datetime) -> None:
    """Close it: `until` is the first day without it. Roles held there end on that day.

    Refused at the top of the tree, while others stand below it, and while people belong to it.
    """
    require(by, KEEP, organisation.pk)
    if until < at.date():
        raise NotBackDated
    if not reason.strip():
        raise ReasonMissing
    kept = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if kept.exists_until is not None:
        raise ClosedAlready(name=kept.name)
    if until <= kept.exists_from:
        raise NotThereThen(name=kept.name, day=until)
    require(by, KEEP, _position(kept).parent_id)
    below = Position.objects.filter(_open_on(until), parent=kept, organisation__exists_until=None)
    names = below.order_by("organisation__name").values_list("organisation__name", flat=True)
    if names:
        raise SomethingBelow(name=kept.name, below=", ".join(names))
    staying = Person.objects.filter(Q(left_on=None) | Q(left_on__gt=until), organisation=kept).count()
    if staying:
        raise PeopleStillThere(name=kept.name, count=staying)
    Mandate.objects.filter(_open_on(until), organisation=kept, valid_from__lte=until).update(valid_until=until)
    Mandate.objects.filter(organisation=kept, valid_from__gt=until).update(valid_until=F("valid_from"))
    kept.exists_until = organisation.exists_until = until
    kept.save(update_fields=["exists_until"])
    _trace("close_organisation", kept, by, at, until=until, reason=reason)


@transaction.atomic
def reopen_organisation(*, organisation: Organisation, reason: str, by: Acting, at: datetime) -> None:
    """Take a closing back. The roles that ended with it are given anew by hand."""
    kept = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    position = _position(kept)
    require(by, KEEP, position.parent_id)
    if kept.exists_until is None:
        raise NotClosed(name=kept.name)
    if not reason.strip():
        raise ReasonMissing
    if not _exists(position.parent, at.date()):
        raise NotThereThen(name=position.parent.name, day=at.date())
    kept.exists_until = organisation.exists_until = None
    kept.save(update_fields=["exists_until"])
    _trace("reopen_organisation", kept, by, at, reason=reason)


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise NameMissing
    return name


def _exists(organisation: Organisation, day: date) -> bool:
    return organisation.exists_from <= day and (organisation.exists_until is None or day < organisation.exists_until)


def _open_on(day: date) -> Q:
    return Q(valid_until=None) | Q(valid_until__gt=day)


def _position(organisation: Organisation) -> Position:
    """Its newest position, held until the end of this transaction. The top of the tree has none: TopStays.

    The database lets only those hold it who keep organisations where it stands.
    """
    newest = Position.objects.filter(organisation=organisation).order_by("-valid_from")
    number = newest.values_list("pk", flat=True).first()
    if number is None:
        raise TopStays(name=organisation.name)
    held = Position.objects.select_for_update(of=("self",)).select_related("parent").filter(pk=number).first()
    if held is None:
        raise NotAllowed(KEEP)
    return held


def _stands_below(organisation: Organisation, ancestor: Organisation, day: date) -> bool:
    """Whether it stands below the other on that day, or on any later day that is planned already."""
    return Lineage.objects.filter(_open_on(day), ancestor=ancestor, descendant=organisation).exists()


def _free_code(name: str) -> str:
    plain = unicodedata.normalize("NFKC", _named(name)).lower().translate(LETTERS)
    stem = slugify(plain)[:34].strip("-") or "organisation"
    taken = set(Organisation.objects.filter(code__startswith=stem).values_list("code", flat=True))
    if stem not in taken | WORDS_OF_ADDRESSES:
        return stem
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def _trace(verb: str, organisation: Organisation, by: Acting, at: datetime, **details: Any) -> None:
    plain = {key: value.isoformat() if isinstance(value, date) else value for key, value in details.items()}
    subject = f"organisation:{organisation.code}"
    leave_trace(verb, subject, by=by.person_id, at=at, organisation=organisation.pk, details=plain)
