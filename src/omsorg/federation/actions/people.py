"""A person is invited, corrected, moved to another organisation; at last the person's time here ends."""

from datetime import date, datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from django.db.models import F, Q

from omsorg.federation.access import Acting, require
from omsorg.federation.account_letters import write_address_changed, write_invitation, write_second_factor_cleared
from omsorg.federation.actions.roles import KEEP, person_to_change, refuse_to_leave_nobody
from omsorg.federation.actions.sessions import end_all_sessions
from omsorg.federation.models import Account, Mandate, Organisation, Person, Token
from omsorg.federation.refusals import (
    AddressMissing,
    AddressTaken,
    HasLeft,
    HasNotLeft,
    HoldsRolesElsewhere,
    NameMissing,
    NoAccount,
    NoSecondFactor,
    NotBackDated,
    NotForOneself,
    NotThereThen,
    SignedInAlready,
)
from omsorg.kernel.trail import leave_trace


@transaction.atomic
def invite_person(
    *, name: str, email: str, organisation: Organisation, language: str, by: Acting, at: datetime
) -> Person:
    """Enter a person with an account that nobody can open yet, and write where to choose a password.

    Roles are given apart from this. Refused for an address with which somebody signs in already.
    """
    require(by, KEEP, organisation.pk)
    if organisation.exists_until is not None:
        raise NotThereThen(name=organisation.name, day=organisation.exists_until)
    address = _free_address(email)
    person = Person.objects.create(name=_named(name), email=address, organisation=organisation, language=language)
    account = Account.objects.create_user(email=address, person=person)
    write_invitation(account, person, invited_by=by.name, at=at)
    _trace("invite_person", person, by, at)
    return person


@transaction.atomic
def invite_again(*, person: Person, by: Acting, at: datetime) -> None:
    """Write the invitation once more, to whoever has not signed in yet; the link of the earlier letter stays good."""
    require(by, KEEP, person.organisation_id)
    account = _account(person)
    if person.left_on is not None:
        raise HasLeft(name=person.name)
    if account.last_login is not None:
        raise SignedInAlready(name=person.name)
    write_invitation(account, person, invited_by=by.name, at=at)
    _trace("invite_again", person, by, at)


@transaction.atomic
def correct_person(*, person: Person, name: str, email: str, language: str, by: Acting, at: datetime) -> None:
    """Correct a name, the address that signs in, or the language. A new address is told to the old one and the new.

    The address is refused while the person holds roles elsewhere: whoever changes it could open the account.
    """
    require(by, KEEP, person.organisation_id)
    kept = person_to_change(person)
    account = _account(kept)
    address = email.strip().lower()
    changed = [field for field, value in (("name", name), ("language", language)) if getattr(kept, field) != value]
    if address != account.email:
        if person.pk == by.person_id:
            raise NotForOneself
        _refuse_with_roles_elsewhere(kept)
        address, before = _free_address(email), account.email
        EmailAddress.objects.filter(user_id=account.pk).delete()
        EmailAddress.objects.create(user_id=account.pk, email=address, primary=True, verified=True)
        Account.objects.filter(pk=account.pk).update(email=address)
        write_address_changed(kept, before=before, now=address, at=at)
        changed.append("email")
    if not changed:
        return
    kept.name, kept.email, kept.language = _named(name), address, language
    kept.save(update_fields=["name", "email", "language"])
    person.name, person.email, person.language = kept.name, kept.email, kept.language
    _trace("correct_person", kept, by, at, changed=changed)


@transaction.atomic
def correct_own_entry(*, name: str, language: str, by: Acting, at: datetime) -> None:
    """A person corrects the own name and language; the address is changed by whoever looks after people."""
    own = Person.objects.select_for_update().get(pk=by.person_id)
    changed = [field for field, value in (("name", name), ("language", language)) if getattr(own, field) != value]
    if not changed:
        return
    own.name, own.language = _named(name), language
    own.save(update_fields=["name", "language"])
    _trace("correct_own_entry", own, by, at, changed=changed)


