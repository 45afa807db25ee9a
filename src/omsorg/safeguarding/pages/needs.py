"""The needs of those affected, as the page of their incident shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as __

from omsorg.federation.words import Link
from omsorg.safeguarding.models import Incident, NeedAnswer
from omsorg.safeguarding.pages.words import NEED_ANSWERS, SAID_BY, SUPPORTS, day
from omsorg.safeguarding.queries.needs import Open, needs_of


@dataclass(frozen=True, slots=True)
class Row:
    """A line of one of the page's lists: what, how it stands, what is said of it, and what can be done."""

    title: str
    standing: str = ""
    note: str = ""
    is_late: bool = False
    links: Sequence[Link] = ()


def needs_in_rows(incident: Incident, now: datetime, link: Any) -> list[Row]:
    """Each need with how it stands, what was said of it, and what can be done; nothing to do without `link`."""
    return [_row(number, each, now, link) for number, each in enumerate(needs_of([incident.pk]), start=1)]


def _row(number: int, each: Open, now: datetime, link: Any) -> Row:
    need = each.need
    said = __("%(who)s, since %(day)s") % {"who": SAID_BY[need.said_by], "day": day(need.since_on)}
    if not each.persons:
        standing = __("answered for all")
    else:
        words = (
            __("open for %(count)s; looked at again on %(day)s")
            if each.is_put_off
            else __("open for %(count)s; by %(day)s")
        )
        standing = words % {"count": each.persons, "day": day(each.on)}
    return Row(
        f"{number}. {SUPPORTS[need.kind]}, {need.persons}",
        standing,
        " · ".join([need.note, said, *(_answer(answer) for answer in each.answers)]),
        is_late=bool(each.persons) and each.on < now.date(),
        links=[link("need-answer", number)] if link and (each.persons or each.answered) else [],
    )


def _answer(answer: NeedAnswer) -> str:
    """What became of it, in one line."""
    what = str(NEED_ANSWERS[answer.answer])
    if answer.persons:
        what = __("%(answer)s, for %(count)s") % {"answer": what, "count": answer.persons}
    return f"{day(answer.on)}: {what}" + (f" – {answer.note}" if answer.note else "")
