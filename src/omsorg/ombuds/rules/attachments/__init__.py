"""What a child may send beside words, and what is taken out of it on the way in.

A picture tells where and when it was taken, and by which phone; a voice note may too. That is taken out before anything
is kept, by going through the parts of the file and leaving out all but what is needed to see or hear it. The picture
itself is never shown or decoded here, so that no broken one can harm the server; the points of a PNG are unfolded to
find where they end, a piece at a time, and nothing of them is kept. What cannot be cleaned is refused, honestly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from omsorg.kernel.cleaning import pictures
from omsorg.kernel.cleaning.parts import NotWhole, TooMuchWork, within
from omsorg.ombuds.rules.attachments import messages, mp4, voices, webm
from omsorg.ombuds.rules.refusals import FileNotTaken, FileTooLarge, TooManyFiles, TooMuchAtOnce

MOST_FILES, MOST_MEGABYTES = 5, 10
MEGABYTE = 1024 * 1024
MOST_STEPS = 250_000
"""Of one form: an hour of voice as a telephone cuts it, or a hundred million points, and half a second at the worst."""
ACCEPTED = (
    "image/jpeg,image/png,image/webp,audio/webm,audio/mp4,audio/ogg,audio/wav,audio/amr,audio/3gpp,.m4a,.opus,.amr,.3gp"
)
"""What a child's browser offers to choose from: the kinds that are cleaned here, and the endings of telephones."""
PICTURES_TOLD, VOICES_TOLD = "JPG, PNG, WebP", "M4A, OGG, OPUS, WebM, WAV, AMR, 3GP"
"""The same kinds as a child is told of them beforehand."""
CLEANERS = (*pictures.CLEANERS, *voices.CLEANERS, *webm.CLEANERS, *mp4.CLEANERS, *messages.CLEANERS)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as it was handed in: its name, and what is in it. What kind it is, is told by its content alone."""

    name: str
    content: bytes
    media_type: str = ""


def clean_all(files: Sequence[Attachment]) -> tuple[Attachment, ...]:
    """The files without anything that tells on the child; raises for what cannot be taken, and TooMuchAtOnce for what
    would take more than MOST_STEPS of all of them together."""
    if len(files) > MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
    try:
        with within(MOST_STEPS):
            return tuple(cleaned(file, number) for number, file in enumerate(files, 1))
    except TooMuchWork:
        raise TooMuchAtOnce from None


def called(name: str, number: int) -> str:
    """How a refused file is named to whoever sent it: as it was chosen, else by its place among the others."""
    return PurePath(name).name[:40].strip() or str(number)


def cleaned(file: Attachment, number: int) -> Attachment:
    """One file, cleaned, under a name that tells nothing: names carry places, dates and people."""
    name_sent = called(file.name, number)
    if len(file.content) > MOST_MEGABYTES * MEGABYTE:
        raise FileTooLarge(name=name_sent, megabytes=MOST_MEGABYTES)
    for cleaner in CLEANERS:
        if cleaner.is_one(file.content):
            try:
                content = cleaner.clean(file.content)
            except NotWhole:
                raise FileNotTaken(name=name_sent) from None
            name = PurePath(f"{cleaner.word}-{number}").with_suffix(cleaner.suffix)
            return Attachment(str(name), content, cleaner.media_type)
    raise FileNotTaken(name=name_sent)
