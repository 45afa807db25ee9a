"""A child tells something: in Swahili on an old phone without script, and in Arabic on a small screen."""

import re
from contextlib import suppress
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from playwright.sync_api import Error, Page, expect

from journeys.visitor import PHONE, Arrives
from omsorg.federation.models import Organisation
from omsorg.kernel import clock
from omsorg.kernel.wall import as_house
from omsorg.ombuds.tests import office

WORDS = "Mlinzi anatufungia ndani usiku"
ARABIC_WORDS = "الحارس يصرخ علينا كل ليلة"
LISTENERS = [
    ("bodil", "Bodil Brandt", "international", "ombuds_board_member", "international"),
    ("carlos", "Carlos Cruz", "international", "ombuds_board_member", "international"),
    ("amina", "Amina Juma", "tanzania", "ombudsperson", "tanzania"),
]


@pytest.fixture
def somebody_listens(arrives: Arrives, monkeypatch: pytest.MonkeyPatch) -> Arrives:
    """The house of the example, with an ombudsperson for Tanzania and a board, appointed yesterday."""
    monkeypatch.setattr(office, "MONDAY", clock.now() - timedelta(days=1))
    with as_house():
        houses = {organisation.code: organisation for organisation in Organisation.objects.all()}
    office.make_office(cast(Any, SimpleNamespace(org=houses, person={}, account={})), LISTENERS)
    return arrives


def code_on(page: Page) -> str:
    return page.locator(".said").inner_text().strip()


def pictures_on(page: Page) -> list[tuple[str, str]]:
    """The word and the number of each picture, as they stand on the page."""
    return [
        (sign.locator(".word").inner_text(), sign.locator(".figure").inner_text())
        for sign in page.locator(".signs li").all()
    ]


def order_shown(page: Page) -> list[str]:
    """The dots that stand above each picture of a code."""
    dots = "all => all.map((each) => getComputedStyle(each, '::before').content)"
    return [str(each).strip('"') for each in page.locator(".signs.code li").evaluate_all(dots)]


def test_a_child_without_script_tells_in_swahili_and_comes_back_with_pictures(somebody_listens: Arrives) -> None:
    rehema = somebody_listens("Rehema", script=False)
    rehema.opens("/t/at/tz/")
    rehema.follows("Kiswahili")
    rehema.reads("Je, uko salama sasa?", "112")
    assert rehema.page.title() == "Madokezo"
    rehema.follows("Ndiyo, niko salama. Endelea.")
    rehema.reads("Unataka kutuambia nini?")
    rehema.page.locator("textarea").fill(WORDS)
    rehema.presses("Tuma")
    rehema.reads("Tumeipata. Asante kwa kutuambia.", re.compile(r"Tutakuandikia tena kabla ya \w+ \d+ \w+\."))
    assert "?at=tz" in rehema.page.url
    wanted = pictures_on(rehema.page)
    assert len(wanted) == 4

    rehema.opens("/t/sw/code/?at=tz")
    rehema.presses("Chagua picha")
    for word, number in wanted:
        kinds = rehema.page.locator("button[name=kind]").count()
        assert kinds == 8
        for place in range(kinds):
            rehema.page.locator("button[name=kind]").nth(place).click()
            thing = rehema.page.locator("button[name=thing]").filter(has_text=re.compile(rf"^\s*{word}\s*$"))
            if thing.count():
                break
            rehema.presses("Rudi")
        thing.click()
        rehema.page.locator("button[name=number]").get_by_text(number, exact=True).click()
        assert "code" in rehema.page.url
        assert word not in rehema.page.url
    rehema.reads("Je, huu ni msimbo wako?")
    rehema.presses("Ndiyo, fungua")
    rehema.reads(WORDS, "Unataka kusema zaidi?")
    rehema.misses("Je, hii imekusaidia?")
    rehema.page.locator("textarea").fill("Na asubuhi pia")
    rehema.presses("Tuma")
    rehema.reads("Asante. Tumeipata.", WORDS, "Na asubuhi pia")
    assert rehema.context.cookies() == []


