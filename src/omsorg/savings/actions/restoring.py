"""Giving a group's ledger back to a phone of its own: to three of its key-holders, and to nobody else."""

from django.core import signing

from omsorg.savings.queries.kept import Kept, kept_of, restoring_of
from omsorg.savings.rules.asking import Asked
from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.signing import check_signatures, check_signers

SALT = "omsorg.savings.restoring"
GOOD_FOR = 15 * 60
"""Seconds in which three people put in their PINs."""


def challenge_for(group: str) -> str:
    """A word to be signed for this group, whether there is one or not."""
    return signing.dumps(group, salt=SALT)


def give_back(*, asked: Asked) -> list[Kept]:
    """The next of what is kept of a group, byte for byte.

    Raises Broken: "challenge" (too old, or another group's), "signature" and its kin, "signer". Of a group that nobody
    entered it says what it says of unknown keys.
    """
    try:
        said = signing.loads(asked.challenge, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature as wrong:
        raise Broken("challenge") from wrong
    if said != asked.group:
        raise Broken("challenge")
    found = restoring_of(asked.group, [each["key"] for each in asked.signatures])
    signers = check_signatures(asked.signatures, found.keys if found else {}, asked.signed)
    if found is None:
        raise Broken("signatures", signed=0, needed=3)
    check_signers(signers, found.state, found.state)
    return kept_of(found.group, asked.after)
