"""Who has seen the code of a case, and does not work it (any more)."""

from collections.abc import Sequence
from datetime import date

from omsorg.ombuds.models import Case, CaseKey
from omsorg.ombuds.queries.reachable import hearers


def known_elsewhere(cases: Sequence[Case], today: date) -> frozenset[int]:
    """Of which of these cases somebody knows the code who does not work it: shut out, left, or heard no more."""
    seen = [case for case in cases if case.code_by is not None]
    if not seen:
        return frozenset()
    able = {example: hearers(today, example=example) for example in {case.is_example for case in seen}}
    holding = {
        (case_id, person)
        for case_id, person in CaseKey.objects.filter(case__in=seen, waiting=False).values_list("case_id", "person")
    }
    return frozenset(
        case.pk
        for case in seen
        if (case.pk, case.code_by) not in holding
        or not any(one.person == case.code_by and one.hears(case.country) for one in able[case.is_example])
    )


def is_code_known_elsewhere(case: Case, today: date) -> bool:
    """Whether somebody knows the code of a case who does not work it (any more). Within `at_the_desk`."""
    return case.pk in known_elsewhere([case], today)
