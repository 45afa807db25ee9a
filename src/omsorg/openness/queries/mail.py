"""The e-mails of openness in the outbox of the house: which are in doubt. Tellers are shown their own alone."""

from collections.abc import Collection

from omsorg.kernel.models import Letter
from omsorg.openness.models import Notice, Publication, Revision, Round
from omsorg.openness.queries.drafts import newest_edition, newest_revision, step_now
from omsorg.openness.rules import deciding
from omsorg.openness.rules.telling import Channel

NOTICE, ANSWER = "openness-notice:", "openness-reply:"


def name_of_notice(notice_id: int) -> str:
    """The name under which the outbox knows the e-mail of a notice."""
    return f"{NOTICE}{notice_id}"


def name_of_answer(reply_id: int) -> str:
    """The name under which the outbox knows the answer to a reply."""
    return f"{ANSWER}{reply_id}"


def mail_in_trouble(names: Collection[str]) -> dict[str, Letter]:
    """Those of these e-mails that wait for a person: in doubt, or given up."""
    troubled = [Letter.Standing.IN_DOUBT, Letter.Standing.GIVEN_UP]
    found = Letter.objects.filter(once__in=names, standing__in=troubled).defer("body")
    return {letter.once: letter for letter in found}


def notices_in_doubt() -> set[int]:
    """The notices whose e-mail is in doubt, of all that this person tells."""
    doubtful = Letter.objects.filter(once__startswith=NOTICE, standing=Letter.Standing.IN_DOUBT)
    return {int(name.removeprefix(NOTICE)) for name in doubtful.values_list("once", flat=True)}


def names_of_mail(publication: Publication, *, revision: Revision | None = None) -> list[str]:
    """Every e-mail about a case, or about one text of it, that may stand in the outbox and has no proof yet."""
    waiting = Notice.objects.filter(round__publication=publication, channel=Channel.EMAIL, proofs=None)
    if revision is not None:
        waiting = waiting.filter(round__revision=revision)
    return [name_of_notice(pk) for pk in waiting.values_list("pk", flat=True)]


def round_of_public_text(publication: Publication) -> Round | None:
    """The list of those who are told of the text that stands in public now; None where none stands or none was made."""
    edition = newest_edition(publication)
    if edition is None or edition.revision_id is None:
        return None
    return publication.rounds.filter(revision=edition.revision_id).order_by("-number").first()


def may_leave(made: Round) -> bool:
    """Whether the words of a list may go to anybody: they stand in public, or wait for their release, and nothing else.

    Not while the case is held, not once the text is corrected or taken back, not while it is written anew.
    """
    publication = made.publication
    step, edition, revision = step_now(publication), newest_edition(publication), newest_revision(publication)
    if step is deciding.Step.HELD:
        return False
    if edition is not None and edition.revision_id == made.revision_id:
        return True
    return step is deciding.Step.HANDED_IN and revision is not None and revision.pk == made.revision_id
