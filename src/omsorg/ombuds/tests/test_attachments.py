"""What a child sends is cleaned of place, day and device, is still a picture or a voice, and lies sealed."""

import struct
import time
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsorg.kernel.cleaning.parts import NotWhole
from omsorg.kernel.cleaning.pictures import clean_png
from omsorg.kernel.refusals import Refusal
from omsorg.ombuds.access import at_the_desk, case_for
from omsorg.ombuds.models import SealedPiece
from omsorg.ombuds.queries.attached import content_of
from omsorg.ombuds.queries.childs_view import open_with_code
from omsorg.ombuds.queries.desk import case_file
from omsorg.ombuds.rules.attachments import (
    ACCEPTED,
    CLEANERS,
    MEGABYTE,
    PICTURES_TOLD,
    VOICES_TOLD,
    Attachment,
    clean_all,
)
from omsorg.ombuds.rules.attachments.messages import ogg_sum
from omsorg.ombuds.rules.refusals import FileNotTaken, FileTooLarge, TooManyFiles, TooMuchAtOnce
from omsorg.ombuds.tests.office import Desks, tell

TELLS = b"GPS 3.3869 S zebrafinch"


def segment(marker: int, part: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(part) + 2).to_bytes(2, "big") + part


def exif(turned: int) -> bytes:
    entries = struct.pack("<HHII", 0x010F, 2, len(TELLS), 8 + 2 + 24 + 4) + struct.pack(
        "<HHIHH", 0x0112, 3, 1, turned, 0
    )
    return b"Exif\0\0II*\0" + struct.pack("<IH", 8, 2) + entries + bytes(4) + TELLS


MOVING = b"EXIF" + len(TELLS).to_bytes(4, "little") + TELLS + b"\0" + b"VP8 \6\0\0\0moving"
SEGMENT = b"\x18\x53\x80\x67"
JFIF = segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
FRAME = segment(0xC0, b"\x08\0\x01\0\x01\x01\x01\x11\0")
SCANNED = segment(0xDA, b"\x01\x01\0\0?\0") + b"\x12\xff\x00\x34\xff\xd3\x56"


def jpeg(*more: bytes) -> bytes:
    return b"\xff\xd8" + JFIF + b"".join(more) + FRAME + SCANNED + b"\xff\xd9"


def chunk(name: bytes, part: bytes) -> bytes:
    return len(part).to_bytes(4, "big") + name + part + zlib.crc32(name + part).to_bytes(4, "big")


PIXEL = [chunk(b"IHDR", b"\0\0\0\1\0\0\0\1\x08\0\0\0\0"), chunk(b"IDAT", zlib.compress(b"\0\0")), chunk(b"IEND", b"")]


def png(*more: bytes) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + PIXEL[0] + b"".join(more) + PIXEL[1] + PIXEL[2]


def riff(kind: bytes, *parts: tuple[bytes, bytes]) -> bytes:
    body = b"".join(name + struct.pack("<I", len(part)) + part + b"\0" * (len(part) % 2) for name, part in parts)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + kind + body


