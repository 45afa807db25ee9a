"""What somebody does with a case on their own desk: what is new was seen, a word to know it by."""

from datetime import datetime

from omsorg.federation.access import Acting
from omsorg.ombuds.access import OpenRing
from omsorg.ombuds.actions.cases import require_read, working
from omsorg.ombuds.actions.colleagues import trace_of_case
from omsorg.ombuds.models import CaseKey


def see_news(*, case: str, read: int | None = None, ring: OpenRing, by: Acting, at: datetime) -> None:
    """Keep that what the child did since the last answer has been seen, where it asks for no answer. Refused where the
    child has written since (`read`, as in `answer_child`)."""
    with working(case, ring, by, closed=True) as hand:
        require_read(hand, read)
        hand.case.news = ""
        hand.case.save(update_fields=["news"])
        trace_of_case("see_news", hand.case, by, at)


def label_case(*, case: str, label: str, ring: OpenRing, by: Acting, at: datetime) -> None:
    """Give a case a word of one's own, to know it by on the desk; nobody else reads it. An empty one takes it away."""
    with working(case, ring, by, closed=True) as hand:
        key = CaseKey.objects.get(case=hand.case, ring_id=ring.ring)
        key.label = hand.seal(key, label.strip(), "label") if label.strip() else None
        key.save(update_fields=["label"])
        trace_of_case("label_case", hand.case, by, at)
