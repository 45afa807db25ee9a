"""What an import rests on, as one fingerprint: its rows as they were understood, and what stands there in their place.

A file is tried on one day and confirmed on another. What another person has written in between shows in the
fingerprint, because every row of a plan carries what it would replace: then nothing is done unseen.
"""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AnySet
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from typing import Any

from django.db import models

PLAIN = frozenset({type(None), bool, int, float, str, bytes, Decimal, date, datetime})
_WAYS: dict[type, Callable[[Any], str]] = {}
"""Found once for each kind: a file of thousands of rows has few of them."""


def fingerprint_of(what: object) -> str:
    """The same for the same values, also in another process. Functions carried along count for nothing."""
    return sha256(_said(what).encode()).hexdigest()


def _said(value: object) -> str:
    """The value in letters that no other value has; a row of the database as the values of its columns."""
    kind = type(value)
    if kind in PLAIN:
        return repr(value)
    if kind not in _WAYS:
        _WAYS[kind] = _way_of(kind)
    return _WAYS[kind](value)


def _way_of(kind: type) -> Callable[[Any], str]:
    """How values of a kind are said: each in marks of its own. A text that waits for its language is refused."""
    of = f"{kind.__module__}.{kind.__qualname__}"
    if issubclass(kind, Enum):
        return lambda value: f"<{of}={value.value!r}>"
    if issubclass(kind, str | int | float | bytes | Decimal | date):
        return repr
    if issubclass(kind, models.Model):
        columns = [field.attname for field in kind._meta.concrete_fields]
        return lambda value: _named(of, ((name, vars(value)[name]) for name in columns if name in vars(value)))
    if is_dataclass(kind):
        names = [field.name for field in fields(kind)]
        return lambda value: _named(of, ((name, getattr(value, name)) for name in names))
    if issubclass(kind, Mapping):
        return lambda value: f"{{{','.join(sorted(f'{_said(key)}:{_said(held)}' for key, held in value.items()))}}}"
    if issubclass(kind, AnySet):
        return lambda value: f"<{','.join(sorted(map(_said, value)))}>"
    if issubclass(kind, list):
        return lambda value: f"[{','.join(map(_said, value))}]"
    if issubclass(kind, tuple):
        return lambda value: f"({','.join(map(_said, value))})"
    raise TypeError(f"An import cannot rest on {kind.__name__}: its values are not known")


def _named(of: str, named: Iterable[tuple[str, object]]) -> str:
    return f"{of}({','.join([f'{name}={_said(held)}' for name, held in named if not callable(held)])})"
