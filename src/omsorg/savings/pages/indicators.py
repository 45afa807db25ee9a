"""The indicators of groups in words, numbers and lines: of a place, of the places below it, and of one group."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from omsorg.federation.models import Organisation
from omsorg.kernel.numbers import format_number, format_percent, format_period
from omsorg.kernel.periods import Period
from omsorg.kernel.pictures.sparkline import sparkline
from omsorg.savings.models import Quarter
from omsorg.savings.pages.words import day, language_now, money
from omsorg.savings.queries.indicators import MeetingFigures, Told
from omsorg.savings.rules.indicators import INDICATORS, Indicator, Kind
from omsorg.savings.rules.quarters import Figures

AMOUNTS = {"saved", "lent", "late", "cash", "earned", "amount_given"}
"""The figures that are money; the others are counted."""
NAMES: dict[str, tuple[str | Promise, str | Promise]] = {
    "attendance": (_("Attendance"), _("members present, those who came late among them / members called")),
    "represented": (_("Represented"), _("members for whom somebody else came / members called")),
    "savings": (_("Savings for each member"), _("saved in shares in this cycle / members")),
    "fund_use": (
        _("Use of the loan fund"),
        _("lent, with charges / lent, and the loan fund in the box and at the bank"),
    ),
    "borrowers": (_("Members with a loan"), _("members who owe on a loan / members")),
    "loan_size": (_("Average loan"), _("loans given in the quarter / their number")),
    "outstanding": (_("Average outstanding loan"), _("lent, with charges / open loans")),
    "at_risk": (_("At risk"), _("owed on loans past their term / lent, with charges")),
    "written_off": (_("Written off"), _("loans written off in the quarter / open loans, and those written off")),
    "returned": (_("Return on savings"), _("earned in this cycle beyond its costs / saved; not for a whole year")),
    "dropout": (_("Dropout"), _("members who left in the quarter / members, and those who left")),
    "growth": (_("Growth"), _("members, less those when the quarter began / those when the quarter began")),
}
OF_PLACES = ("attendance", "savings", "fund_use", "at_risk")
NO_VALUE = "–"


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator: its value, both sides of the line, how it went before, and what it is."""

    name: str | Promise
    definition: str
    value: str
    above: str
    below: str
    picture: SafeString


def quarter_name(quarter: date) -> str:
    return format_period(Period(quarter, 3), language_now())


def value_of(indicator: Indicator, figures: Figures | None, currency: str) -> str:
    """In the reader's way of writing numbers; a dash where there is no value."""
    value = indicator.value(figures) if figures else None
    if value is None:
        return NO_VALUE
    if indicator.kind is Kind.SHARE:
        return format_percent(value, language_now())
    return money(round(value), currency)


def indicator_lines(figures: Figures, earlier: Sequence[tuple[date, Figures | None]], currency: str) -> list[Line]:
    """Every indicator of some groups together. `earlier`: the quarters before, the oldest first, None if withheld."""
    return [_line(each, figures, earlier, currency) for each in INDICATORS]


def _line(
    indicator: Indicator, figures: Figures, earlier: Sequence[tuple[date, Figures | None]], currency: str
) -> Line:
    name, definition = NAMES[indicator.code]
    above, below = indicator.parts(figures)
    is_money = indicator.over[0] in AMOUNTS
    per_head = indicator.under[0] not in AMOUNTS
    version = __("%(definition)s (definition %(version)s)")
    before = [(quarter, value_of(indicator, each, currency)) for quarter, each in earlier]
    said = ", ".join(f"{quarter_name(quarter)}: {value}" for quarter, value in before)
    values = [indicator.value(each) if each else None for _quarter, each in earlier]
    return Line(
        name=name,
        definition=version % {"definition": definition, "version": indicator.version},
        value=value_of(indicator, figures, currency),
        above=money(above, currency) if is_money else format_number(above, language_now()),
        below=format_number(below, language_now()) if per_head else money(below, currency),
        picture=sparkline(
            f"line-{indicator.code}-{currency}", [*values, indicator.value(figures)], title=str(name), desc=said
        ),
    )


