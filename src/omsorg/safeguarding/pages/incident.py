"""The page of one incident: where it stands, what comes next, and everything that was said and done."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as __

from omsorg.federation.access import Acting
from omsorg.federation.words import Link
from omsorg.safeguarding.access import handles, is_in_team
from omsorg.safeguarding.forms.registry import ACTS
from omsorg.safeguarding.models import Document, Duty, Incident, Measure, SetApartName, Shutout, Step, TeamMember
from omsorg.safeguarding.pages.lists import number_of
from omsorg.safeguarding.pages.needs import Row, needs_in_rows
from omsorg.safeguarding.pages.told import step_in_words
from omsorg.safeguarding.pages.words import (
    ADDRESSEES,
    AFFECTED,
    CHANNELS,
    CLOCKS,
    DUTIES,
    EMPLOYMENTS,
    FINDINGS,
    HOLD_REASONS,
    LEVELS,
    NATURES,
    PARTS,
    PUBLICATIONS,
    SHUT_BY_ITSELF,
    SIDES,
    STAGES,
    SUBJECTS,
    SUPPORTS,
    clock_in_words,
    day,
)
from omsorg.safeguarding.queries.follow_ups import open_follow_ups
from omsorg.safeguarding.queries.incident import clocks_of, counts_of, employment_of, facts_of
from omsorg.safeguarding.queries.parts import parts_of
from omsorg.safeguarding.rules.clocks import Running
from omsorg.safeguarding.rules.codes import OPEN_DUTIES, Answer, Clock, DutyStanding, Side, Stage
from omsorg.safeguarding.rules.progress import ORDER, Facts, blocks, closes_alone, next_steps

TYPES_OF = {Side.AFFECTED: AFFECTED, Side.COMPLAINED_OF: SUBJECTS}
STAGE_STEPS = [stage for stage in ORDER if stage is not Stage.DECIDED]


@dataclass(slots=True)
class IncidentView:
    """Everything that the page shows."""

    number: str
    is_example: bool
    facts: list[dict[str, Any]]
    stages: list[dict[str, Any]]
    offered: list[Link]
    others: list[Link]
    blocking: list[str]
    is_unsafe: bool
    clocks: list[dict[str, Any]] = field(default_factory=list)
    allegations: list[Row] = field(default_factory=list)
    people: list[dict[str, Any]] = field(default_factory=list)
    employment: list[dict[str, Any]] = field(default_factory=list)
    needs: list[Row] = field(default_factory=list)
    support: list[Row] = field(default_factory=list)
    duties: list[Row] = field(default_factory=list)
    measures: list[Row] = field(default_factory=list)
    documents: list[Row] = field(default_factory=list)
    team: list[Row] = field(default_factory=list)
    shut: list[Row] = field(default_factory=list)
    names: list[Row] = field(default_factory=list)
    lessons: list[Row] = field(default_factory=list)
    timeline: list[dict[str, Any]] = field(default_factory=list)


def incident_view(incident: Incident, acting: Acting, now: datetime) -> IncidentView:
    """Gather the page of an incident as this reader may see it and work on it."""
    facts = facts_of(incident)
    may_decide = handles(acting, incident)
    may_work = may_decide or is_in_team(acting, incident)
    is_over = incident.stage in (Stage.CLOSED, Stage.DECIDED)

    def link(do: str, of: object = "") -> Link:
        address = reverse("safeguarding:act", args=[incident.code, do])
        return Link(ACTS[do].title, f"{address}?of={of}" if of else address)

    def open_to(do: str) -> bool:
        return may_decide if ACTS[do].decides else may_work

    offered = [do for do in next_steps(facts, acting.person_id) if open_to(do)]
    others = [do for do in _others(is_over) if do not in offered and open_to(do)]
    view = IncidentView(
        number=number_of(incident),
        is_example=incident.is_example,
        facts=_facts(incident),
        stages=_stages(Stage(incident.stage)),
        offered=[link(do) for do in offered],
        others=[link(do) for do in others],
        blocking=[] if is_over else blocking_in_words(facts, acting),
        is_unsafe=facts.safe_now is Answer.NO and not is_over,
    )
    running = clocks_of([incident], now=now)[incident.pk]
    view.clocks = [
        {
            "word": str(CLOCKS[each.clock]).capitalize(),
            "value": format_html('<strong class="late">{}</strong>' if each.is_overdue(now) else "{}", text),
        }
        for each in running
        if (text := clock_in_words(each, now, incident.country_code))
    ]
    view.allegations = _allegations(incident)
    view.people = [
        {
            "word": __("%(side)s: %(kind)s") % {"side": SIDES[side], "kind": TYPES_OF[side][kind]},
            "value": count,
        }
        for side, types in counts_of(incident).items()
        for kind, count in types.items()
    ]
    view.employment = [
        {
            "word": str(SUBJECTS[kind]).capitalize(),
            "several": [
                __("%(count)s: %(state)s, since %(day)s")
                % {"count": row.count, "state": EMPLOYMENTS[state], "day": day(row.since_on)}
                for state, row in rows.items()
            ],
        }
        for kind, rows in employment_of(incident).items()
        if rows
    ]
    view.needs = needs_in_rows(incident, now, link if may_work else None)
    view.support = _support(incident, now, link if may_work else None)
    view.duties = _duties(incident, acting, link, open_to)
    view.measures = _measures(incident, running, now, link, open_to)
    view.documents = _documents(incident, may_work)
    view.team = [
        Row(each.person.name, _part(each), links=[link("leave", number)] if may_decide else [])
        for number, each in parts_of(TeamMember, incident, "person").items()
        if each.left_at is None
    ]
    view.shut = [
        Row(
            str(each.person or each.organisation),
            note=str(SHUT_BY_ITSELF.get(each.reason, each.reason)),
            links=[link("let-in", number)] if may_decide else [],
        )
        for number, each in parts_of(Shutout, incident, "person", "organisation").items()
        if each.lifted_at is None
    ]
    view.names = [
        Row(
            each.told() or __("(wiped)"),
            str(SIDES[each.side]),
            each.reason,
            links=[link("wipe", number)] if may_work and each.wiped_at is None else [],
        )
        for number, each in parts_of(SetApartName, incident).items()
    ]
    view.lessons = _lessons(incident, link, open_to)
    steps = Step.objects.filter(incident=incident).select_related("by").order_by("-number")
    view.timeline = [step_in_words(each, incident.country_code) for each in steps]
    return view


def blocking_in_words(facts: Facts, acting: Acting) -> list[str]:
    """What is missing before it can be closed; and where nothing is, that another person must do it."""
    found = [str(each) for each in blocks(facts)]
    if not found and closes_alone(facts, acting.person_id):
        found.append(__("somebody else closes it than whoever judged it: another focal person, here or one level up"))
    return found


def _part(member: TeamMember) -> str:
    """What somebody does in the team, and at which level."""
    return f"{PARTS[member.part]}, {LEVELS[member.level]}" if member.level else str(PARTS[member.part])


def _others(is_over: bool) -> list[str]:
    after = [
        *("lesson", "check-lesson", "offer-lesson", "publication", "need", "need-answer", "support", "employment"),
        *("measure", "pause", "resume", "document", "note", "reopen"),
    ]
    during = [
        *("triage", "safe", "team", "plan", "allegation", "finding", "count", "employment", "need", "support", "owe"),
        *("need-answer", "measure", "no-measure", "document", "note", "name", "shut-out", "pause", "resume", "close"),
    ]
    return after if is_over else during


def _facts(incident: Incident) -> list[dict[str, Any]]:
    decision = incident.decisions.order_by("-number").first() if incident.decision else None
    return [
        {"word": __("About"), "value": incident.organisation.name},
        {"word": __("Handled at"), "value": incident.handled_at.name},
        {"word": __("Level"), "value": LEVELS[incident.level] if incident.level else __("not set yet")},
        {"word": __("What it is about"), "value": NATURES[incident.nature]},
        {"word": __("Came by"), "value": CHANNELS[incident.channel]},
        {"word": __("Received"), "value": day(incident.received_at)},
        *([{"word": __("Closed"), "value": day(incident.closed_at)}] if incident.closed_at else []),
        *(
            [
                {
                    "word": __("The public"),
                    "several": [
                        str(value)
                        for value in (
                            PUBLICATIONS[decision.decision],
                            HOLD_REASONS.get(decision.reason_class, ""),
                            day(decision.review_on),
                        )
                        if value
                    ],
                }
            ]
            if decision
            else []
        ),
    ]


def _stages(stage: Stage) -> list[dict[str, Any]]:
    at = ORDER.index(stage)
    states = ["done" if at > ORDER.index(each) or stage is Stage.DECIDED else "waiting" for each in STAGE_STEPS]
    if stage is not Stage.DECIDED:
        states[at] = "current"
    return [{"label": STAGES[each], "state": state, "url": ""} for each, state in zip(STAGE_STEPS, states, strict=True)]


def _allegations(incident: Incident) -> list[Row]:
    rows = []
    for each in incident.allegations.order_by("number").prefetch_related("findings"):
        found = max(each.findings.all(), key=lambda finding: finding.pk, default=None)
        rows.append(
            Row(
                f"{each.number}. {each.text}",
                str(FINDINGS[found.finding]) if found else __("no finding yet"),
                found.reasons if found else "",
            )
        )
    return rows


def _support(incident: Incident, now: datetime, link: Any) -> list[Row]:
    again = {each.pk: on for each, on in open_follow_ups([incident.pk])}
    rows = []
    for number, each in enumerate(incident.support.order_by("pk").prefetch_related("follow_ups"), start=1):
        told = [f"{day(follow.on)}: {follow.note}" for follow in sorted(each.follow_ups.all(), key=lambda f: f.pk)]
        next_on = again.get(each.pk)
        rows.append(
            Row(
                f"{SUPPORTS[each.kind]}, {each.persons}",
                __("looked at again on %(day)s") % {"day": day(next_on)} if next_on else day(each.given_on),
                " · ".join([each.note, *told] if each.note else told),
                is_late=next_on is not None and next_on < now.date(),
                links=[link("follow-up", number)] if next_on and link else [],
            )
        )
    return rows


def _measures(incident: Incident, clocks: Sequence[Running], now: datetime, link: Any, open_to: Any) -> list[Row]:
    of = {each.of: each for each in clocks if each.clock is Clock.MEASURE}
    rows = []
    for number, each in parts_of(Measure, incident, "allegation").items():
        running = of.get(each.pk)
        chased = ("measure-done", *(() if each.lives_on_reason or incident.closed_at else ("live-on",)))
        about = __("about allegation %(number)s") % {"number": each.allegation.number} if each.allegation else ""
        rows.append(
            Row(
                each.text,
                clock_in_words(running, now, incident.country_code)
                if running
                else __("done %(day)s") % {"day": day(each.done_on)},
                " · ".join(text for text in (about, each.lives_on_reason) if text),
                is_late=running is not None and running.is_overdue(now),
                links=[link(do, number) for do in chased if running and open_to(do)],
            )
        )
    return rows


def _duties(incident: Incident, acting: Acting, link: Any, open_to: Any) -> list[Row]:
    rows = []
    for number, each in parts_of(Duty, incident, "evidence", "decided_by", "agreed_by").items():
        is_open = each.standing in OPEN_DUTIES
        decided = [str(person) for person in (each.decided_by, each.agreed_by) if person and not each.done_on]
        told = [each.reason, ", ".join(decided), each.evidence.filename if each.evidence else "", day(each.done_on)]
        rows.append(
            Row(
                f"{ADDRESSEES[each.to]} {each.whom}".strip(),
                str(DUTIES[each.standing])
                + (", " + __("by %(day)s") % {"day": day(each.deadline_on)} if is_open else ""),
                " · ".join(text for text in told if text),
                is_late=is_open and each.deadline_on < acting.day,
                links=[link(do, number) for do in _next_of_duty(each) if open_to(do)],
            )
        )
    return rows


def _next_of_duty(duty: Duty) -> tuple[str, ...]:
    """What can be done about a duty, by the names of the forms."""
    if duty.standing == DutyStanding.TO_AGREE:
        return ("agree", "duty", "told")
    return ("duty", "told") if duty.standing in OPEN_DUTIES else ()


def _documents(incident: Incident, may_work: bool) -> list[Row]:
    rows = []
    evidence = set(Duty.objects.filter(incident=incident).values_list("evidence", flat=True))
    for each in Document.objects.filter(incident=incident).order_by("pk"):
        if each.withdrawn_at:
            rows.append(Row(each.filename, __("withdrawn"), each.withdrawn_reason))
            continue
        links = [Link(__("Save"), reverse("safeguarding:document", args=[each.code]))]
        if may_work and each.pk not in evidence:
            links.append(Link(__("Withdraw"), reverse("safeguarding:withdraw-document", args=[each.code])))
        rows.append(Row(each.filename, day(each.at), each.note, links=links))
    return rows


def _lessons(incident: Incident, link: Any, open_to: Any) -> list[Row]:
    rows = []
    for each in incident.lessons.order_by("pk"):
        do = "check-lesson" if not each.checked_at else "offer-lesson" if not each.offered_at else ""
        standing = (
            (__("taken in by the plan") if each.answer == "taken" else __("not taken in by the plan"))
            if each.answer
            else __("offered to a plan")
            if each.offered_at
            else __("checked by a second person")
            if each.checked_at
            else __("waits for a second person")
        )
        links = [link(do, each.code)] if do and open_to(do) else []
        rows.append(Row(each.text, standing, each.answer_reason, links=links))
    return rows
