"""Voices as telephones and messengers keep them: Ogg (Opus) and AMR, without program, day or name.

Ogg is a row of pages, each with a sum over itself. The pages with remarks are left out and one without any stands in
their place, so the pages after it are numbered and summed anew. AMR is nothing but a head and frames of known lengths.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from omsorg.kernel.cleaning.parts import Cleaner, NotWhole, cut

# ---- Ogg -------------------------------------------------------------------------------------------------------

PAGE, HEAD, TAGS = b"OggS", b"OpusHead", b"OpusTags"
NO_REMARKS = TAGS + bytes(8)
"""No program and no remark: two lengths of nought."""
CONTINUED = 0x01


TURNED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
"""Each byte with its bits the other way round."""


def ogg_sum(content: bytes) -> int:
    """The sum of a page: CRC-32 as usual, over bits taken the other way round, beginning and ending with nought."""
    usual = zlib.crc32(content.translate(TURNED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{usual:032b}"[::-1], 2)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: what kind, how far the sound is, whose stream, how its body is laced, and the body."""

    kind: int
    position: bytes
    stream: bytes
    laces: bytes
    body: bytes

    def written(self, number: int) -> bytes:
        """The page under its number, with its sum."""
        head = PAGE + bytes([0, self.kind]) + self.position + self.stream + number.to_bytes(4, "little")
        rest = bytes([len(self.laces)]) + self.laces + self.body
        return head + ogg_sum(head + bytes(4) + rest).to_bytes(4, "little") + rest


def is_ogg(content: bytes) -> bool:
    """Whether it begins as an Ogg does."""
    return content.startswith(PAGE)


def _pages(content: bytes) -> Iterator[Page]:
    at = 0
    while at < len(content):
        if cut(content, at, 5) != PAGE + b"\0":
            raise NotWhole
        laces = cut(content, at + 27, cut(content, at + 26, 1)[0])
        body = at + 27 + len(laces)
        yield Page(
            cut(content, at + 5, 1)[0],
            cut(content, at + 6, 8),
            cut(content, at + 14, 4),
            laces,
            cut(content, body, sum(laces)),
        )
        at = body + sum(laces)


def clean_ogg(content: bytes) -> bytes:
    """The head and the sound of one Opus stream; remarks, their pictures, and other streams are not kept."""
    pages = list(_pages(content))
    first = pages[0]
    if not first.body.startswith(HEAD) or len(first.body) != 19 or len(first.laces) != 1:
        raise NotWhole
    if len(pages) < 3 or any(page.stream != first.stream for page in pages):
        raise NotWhole
    after = 2
    while after < len(pages) and pages[after].kind & CONTINUED:
        after += 1
    remarks = pages[1:after]
    if not remarks[0].body.startswith(TAGS) or after == len(pages) or _packets(remarks) != 1:
        raise NotWhole
    bare = Page(0, remarks[-1].position, first.stream, bytes([len(NO_REMARKS)]), NO_REMARKS)
    kept = [first, bare, *pages[after:]]
    return b"".join(page.written(number) for number, page in enumerate(kept))


def _packets(pages: list[Page]) -> int:
    """How many packets end on these pages: a lace below 255 ends one."""
    return sum(lace < 255 for page in pages for lace in page.laces)


# ---- AMR -------------------------------------------------------------------------------------------------------

NARROW, WIDE = b"#!AMR\n", b"#!AMR-WB\n"
LENGTHS = {
    NARROW: (12, 13, 15, 17, 19, 20, 26, 31, 5, 0, 0, 0, 0, 0, 0, 0),
    WIDE: (17, 23, 32, 36, 40, 46, 50, 58, 60, 5, 0, 0, 0, 0, 0, 0),
}
"""Bytes after the first of a frame, by its kind (RFC 4867, section 5)."""


def is_amr(content: bytes) -> bool:
    """Whether it begins as an AMR does."""
    return content.startswith((NARROW, WIDE))


def clean_amr(content: bytes) -> bytes:
    """The head and every whole frame; whatever else stands behind is refused."""
    head = WIDE if content.startswith(WIDE) else NARROW
    at = len(head)
    if at == len(content):
        raise NotWhole
    while at < len(content):
        first = content[at]
        if first & 0x83:
            raise NotWhole
        length = LENGTHS[head][first >> 3 & 0x0F]
        cut(content, at + 1, length)
        at += 1 + length
    return content


CLEANERS = (
    Cleaner("audio/ogg", "voice", ".ogg", is_ogg, clean_ogg),
    Cleaner("audio/amr", "voice", ".amr", is_amr, clean_amr),
)
