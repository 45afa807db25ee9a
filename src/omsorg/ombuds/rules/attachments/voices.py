"""Voice notes: WebM and MP4 as browsers record them, and WAV, without day, device, program or place.

What tells is overwritten where it stands, so that nothing else in the file moves.
"""

from omsorg.ombuds.rules.attachments.parts import Cleaner, NotWhole, cut, number, riff, riff_parts

# ---- WAV -------------------------------------------------------------------------------------------------------


def is_wav(content: bytes) -> bool:
    """Whether it begins as a WAV does."""
    return content.startswith(b"RIFF") and content[8:12] == b"WAVE"


def clean_wav(content: bytes) -> bytes:
    """How it sounds, and the sound."""
    parts = [(name, part) for name, part in riff_parts(content) if name in (b"fmt ", b"data", b"fact")]
    if {b"fmt ", b"data"} - {name for name, _part in parts}:
        raise NotWhole
    return riff(b"WAVE", parts)


# ---- WebM ------------------------------------------------------------------------------------------------------

EBML, SEGMENT, INFO, TRACKS, CLUSTER, CUES, SEEK = (
    0x1A45DFA3,
    0x18538067,
    0x1549A966,
    0x1654AE6B,
    0x1F43B675,
    0x1C53BB6B,
    0x114D9B74,
)
VOID = 0xEC
INFO_KEPT = frozenset({0x2AD7B1, 0x4489, VOID})
"""Of what a recording says of itself: the unit of its clock, and how long it is."""
LEVEL_ONE = frozenset({INFO, TRACKS, CLUSTER, CUES, SEEK, 0x1254C367, 0x1941A469, 0x1043A770, SEGMENT, EBML})
OF_A_TRACK_GONE = frozenset({0x536E, 0x258688, 0x3A9697, 0x3B4040, 0x26B240})


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
    """The tracks and the sound; names, programs, days and tags are blanked."""
    kept = bytearray(content)
    _walk_webm(content, kept, 0, len(content), frozenset({EBML, SEGMENT}))
    return bytes(kept)


def _walk_webm(content: bytes, kept: bytearray, at: int, end: int, allowed: frozenset[int]) -> None:
    while at < end:
        name, name_length = _varint(content, at, keep_mark=True)
        size, size_length = _varint(content, at + name_length, keep_mark=False)
        start = at + name_length + size_length
        open_ended = size == (1 << 7 * size_length) - 1
        stop = end if open_ended else start + size
        if stop > end or (open_ended and name not in (SEGMENT, CLUSTER)):
            raise NotWhole
        if name == SEGMENT:
            _walk_webm(content, kept, start, stop, LEVEL_ONE - {SEGMENT, EBML})
        elif name == INFO:
            _keep_of_info(content, kept, start, stop)
        elif name == TRACKS:
            _blank_within(content, kept, start, stop)
        elif name == CLUSTER and open_ended:
            stop = _end_of_cluster(content, start, end)
        elif name not in (EBML, CLUSTER, CUES, SEEK) or name not in allowed:
            _blank(kept, at, start, stop)
        at = stop


def _keep_of_info(content: bytes, kept: bytearray, at: int, end: int) -> None:
    for name, begin, start, stop in _children(content, at, end):
        if name not in INFO_KEPT:
            _blank(kept, begin, start, stop)


def _blank_within(content: bytes, kept: bytearray, at: int, end: int) -> None:
    for name, _begin, start, stop in _children(content, at, end):
        if name == 0xAE:
            for inner, inner_begin, inner_start, inner_stop in _children(content, start, stop):
                if inner in OF_A_TRACK_GONE:
                    _blank(kept, inner_begin, inner_start, inner_stop)


def _children(content: bytes, at: int, end: int) -> list[tuple[int, int, int, int]]:
    found = []
    while at < end:
        name, name_length = _varint(content, at, keep_mark=True)
        size, size_length = _varint(content, at + name_length, keep_mark=False)
        start = at + name_length + size_length
        if start + size > end:
            raise NotWhole
        found.append((name, at, start, start + size))
        at = start + size
    return found


def _end_of_cluster(content: bytes, at: int, end: int) -> int:
    """A cluster of a recording that was not ended by name ends where the next part of the first level begins."""
    while at < end:
        name, name_length = _varint(content, at, keep_mark=True)
        if name in LEVEL_ONE:
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


# ---- MP4 -------------------------------------------------------------------------------------------------------

BOXES_WITHIN = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"moof", b"traf", b"mvex", b"edts", b"dinf"})
BOXES_KEPT = frozenset(
    {b"ftyp", b"mdat", b"free", b"mvhd", b"tkhd", b"mdhd", b"hdlr", b"smhd", b"dref", b"stsd", b"stts", b"stsc"}
    | {b"stsz", b"stco", b"co64", b"stss", b"ctts", b"elst", b"mehd", b"trex", b"mfhd", b"tfhd", b"tfdt", b"trun"}
    | {b"sidx", b"styp", b"sgpd", b"sbgp", b"mfra", b"tfra", b"mfro"}
)
DATED = frozenset({b"mvhd", b"tkhd", b"mdhd"})


BRANDS = frozenset(b"M4A ,mp42,mp41,isom,iso2,iso4,iso5,iso6,dash,3gp4,3gp5,3gp6,3g2a".split(b","))


def is_mp4(content: bytes) -> bool:
    """Whether it begins as an MP4 with sound does."""
    return content[4:8] == b"ftyp" and content[8:12] in BRANDS


def clean_mp4(content: bytes) -> bytes:
    """The tracks and the sound; days are set to nothing, and every part that nobody needs is blanked."""
    kept = bytearray(content)
    _walk_mp4(content, kept, 0, len(content))
    return bytes(kept)


def _walk_mp4(content: bytes, kept: bytearray, at: int, end: int) -> None:
    while at < end:
        size, name, head = number(content, at, 4), cut(content, at + 4, 4), 8
        if size == 1:
            size, head = number(content, at + 8, 8), 16
        stop = at + size if size else end
        if (size and size < head) or stop > end:
            raise NotWhole
        if name in BOXES_WITHIN:
            _walk_mp4(content, kept, at + head, stop)
        elif name in DATED:
            width = 8 if cut(content, at + head, 1) == b"\x01" else 4
            cut(content, at + head + 4, 2 * width)
            kept[at + head + 4 : at + head + 4 + 2 * width] = bytes(2 * width)
        elif name == b"hdlr":
            _unnamed(kept, at + head, stop)
        elif name not in BOXES_KEPT or name == b"free":
            kept[at + 4 : at + 8] = b"free"
            kept[at + head : stop] = bytes(stop - at - head)
        at = stop


def _unnamed(kept: bytearray, start: int, stop: int) -> None:
    """A handler has a name, which is often the device's program."""
    name = start + 24
    if name <= stop:
        kept[name:stop] = bytes(stop - name)


CLEANERS = (
    Cleaner("audio/wav", "voice", ".wav", is_wav, clean_wav),
    Cleaner("audio/webm", "voice", ".webm", is_webm, clean_webm),
    Cleaner("audio/mp4", "voice", ".m4a", is_mp4, clean_mp4),
)