def element(name: int, part: bytes, *, open_ended: bool = False) -> bytes:
    told = name.to_bytes((name.bit_length() + 7) // 8, "big")
    return told + (b"\x01" + b"\xff" * 7 if open_ended else (1 << 56 | len(part)).to_bytes(8, "big")) + part


OPUS = b"OpusHead\1\1" + bytes(9)


def webm() -> bytes:
    info = element(0x2AD7B1, b"\x0f\x42\x40") + element(0x4D80, TELLS) + element(0x5741, TELLS) + element(0x4461, TELLS)
    heard = element(0xE1, element(0xB5, bytes(4)) + element(0x9F, b"\x01") + element(0x4D80, TELLS))
    told = element(0xD7, b"\x01") + element(0x83, b"\x02") + element(0x86, b"A_OPUS") + element(0x63A2, OPUS) + heard
    track = element(0x1654AE6B, element(0xAE, told + element(0x536E, TELLS)))
    tags = element(0x1254C367, TELLS)
    cluster = element(0x1F43B675, element(0xE7, b"\0") + element(0xA3, b"sound"), open_ended=True)
    segment_of = element(0x18538067, element(0x1549A966, info) + track + cluster + cluster + tags, open_ended=True)
    return element(0x1A45DFA3, element(0x4282, b"webm")) + segment_of


def box(name: bytes, part: bytes) -> bytes:
    return (8 + len(part)).to_bytes(4, "big") + name + part


MADE = b"\xe0\x01\x02\x03"
"""A day on which something was made."""


def dated(length: int) -> bytes:
    return b"\0\0\0\0" + MADE * 2 + bytes(length - 12)


def table(*rows: bytes) -> bytes:
    return bytes(4) + len(rows).to_bytes(4, "big") + b"".join(rows)


def track(kind: bytes = b"soun", sound: bytes = b"mp4a", more: bytes = b"") -> bytes:
    told = box(sound, bytes(7) + b"\1" + bytes(4) + b"DEVI" + bytes(12) + box(b"esds", bytes(30)) + box(b"loci", TELLS))
    tables = box(b"stsd", table(told)) + box(b"stts", table(bytes(8))) + box(b"stsz", bytes(12)) + box(b"stco", table())
    lies = box(b"dinf", box(b"dref", table(box(b"url ", b"\0\0\0\1"))))
    inner = box(b"minf", box(b"smhd", bytes(8)) + lies + box(b"stbl", tables + box(b"gps ", TELLS)))
    handler = box(b"hdlr", bytes(8) + kind + bytes(12) + TELLS + b"\0")
    return box(b"trak", box(b"tkhd", dated(84)) + box(b"mdia", box(b"mdhd", dated(24)) + handler + inner) + more)


def mp4(*tracks: bytes) -> bytes:
    heard = b"".join(tracks or (track(),))
    moov = box(b"moov", box(b"mvhd", dated(100)) + heard + box(b"udta", TELLS))
    begins = box(b"ftyp", b"M4A \0\0\0\7isomGPS!")
    moved = box(b"moof", box(b"mfhd", bytes(8)) + box(b"traf", box(b"tfdt", bytes(8)) + box(b"uuid", TELLS)))
    return begins + moov + box(b"uuid", TELLS) + moved + box(b"mdat", b"sound")


def page(number: int, body: bytes, *, kind: int = 0, stream: bytes = b"one!") -> bytes:
    laces = bytes([255] * (len(body) // 255) + [len(body) % 255])
    head = b"OggS\0" + bytes([kind]) + bytes(8) + stream + number.to_bytes(4, "little")
    rest = bytes([len(laces)]) + laces + body
    return head + ogg_sum(head + bytes(4) + rest).to_bytes(4, "little") + rest


def ogg() -> bytes:
    remarks = b"OpusTags" + TELLS * 30
    return page(0, OPUS, kind=2) + page(1, remarks) + page(2, b"sound") + page(3, b"more sound", kind=4)


def amr() -> bytes:
    return b"#!AMR\n" + b"\x3c" + b"s" * 31 + b"\x7c"


def test_the_sum_of_a_page_is_that_of_the_format() -> None:
    assert ogg_sum(b"123456789") == 0x89A1897F


@pytest.mark.parametrize(
    ("dirty", "kept", "media_type"),
    [
        pytest.param(
            jpeg(segment(0xE1, exif(1)), segment(0xFE, TELLS)), [SCANNED], "image/jpeg", id="EXIF and comment"
        ),
        pytest.param(
            jpeg(segment(0xED, TELLS), segment(0xE1, b"http://ns.adobe.com/xap" + TELLS)),
            [FRAME],
            "image/jpeg",
            id="XMP and IPTC",
        ),
        pytest.param(
            jpeg() + TELLS + jpeg(segment(0xE1, exif(1))), [FRAME], "image/jpeg", id="a second picture behind"
        ),
        pytest.param(
            png(chunk(b"tEXt", TELLS), chunk(b"eXIf", TELLS), chunk(b"tIME", TELLS)), PIXEL, "image/png", id="PNG texts"
        ),
        pytest.param(png() + TELLS, PIXEL, "image/png", id="behind the end of a PNG"),
        pytest.param(
            riff(b"WEBP", (b"VP8X", b"\x2c" + bytes(9)), (b"VP8 ", b"picture"), (b"EXIF", TELLS), (b"XMP ", TELLS)),
            [b"picture"],
            "image/webp",
            id="WebP",
        ),
        pytest.param(
            riff(b"WAVE", (b"fmt ", b"\1\0" + bytes(14)), (b"LIST", TELLS), (b"data", b"sound"), (b"bext", TELLS))
            + TELLS,
            [b"sound"],
            "audio/wav",
            id="WAV",
        ),
        pytest.param(
            jpeg(segment(0xF0, TELLS), segment(0x02, TELLS)), [FRAME], "image/jpeg", id="segments nobody knows"
        ),
        pytest.param(jpeg(segment(0xEE, b"Adobe" + TELLS)), [FRAME], "image/jpeg", id="an Adobe segment too long"),
        pytest.param(
            riff(b"WAVE", (b"fmt ", b"\1\0" + bytes(14) + TELLS), (b"fact", bytes(4) + TELLS), (b"data", b"sound")),
            [b"sound"],
            "audio/wav",
            id="a WAV with a long head",
        ),
        pytest.param(
            riff(b"WEBP", (b"VP8X", b"\x02" + bytes(9)), (b"ANIM", bytes(6) + TELLS), (b"ANMF", bytes(16) + MOVING)),
            [b"moving"],
            "image/webp",
            id="a moving WebP",
        ),
        pytest.param(
            element(0x1A45DFA3, element(0x4282, b"webm") + element(0x5741, TELLS)) + webm()[webm().index(SEGMENT) :],
            [b"sound"],
            "audio/webm",
            id="a WebM whose head tells",
        ),
        pytest.param(
            webm().replace(element(0xA3, b"sound"), element(0xA3, b"sound") + element(0x4D80, TELLS)),
            [b"sound"],
            "audio/webm",
            id="a WebM that tells amid the sound",
        ),
        pytest.param(webm(), [b"sound", b"webm"], "audio/webm", id="WebM as browsers record it"),
        pytest.param(mp4(), [b"sound"], "audio/mp4", id="MP4 as telephones record it"),
        pytest.param(mp4().replace(b"M4A ", b"3gp4"), [b"sound"], "audio/mp4", id="3GP as old telephones record it"),
        pytest.param(
            ogg(),
            [page(0, OPUS, kind=2), page(1, b"OpusTags" + bytes(8)), page(2, b"sound"), page(3, b"more sound", kind=4)],
            "audio/ogg",
            id="Ogg as messengers send it",
        ),
    ],
)
def test_nothing_that_tells_is_left(dirty: bytes, kept: list[bytes], media_type: str) -> None:
    assert b"zebrafinch" in dirty
    (clean,) = clean_all([Attachment("Arusha 23 Nov zebrafinch.jpg", dirty)])
    assert b"zebrafinch" not in clean.content
    assert MADE not in clean.content
    assert not any(told in clean.content for told in (b"GPS!", b"DEVI"))
    assert all(part in clean.content for part in kept)
    assert clean.media_type == media_type
    assert "zebrafinch" not in clean.name
    assert clean_all([clean])[0].content == clean.content, "cleaned twice is cleaned once"


def test_amr_has_no_room_for_anything_but_the_voice() -> None:
    (clean,) = clean_all([Attachment("Arusha.amr", amr())])
    assert (clean.content, clean.media_type, clean.name) == (amr(), "audio/amr", "voice-1.amr")


@pytest.mark.parametrize("turned", [3, 6, 8])
def test_a_picture_still_stands_the_right_side_up(turned: int) -> None:
    (clean,) = clean_all([Attachment("a.jpg", jpeg(segment(0xE1, exif(turned))))])
    assert b"zebrafinch" not in clean.content
    assert b"\x01\x12\x00\x03\x00\x00\x00\x01\x00" + bytes([turned]) in clean.content


def nested(brand: bytes, depth: int) -> bytes:
    inner = b""
    for _ in range(depth):
        inner = box(b"moov", inner)
    return box(b"ftyp", brand + bytes(4) + b"isom") + inner


def nested_webm(depth: int) -> bytes:
    inner = b""
    for _ in range(depth):
        inner = element(0x18538067, inner)
    return element(0x1A45DFA3, element(0x4282, b"webm")) + inner


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"<svg onload=alert(1)>", id="a page of script"),
        pytest.param(b"%PDF-1.7", id="a document"),
        pytest.param(b"OggS" + bytes(40), id="an Ogg without sound"),
        pytest.param(page(0, OPUS) + page(1, b"OpusTags" + TELLS), id="an Ogg with remarks alone"),
        pytest.param(ogg() + page(0, TELLS, stream=b"two!"), id="an Ogg with a second stream"),
        pytest.param(ogg()[:-1], id="an Ogg cut short"),
        pytest.param(amr() + TELLS, id="something behind an AMR"),
        pytest.param(amr()[:-5], id="an AMR cut short"),
        pytest.param(b"GIF89a" + TELLS, id="a kind that is not cleaned here"),
        pytest.param(jpeg()[:-2], id="a picture cut short"),
        pytest.param(png()[:-6], id="a PNG cut short"),
        pytest.param(
            b"\xff\xd8" + segment(0xE0, b"JFIF\0" + b"thumbnail" * 9) + FRAME + SCANNED + b"\xff\xd9", id="a small copy"
        ),
        pytest.param(riff(b"WEBP", (b"EXIF", TELLS)), id="a WebP without a picture"),
        pytest.param(webm()[:-4], id="a WebM cut short"),
        pytest.param(mp4(track(), track(b"camm")), id="a film with a track of places"),
        pytest.param(mp4(track(), track(b"vide")), id="a film"),
        pytest.param(mp4(track(sound=b"mett")), id="a sound nobody knows"),
        pytest.param(mp4()[:-40] + box(b"moov", b""), id="a second head without a track"),
        pytest.param(webm().replace(element(0x83, b"\x02"), element(0x83, b"\x01")), id="a WebM that is a film"),
        pytest.param(webm().replace(b"A_OPUS", b"V_VP9 "), id="a WebM of another codec"),
        pytest.param(
            b"\x89PNG\r\n\x1a\n" + PIXEL[0] + PIXEL[1] + chunk(b"IEND", TELLS), id="a PNG whose end carries something"
        ),
        pytest.param(jpeg(segment(0xDB, bytes(65) + TELLS)), id="a JPEG table with more behind it"),
        pytest.param(jpeg(segment(0xC7, TELLS)), id="a JPEG of another kind"),
        pytest.param(box(b"ftyp", b"M4A \0\0\0\0isom") + box(b"mdat", TELLS), id="an MP4 without a head"),
        pytest.param(nested(b"M4A ", 3000), id="boxes in boxes in boxes"),
        pytest.param(nested_webm(3000), id="elements in elements in elements"),
    ],
)
def test_what_cannot_be_cleaned_is_refused(content: bytes) -> None:
    with pytest.raises(FileNotTaken, match=r"“holiday\.jpg” cannot be sent here"):
        clean_all([Attachment("a", jpeg()), Attachment("c/holiday.jpg", content)])


