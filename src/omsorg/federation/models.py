"""Tables of the federation: places, organisations and their tree, people, accounts, mandates, tokens."""

import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from omsorg.kernel.fields import nothing_personal, personal
from omsorg.kernel.wall import declared_open, protected


class Place(models.Model):
    """A country or a municipality, with its official code (ISO 3166-1 alpha-2; the national municipality code)."""

    class Kind(models.TextChoices):
        COUNTRY = "country"
        MUNICIPALITY = "municipality"

    kind = models.CharField(max_length=12, choices=Kind)
    code = models.CharField(max_length=12)
    country_code = models.CharField(max_length=2)
    name = models.JSONField(help_text="name by language")
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)

    wall = declared_open("countries and municipalities are public knowledge")
    personal_data = nothing_personal("places, not people")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "country_code", "code"], name="federation_place_code")]

    def __str__(self) -> str:
        return f"{self.country_code} {self.code}"


class Organisation(models.Model):
    """One organisation of the federation, or one that works beside it. Its place in the tree is a `Position`.

    `exists_until` is set when it is closed; nothing is deleted. `named_from` is the day from which it bears its name,
    None the beginning: a name that changes without it is put right, one that changes with it is a new one.
    """

    class Kind(models.TextChoices):
        INTERNATIONAL = "international"
        REGION = "region"
        NATIONAL_ASSOCIATION = "national_association"
        PROGRAMME = "programme"
        LOCAL_PARTNER = "local_partner"
        MUNICIPALITY = "municipality"
        AUTHORITY = "authority"
        NETWORK = "network"

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=24, choices=Kind)
    name = models.CharField(max_length=200)
    named_from = models.DateField(null=True, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True)
    language = models.CharField(max_length=8, default="en")
    exists_from = models.DateField()
    exists_until = models.DateField(null=True, blank=True)
    is_example = models.BooleanField(default=False)

    wall = declared_open("which organisations there are is public; who works in them is not")
    personal_data = nothing_personal()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(exists_until__isnull=True) | Q(exists_until__gt=F("exists_from")),
                name="federation_organisation_lives_forward",
            )
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationName(models.Model):
    """What an organisation was called from a day on, until the next; without a day from the beginning. Only grows.

    Written by the database whenever an organisation is entered or its name changes. Of two names from the same day
    the one written later puts the other right: that one was a slip, and no day is told by it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=200)
    from_on = models.DateField(null=True)

    wall = declared_open(
        "what organisations are and were called is public; written by the database alone", append_only=True
    )
    personal_data = nothing_personal()

    def __str__(self) -> str:
        return self.name


class Position(models.Model):
    """Under which organisation another stands, from a day until a day (half open). One at a time.

    The database refuses two positions of one organisation on the same day, and a circle.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="positions")
    parent = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="positions_below")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    wall = declared_open("the tree of organisations is public")
    personal_data = nothing_personal()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(organisation=F("parent")), name="federation_position_not_itself"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="federation_position_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} under {self.parent}"


class Lineage(models.Model):
    """Every ancestor of every organisation, itself included (depth 0), with the days on which that holds.

    Made anew by the database whenever a position changes; never written by hand.
    """

    ancestor = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="lineage_below")
    descendant = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="lineage_above")
    depth = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    wall = declared_open("the tree of organisations is public")
    personal_data = nothing_personal()

    class Meta:
        indexes = [
            models.Index(fields=["ancestor", "descendant"], name="federation_lineage_down"),
            models.Index(fields=["descendant", "depth"], name="federation_lineage_up"),
        ]

    def __str__(self) -> str:
        return f"{self.ancestor_id} over {self.descendant_id}"

    @staticmethod
    def standing(day: date) -> Q:
        """The lines of a day; those of an organisation that has ended by then, as they stood on its last day."""
        lasting = Q(valid_until=None) | Q(valid_until__gt=day) | Q(valid_until=F("descendant__exists_until"))
        return lasting & Q(valid_from__lte=day)


def new_code() -> str:
    """A code that tells nothing: not how many there are, nor which came first."""
    return secrets.token_hex(6)


