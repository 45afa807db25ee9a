"""Each rule that stands in a meeting's way, in words: for the phone of the group and for who accompanies it."""

import re
from collections.abc import Mapping
from typing import Any

from omsorg.kernel.numbers import LANGUAGES, format_money
from omsorg.kernel.refusals import Sentence, language_of_reader
from omsorg.kernel.refusals import written as _
from omsorg.savings.rules.broken import AMOUNTS

SPOKEN = ("en", "da", "nb", "sv", "sw", "fr", "es", "ar")
"""The languages in which groups are spoken to."""
_PLACES = re.compile(r"%\((\w+)\)s")

SENTENCES: dict[str, str] = {
    **dict.fromkeys(
        (
            "canonical",
            "format",
            "line",
            "state",
            "sum-not-zero",
            "amount",
            "day",
            "order",
            "fund-unknown",
            "member-number",
            "loan-number",
            "votes",
        ),
        _("The meeting is not written as the app writes it. Update the app and ask your field officer."),
    ),
    "envelope": _("What was sent is not a sealed meeting."),
    "too-large": _("What was sent is too large to be one meeting."),
    "too-often": _(
        "Too much came for this group today that nobody signed. Keep the meeting: it is sent again tomorrow."
    ),
    "too-many-at-once": _("Too many meetings at once. Send at most %(most)s together; the rest stays on the phone."),
    "challenge": _("It took too long, or was meant for another group. Ask again, and sign again."),
    **dict.fromkeys(
        ("group-unknown", "group"),
        _("Nobody has entered this group yet. Ask your field officer."),
    ),
    "hash": _("The meeting was changed after it was sealed."),
    "device": _("This phone does not write for this group."),
    **dict.fromkeys(
        ("pen-moved", "pen"),
        _("Another phone writes for the group since then."),
    ),
    "signatures": _("Three key-holders must sign."),
    "signed-twice": _("Member %(member)s signed twice."),
    **dict.fromkeys(
        ("signature", "key-unknown", "key"),
        _("The signature does not hold. The key-holders sign again, with their PINs."),
    ),
    "signer": _("Member %(member)s is not a key-holder and cannot sign."),
    "fork": _("There are two meetings with this number. Both are kept; people decide which one counts."),
    "fork-open": _("It waits: there are two meetings with one number, and people have to decide first."),
    "lost": _(
        "Three key-holders decided. Its lines come back as a draft for a later meeting; nothing of it is thrown away."
    ),
    "behind-lost": _(
        "It follows a meeting that does not count any more. Its lines come back as a draft for a later meeting."
    ),
    "no-fork": _("There are not two meetings with this number to decide between."),
    "fork-named": _("The decision does not name all meetings with this number. Look again, and sign again."),
    "moved-on": _("The group has held a meeting since. Write it anew after that meeting, and sign again."),
    "pen-taken": _("Another phone has this pen already. Look which phone writes for the group, and sign again."),
    "key-taken": _("This key of member %(member)s is known already. Make a new one."),
    "key-gone": _("This key does not hold any more, or never did."),
    "keys-too-few": _(
        "At least %(needed)s key-holders must have a key that holds, or nobody could sign the next meeting."
    ),
    "gap": _("It waits for meeting %(expected_number)s, which has not come yet."),
    "branch": _("It follows a meeting that was not posted, and waits."),
    **dict.fromkeys(
        ("chain", "seq"),
        _("It does not follow the last meeting of the group."),
    ),
    "day-before-last": _("The meeting is dated before the last one."),
    **dict.fromkeys(
        ("cycle", "cycle-open"),
        _("The meeting names another cycle than the group is in."),
    ),
    "cycle-closed": _("The cycle is closed. Open the next one first."),
    "not-closed": _("Whoever shares out closes the cycle in the same meeting."),
    **dict.fromkeys(
        ("constitution", "constitution-version"),
        _("This does not agree with the group’s constitution."),
    ),
    "roll": _("Member %(member)s was not called."),
    "called-twice": _("Member %(member)s was called twice."),
    "absent": _("Member %(member)s is absent."),
    "member-unknown": _("There is no member %(member)s."),
    "recited": _("The balance said was %(amount)s, the book says %(expected)s: right or wrong is ticked wrongly."),
    "notes": _("Coins and notes make %(amount)s, not %(expected)s."),
    **dict.fromkeys(
        ("not-counted", "not-counted-closing"),
        _("The box is counted before and after."),
    ),
    "counted-twice": _("The same box was counted twice."),
    "counted-and-closed": _("This box is counted and closed already."),
    **dict.fromkeys(
        ("difference", "difference-missing"),
        _("Box and book differ by %(amount)s: say why, and vote."),
    ),
    "not-enough-cash": _("There is %(balance)s in the box, and %(amount)s was to be paid."),
    "cash-step": _("%(amount)s cannot be paid in coins: the smallest is %(step)s."),
    "not-decided": _("The meeting has not said yes to this."),
    "voted-twice": _("The same was voted on twice."),
    **dict.fromkeys(
        ("fine-amount", "fine-unknown"),
        _("This fine is not in the constitution."),
    ),
    "fine-too-much": _("Member %(member)s owes %(balance)s in fines, not %(amount)s."),
    "fines-open": _("Member %(member)s pays open fines of %(amount)s first."),
    "social-amount": _("The contribution to the social fund is %(expected)s, not %(amount)s."),
    "shares": _("Member %(member)s may have from %(least)s to %(most)s shares here, not %(shares)s."),
    "stamps": _("The stamps of member %(member)s do not agree with what was saved."),
    "project-part": _("The project’s part of member %(member)s is %(expected)s, not %(amount)s."),
    **dict.fromkeys(
        ("no-project", "project-asset", "project-share"),
        _("The common project does not have this."),
    ),
    "loan-limit": _("Member %(member)s may borrow %(limit)s at most, not %(amount)s."),
    "loan-not-asked": _("Member %(member)s has not asked for this loan."),
    "loan-open": _("Member %(member)s has a loan that is not paid back."),
    **dict.fromkeys(
        ("loan-unknown", "loan-settled"),
        _("There is no open loan %(loan)s."),
    ),
    "loan-term": _("A loan runs for %(most)s months at most."),
    "loan-too-much": _("%(balance)s is owed on the loan, not %(amount)s."),
    **dict.fromkeys(
        ("charge-amount", "charge-missing", "charge-not-due"),
        _("The charge of this loan is not as its terms say."),
    ),
    **dict.fromkeys(
        ("no-rollover", "not-late"),
        _("This loan cannot be carried on like that."),
    ),
    "write-off-amount": _("What is written off is %(expected)s, not %(amount)s."),
    **dict.fromkeys(
        ("external-loan", "external-loan-open", "bank-not-home"),
        _("%(balance)s is still outside: pay back the outside loan, and bring the bank’s money home."),
    ),
    "role-separation": _("Member %(member)s cannot hold a key and an office."),
    **dict.fromkeys(
        ("role-taken", "role-not-held"),
        _("This office is not as it is written for member %(member)s."),
    ),
    **dict.fromkeys(
        ("settlement", "debt-above-savings"),
        _("What member %(member)s takes home is not what the rules give."),
    ),
    **dict.fromkeys(
        ("share-out", "share-out-member", "share-out-twice"),
        _("The share-out of member %(member)s is not what it comes to."),
    ),
    **dict.fromkeys(
        ("not-shared-out", "not-paid-out", "nothing-saved"),
        _("Everybody is paid their share before the cycle closes."),
    ),
    **dict.fromkeys(
        ("residue", "nothing-to-carry"),
        _("What is left of the share-out is not what was written."),
    ),
    **dict.fromkeys(
        ("reversal", "reversed-already", "not-reversible"),
        _("Line %(of_line)s of meeting %(meeting)s cannot be countered like that."),
    ),
}


def sentence_of(rule: str, facts: Mapping[str, Any], currency: str) -> Sentence:
    """The sentence of a broken rule, with what it tells filled in; amounts as people write them.

    What a document left out reads as a dash: no sentence fails for want of a fact.
    """
    language = language_of_reader()
    known = language if language in LANGUAGES else "en"
    told = {
        name: format_money(int(fact), currency, known) if name in AMOUNTS else str(fact) for name, fact in facts.items()
    }
    sentence = SENTENCES[rule]
    return Sentence(sentence, dict.fromkeys(_PLACES.findall(sentence), "–") | told)
