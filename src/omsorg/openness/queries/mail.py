"""The e-mails of openness in the outbox of the house: which are in doubt. Tellers are shown their own alone."""

from collections.abc import Collection

from omsorg.kernel.models import Letter

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
