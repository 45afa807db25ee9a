"""Tables of cases: what is plain is what the clocks and the walls need; every word lies sealed under the case's key."""

from typing import Any

from django.db import models
from django.db.models import Q

from omsorg.kernel.fields import nothing_personal, personal
from omsorg.kernel.sealing import Place
from omsorg.kernel.wall import protected
from omsorg.ombuds.models.keys import RandomlyNumbered, Ring
from omsorg.ombuds.rules.levels import Status

SEALED = "sealed under the key of the case"


def place_of(row: models.Model, column: str) -> Place:
    """Where a sealed value of a case's row lies. The row's number is drawn before it is kept."""
    thing: Any = row.pk if isinstance(row, Case) else getattr(row, "case_id", None)
    return Place(row._meta.db_table, column, thing, row.pk)


class Case(RandomlyNumbered):
    """What one child, or somebody who worries about one, has come with, and everything that followed.

    Plain are: level, country, language, channel, where it stands, days (no instant), counts. `lookup` is the
    fingerprint by which the return code finds the case; `key_by_code` the case's key, which only the code opens;
    `stakes` the codes of the houses complained of, sealed; `news` what the child did since it was last answered, one
    word each (`rules.news`).

    `missed_at` is the level that missed the last promise, until somebody who may settle it has written to the child.

    `codes_given` counts the new codes that an ombudsperson has made; up to `code_confirmed` the child has confirmed
    them. `code_by` is the ombudsperson who has seen the code that is good now; empty where the child alone has.
    """

    lookup = models.CharField(max_length=64, unique=True)
    cost = models.CharField(max_length=20)
    key_by_code = models.BinaryField()
    form = models.BinaryField()
    stakes = models.BinaryField(null=True)
    codes_given = models.PositiveSmallIntegerField(default=0)
    code_confirmed = models.PositiveSmallIntegerField(default=0)
    code_by = models.BigIntegerField(null=True)
    level = models.CharField(max_length=8)
    country = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=8)
    channel = models.CharField(max_length=12)
    status = models.CharField(max_length=8, default=Status.OPEN)
    opened_on = models.DateField()
    promise_on = models.DateField(null=True)
    promises_missed = models.PositiveSmallIntegerField(default=0)
    missed_at = models.CharField(max_length=8, blank=True)
    answers = models.PositiveSmallIntegerField(default=0)
    words_count = models.PositiveSmallIntegerField(default=0)
    news = models.CharField(max_length=40, blank=True)
    helped = models.CharField(max_length=8, blank=True)
    helped_under = models.PositiveSmallIntegerField(default=0)
    review_asked_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    keep_until = models.DateField(null=True)
    is_example = models.BooleanField(default=False)

    wall = protected("seen by who holds its key, by who comes with its code, and by the clocks of the house")
    personal_data = personal(code_by="which ombudsperson has seen the code; words and names lie sealed beside it")

    class Meta:
        indexes = [models.Index(fields=["status", "promise_on"], name="ombuds_case_due")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=Status.CLOSED) | Q(closed_on__isnull=False), name="ombuds_case_closed_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"case {self.code}"

    @property
    def code(self) -> str:
        """How the case is called among those who work it; no return code follows from it."""
        return f"{self.pk:016x}"

    @property
    def book(self) -> str:
        """The book of the trail in which the acts of this case stand: no two cases wait for each other."""
        return f"ombuds:{self.pk}"


class OldCode(RandomlyNumbered):
    """A code that was changed, by its fingerprint: whoever comes with it is told so, and nothing else."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="old_codes")
    lookup = models.CharField(max_length=64, unique=True)

    wall = protected("seen by who comes with the old code, and by who works the case; opens nothing")
    personal_data = nothing_personal("a fingerprint of a code that is good no more")

    def __str__(self) -> str:
        return f"old code of case {self.case_id}"


class CaseKey(RandomlyNumbered):
    """The key of a case, sealed to the ring of one person. `waiting`: for the day on which the levels below fail.

    A waiting key is seen by nobody, its holder included, until the case has come to the holder's level. `label` is the
    holder's own word for the case, sealed under the case's key. `told_on`: the day on which the holder was written to
    that something waits; empty until then, and again when something new has come. `told_at_once`: because of an
    alarm, or because a colleague waits for what they do next.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="keys")
    ring = models.ForeignKey(Ring, on_delete=models.PROTECT, related_name="case_keys")
    person = models.BigIntegerField()
    level = models.CharField(max_length=8)
    sealed = models.BinaryField()
    waiting = models.BooleanField()
    because = models.CharField(max_length=12)
    opened_on = models.DateField(null=True)
    label = models.BinaryField(null=True)
    told_on = models.DateField(null=True)
    told_at_once = models.BooleanField(default=False)

    wall = protected("seen by its holder once it is open, by who else works the case, and by the clocks of the house")
    personal_data = personal(person="who can read the case", label=SEALED)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "ring"], name="ombuds_key_once"),
            models.CheckConstraint(
                condition=Q(waiting=True, opened_on__isnull=True) | Q(waiting=False, opened_on__isnull=False),
                name="ombuds_key_opened_on_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "waiting"], name="ombuds_key_of"),
            models.Index(fields=["told_on"], name="ombuds_key_told"),
        ]

    def __str__(self) -> str:
        return f"key of case {self.case_id} for {self.person}"


