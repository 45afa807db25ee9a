"""Lars of Norway looks at what others report: many are confirmed, one is contested, Norway's is not his matter."""

import re

from journeys.visitor import Arrives

LARS, NEEMA = "verifier.norway@example.org", "officer.tanzania@example.org"
QUEUE = "/plans/safeguarding-example/verify/?period=2023-H2"


def test_lars_confirms_many_contests_one_and_never_sees_his_own(arrives: Arrives) -> None:
    lars = arrives("Lars", LARS)
    lars.opens(f"{QUEUE}&organisation=tanzania")
    lars.reads("Example Association Tanzania")
    lines = lars.page.locator("tbody tr").count()
    lars.follows(re.compile("^Contest ?: .* I1 "))
    lars.page.get_by_label("the figure").check()
    lars.types("Why?", "The list that I was shown names two persons fewer.")
    lars.presses("Contest")
    lars.opens(f"{QUEUE}&organisation=tanzania")
    lars.presses_here(re.compile("^Tick all"))
    assert lars.page.locator("input[name=confirm]:checked").count() == lines - 1
    lars.presses("Confirm what is ticked")
    lars.reads("have been confirmed.")
    lars.opens(f"{QUEUE}&organisation=tanzania")
    lars.misses("Example Association Tanzania")
    lars.opens(f"{QUEUE}&organisation=norway")
    lars.misses("Example Association Norway")
    lars.opens("/plans/safeguarding-example/verify/norway/2023-H2/I1/", status=404)

    neema = arrives("Neema", NEEMA)
    neema.opens("/plans/safeguarding-example/answers/tanzania/2023-H2/")
    neema.reads("The list that I was shown names two persons fewer.")