def test_nothing_lies_behind_the_end_of_the_points_of_a_png() -> None:
    points, begins = zlib.compress(b"\0\0"), b"\x89PNG\r\n\x1a\n"
    parts = [chunk(b"IDAT", points[:4]), chunk(b"IDAT", points[4:] + TELLS), chunk(b"IDAT", TELLS)]
    cleaned = clean_png(begins + PIXEL[0] + b"".join(parts) + PIXEL[2])
    assert cleaned == begins + PIXEL[0] + parts[0] + chunk(b"IDAT", points[4:]) + PIXEL[2]


@pytest.mark.parametrize("points", [b"", zlib.compress(b"\0\0")[:-1], TELLS], ids=["none", "cut off", "no stream"])
def test_a_png_whose_points_are_no_whole_stream_is_refused(points: bytes) -> None:
    with pytest.raises(NotWhole):
        clean_png(b"\x89PNG\r\n\x1a\n" + PIXEL[0] + chunk(b"IDAT", points) + PIXEL[2])


@settings(max_examples=300)
@given(st.sampled_from([jpeg(segment(0xE1, exif(6))), png(), webm(), mp4(), ogg(), amr()]), st.data())
def test_a_broken_file_is_refused_and_breaks_nothing(whole: bytes, data: st.DataObject) -> None:
    broken = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    with suppress(FileNotTaken):
        clean_all([Attachment("a", bytes(broken[: data.draw(st.integers(1, len(broken)))]))])


