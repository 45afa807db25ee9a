"""An ombudsperson travels: the page for the way opens without a network, what is written waits, and nothing is lost."""

from datetime import timedelta
from io import StringIO

from django.core.management import call_command

from journeys.visitor import Arrives, Visitor
from omsorg.kernel import clock
from omsorg.kernel.wall import as_house
from omsorg.ombuds.example.loading import example_passphrase
from omsorg.ombuds.models import Case

WORD = "a word for the whole journey"
FIRST, SECOND = "They lock the gate at night", "Nobody gives us supper"
KEPT = "() => Object.keys(localStorage).filter((name) => name.startsWith('omsorg.on-the-way.')).length"
PUT_ASIDE = "() => Object.keys(localStorage).filter((name) => name.startsWith('omsorg.put-aside.')).length"
IS_FILLED = "() => document.querySelector('[name=message]').value !== ''"
IS_KEPT = (
    "async () => { await navigator.serviceWorker.ready; const [kept] = await caches.keys();"
    " const names = (await (await caches.open(kept)).keys()).map((each) => new URL(each.url).pathname);"
    " return [names.some((each) => each.endsWith('/travelling/')), names.every((each) =>"
    " each.endsWith('/travelling/') || each.startsWith('/static/'))]; }"
)


def until(somebody: Visitor, asked: str, answer: object) -> None:
    """Wait until the page answers so: the locks take their time."""
    for _again in range(200):
        if somebody.page.evaluate(asked) == answer:
            return
        somebody.page.wait_for_timeout(50)
    raise AssertionError(f"{asked} is still {somebody.page.evaluate(asked)}")


def writes_down(somebody: Visitor, words: str, *, case: str = "", wants: str = "") -> None:
    """One record on the way, kept on the device."""
    before = somebody.page.evaluate(KEPT)
    somebody.types("What was said, word for word", words)
    somebody.types("It was said on", (clock.today() - timedelta(days=1)).isoformat())
    somebody.chooses("In which language", "Kiswahili")
    somebody.chooses("Country", "Tanzania")
    somebody.types("The case, where the child has one", case)
    somebody.types("What the child wants to happen", wants)
    somebody.types("Your word for it", WORD)
    somebody.presses_here("Keep it on this device")
    until(somebody, KEPT, before + 1)


def test_zuhura_writes_down_without_a_network_and_one_that_is_refused_holds_up_no_other(arrives: Arrives) -> None:
    call_command("load_ombuds_example", stdout=StringIO())
    with as_house():
        before = Case.objects.count()
    zuhura = arrives("Zuhura", "ombuds.tanzania@example.org")
    zuhura.opens("/ombuds/travelling/")
    assert zuhura.page.evaluate(IS_KEPT) == [True, True]
    address = zuhura.page.url

    zuhura.context.set_offline(True)
    zuhura.page.close()
    zuhura.page = zuhura.context.new_page()
    zuhura.page.goto(address)
    zuhura.reads("On the way")
    writes_down(zuhura, FIRST, case="ffffffff")
    writes_down(zuhura, SECOND, wants="To eat with the others")
    assert FIRST not in zuhura.page.evaluate("() => JSON.stringify(localStorage)")
    zuhura.context.set_offline(False)

    zuhura.opens("/ombuds/take-down/", status=423)
    zuhura.types("Passphrase", example_passphrase())
    zuhura.presses("Unlock")
    sent = []
    for _turn in range(2):
        zuhura.types("Your word for it", WORD)
        zuhura.presses_here("Fill the form with the next one")
        until(zuhura, IS_FILLED, True)
        sent.append(zuhura.field("What was said, word for word").input_value())
        zuhura.presses("Keep it")
        if sent[-1] == FIRST:
            zuhura.reads("The desk did not take these.")
            assert zuhura.page.evaluate(PUT_ASIDE) == 1
        zuhura.opens("/ombuds/take-down/")
    assert sorted(sent) == sorted([FIRST, SECOND])
    with as_house():
        assert Case.objects.count() == before + 1
    assert zuhura.page.evaluate(KEPT) == 1

    zuhura.types("Your word for it", WORD)
    zuhura.presses_here("Fill the form with the next one")
    until(zuhura, IS_FILLED, True)
    zuhura.types("The case, where the child has one", "")
    zuhura.presses("Keep it")
    zuhura.reads("Kept. This is the child's code.")
    assert (zuhura.page.evaluate(KEPT), zuhura.page.evaluate(PUT_ASIDE)) == (0, 0)
    with as_house():
        assert Case.objects.count() == before + 2