class Person(models.Model):
    """One person who works with the federation. `organisation` is where this person belongs and is looked after.

    A verifier belongs to another organisation than the one verified: this field decides it. `code` stands in
    addresses. `left_on` is the first day without this person.
    """

    code = models.CharField(max_length=12, unique=True, default=new_code)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="people")
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8, default="en")
    is_example = models.BooleanField(default=False)
    left_on = models.DateField(null=True, blank=True)

    wall = protected("people are seen by themselves and by those who look after their organisation")
    personal_data = personal(
        name="to know who did what",
        email="to write to the person",
        language="to write so that it is understood",
    )

    def __str__(self) -> str:
        return self.name


class Home(models.Model):
    """Where a person belonged, from a day until a day; on the day of a move, to both.

    Written by the database whenever a person's organisation changes: who verifies is asked for the home of then, too.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="homes")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    wall = protected("seen by the person and by those who look after them; written by the database alone")
    personal_data = personal(person="so that nobody verifies what was their own house then")

    def __str__(self) -> str:
        return f"{self.person_id} at {self.organisation_id}"


class AccountKeeper(BaseUserManager["Account"]):
    """Makes accounts; asked for by the sign-in package under this name and shape."""

    def create_user(self, email: str, password: str | None = None, **more: Any) -> "Account":
        """An account without a password opens nothing until one is chosen through a letter to its address."""
        account = self.model(email=email.strip().lower(), **more)
        account.set_password(password)
        return self.enter([account])[0]

    def enter(self, accounts: Iterable["Account"]) -> list["Account"]:
        """Keep new accounts, each with the address it signs in with, vouched for by whoever makes it."""
        from allauth.account.models import EmailAddress

        kept = self.bulk_create(accounts)
        EmailAddress.objects.bulk_create(
            EmailAddress(user_id=account.pk, email=account.email, primary=True, verified=True) for account in kept
        )
        return kept


class Account(AbstractBaseUser):
    """The key with which one person signs in. What the person may do stands in mandates, not here.

    From `closed_from` on it opens nothing; that day is known to the door, which may not read who the person is.
    """

    email = models.EmailField(unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)
    closed_from = models.DateField(null=True, blank=True)

    has_second_factor: bool  # asked with every session, by `sign_in`

    objects: ClassVar[AccountKeeper] = AccountKeeper()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    wall = declared_open("read before anybody is known; holds an address and a password hash, nothing else")
    personal_data = personal(
        person="whose key it is",
        email="to sign in",
        password="kept as an Argon2 hash",  # noqa: S106 — the reason for keeping it
        last_login="to find idle keys",
    )

    def __str__(self) -> str:
        return f"account {self.pk}"

    def opens_on(self, day: date) -> bool:
        return self.is_active and (self.closed_from is None or day < self.closed_from)


class Mandate(models.Model):
    """A role that one person holds at one organisation from a day until a day (half open).

    It opens that organisation and all below it to what the role may do. It is ended, never deleted; one that was
    given by mistake ends on the day it began. Nobody gives a role to themselves: the database refuses it, and writes
    who gave it; None where the house did.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    role = models.CharField(max_length=40)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mandates")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, editable=False, related_name="+")

    wall = protected("who holds which role; seen by the person and by those who look after the organisation")
    personal_data = personal(
        person="who holds the role",
        role="what the person may do",
        given_by="so that nobody lets in somebody else where they are shut out",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="federation_mandate_forward",
            ),
        ]
        indexes = [models.Index(fields=["person", "organisation"], name="federation_mandate_of")]

    def __str__(self) -> str:
        return f"{self.role} at {self.organisation_id}"


class Token(models.Model):
    """A personal key to the HTTP API, with what it may be used for. Shown once; only its fingerprint is kept."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True)

    wall = declared_open("read before anybody is known; holds a fingerprint, whose it is and what for, never the key")
    personal_data = personal(person="in whose name the key acts", name="the person's own word for the key")

    def __str__(self) -> str:
        return f"token {self.pk}"
