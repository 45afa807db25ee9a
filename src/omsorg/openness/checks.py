"""What must always be true of what is public: as it was released, by two, and nobody told twice."""

from django.db import connection

from omsorg.kernel.checks import Check, Proof
from omsorg.openness.models import Edition
from omsorg.openness.rules.cases import fingerprint


def editions_are_as_released() -> Proof:
    """Every public text has the fingerprint it was released with, and nobody released words of their own."""
    editions = list(Edition.objects.order_by("id"))
    wrong = [
        f"edition {each.number} of {each.code} was changed"
        for each in editions
        if each.document and fingerprint(each.document) != each.fingerprint
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.code, e.number FROM openness_edition e JOIN openness_revision shown ON shown.id = e.revision_id"
            " WHERE EXISTS (SELECT 1 FROM openness_revision r WHERE r.publication_id = e.publication_id"
            " AND r.number <= shown.number AND r.by_id = e.by_id)"
        )
        wrong += [f"edition {number} of {code} was released by a writer of it" for code, number in cursor.fetchall()]
    return Proof(f"{len(editions)} editions", tuple(wrong))


CHECKS = (Check("editions", editions_are_as_released),)
