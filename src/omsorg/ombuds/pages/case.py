"""A case as its ombudsperson reads it: what was said in order, notes apart, and every act that is open now."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as __

from omsorg.ombuds.neighbours import Clock
from omsorg.ombuds.pages import words
from omsorg.ombuds.pages.desk import promise_of
from omsorg.ombuds.pages.words import day
from omsorg.ombuds.queries.desk import CaseFile, ProposedDisclosure
from omsorg.ombuds.rules.levels import Level, Status

Names = Mapping[int, str]


SETTLED_ABOVE = frozenset({"close", "break", "hand-over"})
"""What those do not do whom a case went past: it is settled by those it went up to."""


def offered(file: CaseFile, me: int, today: date) -> frozenset[str]:
    """The acts that are open in a case as it stands; the actions ask again."""
    is_open = file.case.status == Status.OPEN
    found = {"note", "label", "plan-check-ins", "alarm", "colleague", "leave", "about"}
    if file.case.news:
        found.add("seen")
    if any(one.done_on is None for one in file.check_ins):
        found.add("check-in")
    spoken = any(one.taken_down and not one.is_misplaced for one in file.told.messages)
    if spoken or any(one.taken_down and not one.is_misplaced for one in file.wishes):
        found.add("not-theirs")
    if any(one.can_be_withdrawn for one in file.told.sharings):
        found.add("withdrawn")
    if is_open:
        found |= {"answer", "take-down", "wish", "close", "risk", "ask-assent", "propose"}
        found |= _on_the_way(file, me, today)
    elif file.case.status == Status.CLOSED:
        found.add("propose-erasure" if file.erasure is None else "erase")
    if file.erasure is not None and file.erasure.asked_by == me:
        found.discard("erase")
    return frozenset(found) if settles_it(file, me) else frozenset(found) - SETTLED_ABOVE


def settles_it(file: CaseFile, me: int) -> bool:
    """Whether the case stands at a level of theirs, or below: it has not gone past them."""
    held = [one.level for one in file.holders if one.person == me and not one.waits]
    return any(level.rank >= Level(file.case.level).rank for level in held)


def _next_steps(file: CaseFile, can: Collection[str], me: int) -> list[dict[str, object]]:
    """What somebody is in danger for and waits for oneself: it stands at the top of the page."""
    mine = {
        one.standing for one in file.disclosures if me == (one.second if one.standing == "proposed" else one.asked_by)
    }
    steps = (
        ("second-view", "proposed", __("Your second view is asked for: may somebody be told without the child's yes?")),
        ("tell-first", "agreed", __("Two have agreed that it is told. Tell the child first.")),
        ("break", "agreed", __("Two have agreed that it is told. Write down when you have told them.")),
    )
    found: list[dict[str, object]] = [
        {"verb": verb, "said": said} for verb, standing, said in steps if verb in can and standing in mine
    ]
    if "hand-over" in can and any(one.is_not_with_the_desk for one in file.disclosures):
        found.append(
            {"verb": "hand-over", "said": __("The desk for incidents has nothing yet. Hand the copy over now.")}
        )
    return found


def _on_the_way(file: CaseFile, me: int, today: date) -> set[str]:
    found = set()
    if any(one.is_asked for one in file.told.sharings):
        found.add("assent-said")
    for one in file.disclosures:
        if one.standing == "proposed" and one.second == me:
            found.add("second-view")
        if one.standing == "agreed":
            found.add("break" if one.child_told_on or one.why_not_told else "tell-first")
    agreed = any(one.serves_desk(today) for one in file.told.sharings)
    if agreed or any(one.is_not_with_the_desk for one in file.disclosures):
        found.add("hand-over")
    return found


def case_view(
    file: CaseFile, names: Names, clocks: Mapping[str, tuple[Clock, ...]], *, label: str, me: int, today: date
) -> dict[str, Any]:
    """Everything the page of a case shows."""
    case, told = file.case, file.told
    files, can = _files(file), offered(file, me, today)
    return {
        "code": case.code,
        "short": words.short(case.code),
        "label": label,
        "code_unconfirmed": told.asks_for_confirmation,
        "code_known_elsewhere": file.code_known_elsewhere,
        "news": [words.NEWS[one] for one in case.news.split()],
        "is_open": case.status == Status.OPEN,
        "promise": promise_of(case.status, case.promise_on, case.country, today),
        "facts": _facts(file),
        "can": {verb.replace("-", "_"): True for verb in can},
        "next_steps": _next_steps(file, can, me),
        "went_past": case.status == Status.OPEN and not settles_it(file, me),
        "messages_in_order": [
            {
                "is_mine": one.is_mine,
                "taken_down": one.taken_down,
                "is_marked": one.is_marked,
                "is_misplaced": one.is_misplaced,
                "on": day(one.on),
                "text": one.text,
                "language": one.language,
                "files": files.get(one.number, []),
            }
            for one in told.messages
        ],
        "notes": [
            {
                "kind": words.NOTE_KINDS.get(one.kind, one.kind),
                "on": day(one.on),
                "by": names.get(one.by or 0, ""),
                "text": one.text,
            }
            for one in file.notes
        ],
        "wishes": [
            {
                "step": words.STEPS.get(one.step, one.step),
                "on": day(one.on),
                "text": one.text,
                "is_marked": one.is_marked,
                "is_misplaced": one.is_misplaced,
            }
            for one in file.wishes
        ],
        "sharings": [_sharing(one, today) for one in told.sharings],
        "risks": [
            {
                "danger": words.DANGERS.get(one.danger, one.danger),
                "is_great": one.danger in ("great", "now"),
                "on": day(one.on),
                "by": names.get(one.by, ""),
                "reasons": one.reasons,
                "again": day(one.look_again_on),
                "is_due": one.look_again_on <= today and one is file.risks[-1],
            }
            for one in reversed(file.risks)
        ],
        "check_ins": [
            {
                "due": day(one.due_on),
                "done": day(one.done_on),
                "alarm": one.alarm,
                "found": one.found,
                "is_due": one.done_on is None and one.due_on <= today,
            }
            for one in file.check_ins
        ],
        "disclosures": [disclosure_view(one, names) for one in file.disclosures],
        "copies": [
            {
                "on": day(one.on),
                "by": names.get(one.by, ""),
                "reference": one.reference,
                "copy": one.copy,
                "clocks": [
                    {
                        "step": clock.step,
                        "due": day(clock.due_on),
                        "done": day(clock.done_on),
                        "is_missed": clock.is_missed(today),
                        "is_done": clock.done_on is not None,
                    }
                    for clock in clocks.get(one.reference, ())
                ],
            }
            for one in file.copies
        ],
        "hearing": [_holder(one) for one in file.holders if not one.waits],
        "waiting": [_holder(one) for one in file.holders if one.waits],
        "shut_out": file.shut_out,
        "erasure": file.erasure
        and {
            "on": day(file.erasure.on),
            "ground": words.ERASURES[file.erasure.ground],
            "by": names.get(file.erasure.asked_by, ""),
            "is_mine": file.erasure.asked_by == me,
        },
    }


def _facts(file: CaseFile) -> list[dict[str, object]]:
    case = file.case
    facts: list[tuple[str, object]] = [
        (__("Level"), words.LEVELS[case.level]),
        (__("Country"), words.country_name(case.country) or __("not said")),
        (__("Came by"), words.CHANNELS.get(case.channel, case.channel)),
        (__("The child's language"), words.language_name(case.language)),
        (__("Begun on"), day(case.opened_on)),
    ]
    if case.promises_missed:
        facts.append((__("Promises missed"), str(case.promises_missed)))
    if case.closed_on:
        facts.append((__("Closed on"), day(case.closed_on)))
    if case.keep_until:
        facts.append((__("Kept until"), day(case.keep_until)))
    if case.helped:
        said = words.HELPED.get(case.helped, case.helped)
        if case.helped_under > case.code_confirmed:
            said = __("%(said)s (after a new code)") % {"said": said}
        facts.append((__("Did it help? The child says"), said))
    if case.review_asked_on:
        facts.append((__("The child asked for somebody above on"), day(case.review_asked_on)))
    return [{"word": word, "value": value} for word, value in facts]


def _files(file: CaseFile) -> dict[int, list[dict[str, object]]]:
    found: dict[int, list[dict[str, object]]] = {}
    for one in file.files:
        found.setdefault(one.with_words, []).append(
            {
                "name": one.name,
                "size": filesizeformat(one.size),
                "url": reverse("ombuds:file", args=[file.case.code, one.number]),
                "is_voice": one.media_type.startswith("audio/"),
            }
        )
    return found


def _sharing(one: Any, today: date) -> dict[str, object]:
    return {
        "what": one.what,
        "to_whom": one.to_whom,
        "until": day(one.until_on),
        "asked": day(one.asked_on),
        "standing": words.ASSENTS[one.standing],
        "is_struck": one.standing in ("withdrawn", "refused"),
        "withdrawn": day(one.withdrawn_on),
        "is_marked": one.is_marked,
        "house": one.house,
        "ran_out": one.standing == "given" and today > one.until_on,
    }


def disclosure_view(one: ProposedDisclosure, names: Names) -> dict[str, object]:
    return {
        "standing": words.DISCLOSURES[one.standing],
        "ground": words.GROUNDS.get(one.ground, one.ground),
        "on": day(one.on),
        "what": one.what,
        "to_whom": one.to_whom,
        "why": one.why,
        "asked_by": names.get(one.asked_by, ""),
        "second": names.get(one.second, ""),
        "second_view": one.second_view,
        "told": day(one.child_told_on),
        "why_not_told": one.why_not_told,
        "danger_now": one.danger_now,
        "done": day(one.done_on),
    }


def _holder(one: Any) -> dict[str, object]:
    return {
        "name": one.name,
        "level": words.LEVELS[one.level],
        "because": words.BECAUSE.get(one.because, one.because),
        "since": day(one.since),
    }
