"""Short-lived counts that all processes share: how they are named, and how one is raised.

Django's cache keeps its own counts in the same table; those of `count_up` are raised by the database itself, in one
statement, so that two processes never count the same try once.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection


def counter_name(key: str, prefix: str, version: int) -> str:
    """The name under which a count is kept (the cache's KEY_FUNCTION). Without the secret it cannot be guessed back."""
    said = f"{prefix}:{version}:{key}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()


COUNT_UP = """
INSERT INTO kernel_counter AS kept (cache_key, value, expires) VALUES (%(name)s, '1', %(until)s)
ON CONFLICT (cache_key) DO UPDATE SET
    value = CASE WHEN kept.expires <= %(now)s THEN '1' ELSE (kept.value::integer + 1)::text END,
    expires = CASE WHEN kept.expires <= %(now)s THEN excluded.expires ELSE kept.expires END
RETURNING value::integer, expires
"""


def count_up(key: str, *, at: datetime, lasts: timedelta) -> tuple[int, datetime]:
    """Count one more under `key`: how many there are now, and until when they are remembered.

    The first starts a span of `lasts`; when that is over, counting begins again at one.
    """
    with connection.cursor() as cursor:
        cursor.execute(COUNT_UP, {"name": counter_name(key, "count", 1), "now": at, "until": at + lasts})
        row: tuple[int, datetime] = cursor.fetchone()
    return row
