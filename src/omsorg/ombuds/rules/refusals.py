"""What the ombuds system will not do, each refusal named after its situation, with the sentence that is read.

Those that a child reads are in the plainest words.
"""

from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _

# ---- read by children ------------------------------------------------------------------------------------------


class NothingSaid(Refusal):
    sentence = _("Write something first. One word is enough.")


class NothingTold(NothingSaid):
    sentence = _("Write something, or send your voice or a picture. One word is enough.")


class TooLong(Refusal):
    sentence = _("This is too long to send at once. Send it in parts: at most %(letters)s letters each.")


class NobodyListens(Refusal):
    sentence = _("Nobody can read your words here yet. Please talk to an adult you trust.")


class NoSuchCode(Refusal):
    sentence = _("We find nothing under this code. Look at the pictures again, in their order.")


class CodeChanged(NoSuchCode):
    sentence = _("This code was changed. Ask the person who listens to children for the new one, when you meet.")


class NobodyAbove(Refusal):
    sentence = _("The people at the very top have this already. There is nobody above them.")


class NotAsked(Refusal):
    sentence = _("You were not asked this, or have answered it already.")


class NothingToTakeBack(Refusal):
    sentence = _("There is nothing here to take back.")


class TooManyAtOnce(Refusal):
    sentence = _("Very many are writing just now. Wait a few minutes, and send it again: what you wrote is still here.")


class TooManyTries(Refusal):
    sentence = _("Many wrong codes were tried here just now. Wait half a minute, and try again.")


class SaidAlready(Refusal):
    sentence = _("We have these very words already, many times. Tell us in words of your own.")


class FileNotTaken(Refusal):
    sentence = _("“%(name)s” cannot be sent here. Pictures can be sent, and voice notes.")


class FileTooLarge(Refusal):
    sentence = _("“%(name)s” is too large. At most %(megabytes)s megabytes can be sent.")


class TooManyFiles(Refusal):
    sentence = _("At most %(most)s files can be sent at once.")


class TooMuchAtOnce(Refusal):
    sentence = _("That was too much to send at once. Go back: send your words first, and the files one by one.")


class NobodyElseReads(Refusal):
    sentence = _("Then nobody would be left who can read this and answer you. Mark fewer people.")


READ_BY_CHILDREN: tuple[type[Refusal], ...] = (
    NothingSaid,
    NothingTold,
    TooLong,
    NobodyListens,
    NoSuchCode,
    CodeChanged,
    NobodyAbove,
    NotAsked,
    NothingToTakeBack,
    TooManyAtOnce,
    TooManyTries,
    SaidAlready,
    FileNotTaken,
    FileTooLarge,
    TooManyFiles,
    TooMuchAtOnce,
    NobodyElseReads,
)
"""Said in all eight languages of the child's pages, not in the four of the house alone."""


# ---- read by ombudspersons: rings ------------------------------------------------------------------------------


class RingLocked(Refusal):
    sentence = _("Your key ring is locked. Give your passphrase to read on.")


class WrongPassphrase(Refusal):
    sentence = _("The passphrase is another one.")


class PassphraseTooShort(Refusal):
    sentence = _("Choose at least %(least)s letters: five words that have nothing to do with each other are good.")


class SameAsSignIn(Refusal):
    sentence = _("Choose another passphrase than the password with which you sign in.")


class RingAlready(Refusal):
    sentence = _("You have a key ring already.")


class NoRing(Refusal):
    sentence = _("There is no key ring yet.")


class NotVouchedFor(Refusal):
    sentence = _("Another ombudsperson must vouch for this key ring first.")


class VouchedAlready(Refusal):
    sentence = _("Somebody has vouched for this key ring already.")


class NoSigningKey(Refusal):
    sentence = _("%(name)s must unlock the key ring once, before anybody can vouch for it.")


class AnotherSigningKey(Refusal):
    sentence = _("Your key ring carries a signature that is not yours. Tell the board face to face: do not go on here.")


class BoardFirst(Refusal):
    sentence = _("The first key ring is made by a member of the board: it founds the office.")


class NotForOneself(Refusal):
    sentence = _("Nobody does this for themselves. Ask a colleague.")


class NotAbove(Refusal):
    sentence = _("This is done by somebody of a level above, or by the board.")


class LastHolder(Refusal):
    sentence = _("%(count)s cases would be left with nobody who can open them. Let a colleague in first.")


class NoTwoOfTheBoard(Refusal):
    sentence = _("There are not two other members of the board with key rings, so nobody can help you back in.")


class BoardHasChanged(Refusal):
    sentence = _(
        "The board has changed since you last unlocked your ring, and no two of its members of today can open the way"
        " back. Ask a colleague to retire this ring, then make a new one: whoever holds your cases lets you in again."
    )