def test_too_large_and_too_many_are_said() -> None:
    with pytest.raises(FileTooLarge, match="“a” is too large"):
        clean_all([Attachment("a", jpeg() + bytes(10 * 1024 * 1024))])
    with pytest.raises(TooManyFiles):
        clean_all([Attachment("a", jpeg())] * 6)


def test_a_file_lies_sealed_in_pieces_and_comes_back_whole(desks: Desks) -> None:
    sound = bytes(range(256)) * 2500
    told = tell(attachments=[Attachment("mine.wav", riff(b"WAVE", (b"fmt ", b"\1\0" + bytes(14)), (b"data", sound)))])
    assert open_with_code(told.code).messages[0].files == ("voice-1.wav",)
    with at_the_desk(desks.person("amina")):
        hand = case_for(desks.acting["amina"], desks.ring["amina"], told.case_id)
        kept = case_file(hand).files[0]
        assert (kept.name, kept.media_type) == ("voice-1.wav", "audio/wav")
        assert sound in content_of(hand, kept.number)
        assert content_of(hand, kept.number + 1) is None
        pieces = [bytes(piece.sealed) for piece in SealedPiece.objects.all()]
    assert len(pieces) == 3
    assert not any(sound[:512] in piece for piece in pieces)


def test_a_child_is_told_of_every_kind_that_is_taken_and_of_no_other() -> None:
    told = {each.lower() for each in f"{PICTURES_TOLD}, {VOICES_TOLD}".split(", ")}
    taken = {cleaner.suffix.removeprefix(".") for cleaner in CLEANERS}
    assert taken <= told
    offered = {each.rpartition(".")[2] for each in ACCEPTED.split(",") if each.startswith(".")}
    assert offered <= told
    assert told - taken - offered == set()


