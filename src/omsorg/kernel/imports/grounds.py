"""What an import rests on, as one fingerprint: its rows as they were understood, and what stands there in their place.

A file is tried on one day and confirmed on another. What another person has written in between shows in the
fingerprint, because every row of a plan carries what it would replace: then nothing is done unseen.
"""

from collections.abc import Mapping
from collections.abc import Set as AnySet
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256

from django.db import models
from django.utils.functional import Promise


def fingerprint_of(what: object) -> str:
    """The same for the same values, also in another process. Functions carried along count for nothing."""
    return sha256(repr(_bare(what)).encode()).hexdigest()


def _bare(value: object) -> object:
    """The value as nested tuples; a row of the database as the values of its columns."""
    if value is None or isinstance(value, str | int | float | bytes | Decimal | date):
        return value
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, models.Model):
        kept = vars(value)
        columns = [field.attname for field in value._meta.concrete_fields if field.attname in kept]
        return (value._meta.label, *((name, _bare(kept[name])) for name in columns))
    if is_dataclass(value) and not isinstance(value, type):
        named = ((field.name, getattr(value, field.name)) for field in fields(value))
        return (type(value).__name__, *((name, _bare(held)) for name, held in named if not callable(held)))
    if isinstance(value, Mapping):
        return tuple(sorted(((_bare(key), _bare(held)) for key, held in value.items()), key=repr))
    if isinstance(value, AnySet):
        return tuple(sorted((_bare(held) for held in value), key=repr))
    if isinstance(value, list | tuple):
        return tuple(_bare(held) for held in value)
    raise TypeError(f"An import cannot rest on {type(value).__name__}: its values are not known")