class NotThesePictures(Refusal):
    sentence = _(
        "These are not the pictures that belong to it. Let them be read out once more. If they still differ, stop, and"
        " tell the board: somebody may have put a ring of their own in this place."
    )


class NothingToOpen(Refusal):
    sentence = _("There is nothing here for you to open.")


class NotOpenedYet(Refusal):
    sentence = _("Two members of the board have to open it first.")


class TriedTooOften(Refusal):
    sentence = _("That was tried too often. Wait a quarter of an hour.")


# ---- read by ombudspersons: cases ------------------------------------------------------------------------------


class NoSuchCase(Refusal):
    sentence = _("No case, or more than one, on your desk begins so.")


class CaseClosed(Refusal):
    sentence = _("This case is closed.")


class CaseOpen(Refusal):
    sentence = _("This case is not closed.")


class PromiseMissing(Refusal):
    sentence = _("Say by which day you write again, or that nothing more is owed.")


class PromiseTooLate(Refusal):
    sentence = _("Promise a day within %(days)s days, and not before today.")


class ShutOutOfCase(Refusal):
    sentence = _("%(name)s may not hear this case.")


class HearsAlready(Refusal):
    sentence = _("%(name)s works this case already.")


class SitsElsewhere(Refusal):
    sentence = _("%(name)s has no seat for this child's country. Choose somebody who has, or somebody above.")


class NotYoursToSettle(Refusal):
    sentence = _("This case has gone up. You may write to the child; what is owed is settled by those it went up to.")


class NotTakenDown(Refusal):
    sentence = _("Only what one of us took down can be marked so. What the child wrote itself stays as it is.")


class NobodyLeft(Refusal):
    sentence = _("Nobody would be left who can open this case. Let somebody else in first.")


class DayNotAhead(Refusal):
    sentence = _("Choose a day from today on.")


class DayAhead(Refusal):
    sentence = _("That day has not come yet. Choose today or a day before.")


class AssentMissing(Refusal):
    sentence = _("The child has not agreed to this, or not for so long, or has taken it back.")


class AskedForSomethingElse(Refusal):
    sentence = _("This yes was given for something else. Ask about the copy for the desk for incidents by itself.")


class SecondViewMissing(Refusal):
    sentence = _("A second ombudsperson must look at this first, and agree.")


class TellTheChildFirst(Refusal):
    sentence = _(
        "Tell the child first. If that cannot be, propose it anew and say why: the second ombudsperson agrees to that."
    )


class NotReadYet(Refusal):
    sentence = _(
        "The child was told so lately that it may not have read it yet: a whole day lies between. Tell others after"
        " that; or, where somebody is in danger now, say of what."
    )


class ReasonMissing(Refusal):
    sentence = _("Say why: whoever looks at this in ten years will ask.")


class DecidedAlready(Refusal):
    sentence = _("This has been decided already.")


class NoDeskThere(Refusal):
    sentence = _("There is no such desk in this house. Hand the copy over by hand, and write down to whom.")


class KeptUntil(Refusal):
    sentence = _("This case is kept until %(day)s, so that the child can come back as an adult.")


class AnswerIncomplete(Refusal):
    sentence = _("Say whether it is accepted, and why where it is not.")


class AnotherMustAgree(Refusal):
    sentence = _("Another ombudsperson must do this: nobody does both halves alone.")


class DoneAndRefused(Refusal):
    sentence = _("The office has seen that it is done: it cannot be refused any more.")


class MovedOn(Refusal):
    sentence = _("Somebody has changed it since you opened the page. Read it again.")


class FoundNotWeighed(Refusal):
    sentence = _("The check found something here that may tell who somebody is. Look at each of these and confirm it.")


class WrittenMeanwhile(Refusal):
    sentence = _("The child has written while this page was open. Its words stand above now: read them first.")


class ViewNoLongerHolds(Refusal):
    sentence = _(
        "One of the two who decided this may not hear the case any more. Propose it anew, with another ombudsperson as"
        " the second."
    )


class AgreedTooLongAgo(Refusal):
    sentence = _("It was agreed to more than %(days)s days ago. Look at it anew: propose it again.")


class NotPublished(Refusal):
    sentence = _("Only what is published can be withdrawn.")


class NotThisPerson(Refusal):
    sentence = _("This person cannot do that here.")


class TakenAlready(Refusal):
    sentence = _("This call was taken before. Sign it anew to send it again.")


class MoreThanWereThere(Refusal):
    sentence = _("More than were there.")


# ---- the year's report -----------------------------------------------------------------------------------------


class YearNotOver(Refusal):
    sentence = _("The year %(year)s is not over yet.")


class YearToldAlready(Refusal):
    sentence = _("The year %(year)s is published already. What is published never changes.")
