"""Björn freezes a report, Chloé releases it, and everybody reads it with both its bases."""

import re

from journeys.visitor import Arrives

BJORN, CHLOE = "publisher@example.org", "second.publisher@example.org"
PUBLIC = "/promises/safeguarding-example/reports/journey-2026/"
BASES = re.compile(r"of 35 indicators in the plan as adopted \(\d+\.\d %\), \d+ of 32 now active \(\d+\.\d %\)")


def test_bjorn_freezes_after_a_look_chloe_releases_and_bo_reads_it(arrives: Arrives) -> None:
    bjorn, chloe, bo = arrives("Björn", BJORN), arrives("Chloé", CHLOE), arrives("Bo")
    bjorn.opens("/plans/reports/")
    bjorn.follows("Freeze a report")
    bjorn.chooses("Period", "2024-H2")
    bjorn.types("Name in the address", "journey-2026")
    bjorn.presses("See what it would say")
    bjorn.reads("Look at these twice", "What it says, in every language", "Dansk", "Svenska", BASES)
    bjorn.presses("Freeze this report")
    bjorn.reads("The report is frozen. Somebody else must release it.", "You froze this report yourself")
    bo.opens(PUBLIC, status=404)
    chloe.opens("/plans/reports/")
    chloe.follows("waits for your release")
    chloe.presses("Release this report")
    chloe.reads("The report is released: everybody can read it now.")
    bo.opens(PUBLIC)
    bo.reads(BASES)
    bo.follows("What changed")
    bo.reads("The base")
