"""MP4, M4A and 3GP as telephones record a voice: tracks of sound, and the sound, without day, device or place.

What a telephone films is a MP4 too, with where it was filmed in a track of its own: a file with any track that is no
sound is not taken.
"""

from omsorg.kernel.cleaning.parts import Cleaner, NotWhole, cut, number
from omsorg.ombuds.rules.attachments.boxes import Holds, Part, as_it_is, of_length, upto

BRANDS = frozenset(b"M4A ,mp42,mp41,isom,iso2,iso4,iso5,iso6,dash,3gp4,3gp5,3gp6,3g2a".split(b","))
SOUNDS = {b"mp4a": b"esds", b"samr": b"damr", b"sawb": b"damr", b"Opus": b"dOps"}
"""The kinds of sound, and the part that says how each is read."""


def _brands(content: bytes) -> bytes:
    if len(content) > 80 or len(content) < 8 or len(content) % 4:
        raise NotWhole
    each = [content[at : at + 4] for at in range(8, len(content), 4)]
    return content[:4] + bytes(4) + b"".join(brand if brand in BRANDS else b"isom" for brand in each)


def _dated(*lengths: int) -> Part:
    """A head with the days on which something was made and changed: they become nothing."""

    def kept(content: bytes) -> bytes:
        if len(content) not in lengths:
            raise NotWhole
        width = 8 if content[0] == 1 else 4
        return content[:4] + bytes(2 * width) + content[4 + 2 * width :]

    return kept


def _handler(content: bytes) -> bytes:
    """Which kind of track it is; its name is often the program of the device."""
    if cut(content, 8, 4) != b"soun":
        raise NotWhole
    return content[:4] + bytes(4) + b"soun" + bytes(len(content) - 12)


def _table(row: int, *, head: int = 8) -> Part:
    """A table of places and lengths: as many rows as it says, and nothing behind."""

    def kept(content: bytes) -> bytes:
        if len(content) != head + row * number(content, head - 4, 4):
            raise NotWhole
        return content

    return kept


def _sizes(content: bytes) -> bytes:
    return _table(0 if number(content, 4, 4) else 4, head=12)(content)


def _times(content: bytes) -> bytes:
    return _table(20 if cut(content, 0, 1) == b"\x01" else 12)(content)


def _run(content: bytes) -> bytes:
    flags = number(content, 1, 3)
    row = 4 * (flags & 0xF00).bit_count()
    if len(content) != 8 + 4 * (flags & 1) + (flags & 4) + row * number(content, 4, 4):
        raise NotWhole
    return content


def _described(content: bytes) -> bytes:
    """How the sound is kept: one description, of a kind that is known, and what reads it."""
    if number(content, 4, 4) != 1 or number(content, 8, 4) != len(content) - 8:
        raise NotWhole
    kind = cut(content, 12, 4)
    if kind not in SOUNDS or cut(content, 24, 2) != bytes(2):
        raise NotWhole
    kept = bytearray(content)
    kept[28:32] = bytes(4)
    _walk(content, kept, 44, len(content), Holds({SOUNDS[kind]: upto(90)}))
    return bytes(kept)


def _where_it_lies(content: bytes) -> bytes:
    """Within this file, and nowhere else."""
    if len(content) != 20 or content[12:20] != b"url \0\0\0\1":
        raise NotWhole
    return content


FEW = upto(64)
TABLES = Holds(
    {b"stsd": _described, b"stts": _table(8), b"stsc": _table(12), b"stsz": _sizes, b"stco": _table(4)}
    | {b"co64": _table(8), b"ctts": _table(8), b"stss": _table(4), b"sgpd": FEW, b"sbgp": FEW},
    needs=frozenset({b"stsd"}),
)
MEDIA = Holds(
    {
        b"mdhd": _dated(24, 36),
        b"hdlr": _handler,
        b"minf": Holds(
            {b"smhd": of_length(8), b"dinf": Holds({b"dref": _where_it_lies}), b"stbl": TABLES},
            needs=frozenset({b"stbl"}),
        ),
    },
    needs=frozenset({b"hdlr", b"minf"}),
)
TRACK = Holds(
    {b"tkhd": _dated(84, 96), b"edts": Holds({b"elst": _times}), b"mdia": MEDIA}, needs=frozenset({b"tkhd", b"mdia"})
)
FRAGMENT = Holds({b"tfhd": FEW, b"tfdt": of_length(8, 12), b"trun": _run, b"sgpd": FEW, b"sbgp": FEW})
KNOWN = Holds(
    {
        b"ftyp": _brands,
        b"styp": _brands,
        b"moov": Holds(
            {
                b"mvhd": _dated(100, 112),
                b"trak": TRACK,
                b"mvex": Holds({b"mehd": of_length(8, 12), b"trex": of_length(24)}),
            },
            needs=frozenset({b"mvhd", b"trak"}),
        ),
        b"moof": Holds({b"mfhd": of_length(8), b"traf": FRAGMENT}),
        b"mdat": as_it_is,
    },
    needs=frozenset({b"ftyp", b"moov"}),
)
"""All that is known; what is not here is blanked: places, names, days, pictures, lists of places to jump to."""


def is_mp4(content: bytes) -> bool:
    """Whether it begins as an MP4 with sound does."""
    return content[4:8] == b"ftyp" and content[8:12] in BRANDS


def clean_mp4(content: bytes) -> bytes:
    """The sound and how to hear it, each part in its place."""
    kept = bytearray(content)
    _walk(content, kept, 0, len(content), KNOWN)
    return bytes(kept)


def _walk(content: bytes, kept: bytearray, at: int, end: int, known: Holds) -> None:
    found = set()
    while at < end:
        size, name, head = number(content, at, 4), cut(content, at + 4, 4), 8
        if size == 1:
            size, head = number(content, at + 8, 8), 16
        start, stop = at + head, at + size if size else end
        if start > stop or stop > end:
            raise NotWhole
        part = known.parts.get(name)
        if part is None:
            kept[at + 4 : at + 8] = b"free"
            kept[start:stop] = bytes(stop - start)
        elif isinstance(part, Holds):
            _walk(content, kept, start, stop, part)
        else:
            kept[start:stop] = part(content[start:stop])
        found.add(name)
        at = stop
    if known.needs - found:
        raise NotWhole


CLEANERS = (Cleaner("audio/mp4", "voice", ".m4a", is_mp4, clean_mp4),)
