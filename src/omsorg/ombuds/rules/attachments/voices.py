"""WAV: how it sounds, and the sound, without program, day or place."""

from omsorg.kernel.cleaning.parts import Cleaner, NotWhole, number, riff, riff_parts

PLAIN, EXTENSIBLE = 16, 40
PLAIN_KINDS = frozenset({1, 3, 6, 7})
SMALL_KINDS = {0x11: 20, 0x31: 20}
"""Sound made smaller by telephones: its head carries one more figure."""
KNOWN_TAIL = b"\x00\x00\x00\x00\x10\x00\x80\x00\x00\xaa\x00\x38\x9b\x71"


def is_wav(content: bytes) -> bool:
    """Whether it begins as a WAV does."""
    return content.startswith(b"RIFF") and content[8:12] == b"WAVE"


def clean_wav(content: bytes) -> bytes:
    """How it sounds, as long as the format says and no longer, and the sound."""
    kept = []
    for name, part in riff_parts(content):
        if name == b"fmt ":
            kept.append((name, _how_it_sounds(part)))
        elif name == b"fact":
            kept.append((name, part[:4]))
        elif name == b"data":
            kept.append((name, part))
    if {b"fmt ", b"data"} - {name for name, _part in kept}:
        raise NotWhole
    return riff(b"WAVE", kept)


def _how_it_sounds(part: bytes) -> bytes:
    kind = number(part, 0, 2, "little")
    if kind in PLAIN_KINDS and len(part) >= PLAIN:
        return part[:PLAIN]
    if len(part) == SMALL_KINDS.get(kind):
        return part
    if kind == 0xFFFE and len(part) == EXTENSIBLE and part[26:] == KNOWN_TAIL:
        return part
    raise NotWhole


CLEANERS = (Cleaner("audio/wav", "voice", ".wav", is_wav, clean_wav),)
