"""The menu: the systems that are on, and in each what this person may do.

A page that belongs in the menu is one line here: its system, its words, its address, and the verb a role must allow;
without a verb it is for everybody.
"""

from dataclasses import dataclass

from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from omsorg.federation.access import Acting


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu. `sentence` is what one finds there, for the first page.

    `may` is the verb that opens it, empty for a page that everybody may read; `for_members` keeps it to those who hold
    any role at all. `pages`: how the names of further pages begin that belong to it, wherever they lie.
    """

    system: str
    label: str | Promise
    url_name: str
    sentence: str | Promise
    may: str = ""
    for_members: bool = False
    pages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MenuLink:
    """A line of the menu as the page shows it; `current` when the reader is in that part of the site."""

    label: str | Promise
    url: str
    current: bool = False
    sentence: str | Promise = ""


ENTRIES = (
    Entry("plans", _("Promises"), "plans:promises", _("What was promised, what was done, and who has checked it.")),
    Entry(
        "plans",
        _("My work"),
        "plans:my-work",
        _("What is due for you: figures to enter, answers to review, figures to verify."),
        may="plans.see",
    ),
    Entry(
        "plans",
        _("Revise"),
        "plans:revise-plans",
        _("Change wording, dates, targets and money of the plan, each change with its day and its reason."),
        may="plans.revise",
        pages=("plans:revise",),
    ),
    Entry(
        "plans",
        _("Plan from a file"),
        "plans:plan-import",
        _("Bring in a whole plan, or what has changed in one."),
        may="plans.revise",
    ),
    Entry(
        "plans",
        _("Reports"),
        "plans:reports",
        _("Freeze a report, or release one that somebody else has frozen."),
        may="plans.publish",
        pages=("plans:freeze-report", "plans:frozen-report", "plans:release-report"),
    ),
    Entry(
        "ombuds",
        _("Hearing children"),
        "ombuds:desk",
        _("Read what children tell, answer by the day that was promised, and take down what was said elsewhere."),
        may="ombuds.hear",
    ),
    Entry(
        "ombuds",
        _("How children were heard"),
        "ombuds:heard",
        _("What the ombudspersons publish each year: who was heard, and whether promises were kept."),
    ),
    Entry(
        "safeguarding",
        _("Safeguarding"),
        "safeguarding:my-work",
        _("Raise a concern, see what became of it, and work the incidents that are yours."),
        for_members=True,
    ),
    Entry(
        "safeguarding",
        _("Lessons offered"),
        "safeguarding:lessons",
        _("Take lessons from incidents into the plan, or say why not."),
        may="plans.revise",
    ),
    Entry(
        "openness",
        _("Openness"),
        "openness:register",
        _("What went wrong, what we did, and what we learned: every closed case that can be told."),
    ),
    Entry(
        "openness",
        _("Openness: work"),
        "openness:desk",
        _("Write up failures, release them, tell those who pay, and answer them."),
        may="openness.see",
    ),
    Entry(
        "savings",
        _("Savings groups"),
        "savings:groups",
        _("See what savings groups have sealed, what waits and why, and which group has not been heard of."),
        may="savings.figures",
        pages=("savings:",),
    ),
    Entry(
        "federation",
        _("Organisations"),
        "federation:organisations",
        _("Which organisations there are, and where each stands in the tree."),
        for_members=True,
    ),
    Entry(
        "federation",
        _("People"),
        "federation:people",
        _("Invite people, give and end their roles."),
        may="people.keep",
    ),
    Entry(
        "federation",
        _("Roles"),
        "federation:roles",
        _("What each role lets a person do."),
        for_members=True,
    ),
    Entry(
        "federation",
        _("Letters"),
        "site:letters",
        _("Letters that wait, are in doubt or were given up, and what is to be done about them."),
        may="letters.see",
    ),
)


def menu_for(acting: Acting | None, path: str) -> list[MenuLink]:
    """What this person (None: a visitor) finds in the menu, with the part marked in which `path` lies."""
    systems = {"federation", *settings.SYSTEMS}
    found: list[tuple[Entry, str]] = []
    for entry in ENTRIES:
        is_on = entry.system in systems
        is_open = not entry.may or (acting is not None and acting.may_anywhere(entry.may))
        if entry.for_members:
            is_open = acting is not None and bool(acting.mandates)
        if is_on and is_open:
            found.append((entry, reverse(entry.url_name)))
    page = _page_at(path)
    own = (url for entry, url in found if entry.pages and page.startswith(entry.pages))
    nearest = next(own, "") or max((url for _entry, url in found if path.startswith(url)), key=len, default="")
    return [MenuLink(entry.label, url, url == nearest, entry.sentence) for entry, url in found]


def _page_at(path: str) -> str:
    """The name of the page that lies at `path`, empty where none does."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def first_page_of(acting: Acting) -> str:
    """Where this person's own part of the menu begins; the front page for somebody who has none."""
    systems = {"federation", *settings.SYSTEMS}
    own = (each for each in ENTRIES if each.may and each.system in systems and acting.may_anywhere(each.may))
    return reverse(next((each.url_name for each in own), "site:home"))