def unfolding(megabytes: int) -> bytes:
    """A PNG of a few hundred kilobytes that unfolds to so many megabytes of nothing."""
    stream = zlib.compressobj(9)
    points = b"".join(stream.compress(bytes(1 << 20)) for _each in range(megabytes)) + stream.flush()
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 16_000, 16_000, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", points) + PIXEL[2]


def in_tiny_parts(name: bytes, part: bytes) -> bytes:
    """A megabyte of a sound that is made of nothing but tiny parts."""
    track = b"\x16\x54\xae\x6b\x8d\xae\x8b\x83\x81\x02\x86\x86A_OPUS"
    return b"\x1a\x45\xdf\xa3\x80" + SEGMENT + b"\x01" + b"\xff" * 7 + track + name + part * (MEGABYTE // len(part))


@pytest.mark.parametrize(
    "files",
    [
        pytest.param([unfolding(200)], id="a picture that unfolds"),
        pytest.param([unfolding(60)] * 5, id="five pictures that unfold"),
        pytest.param([in_tiny_parts(b"\x1f\x43\xb6\x75\xff", b"\xec\x80")], id="a sound in tiny parts"),
        pytest.param([in_tiny_parts(b"", b"\x1f\x43\xb6\x75\xff")], id="a sound of nothing but beginnings"),
        pytest.param(
            [b"\0\0\0\x14ftypM4A \0\0\0\0M4A " + b"\0\0\0\x08free" * (MEGABYTE // 8)], id="a sound in tiny boxes"
        ),
    ],
)
def test_a_small_file_that_costs_much_time_is_refused_before_it_does(files: list[bytes]) -> None:
    began = time.process_time()
    with pytest.raises(TooMuchAtOnce):
        clean_all([Attachment(str(number), content) for number, content in enumerate(files)])
    assert time.process_time() - began < 2, "0.2 to 0.4 s where nothing else runs; without a most, 1 to 8 s"


def test_a_large_picture_and_a_long_voice_note_are_taken() -> None:
    screen = png_of(4000, 3000)
    voice = in_tiny_parts(b"\x1f\x43\xb6\x75\xff", b"\xa3\xc0" + bytes(64) * 1)
    assert len(clean_all([Attachment("screen.png", screen), Attachment("voice.webm", voice)])) == 2


def png_of(wide: int, high: int) -> bytes:
    """A picture of one grey, as large as a telephone takes them."""
    points = zlib.compress((b"\0" + b"\x80" * wide) * high, 1)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", points) + PIXEL[2]


@pytest.mark.parametrize("mark", [b"\xff\xd0", b"\xff\xff", b"\xff\x00"], ids=["restart", "filling", "stuffing"])
def test_a_photograph_of_marks_alone_costs_no_more_than_a_photograph(mark: bytes) -> None:
    files = [Attachment("a.jpg", jpeg()[:-2] + mark * 2_000_000 + b"\xff\xd9")]
    began = time.process_time()
    with suppress(Refusal):
        clean_all(files)
    assert time.process_time() - began < 0.5
