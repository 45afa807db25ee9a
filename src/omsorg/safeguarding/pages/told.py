"""One step of the timeline in words."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as __

from omsorg.safeguarding.models import Step
from omsorg.safeguarding.pages.words import (
    ABOUT_TOLD,
    ADDRESSEES,
    AFFECTED,
    ANSWERS,
    CLOCKS,
    DUTIES,
    EMPLOYMENTS,
    FINDINGS,
    HANDED,
    LEVELS,
    NATURES,
    NEED_ANSWERS,
    PUBLICATIONS,
    SAID_BY,
    STEPS,
    SUBJECTS,
    SUPPORTS,
    day,
)
from omsorg.safeguarding.queries.agreed import there
from omsorg.safeguarding.rules.codes import Side


def step_in_words(step: Step, country: str) -> dict[str, Any]:
    """A step as the timeline shows it, by the clocks of the incident's country; what people wrote stands unchanged."""
    at = there(country, step.at)
    facts = "; ".join(_facts(step.facts))
    written = [text for text in (facts, step.note) if text]
    return {
        "on": f"{day(at)}, {at:%H:%M} {at:%Z}",
        "machine_on": step.at.isoformat(),
        "title": STEPS[step.kind] if not step.corrects_id else __("%(step)s, anew") % {"step": STEPS[step.kind]},
        "by": step.by.name if step.by else "",
        "reason": " – ".join(written),
    }


def _facts(facts: dict[str, Any]) -> list[str]:
    words = {
        "safe_now": (__("safe now: %(value)s"), ANSWERS),
        "crime": (__("a crime: %(value)s"), ANSWERS),
        "conflict": (__("conflict of interest: %(value)s"), ANSWERS),
        "level": (__("level: %(value)s"), LEVELS),
        "nature": (__("about: %(value)s"), NATURES),
        "about": (__("complained of: %(value)s"), ABOUT_TOLD),
        "to": ("%(value)s", ADDRESSEES),
        "standing": ("%(value)s", DUTIES),
        "finding": ("%(value)s", FINDINGS),
        "clock": ("%(value)s", CLOCKS),
        "decision": ("%(value)s", PUBLICATIONS),
        "kind": ("%(value)s", SUPPORTS),
        "answer": ("%(value)s", NEED_ANSWERS),
        "said_by": (__("said by: %(value)s"), SAID_BY),
        "employment": ("%(value)s", EMPLOYMENTS),
    }
    found = [
        said % {"value": known.get(facts[name], facts[name])} for name, (said, known) in words.items() if name in facts
    ]
    if "type" in facts:
        known = AFFECTED if facts["side"] == Side.AFFECTED else SUBJECTS
        found.append(f"{known[facts['type']]}: {facts['count']}")
    if "handed" in facts:
        found.append(str(HANDED[facts["handed"]]))
    if facts.get("is_cleaned"):
        found.append(__("where, when and with which device it was taken is taken out"))
    if facts.get("as_it_came"):
        found.append(__("kept as it came, with where and when it was taken: it is evidence"))
    if "knows_nobody" in facts:
        found.append(__("nobody here is called so: it waits one level up until the first look says whom it is about"))
    if "settled" in facts:
        found.append(__("whom it is about is settled: it goes on where it lies"))
    if facts.get("is_ours") is False:
        found.append(__("no matter of safeguarding"))
    if "closed_by_them" in facts:
        found.append(__("somebody on whose word it was closed is shut out since"))
    if "looked_at_anew" in facts:
        found.append(__("it is looked at once more before it counts as settled"))
    if "owed_again" in facts:
        two = __("telling the police is owed again: leaving it takes two who may still see this incident")
        found.append(__("telling the police is owed again") if "looked_at_anew" in facts else two)
    if "decided_by_them" in facts:
        found.append(__("who decided on the public is shut out since: it is decided anew"))
    if "taken_back_on" in facts:
        taken_back = __(
            "The child took its yes to this copy back on %(day)s. Ask the ombuds office before more is told."
        )
        found.append(taken_back % {"day": day(date.fromisoformat(facts["taken_back_on"]))})
    if "agreed_until" in facts:
        until = __("The child agreed that this may be told on until %(day)s.")
        found.append(until % {"day": day(date.fromisoformat(facts["agreed_until"]))})
    if "ran_out_on" in facts:
        ran_out = __("The child agreed until %(day)s. Ask the ombuds office before more is told.")
        found.append(ran_out % {"day": day(date.fromisoformat(facts["ran_out_on"]))})
    plain = {"when": __("when: %(value)s"), "complained_of": __("named: %(value)s")}
    if "allegation" in facts:
        found.append(__("allegation %(number)s") % {"number": facts["allegation"]})
    return found + [said % {"value": facts[name]} for name, said in plain.items() if facts.get(name)]
