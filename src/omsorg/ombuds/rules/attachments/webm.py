"""WebM as browsers record a voice: one track of Opus, and its sound, without day, device or program."""

from omsorg.kernel.cleaning.parts import Cleaner, NotWhole, cut, number
from omsorg.ombuds.rules.attachments.boxes import Holds, as_it_is, one_of, upto

EBML, SEGMENT, INFO, TRACKS, CLUSTER, TRACK = 0x1A45DFA3, 0x18538067, 0x1549A966, 0x1654AE6B, 0x1F43B675, 0xAE
VOID, KIND_OF_TRACK, CODEC = 0xEC, 0x83, 0x86
FIRST_LEVEL = frozenset(
    {INFO, TRACKS, CLUSTER, 0x1C53BB6B, 0x114D9B74, 0x1254C367, 0x1941A469, 0x1043A770, SEGMENT, EBML}
)
NUMBER = upto(8)


def _sound(content: bytes) -> bytes:
    if len(content) > 8 or int.from_bytes(content, "big") != 2:
        raise NotWhole
    return content


def _opus_head(content: bytes) -> bytes:
    if len(content) != 19 or not content.startswith(b"OpusHead"):
        raise NotWhole
    return content


HEAD = Holds(
    {0x4286: NUMBER, 0x42F7: NUMBER, 0x42F2: NUMBER, 0x42F3: NUMBER, 0x4282: one_of(b"webm", b"matroska")}
    | {0x4287: NUMBER, 0x4285: NUMBER}
)
HEARD = Holds({0xB5: NUMBER, 0x78B5: NUMBER, 0x9F: NUMBER, 0x6264: NUMBER})
NUMBERS_OF_TRACK = dict.fromkeys((0xD7, 0x73C5, 0xB9, 0x88, 0x55AA, 0x9C, 0x56AA, 0x56BB, 0x23E383), NUMBER)
OF_TRACK = Holds(
    {KIND_OF_TRACK: _sound, CODEC: one_of(b"A_OPUS"), 0x63A2: _opus_head, 0xE1: HEARD, **NUMBERS_OF_TRACK},
    needs=frozenset({KIND_OF_TRACK, CODEC}),
)
GROUP = Holds({0xA1: as_it_is, 0x9B: NUMBER, 0xFB: NUMBER, 0x75A2: NUMBER})
KNOWN = Holds(
    {
        EBML: HEAD,
        SEGMENT: Holds(
            {
                INFO: Holds({0x2AD7B1: NUMBER, 0x4489: NUMBER}),
                TRACKS: Holds({TRACK: OF_TRACK}, needs=frozenset({TRACK})),
                CLUSTER: Holds({0xE7: NUMBER, 0xA3: as_it_is, 0xA0: GROUP}),
            },
            needs=frozenset({TRACKS}),
        ),
    },
    needs=frozenset({EBML, SEGMENT}),
)
"""All that is known; what is not here is blanked: tags, names, days, programs, pictures, lists of places to jump to."""


def is_webm(content: bytes) -> bool:
    """Whether it begins as a WebM does."""
    return content.startswith(EBML.to_bytes(4, "big"))


def _varint(content: bytes, at: int, *, keep_mark: bool) -> tuple[int, int]:
    first = cut(content, at, 1)[0]
    length = 9 - first.bit_length()
    if first == 0 or (keep_mark and length > 4):
        raise NotWhole
    value = number(content, at, length)
    return (value if keep_mark else value & ((1 << 7 * length) - 1)), length


def clean_webm(content: bytes) -> bytes:
    """The sound and how to hear it. A file with a track that is no sound is not taken."""
    kept = bytearray(content)
    _walk(content, kept, 0, len(content), KNOWN)
    return bytes(kept)


def _walk(content: bytes, kept: bytearray, at: int, end: int, known: Holds) -> None:
    found = set()
    while at < end:
        name, name_length = _varint(content, at, keep_mark=True)
        size, size_length = _varint(content, at + name_length, keep_mark=False)
        start = at + name_length + size_length
        open_ended = size == (1 << 7 * size_length) - 1
        if open_ended and name not in (SEGMENT, CLUSTER):
            raise NotWhole
        stop = start + size
        if open_ended:
            stop = end if name == SEGMENT else _end_of_cluster(content, start, end)
        if stop > end:
            raise NotWhole
        part = known.parts.get(name)
        if part is None:
            _blank(kept, at, start, stop)
        elif isinstance(part, Holds):
            _walk(content, kept, start, stop, part)
        else:
            kept[start:stop] = part(content[start:stop])
        found.add(name)
        at = stop
    if known.needs - found:
        raise NotWhole


def _end_of_cluster(content: bytes, at: int, end: int) -> int:
    """A cluster of a recording that was not ended by name ends where the next part of the first level begins."""
    while at < end:
        name, name_length = _varint(content, at, keep_mark=True)
        if name in FIRST_LEVEL:
            return at
        size, size_length = _varint(content, at + name_length, keep_mark=False)
        at += name_length + size_length + size
    if at != end:
        raise NotWhole
    return end


def _blank(kept: bytearray, begin: int, start: int, stop: int) -> None:
    """Put an empty part of the same length in the place of this one."""
    whole = stop - begin
    if whole < 2:
        raise NotWhole
    length = 1 if whole - 2 < (1 << 7) - 1 else 8
    if whole < 1 + length:
        raise NotWhole
    size = whole - 1 - length
    head = bytes([VOID]) + ((1 << 7 * length) | size).to_bytes(length, "big")
    kept[begin:stop] = head + bytes(size)


CLEANERS = (Cleaner("audio/webm", "voice", ".webm", is_webm, clean_webm),)
