"""Pictures: JPEG, PNG and WebP, without place, day, camera, comment, or a small copy of what was cut away."""

import re
import zlib
from collections.abc import Callable

from omsorg.kernel.cleaning.parts import (
    STEPS_OF_A_MEGABYTE,
    Cleaner,
    NotWhole,
    cut,
    number,
    riff,
    riff_parts,
    riff_row,
    row,
    spend,
)

PNG_BEGINS = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = {
    b"IHDR": (13, 13),
    b"PLTE": (3, 768),
    b"IEND": (0, 0),
    b"tRNS": (1, 256),
    b"gAMA": (4, 4),
    b"cHRM": (32, 32),
}
PNG_KEPT |= {b"sRGB": (1, 1), b"sBIT": (1, 4), b"IDAT": (0, 1 << 31)}
"""The parts that make the picture, and how short and how long each may be."""
WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"ALPH"})
MOST_POINTS, AT_ONCE = 1 << 28, 1 << 20
"""How many bytes a PNG may unfold to at most, and how many are unfolded at a time; none of them is kept."""
MOVES, HAS_ALPHA = 0x02, 0x10
END, SCAN, FRAMES, HUFFMAN, QUANTA, RESTART = 0xD9, 0xDA, (0xC0, 0xC1, 0xC2), 0xC4, 0xDB, 0xDD
ADOBE, APP0, EXIF_SEGMENT = 0xEE, 0xE0, 0xE1
OTHER_FRAMES = frozenset({*range(0xC3, 0xD0), 0xDC, 0xDE, 0xDF}) - {HUFFMAN}
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})


def is_jpeg(content: bytes) -> bool:
    """Whether it begins as a JPEG does."""
    return content.startswith(b"\xff\xd8\xff")


def clean_jpeg(content: bytes) -> bytes:
    """The frames and scans of the first picture; of everything that cameras write, only which side is up."""
    kept, at, scanned = [b"\xff\xd8"], 2, False
    while True:
        if cut(content, at, 1) != b"\xff":
            raise NotWhole
        while cut(content, at, 1) == b"\xff":
            at += 1
        marker = content[at]
        at += 1
        if marker == END:
            if not scanned:
                raise NotWhole
            return b"".join([*kept, b"\xff\xd9"])
        if marker in ALONE:
            continue
        length = number(content, at, 2)
        if length < 2:
            raise NotWhole
        part = cut(content, at + 2, length - 2)
        at += length
        if marker == EXIF_SEGMENT and part.startswith(b"Exif\0\0"):
            kept.append(_which_side_is_up(part[6:]))
        elif _is_needed(marker, part):
            kept.append(bytes([0xFF, marker]) + length.to_bytes(2, "big") + part)
        if marker == SCAN:
            end = _end_of_scan(content, at)
            kept.append(content[at:end])
            at, scanned = end, True


def _is_needed(marker: int, part: bytes) -> bool:
    """Whether a segment makes the picture. One that does, and is longer than it should be, is not taken."""
    if marker in OTHER_FRAMES:
        raise NotWhole
    if marker in FRAMES:
        fits = len(part) == 6 + 3 * number(part, 5, 1)
    elif marker == SCAN:
        fits = len(part) == 4 + 2 * number(part, 0, 1)
    elif marker == HUFFMAN:
        fits = _tables_fit(part, lambda at: 17 + sum(cut(part, at + 1, 16)))
    elif marker == QUANTA:
        fits = _tables_fit(part, lambda at: 129 if part[at] >> 4 else 65)
    elif marker == RESTART:
        fits = len(part) == 2
    elif marker == APP0:
        fits = part.startswith(b"JFIF\0") and len(part) == 14 and part[12:] == b"\0\0"
    elif marker == ADOBE:
        return part.startswith(b"Adobe") and len(part) == 12
    else:
        return False
    if not fits:
        raise NotWhole
    return True


def _tables_fit(part: bytes, length_at: Callable[[int], int]) -> bool:
    """Whether a segment of tables is filled by them to its end."""
    at = 0
    while at < len(part):
        at += length_at(at)
    return at == len(part)


_ENDS_A_SCAN = re.compile(rb"\xff(?=[^\x00\xd0-\xd7\xff])", re.DOTALL)
"""Searched by the library in one go: a file of marks alone takes no longer than a photograph."""


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the picture's own bits end: at the next marker that is neither stuffing nor a restart."""
    found = _ENDS_A_SCAN.search(content, at)
    if found is None:
        raise NotWhole
    return found.start()


