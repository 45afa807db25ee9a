"""Whether everybody is safe, by the last word on it: of whoever raised it, of the first look, or said since."""

from collections.abc import Iterable

from omsorg.safeguarding.models import Step
from omsorg.safeguarding.queries.people import is_shut_out
from omsorg.safeguarding.rules.codes import Answer, StepKind

SAYS = (StepKind.RECEIVED, StepKind.TRIAGED, StepKind.SAFETY_SAID)


def safety_of(incidents: Iterable[int]) -> dict[int, Answer]:
    """The last word of each incident. That all are safe counts for nothing where it was said by somebody who is shut
    out of the incident since; the first look of such a person is done anew in any case."""
    found: dict[int, Answer] = {}
    said = Step.objects.filter(incident__in=list(incidents), kind__in=SAYS).order_by("incident_id", "number")
    for number, kind, facts, by in said.values_list("incident_id", "kind", "facts", "by_id"):
        answer = Answer(facts.get("safe_now", Answer.NOT_KNOWN))
        if kind == StepKind.SAFETY_SAID and answer is Answer.YES and by is not None and is_shut_out(number, by):
            continue
        found[number] = answer
    return found
