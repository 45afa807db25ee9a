"""Letters of the plan tracker: to the officers of an answer, and to whoever reviews answers above them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import override

from omsorg.federation.models import Organisation
from omsorg.kernel.addresses import absolute
from omsorg.kernel.letters import write_letter
from omsorg.kernel.numbers import LANGUAGES, format_date, format_period
from omsorg.kernel.periods import Period
from omsorg.plans.models import Plan
from omsorg.plans.pages.words import plain
from omsorg.plans.queries.answers import AnswerRow
from omsorg.plans.queries.asked import Defined
from omsorg.plans.queries.lateness import Above, Addressee


@dataclass(frozen=True, slots=True)
class AboutAnswer:
    """The answer that a letter is about."""

    plan: Plan
    organisation: Organisation
    period: Period

    def link(self, name: str) -> str:
        return _link(name, self.plan.code, self.organisation.code, self.period.code)


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
            subject=__("Your answer is late: %(period)s") % {"period": period},
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
            subject=__("Late answers: %(period)s") % {"period": period},
            body=_body("late_below", facts),
            at=at,
        )


def write_contested(
    about: AboutAnswer,
    indicators: Sequence[Defined],
    to: Addressee,
    *,
    contested_by: str,
    is_reviewer: bool,
    once: str,
    at: datetime,
) -> bool:
    """Tell somebody that a verifier has contested what an answer says, of which indicators, and what can be done."""
    with override(_language(to)):
        return _about(
            about,
            to,
            "contested",
            __("Contested: %(organisation)s, %(period)s"),
            {
                "contested_by": contested_by,
                "indicators": [(each.code, plain(each.title)) for each in indicators],
                "is_reviewer": is_reviewer,
                "link": about.link("plans:answer-review" if is_reviewer else "plans:answer"),
            },
            once=once,
            at=at,
        )


def write_given_back(about: AboutAnswer, to: Addressee, *, is_returned: bool, once: int, at: datetime) -> bool:
    """Tell an officer that the answer is open again: returned, or opened after it was approved."""
    with override(_language(to)):
        facts = {"is_returned": is_returned, "link": about.link("plans:answer")}
        subject = __("Your answer came back: %(organisation)s, %(period)s")
        return _about(about, to, "given_back", subject, facts, once=str(once), at=at)


def write_opening_asked(about: AboutAnswer, to: Addressee, *, once: int, at: datetime) -> bool:
    """Tell a reviewer that those who report ask for their answer to be opened again."""
    with override(_language(to)):
        facts = {"link": about.link("plans:answer-review")}
        subject = __("Asked to be opened again: %(organisation)s, %(period)s")
        return _about(about, to, "opening_asked", subject, facts, once=str(once), at=at)


def _about(
    about: AboutAnswer,
    to: Addressee,
    letter: str,
    subject: str,
    facts: Mapping[str, object],
    *,
    once: str,
    at: datetime,
) -> bool:
    said = {
        "person": to.name,
        "organisation": about.organisation.name,
        "period": format_period(about.period, _language(to)),
        "plan": plain(about.plan.title),
    }
    return write_letter(
        once=f"{letter}:{once}:{to.id}",
        to_address=to.email,
        to_person=to.id,
        language=_language(to),
        subject=subject % said,
        body=_body(letter, {**said, **facts}),
        at=at,
    )


def _language(to: Addressee) -> str:
    return to.language if to.language in LANGUAGES else "en"


def _link(name: str, *args: str) -> str:
    return absolute(reverse(name, args=args))


def _body(letter: str, facts: Mapping[str, object]) -> str:
    facts = {**facts, "site": settings.ENVIRONMENT.site_name}
    return render_to_string(f"plans/letters/{letter}.txt", facts).strip() + "\n"
