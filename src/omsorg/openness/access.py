"""Doors of openness: each thing has one, and to whom it is not opened there is nothing behind it.

The database leaves out every case of an incident that the person is shut out from; what is not there cannot be opened.
"""

from omsorg.federation.access import Acting, NothingHere
from omsorg.federation.models import Organisation
from omsorg.openness.models import Edition, Publication, Reply

SEE, WRITE, RELEASE, TELL = "openness.see", "openness.write", "openness.release", "openness.tell"
ANSWERS = frozenset({Organisation.Kind.INTERNATIONAL, Organisation.Kind.REGION, Organisation.Kind.NATIONAL_ASSOCIATION})
"""The kinds of organisation that answer for a case in public."""


def publication_for(acting: Acting, code: str, verb: str = WRITE) -> Publication:
    """The one door to a case that is not public yet, for who may `verb` in its branch."""
    found = Publication.objects.select_related("organisation").filter(code=code).first()
    if found is None or not acting.answers_for(verb, found.organisation_id):
        raise NothingHere(code)
    return found


def reply_for(acting: Acting, code: str, number: int) -> Reply:
    """The one door to what somebody wrote back, by its number within the case, for those who tell in that branch.

    The number that it has among the replies of all cases is never given out: a gap would tell of another case.
    """
    of_case = Reply.objects.select_related("organisation", "publication").filter(publication__code=code)
    found = of_case.order_by("pk")[number - 1 : number].first() if number else None
    if found is None or not acting.answers_for(TELL, found.organisation_id):
        raise NothingHere(str(number))
    return found


def number_of_reply(reply: Reply) -> int:
    """The number of a reply within its case. None is ever removed, so it stays."""
    return Reply.objects.filter(publication=reply.publication_id, pk__lte=reply.pk).count()


def edition_of(code: str, number: int | None = None) -> Edition:
    """What stands, or stood, in public under this code: the newest edition, or the one of that number."""
    editions = Edition.objects.filter(code=code)
    found = (editions.filter(number=number) if number else editions.order_by("-number")).first()
    if found is None:
        raise NothingHere(code)
    return found
