"""Incidents as lines of a page: number, where, what, how far, and what is due next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as __

from omsorg.safeguarding.models import Incident, Pause
from omsorg.safeguarding.pages.words import (
    ADDRESSEES,
    CLOCKS,
    HANDED,
    LEVELS,
    NATURES,
    STAGES,
    STANDINGS,
    SUPPORTS,
    clock_in_words,
    day,
)
from omsorg.safeguarding.queries.concerns import OwnConcern
from omsorg.safeguarding.queries.lists import Due, Line
from omsorg.safeguarding.queries.people import KEPT_UNREAD
from omsorg.safeguarding.rules.codes import Clock


@dataclass(frozen=True, slots=True)
class ListLine:
    """A line as it is shown."""

    url: str
    number: str
    place: str
    handled_at: str
    nature: str | Promise
    level: str | Promise
    stage: str | Promise
    received: str
    due: str
    is_overdue: bool
    is_example: bool
    is_unsafe: bool


@dataclass(frozen=True, slots=True)
class DueLine:
    """Something with a day of its own."""

    url: str
    number: str
    what: str
    on: str
    is_past: bool


def standing_in_words(concern: OwnConcern) -> str:
    """How far a concern of one's own has come, and who has it where everybody who would handle it is named."""
    said = [STANDINGS[concern.standing], *([HANDED[concern.handed]] if concern.handed else [])]
    if concern.handed == KEPT_UNREAD:
        said.append(outside())
    return "; ".join(str(each) for each in said)


def outside() -> str:
    """Whom to turn to outside where nobody here is independent: what the operator has set, or what holds everywhere."""
    told = settings.ENVIRONMENT.safeguarding_turn_to.strip()
    everywhere = __("if a child may be in danger, turn to the police or the child protection authority where you are")
    return __("turn to: %(whom)s") % {"whom": told} if told else everywhere


def nobody_reads_it() -> str:
    """What whoever raised a concern is told where everybody is named in it who could handle it."""
    said = __(
        "Everybody who could handle it is named in it. So nobody reads it until somebody who is not named is given the"
        " role; whoever gives it and is not named is asked for it each day. Meanwhile %(outside)s."
    )
    return said % {"outside": outside()}


def number_of(incident: Incident) -> str:
    """The number, or, before triage, the code that it came under."""
    return incident.shown_number or __("new, %(code)s") % {"code": incident.code}


def url_of(incident: Incident) -> str:
    return reverse("safeguarding:incident", args=[incident.code])


def list_line(line: Line) -> ListLine:
    incident, running = line.incident, line.next_clock
    due = f"{CLOCKS[running.clock]}: {clock_in_words(running, line.now, incident.country_code)}" if running else ""
    return ListLine(
        url=url_of(incident),
        number=number_of(incident),
        place=incident.organisation.name,
        handled_at=incident.handled_at.name,
        nature=NATURES[incident.nature],
        level=LEVELS[incident.level] if incident.level else "",
        stage=STAGES[incident.stage],
        received=day(incident.received_at),
        due=due,
        is_overdue=bool(line.days_overdue),
        is_example=incident.is_example,
        is_unsafe=line.is_unsafe,
    )


def still_line(line: Line, pause: Pause) -> DueLine:
    """A clock that stands still below: of which incident and where, why, and until when."""
    what = __("%(clock)s, handled at %(place)s: %(reason)s") % {
        "clock": CLOCKS[pause.clock],
        "place": line.incident.handled_at.name,
        "reason": pause.reason,
    }
    return DueLine(url_of(line.incident), number_of(line.incident), what, day(pause.until_on), is_past=False)


def due_lines(found: Sequence[Due], today: object) -> list[DueLine]:
    """What has a day of its own, in words."""
    words: dict[str, Callable[[Due], str]] = {
        "duty": lambda each: __("telling %(whom)s") % {"whom": ADDRESSEES[each.kind]},
        "measure": lambda each: __("a measure"),
        "need": lambda each: __("a need of those affected: %(kind)s") % {"kind": SUPPORTS[each.kind]},
        "support": lambda each: __("looking again at help: %(kind)s") % {"kind": SUPPORTS[each.kind]},
        Clock.DECISION: lambda each: str(CLOCKS[Clock.DECISION]),
        Clock.WRITE_UP: lambda each: str(CLOCKS[Clock.WRITE_UP]),
        Clock.REVIEW: lambda each: str(CLOCKS[Clock.REVIEW]),
    }
    return [
        DueLine(url_of(each.incident), number_of(each.incident), words[each.what](each), day(each.on), each.on < today)  # type: ignore[operator]
        for each in found
    ]
