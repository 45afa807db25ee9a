"""Files without what they tell beside what one sees: pictures without place, day, camera and comment.

A file is gone through part by part, and what is known is kept; the picture itself is never decoded, so that no broken
one can harm the server. What cannot be cleaned is said to be so.
"""

from omsorg.kernel.cleaning.parts import NotWhole
from omsorg.kernel.cleaning.pictures import CLEANERS

__all__ = ["NotWhole", "is_picture", "without_metadata"]


def is_picture(content: bytes) -> bool:
    """Whether it begins as a picture does that can be cleaned here."""
    return any(cleaner.is_one(content) for cleaner in CLEANERS)


def without_metadata(picture: bytes) -> bytes:
    """The picture and nothing else. Raises NotWhole for what ends in the middle of a part or holds what it must not."""
    for cleaner in CLEANERS:
        if cleaner.is_one(picture):
            return cleaner.clean(picture)
    raise NotWhole
