"""Ana, who owns the plan, changes what was promised; what stood before stays to be read."""

import re
from datetime import timedelta

from journeys.visitor import Arrives
from omsorg.kernel import clock

ANA = "plan.owner@example.org"
PLAN = "/promises/safeguarding-example/"
DESK = "/plans/safeguarding-example/revise/"


def test_ana_moves_a_due_date_and_drops_an_indicator_and_yesterday_stays_as_it_was(arrives: Arrives) -> None:
    ana, bo = arrives("Ana", ANA), arrives("Bo")
    ana.opens("/plans/")
    ana.opens(DESK)
    ana.follows("A3 One single global incident management system")
    ana.types("Due", "2027-06-30")
    ana.page.get_by_label("Cause of the delay").select_option("resources")
    ana.types("Reason", "The supplier could not be paid in time.")
    ana.presses("See what the public will read")
    ana.reads("This is what the public will read", "31 December 2024", "30 June 2027")
    ana.presses("Make the revision")
    ana.reads("The change is made: it stands in public with its day and reason.")

    ana.opens(f"{DESK}?show=indicators")
    ana.follows(re.compile("^I20 "))
    ana.chooses("Activity", "dropped")
    ana.types("Why not active (English)", "It counted the same children as another indicator.")
    ana.types("Reason", "Dropped after the review of all indicators.")
    ana.presses("See what the public will read")
    ana.presses("Make the revision")
    ana.reads("The change is made: it stands in public with its day and reason.")

    today = clock.today()
    bo.opens(f"{PLAN}plan-on/?day={today}")
    bo.reads("The supplier could not be paid in time.", "30 Jun 2027", "Dropped after the review of all indicators.")
    bo.opens(f"{PLAN}plan-on/?day={today - timedelta(days=1)}")
    bo.reads("2 actions and indicators have been changed since then; they are marked below.", "31 Dec 2024")


def test_what_ana_typed_outlives_the_network_and_is_not_offered_once_it_is_made(arrives: Arrives) -> None:
    ana = arrives("Ana", ANA)
    ana.opens(f"{DESK}actions/A5/")
    ana.types("Reason", "Moved after a long talk with all who take part.")
    ana.presses_without_a_network("See what the public will read")
    ana.opens(f"{DESK}actions/A5/")
    ana.reads("What you typed is still here")
    ana.presses_here("Put it back")
    assert ana.field("Reason").input_value() == "Moved after a long talk with all who take part."
    ana.types("Due", "2027-06-30")
    ana.page.get_by_label("Cause of the delay").select_option("resources")
    ana.presses("See what the public will read")
    ana.presses("Make the revision")
    ana.opens(f"{DESK}actions/A5/")
    ana.misses("What you typed is still here")