@transaction.atomic
def move_person(*, person: Person, to: Organisation, by: Acting, at: datetime) -> None:
    """Let a person belong to another organisation from now on. Roles stay as they are. Nobody moves themselves."""
    require(by, KEEP, person.organisation_id)
    require(by, KEEP, to.pk)
    if person.pk == by.person_id:
        raise NotForOneself
    kept = person_to_change(person)
    if to.exists_until is not None:
        raise NotThereThen(name=to.name, day=to.exists_until)
    if kept.organisation_id == to.pk:
        return
    before = kept.organisation_id
    kept.organisation = person.organisation = to
    kept.save(update_fields=["organisation"])
    _trace("move_person", kept, by, at, changed=[str(before), str(to.pk)])


@transaction.atomic
def end_time(*, person: Person, on: date, by: Acting, at: datetime) -> None:
    """End a person's time here: `on` is the first day without them. Roles end, the account closes, keys die.

    If that is today, every session ends now. Refused while the person holds roles elsewhere, and for the last one who
    looks after people at the top of the tree.
    """
    require(by, KEEP, person.organisation_id)
    if on < at.date():
        raise NotBackDated
    kept = person_to_change(person)
    if kept.left_on is not None:
        raise HasLeft(name=kept.name)
    _refuse_with_roles_elsewhere(kept)
    held = Mandate.objects.filter(Q(valid_until=None) | Q(valid_until__gt=on), person=kept)
    ending = list(held.select_related("organisation"))
    list(Organisation.objects.select_for_update().filter(pk__in={mandate.organisation_id for mandate in ending}))
    refuse_to_leave_nobody(ending, at=at)
    held.filter(valid_from__lte=on).update(valid_until=on)
    held.filter(valid_from__gt=on).update(valid_until=F("valid_from"))
    kept.left_on = person.left_on = on
    kept.save(update_fields=["left_on"])
    accounts = Account.objects.filter(person=kept)
    accounts.update(closed_from=on)
    if on == at.date():
        Token.objects.filter(person=kept, revoked_at=None).update(revoked_at=at)
        for number in accounts.values_list("pk", flat=True):
            end_all_sessions(number)
    _trace("end_time", kept, by, at, on=on.isoformat(), roles=len(ending))


@transaction.atomic
def take_back_end(*, person: Person, by: Acting, at: datetime) -> None:
    """The person stays, or comes back: the account opens again. Roles and keys are given and made anew."""
    require(by, KEEP, person.organisation_id)
    kept = person_to_change(person)
    if kept.left_on is None:
        raise HasNotLeft(name=kept.name)
    kept.left_on = person.left_on = None
    kept.save(update_fields=["left_on"])
    Account.objects.filter(person=kept).update(closed_from=None)
    _trace("take_back_end", kept, by, at)


@transaction.atomic
def clear_second_factor(*, person: Person, by: Acting, at: datetime) -> None:
    """Take away the second factor of somebody who has lost it. Every session of theirs ends, and they are told.

    Whoever does this has made sure that it is really that person who asks, and looks after every role of theirs.
    """
    require(by, KEEP, person.organisation_id)
    if person.pk == by.person_id:
        raise NotForOneself
    _refuse_with_roles_elsewhere(person)
    account = _account(person)
    removed, _ = Authenticator.objects.filter(user_id=account.pk).delete()
    if not removed:
        raise NoSecondFactor(name=person.name)
    end_all_sessions(account.pk)
    write_second_factor_cleared(account, person, by=by.name, at=at)
    _trace("clear_second_factor", person, by, at)


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise NameMissing
    return name


def _free_address(email: str) -> str:
    address = email.strip().lower()
    if not address:
        raise AddressMissing
    if Account.objects.filter(email=address).exists() or EmailAddress.objects.filter(email=address).exists():
        raise AddressTaken
    return address


def _account(person: Person) -> Account:
    found = Account.objects.select_for_update().filter(person=person).first()
    if found is None:
        raise NoAccount(name=person.name)
    return found


def _refuse_with_roles_elsewhere(person: Person) -> None:
    """Asked of the database, which sees the roles that the one who asks does not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT holds_roles_elsewhere(%s)", [person.pk])
        if cursor.fetchone()[0]:
            raise HoldsRolesElsewhere(name=person.name)


def _trace(verb: str, person: Person, by: Acting, at: datetime, **details: str | int | list[str]) -> None:
    subject = f"person:{person.pk}"
    leave_trace(verb, subject, by=by.person_id, at=at, organisation=person.organisation_id, details=details)
