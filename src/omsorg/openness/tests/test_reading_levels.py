"""Who asks for easy words gets them where somebody has written them, and it shows where nobody has."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from omsorg.kernel.models import Letter
from omsorg.kernel.wall import as_house
from omsorg.openness.exports.letters import letters_pdf
from omsorg.openness.models import Notice, NoticeTemplate, Publication, Recipient
from omsorg.openness.rules.telling import Channel, Giver, Reading, who_is_told
from omsorg.openness.rules.telling import Recipient as Line
from omsorg.openness.tests.cast import begun, recipient, written
from omsorg.openness.tests.cast import handed_in as handed_in_case
from omsorg.openness.tests.test_pages import client_of, hand_in, text_of
from world import World

HEADINGS = ["programme", "reference", "name", "kind", "language", "channel", "address"]
KARI = ["arusha", "S-1", "Kari Eksempel", "sponsor", "nb", "e-mail", "kari@example.org"]
WORDS = "/openness/work/words"


@pytest.fixture
def teller(world: World) -> Client:
    return client_of(world, "openness_teller")


def to_be_told(world: World) -> Publication:
    publication = begun(world)
    written(world, publication)
    handed_in_case(world, publication)
    return publication


def confirmed(teller: Client, headings: list[str], *lines: list[str]) -> str:
    draft = hand_in(teller, headings, list(lines))
    page = text_of(teller, draft)
    teller.post(draft, {"decision": "confirm"})
    return page


def reading_of(reference: str) -> str:
    with as_house():
        return Recipient.objects.get(reference=reference).reading


@pytest.mark.parametrize(
    ("said", "kept"), [("easy to read", "easy"), ("letlæst", "easy"), ("Lättläst", "easy"), ("vanlig", "standard")]
)
def test_the_reading_level_comes_in_with_the_list(world: World, teller: Client, said: str, kept: str) -> None:
    confirmed(teller, [*HEADINGS, "Læseniveau"], [*KARI, said])
    assert reading_of("S-1") == kept


def test_without_the_column_it_is_standard_for_the_new_and_stays_for_the_others(world: World, teller: Client) -> None:
    confirmed(teller, HEADINGS, KARI)
    assert reading_of("S-1") == "standard"
    page = confirmed(teller, [*HEADINGS, "reading level"], [*KARI, "easy to read"])
    assert "Changed on the lists: 1." in page
    assert "There already: 1." in confirmed(teller, HEADINGS, KARI)
    assert reading_of("S-1") == "easy"
    confirmed(teller, [*HEADINGS, "reading level"], [*KARI, ""])
    assert reading_of("S-1") == "standard"


def test_a_level_that_nobody_knows_is_a_fault_in_its_cell(world: World, teller: Client) -> None:
    draft = hand_in(teller, [*HEADINGS, "reading level"], [[*KARI, "very hard"]])
    page = text_of(teller, draft)
    assert "H2" in page
    assert "“very hard” is not one of: standard, easy to read." in page


def test_the_form_has_a_column_for_it(world: World, teller: Client) -> None:
    form = teller.get("/openness/work/audience/import/template.csv").content.decode("utf-8-sig")
    assert "Reading level" in form


def line(programme: str, reading: Reading) -> Line:
    return Line(programme, "S-1", "Kari", Giver.SPONSOR, "nb", Channel.LETTER, "Veien 1", reading)


@pytest.mark.parametrize("first", list(Reading))
def test_whoever_asks_on_one_of_two_lists_gets_easy_words(first: Reading) -> None:
    other = next(each for each in Reading if each is not first)
    told = who_is_told([line("a", first), line("b", other)], {"a", "b"})
    assert [each.recipient.reading for each in told] == [Reading.EASY]


def mailed(programme: str, reference: str, address: str) -> Line:
    return Line(programme, reference, "Anna", Giver.DONOR, "en", Channel.EMAIL, address)


@pytest.mark.parametrize(("one", "other"), [("a", "b"), ("b", "a")])
def test_two_lines_that_agree_with_a_third_are_one_person_in_any_order(one: str, other: str) -> None:
    lines = [mailed("a", "1", "x@example.org"), mailed(one, "2", "y@example.org"), mailed(other, "2", "x@example.org")]
    (told,) = who_is_told(lines, {"a", "b"})
    assert (told.recipient.address, told.references, set(told.programmes)) == ("x@example.org", ("1", "2"), {"a", "b"})


def test_easy_words_are_measured_kept_and_used(world: World, real_people: World, teller: Client) -> None:
    releaser = Client()
    releaser.force_login(world.account["openness_releaser"])
    recipient(world, "S-1", reading="easy")
    recipient(world, "S-2", reading="easy", language="sv", channel="letter", address="Gatan 1; 111 11 Stockholm")
    recipient(world, "S-3", reading="easy", language="da", channel="sms", address="+4512345678")
    recipient(world, "S-4")
    easy_mail, easy_letter = f"{WORDS}/email/nb/easy/", f"{WORDS}/letter/sv/easy/"
    page = text_of(teller, easy_mail)
    assert "These are a suggestion" in page
    assert "This reads easily." in page
    heavy = {"subject": "Kjære", "body": "Organisasjonen har iverksatt omfattende oppfølgingstiltak. {link}"}
    looked = teller.post(easy_mail, {**heavy, "decision": "look"}).content.decode()
    assert "This is hard to read." in looked
    assert "oppfølgingstiltak, organisasjonen" in looked
    with as_house():
        assert not NoticeTemplate.objects.exists(), "looking keeps nothing"
    easy = {"subject": "Kort sagt", "body": "Noe gikk galt. {summary} Les mer: {link}", "decision": "keep"}
    assert teller.post(easy_mail, easy).status_code == 302
    suggested = teller.get(easy_letter).context["form"].initial
    assert teller.post(easy_letter, {**suggested, "decision": "keep"}).status_code == 302
    for words in (easy_mail, easy_letter):
        assert "Written by" in text_of(releaser, words)
        assert releaser.post(words, {"decision": "agree", "number": "1"}).status_code == 302
    assert "These are a suggestion" not in text_of(teller, easy_mail)

    publication = to_be_told(world)
    work = f"/openness/work/cases/{publication.code}/telling/"
    asked = "3 persons ask for easy words."
    without = "1 of them gets the standard words, because nobody has written easy ones: SMS, Danish: 1."
    page = text_of(teller, work)
    assert asked in page, "before the list is made"
    assert without in page
    teller.post(work, {"decision": "list"})
    page = text_of(teller, work)
    assert asked in page
    assert without in page
    assert "easy to read" in page
    assert "in standard words, easy ones were asked for" in page
    with as_house():
        told = {each.reference: each for each in Notice.objects.all()}
        levels = {reference: (each.asked_reading, each.reading, each.template) for reference, each in told.items()}
    assert levels == {
        "S-1": ("easy", "easy", 1),
        "S-2": ("easy", "easy", 1),
        "S-3": ("easy", "standard", 0),
        "S-4": ("standard", "standard", 0),
    }
    teller.post(work, {"decision": "mail"})
    with as_house():
        mailed = dict(Letter.objects.values_list("to_address", "subject"))
    assert mailed["S-1@example.org"] == "Kort sagt"
    assert mailed["S-4@example.org"].startswith("Noe alvorlig")
    sent = teller.get(f"{work}sms.csv").content.decode("utf-8-sig")
    assert "Noget er gået galt" in sent
    assert "standard" not in sent, "a provider is not told who asks for easy words"
    assert teller.get(f"{work}letters.pdf").content.startswith(b"%PDF")
    easy_print = letters_pdf([told["S-2"]], house="Example", on=date(2024, 7, 1))
    told["S-2"].reading = Reading.STANDARD
    assert letters_pdf([told["S-2"]], house="Example", on=date(2024, 7, 1)) != easy_print, "easy words are set larger"


def test_who_did_not_ask_is_not_told_in_easy_words(world: World, teller: Client) -> None:
    recipient(world, "S-1")
    publication = to_be_told(world)
    teller.post(f"/openness/work/cases/{publication.code}/telling/", {"decision": "list"})
    with as_house():
        kept = Notice.objects.values().get()
        with pytest.raises(IntegrityError, match="easy_where_asked"), transaction.atomic():
            Notice.objects.create(**{**kept, "id": None, "reference": "S-9", "reading": "easy"})


def test_a_level_that_is_none_has_no_form_letter(world: World, teller: Client) -> None:
    assert teller.get(f"{WORDS}/letter/da/hard/").status_code == 404
    assert "not written: whoever asks for easy words" in text_of(teller, "/openness/work/audience/")


def test_the_page_of_a_form_letter_speaks_the_language_of_its_reader(world: World, teller: Client) -> None:
    page = text_of(teller, f"/da{WORDS}/letter/sv/easy/")
    assert "Mellem krøllede parenteser står det, der fyldes ind" in page
    assert "Ordene i underretningen" in page
    refused = teller.post(f"{WORDS}/letter/sv/easy/", {"subject": "", "body": "{link}", "decision": "keep"})
    assert refused.context["form"].errors.keys() == {"subject"}, "told at its field"
