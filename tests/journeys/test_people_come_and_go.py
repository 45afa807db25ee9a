"""Esi looks after people: a role is given and ended, and what it opened is shut. To a stranger nothing is there."""

from journeys.people import enter
from journeys.visitor import Arrives

ESI = "housekeeper@example.org"
NOT_FOR_STRANGERS = [
    "/people/",
    "/people/invite/",
    "/organisations/kenya/found/",
    "/letters/",
    "/plans/",
    "/plans/reports/",
    "/plans/import/",
    "/plans/revise/",
    "/plans/safeguarding-example/answers/",
    "/plans/safeguarding-example/answers/kenya/2023-H2/",
    "/plans/safeguarding-example/answers/kenya/2023-H2/review/",
    "/plans/safeguarding-example/verify/",
    "/plans/safeguarding-example/board/",
    "/plans/safeguarding-example/revise/",
    "/plans/safeguarding-example/freeze/",
    "/plans/safeguarding-example/reports/example-2024-03/",
]


def test_esi_gives_otto_a_role_and_ends_it_and_the_door_is_shut_again(arrives: Arrives) -> None:
    esi, otto = arrives("Esi", ESI), arrives("Otto", enter("Otto Mfano", is_example=True))
    otto.opens("/plans/", status=404)
    esi.opens("/people/")
    esi.types("Name, address or organisation", "otto")
    esi.presses("Show")
    esi.follows("Otto Mfano")
    esi.follows("Give a role")
    esi.page.get_by_role("radio", name="Reporting officer").check()
    esi.presses("Give it")
    esi.reads("The role is given.", "Reporting officer")
    otto.opens("/plans/")
    otto.reads("My work")
    esi.follows("End it")
    esi.page.get_by_label("At once").check()
    esi.presses("End it")
    esi.reads("The role ends.")
    otto.opens("/plans/", status=404)


def test_to_sam_the_stranger_nothing_is_there(arrives_to_read: Arrives) -> None:
    sam = arrives_to_read("Sam", "stranger@example.org")
    sam.opens(NOT_FOR_STRANGERS[0], status=404)
    answers = {address: sam.context.request.get(address).status for address in NOT_FOR_STRANGERS}
    assert answers == dict.fromkeys(NOT_FOR_STRANGERS, 404)
