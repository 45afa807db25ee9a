"""E-mails that have not gone out are stopped when what they say is taken back or held."""

from datetime import datetime

from omsorg.kernel.letters import take_back
from omsorg.kernel.wall import as_house
from omsorg.openness.models import Publication, Revision
from omsorg.openness.queries.mail import names_of_mail


def stop_mail(publication: Publication, *, at: datetime, revision: Revision | None = None) -> int:
    """Stop every e-mail about a case, or about one text of it, that waits in the outbox. Says how many.

    In the name of the house: whoever withdraws a text does not know who gives, and learns a number alone.
    """
    with as_house():
        return take_back(names_of_mail(publication, revision=revision), at=at)