def test_a_child_in_arabic_on_a_small_screen_presses_twice_and_leaves_in_haste(somebody_listens: Arrives) -> None:
    layla = somebody_listens("Layla")
    layla.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    layla.opens("/t/")
    layla.follows("العربية")
    assert layla.page.evaluate("document.documentElement.dir") == "rtl"
    layla.follows("لا، لست في أمان")
    layla.follows("أريد أن أكتب مع ذلك")
    layla.page.locator("summary").first.click()
    layla.looks()
    layla.page.get_by_label("في أي بلد تعيش؟").select_option("TZ")
    layla.page.locator("textarea").fill(ARABIC_WORDS)
    layla.page.get_by_role("button", name="أرسل", exact=True).dblclick()
    layla.page.wait_for_selector(".said")
    layla.page.wait_for_load_state()
    layla.looks()
    code, signs = code_on(layla.page), pictures_on(layla.page)
    assert len(signs) == 4
    assert order_shown(layla.page) == ["•", "••", "•••", "••••"]

    layla.page.keyboard.press("Escape")
    layla.page.keyboard.press("Escape")
    layla.page.wait_for_url("**/t/exit/")
    layla.page.go_back()
    assert code not in layla.page.content()
    assert ARABIC_WORDS not in layla.page.content()
    assert not layla.page.locator("textarea").count() or layla.page.locator("textarea").input_value() == ""
    assert layla.page.evaluate("localStorage.length") == 0

    layla.opens("/t/ar/code/")
    layla.page.locator("#typed").fill(code.replace(signs[0][0], "شيئ", 1))
    layla.presses("افتح", status=422)
    layla.reads("لا نعرف كلمة")
    layla.page.locator("#typed").fill(code)
    layla.presses("افتح")
    assert layla.page.get_by_text(ARABIC_WORDS).count() == 1
    layla.page.get_by_text("أريد أن ينظر شخص آخر في هذا").click()
    layla.presses("اسأل شخصًا أعلى")
    layla.reads("الآن ينظر في هذا شخص أعلى.")
    layla.opens("/t/ar/code/")
    layla.presses("اختر الصور")
    layla.page.locator("button[name=kind]").first.click()
    layla.looks()
    layla.page.locator("button[name=thing]").first.click()
    layla.looks()


def test_words_kept_on_the_phone_open_with_her_word_alone_and_go_when_she_leaves(arrives_to_read: Arrives) -> None:
    maya = arrives_to_read("Maya")
    maya.opens("/t/en/write/")
    maya.page.locator("textarea").fill("They took my letters")
    maya.page.get_by_text("Go on later, without network").click()
    maya.page.get_by_label("Choose a secret word").fill("Mango")
    maya.presses_here("Keep my words on this phone")
    maya.page.get_by_text("It is kept on this phone.").wait_for()
    assert "letters" not in str(maya.page.evaluate("JSON.stringify(localStorage)"))

    maya.opens("/t/en/write/")
    maya.page.get_by_text("Go on later, without network").click()
    maya.page.get_by_label("Choose a secret word").fill("banana")
    maya.presses_here("Open what I kept")
    maya.page.get_by_text("This word does not open it.").wait_for()
    assert maya.page.locator("textarea").input_value() == ""
    maya.page.get_by_label("Choose a secret word").fill("mango")
    maya.presses_here("Open what I kept")
    expect(maya.page.locator("textarea")).to_have_value("They took my letters")

    maya.context.set_offline(True)
    maya.presses_here("Send")
    expect(maya.page.get_by_text("There is no network. Your words are still here.")).to_be_in_viewport()
    maya.context.set_offline(False)
    maya.page.get_by_role("link", name="Leave now").click()
    maya.page.wait_for_url("**/t/exit/")
    assert maya.page.evaluate("localStorage.length") == 0


