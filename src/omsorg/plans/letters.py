"""Letters of the plan tracker: to the officers of a late answer, and to whoever reviews answers above them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import override

from omsorg.kernel.addresses import absolute
from omsorg.kernel.letters import write_letter
from omsorg.kernel.numbers import LANGUAGES, format_date, format_period
from omsorg.plans.models import Plan
from omsorg.plans.pages.words import plain
from omsorg.plans.queries.answers import AnswerRow
from omsorg.plans.queries.lateness import Above, Addressee


def write_late_answer(
    plan: Plan, row: AnswerRow, to: Addressee, *, day: int, above: Above | None, at: datetime
) -> bool:
    """Remind one officer of one late answer. `above`: who is told as well this time. Says whether it is new."""
    with override(_language(to)):
        period = format_period(row.period, _language(to))
        facts = {
            "person": to.name,
            "organisation": row.house.name,
            "period": period,
            "plan": plain(plan.title),
            "due": format_date(row.due_on, _language(to)),
            "days": row.days_late,
            "reported": row.reported,
            "asked": row.asked,
            "is_complete": row.reported == row.asked,
            "above": above.organisation if above else "",
            "link": _link("plans:answer", plan.code, row.house.code, row.period.code),
        }
        return write_letter(
            once=f"late:{plan.pk}:{row.house.id}:{row.period.code}:{day}:{to.id}",
            to_address=to.email,
            to_person=to.id,
            language=_language(to),
            subject=__("Your answer for %(period)s is late") % {"period": period},
            body=_body("late_answer", facts),
            at=at,
        )


def write_late_below(plan: Plan, rows: Sequence[AnswerRow], to: Addressee, *, at: datetime) -> bool:
    """Tell one reviewer of the answers below that have become late, all of one period in one letter."""
    with override(_language(to)):
        period = format_period(rows[0].period, _language(to))
        facts = {
            "person": to.name,
            "period": period,
            "plan": plain(plan.title),
            "due": format_date(rows[0].due_on, _language(to)),
            "rows": rows,
            "link": f"{_link('plans:answers', plan.code)}?period={rows[0].period.code}&standing=late",
        }
        return write_letter(
            once=f"late-below:{plan.pk}:{rows[0].period.code}:{at.date().isoformat()}:{to.id}",
            to_address=to.email,
            to_person=to.id,
            language=_language(to),
            subject=__("Late answers for %(period)s") % {"period": period},
            body=_body("late_below", facts),
            at=at,
        )


def _language(to: Addressee) -> str:
    return to.language if to.language in LANGUAGES else "en"


def _link(name: str, *args: str) -> str:
    return absolute(reverse(name, args=args))


def _body(letter: str, facts: Mapping[str, object]) -> str:
    facts = {**facts, "site": settings.ENVIRONMENT.site_name}
    return render_to_string(f"plans/letters/{letter}.txt", facts).strip() + "\n"
