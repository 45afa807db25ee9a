"""How the shared counts are named: by a fingerprint, so that the table tells nobody which address was counted."""

import hashlib
import hmac

from django.conf import settings


def counter_name(key: str, prefix: str, version: int) -> str:
    """The name under which a count is kept (the cache's KEY_FUNCTION). Without the secret it cannot be guessed back."""
    said = f"{prefix}:{version}:{key}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()
