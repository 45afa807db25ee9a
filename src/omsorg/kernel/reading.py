"""The reading guard: a page that only shows cannot write, whatever its code says.

Two walls. Inside the process every statement is looked at before it is sent; in the database the transaction of a
request that only reads is declared READ ONLY. BEGIN, SAVEPOINT and set_config pass, since a transaction needs them.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

READING = re.compile(
    r"\s*(SELECT|WITH|VALUES|EXPLAIN|SHOW|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|DECLARE|FETCH|CLOSE)\b",
    re.IGNORECASE,
)
WRITING_WITHIN = re.compile(r"\b(INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|FOR\s+UPDATE)\b", re.IGNORECASE)


class WrittenWhileReading(Exception):
    """A page that only shows tried to write. Nothing was written."""


@lru_cache(maxsize=1024)
def _only_reads(text: str) -> bool:
    """Whether a statement reads and nothing else: the same text is looked at once."""
    return READING.match(text) is not None and not WRITING_WITHIN.search(text)


def _refuse_writing(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    text = sql if isinstance(sql, str) else sql.as_string(context["cursor"].cursor)
    if not _only_reads(text):
        raise WrittenWhileReading(text[:200])
    return execute(sql, params, many, context)


@contextmanager
def only_reading(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Refuse every statement that is not a read, on one of the application's connections, until the block ends."""
    with connections[using].execute_wrapper(_refuse_writing):
        yield