def test_two_children_keep_words_on_one_phone_and_only_what_has_come_in_goes(somebody_listens: Arrives) -> None:
    def keeps(words: str, secret: str) -> None:
        maya.opens("/t/en/write/?at=tz")
        maya.page.locator("textarea").fill(words)
        maya.page.get_by_text("Go on later, without network").click()
        maya.page.get_by_label("Choose a secret word").fill(secret)
        maya.presses_here("Keep my words on this phone")

    def lying() -> int:
        return len(str(maya.page.evaluate("localStorage.getItem('n') ?? ''")).split())

    maya = somebody_listens("Maya")
    keeps("They took my letters", "ng")
    maya.page.get_by_text("Take a longer word: at least 5 letters.").wait_for()
    assert lying() == 0
    keeps("They took my letters", "mango")
    maya.page.get_by_text("It is kept on this phone.").wait_for()
    maya.page.evaluate("sessionStorage.clear()")  # the tab is closed, another child takes the phone
    keeps("I am hungry at night", "banana")
    maya.page.get_by_text("It is kept on this phone.").wait_for()
    assert lying() == 2

    maya.page.route("**/t/en/write/**", lambda route: route.fulfill(status=503, body="not now"))
    maya.page.get_by_role("button", name="Send").click()
    maya.page.get_by_text("not now").wait_for()
    assert lying() == 2, "what has not come in is not thrown away"
    maya.page.unroute("**/t/en/write/**")
    assert [fault for fault in maya.faults if "answered 503" not in fault] == []
    maya.faults.clear()

    maya.opens("/t/en/write/?at=tz")
    maya.page.get_by_text("Go on later, without network").click()
    maya.page.get_by_label("Choose a secret word").fill("banana")
    maya.presses_here("Open what I kept")
    expect(maya.page.locator("textarea")).to_have_value("I am hungry at night")
    maya.presses("Send")
    maya.reads("We have it. Thank you for telling us.")
    assert lying() == 1
    maya.opens("/t/en/write/?at=tz")
    maya.page.get_by_text("Go on later, without network").click()
    maya.page.get_by_label("Choose a secret word").fill("mango")
    maya.presses_here("Open what I kept")
    expect(maya.page.locator("textarea")).to_have_value("They took my letters")


def what_stands_on(page: Page) -> str:
    """A page that was gone back to, once it has come to rest."""
    for _ in range(20):
        with suppress(Error):
            page.wait_for_load_state(timeout=2000)
            return page.content()
        page.wait_for_timeout(250)
    raise AssertionError("the page does not come to rest")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_whoever_goes_back_through_the_whole_history_reads_nothing_of_hers(
    somebody_listens: Arrives, script: bool
) -> None:
    wanja = somebody_listens("Wanja", script=script)
    page = wanja.page
    wanja.opens("/t/en/write/?at=tz")
    page.locator("textarea").fill("They lock us in")
    wanja.presses("Send")
    code = code_on(page)
    wanja.opens("/t/en/code/?at=tz")
    page.locator("#typed").fill(code)
    wanja.presses("Open")
    page.locator("textarea").fill("And at night")
    wanja.presses("Send")
    wanja.reads("They lock us in", "And at night")
    length = page.evaluate("history.length")
    page.get_by_role("link", name="Leave now").click()
    page.wait_for_url("**/t/exit/")
    for _ in range(length):
        for step in (page.go_back, page.reload):
            with suppress(Error):
                step(timeout=4000)
            seen = what_stands_on(page)
            assert all(told not in seen for told in ("They lock us in", "And at night", code))
    wanja.faults.clear()
    assert page.url == "about:blank", "there is nothing before it"


VOICES = """Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [{ name: "Somebody's server", lang: "en-GB", localService: false }, ...%s],
  addEventListener: () => {}, cancel: () => {}, speak: (said) => { window.spokenBy = said.voice.name; } } });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };"""
OF_THE_PHONE = '[{ name: "The phone", lang: "en-GB", localService: true }]'


@pytest.mark.parametrize(("own", "spoken_by"), [(OF_THE_PHONE, "The phone"), ("[]", None)])
def test_only_a_voice_of_the_phone_reads_aloud(somebody_listens: Arrives, own: str, spoken_by: str | None) -> None:
    rehema = somebody_listens("Rehema")
    rehema.page.add_init_script(VOICES % own)
    rehema.opens("/t/en/?at=tz")
    rehema.page.wait_for_load_state("networkidle")
    buttons = rehema.page.locator(".listen")
    if spoken_by is None:
        expect(buttons).to_have_count(0)
        return
    buttons.first.click()
    assert rehema.page.evaluate("window.spokenBy") == spoken_by