def sum_facts(told: Told, currency: str) -> list[dict[str, Any]]:
    """How many groups, and what they have and lend together."""
    facts = [(__("Groups that met"), _groups(told))]
    if told.figures is not None:
        facts += [
            (__("Members"), format_number(told.figures.members, language_now())),
            (__("Saved in shares"), money(told.figures.saved, currency)),
            (__("Lent to members, with charges"), money(told.figures.lent, currency)),
            (__("Loan fund, in the box and at the bank"), money(told.figures.cash, currency)),
            (__("Social fund"), money(told.figures.social, currency)),
            (__("Common project"), money(told.figures.project, currency)),
        ]
    return [{"word": word, "value": value} for word, value in facts]


def _groups(told: Told) -> str:
    met = ngettext("%(number)s group", "%(number)s groups", told.groups) % {"number": told.groups}
    agreed = told.groups - told.closed
    return __("%(groups)s, of which %(agreed)s agreed that their figures are opened") % {
        "groups": met,
        "agreed": agreed,
    }


def place_rows(
    places: Sequence[Organisation], told: Mapping[int, Told], quarter: date, currency: str
) -> list[dict[str, Any]]:
    """The places right below, each with its own sums, and the way down to it."""
    return [
        {
            "name": place.name,
            "url": f"{reverse('savings:indicators')}?place={place.code}&quarter={quarter.isoformat()}",
            "groups": told[place.pk].groups,
            "values": _values(told[place.pk].figures, currency),
            "withheld": told[place.pk].figures is None,
        }
        for place in places
        if place.pk in told
    ]


def group_rows(quarters: Sequence[Quarter], currency: str) -> list[dict[str, Any]]:
    """Groups one by one."""
    return [
        {
            "name": each.group.name,
            "url": reverse("savings:figures", args=[each.group.uuid]),
            "groups": "",
            "values": _values(each.figures, currency),
            "withheld": False,
        }
        for each in quarters
        if each.group.currency == currency
    ]


def _values(figures: Figures | None, currency: str) -> list[dict[str, str]]:
    """Members, and the indicators that are told of each place."""
    by_code = {each.code: each for each in INDICATORS}
    members = format_number(figures.members, language_now()) if figures else NO_VALUE
    told = [members, *(value_of(by_code[code], figures, currency) for code in OF_PLACES)]
    return [{"label": label, "value": value} for label, value in zip(column_names(), told, strict=True)]


def column_names() -> list[str]:
    return [__("Members"), *(str(NAMES[code][0]) for code in OF_PLACES)]


def meeting_rows(meetings: Sequence[MeetingFigures], uuid: object, currency: str) -> list[dict[str, Any]]:
    """The meetings of a cycle, the newest first, each with the way to its postings."""
    return [
        {
            "number": each.seq,
            "url": reverse("savings:meeting", args=[uuid, each.mark]),
            "held": day(each.held_on),
            "present": f"{each.present}/{each.called}",
            "saved": money(each.saved, currency),
            "lent": money(each.lent, currency),
            "cash": money(each.cash, currency),
        }
        for each in reversed(meetings)
    ]


def cycle_pictures(meetings: Sequence[MeetingFigures], currency: str) -> list[dict[str, Any]]:
    """Savings over the cycle, the use of the loan fund, who came: a line each, with its first and last value."""
    use = [Fraction(each.lent, each.lent + each.cash) if each.lent + each.cash > 0 else None for each in meetings]
    came = [Fraction(each.present, each.called) if each.called else None for each in meetings]
    saved = [Fraction(each.saved) for each in meetings]
    lines: tuple[tuple[str, str | Promise, Sequence[Fraction | None], Callable[[Fraction], str]], ...] = (
        ("saved", __("Savings over the cycle"), saved, lambda value: money(int(value), currency)),
        ("use", NAMES["fund_use"][0], use, _percent),
        ("came", NAMES["attendance"][0], came, _percent),
    )
    found = []
    for name, word, values, said in lines:
        known = [value for value in values if value is not None]
        told = f"{said(known[0])} → {said(known[-1])}" if known else NO_VALUE
        picture = sparkline(f"cycle-{name}", values, title=str(word), desc=told)
        found.append({"word": word, "several": [picture, told]})
    return found


def _percent(value: Fraction) -> str:
    return format_percent(value, language_now())