class OfCase(RandomlyNumbered):
    """A row that belongs to one case, on a day; `number` counts those of its table within the case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    on = models.DateField()
    number = models.PositiveSmallIntegerField(default=1)

    class Meta:
        abstract = True


class Words(OfCase):
    """One message between the child and those who hear: its own words are never edited, by nobody.

    `by` is the ombudsperson who answers, or who wrote down what the child said (`taken_down`); empty where the child
    wrote. `under_code`: which of the new codes it came with; none (0) for the first code, and for what adults write.
    """

    side = models.CharField(max_length=8)
    by = models.BigIntegerField(null=True)
    taken_down = models.BooleanField(default=False)
    language = models.CharField(max_length=8)
    under_code = models.PositiveSmallIntegerField(default=0)
    sealed = models.BinaryField()

    wall = protected("what was said; never changed, and gone only with the whole case")
    personal_data = personal(sealed=SEALED, by="who answered")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="ombuds_words_in_order")]

    def __str__(self) -> str:
        return f"words {self.number} of case {self.case_id}"


class Misplaced(OfCase):
    """Words or a wish that an adult took down in the wrong case: not this child's. They stay as they were said, marked.

    `thing` says which of the two, `of` is its number. The child's code does not open them any more.
    """

    class Thing(models.TextChoices):
        WORDS = "words"
        WISH = "wish"

    thing = models.CharField(max_length=8, choices=Thing.choices)
    of = models.PositiveSmallIntegerField()
    by = models.BigIntegerField()

    wall = protected("read by those who work the case; what it marks is shut to the child's code; never changed")
    personal_data = personal(by="who said that they are another child's")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "thing", "of"], name="ombuds_misplaced_once")]

    def __str__(self) -> str:
        return f"{self.thing} {self.of} of case {self.case_id} are not its child's"


class Note(OfCase):
    """What an adult thinks about a case, apart from what was said. `kind` says what sort of note it is."""

    kind = models.CharField(max_length=16)
    by = models.BigIntegerField(null=True)
    sealed = models.BinaryField()

    wall = protected("read by those who work the case, never by the child's code")
    personal_data = personal(sealed=SEALED, by="who wrote it")

    def __str__(self) -> str:
        return f"note on case {self.case_id}"


class Wish(OfCase):
    """What the child wants at one step of the case, in its own words. `under_code` as with `Words`."""

    step = models.CharField(max_length=16)
    by = models.BigIntegerField(null=True)
    under_code = models.PositiveSmallIntegerField(default=0)
    sealed = models.BinaryField()

    wall = protected("what the child wants; never changed, a later wish stands beside it")
    personal_data = personal(sealed=SEALED, by="who wrote it down")

    def __str__(self) -> str:
        return f"wish of case {self.case_id}"


class ShutOut(OfCase):
    """Somebody who may not hear this case. `mark` follows from the person and the case's key: only who holds that key
    can tell whom it means."""

    mark = models.CharField(max_length=64)
    sealed = models.BinaryField()

    wall = protected("whom the child, or what was said, shut out; readable to who holds the key only")
    personal_data = personal(sealed=SEALED)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "mark"], name="ombuds_shut_out_once")]

    def __str__(self) -> str:
        return f"exclusion in case {self.case_id}"


class SealedFile(OfCase):
    """A picture, a voice note or a paper that came with some words: taken apart on the way in, sealed, never opened."""

    with_words = models.PositiveSmallIntegerField()
    size = models.PositiveIntegerField()
    pieces = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()

    wall = protected("what was handed in; sealed like the words")
    personal_data = personal(sealed="its name and kind, sealed under the key of the case")

    def __str__(self) -> str:
        return f"file of case {self.case_id}"


class SealedPiece(RandomlyNumbered):
    """A part of a file, sealed by itself, in its place among the others."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    file = models.ForeignKey(SealedFile, on_delete=models.PROTECT, related_name="parts")
    number = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()

    wall = protected("what was handed in; sealed like the words")
    personal_data = personal(sealed=SEALED)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="ombuds_piece_in_order")]

    def __str__(self) -> str:
        return f"piece {self.number} of file {self.file_id}"