def _which_side_is_up(exif: bytes) -> bytes:
    """A segment that says nothing but how the picture is to be turned; nothing where that is not said."""
    order = {b"II": "little", b"MM": "big"}.get(exif[:2])
    if order is None:
        return b""
    try:
        first = number(exif, 4, 4, order)
        for entry in range(min(number(exif, first, 2, order), 200)):
            start = first + 2 + 12 * entry
            if number(exif, start, 2, order) == 0x0112:
                turned = number(exif, start + 8, 2, order)
                return _turned(turned) if 1 < turned <= 8 else b""
    except NotWhole:
        return b""
    return b""


def _turned(turned: int) -> bytes:
    told = b"Exif\0\0MM\0*" + (8).to_bytes(4, "big") + (1).to_bytes(2, "big")
    told += b"\x01\x12\x00\x03" + (1).to_bytes(4, "big") + turned.to_bytes(2, "big") + b"\0\0" + bytes(4)
    return b"\xff\xe1" + (len(told) + 2).to_bytes(2, "big") + told


def is_png(content: bytes) -> bool:
    """Whether it begins as a PNG does."""
    return content.startswith(PNG_BEGINS)


def clean_png(content: bytes) -> bytes:
    """The parts that make the picture, in their order, up to its end; of its points nothing behind their own end."""
    kept, at, points = [PNG_BEGINS], len(PNG_BEGINS), _Points()
    while True:
        length, name = number(content, at, 4), cut(content, at + 4, 4)
        part = cut(content, at + 8, length)
        at += 12 + length
        if name in PNG_KEPT:
            least, most = PNG_KEPT[name]
            if not least <= length <= most:
                raise NotWhole
            if name == b"IDAT":
                part = points.of(part)
            if part or name == b"IEND":
                kept.append(len(part).to_bytes(4, "big") + name + part + zlib.crc32(name + part).to_bytes(4, "big"))
        elif name[:1].isupper():
            raise NotWhole
        if name == b"IEND":
            if not points.is_whole:
                raise NotWhole
            return b"".join(kept)


class _Points:
    """The points of a PNG: one zlib stream, in any number of parts."""

    def __init__(self) -> None:
        self._stream, self._unfolded = zlib.decompressobj(), 0

    @property
    def is_whole(self) -> bool:
        """Whether the stream has come to its end."""
        return self._stream.eof

    def of(self, part: bytes) -> bytes:
        """What of the next part belongs to the stream; refused (`NotWhole`) if it is none, or unfolds to too much."""
        if self.is_whole:
            return b""
        left = part
        while not self.is_whole:
            spend(STEPS_OF_A_MEGABYTE)
            try:
                unfolded = len(self._stream.decompress(left, AT_ONCE))
            except zlib.error:
                raise NotWhole from None
            left, self._unfolded = self._stream.unconsumed_tail, self._unfolded + unfolded
            if self._unfolded > MOST_POINTS:
                raise NotWhole
            if not left and unfolded < AT_ONCE:
                break
        return part[: len(part) - len(self._stream.unused_data)]


def is_webp(content: bytes) -> bool:
    """Whether it begins as a WebP does."""
    return content.startswith(b"RIFF") and content[8:12] == b"WEBP"


def clean_webp(content: bytes) -> bytes:
    """The parts that make the picture; that there is a place or a camera to read of is struck from its head."""
    parts = []
    for name, part in riff_parts(content):
        if name == b"VP8X":
            if len(part) != 10:
                raise NotWhole
            parts.append((name, bytes([part[0] & (MOVES | HAS_ALPHA), 0, 0, 0]) + part[4:]))
        elif name == b"ANIM":
            parts.append((name, part[:6]))
        elif name == b"ANMF":
            inner = [(each, one) for each, one in riff_row(part, 16, len(part)) if each in WEBP_KEPT]
            parts.append((name, cut(part, 0, 16) + row(inner)))
        elif name in WEBP_KEPT:
            parts.append((name, part))
    if not any(name in (b"VP8 ", b"VP8L", b"ANMF") for name, _part in parts):
        raise NotWhole
    return riff(b"WEBP", parts)


CLEANERS = (
    Cleaner("image/jpeg", "picture", ".jpg", is_jpeg, clean_jpeg),
    Cleaner("image/png", "picture", ".png", is_png, clean_png),
    Cleaner("image/webp", "picture", ".webp", is_webp, clean_webp),
)
