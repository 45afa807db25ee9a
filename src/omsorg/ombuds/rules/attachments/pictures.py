"""Pictures: JPEG, PNG and WebP, without place, day, camera, comment, or a small copy of what was cut away."""

import zlib

from omsorg.ombuds.rules.attachments.parts import Cleaner, NotWhole, cut, number, riff, riff_parts

PNG_BEGINS = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT"})
WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"})
ICC, EXIF, XMP = 0x20, 0x08, 0x04
START, END, SCAN, ADOBE, APP0, EXIF_SEGMENT, COMMENT = 0xD8, 0xD9, 0xDA, 0xEE, 0xE0, 0xE1, 0xFE
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
            kept.append(bytes([0xFF, marker]))
            continue
        length = number(content, at, 2)
        if length < 2:
            raise NotWhole
        part = cut(content, at + 2, length - 2)
        at += length
        if marker == EXIF_SEGMENT and part.startswith(b"Exif\0\0"):
            kept.append(_which_side_is_up(part[6:]))
        elif not (APP0 < marker < ADOBE or ADOBE < marker <= APP0 + 15 or marker in (COMMENT, EXIF_SEGMENT)):
            kept.append(bytes([0xFF, marker]) + length.to_bytes(2, "big") + _plain_header(marker, part))
        if marker == SCAN:
            end = _end_of_scan(content, at)
            kept.append(content[at:end])
            at, scanned = end, True


def _plain_header(marker: int, part: bytes) -> bytes:
    """The first header may carry a small copy of the picture: then the file is not taken."""
    if marker == APP0 and (not part.startswith(b"JFIF\0") or len(part) != 14):
        raise NotWhole
    return part


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the picture's own bits end: at the next marker that is neither stuffing nor a restart."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise NotWhole
        if content[at + 1] != 0 and content[at + 1] not in range(0xD0, 0xD8) and content[at + 1] != 0xFF:
            return at
        at += 1 if content[at + 1] == 0xFF else 2


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
    """The parts that make the picture, in their order, up to its end."""
    kept, at = [PNG_BEGINS], len(PNG_BEGINS)
    while True:
        length, name = number(content, at, 4), cut(content, at + 4, 4)
        part = cut(content, at + 8, length)
        if name in PNG_KEPT:
            kept.append(length.to_bytes(4, "big") + name + part + zlib.crc32(name + part).to_bytes(4, "big"))
        elif name[:1].isupper():
            raise NotWhole
        at += 12 + length
        if name == b"IEND":
            return b"".join(kept)


def is_webp(content: bytes) -> bool:
    """Whether it begins as a WebP does."""
    return content.startswith(b"RIFF") and content[8:12] == b"WEBP"


def clean_webp(content: bytes) -> bytes:
    """The parts that make the picture; that there is a place or a camera to read of is struck from its head."""
    parts = []
    for name, part in riff_parts(content):
        if name == b"VP8X":
            head = bytes([cut(part, 0, 1)[0] & ~(ICC | EXIF | XMP)])
            parts.append((name, head + part[1:10]))
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
