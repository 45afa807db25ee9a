"""From a concern to the public page, the sponsors and the plan; Baraka, who is named in it, sees nothing of it."""

from playwright.sync_api import expect

from journeys.visitor import PHONE, Arrives, Visitor
from omsorg.federation.models import Person
from omsorg.kernel import clock
from omsorg.kernel.wall import as_house
from omsorg.openness.models import Publication
from omsorg.safeguarding.models import Incident
from omsorg.safeguarding.queries.agreed import day_at

SALMA, AMINA, ABEBE = "colleague.tanzania@example.org", "focal.tanzania@example.org", "focal.africa@example.org"
BARAKA, ANA = "team.tanzania@example.org", "plan.owner@example.org"
REHEMA, HANNA, TELLER = "openness.writer@example.org", "openness.releaser@example.org", "openness.teller@example.org"
PLAN = "What is done, in which order, by whom, with which care for those affected"
LESSON = "Whoever keeps the store does not sign the bills for it"


def test_an_incident_from_the_concern_to_the_public_and_the_sponsors(arrives: Arrives) -> None:
    baraka = arrives("Baraka", BARAKA)
    seen = what_is_seen(baraka)
    code = salma_raises_it(arrives("Salma", SALMA))
    amina = arrives("Amina", AMINA)
    amina_looks_at_it(amina, code)
    amina_finds_out(amina, code)
    abebe = arrives("Abebe", ABEBE)
    amina_owes_nothing_and_abebe_closes(amina, abebe, code)
    the_lesson_comes_into_the_plan(amina, abebe, arrives("Ana", ANA), code)
    does(amina, code, "publication", "Keep the decision", decision="publish")
    assert what_is_seen(baraka) == seen
    baraka.opens(f"/safeguarding/incidents/{code}/", status=404)

    case = rehema_writes_it_up(arrives("Rehema", REHEMA), code)
    teller = arrives("Baraka of the sponsors", TELLER)
    they_are_told(teller, case)
    hanna = arrives("Hanna", HANNA)
    hanna.opens(f"/openness/work/cases/{case}/release/")
    hanna.reads("Nothing stands in the way")
    hanna.presses("Release it to everybody")
    bo = arrives("Bo")
    bo.opens(f"/openness/cases/{case}/")
    bo.reads("Food was sold from the store", "What we learned", "6 sponsors and donors were told")
    bo.opens("/openness/")
    bo.reads("Food was sold from the store")
    bo.opens("/promises/safeguarding-example/plan-on/")
    bo.reads("Lessons from incidents", LESSON)
    the_menu_shows_where_one_is(amina)
    assert what_is_seen(baraka) == seen


def what_is_seen(who: Visitor) -> list[str]:
    """Every page of safeguarding that Baraka finds, word for word."""
    pages = []
    for path in ("/safeguarding/", "/safeguarding/incidents/", "/safeguarding/statistics/"):
        who.opens(path)
        pages.append(who.text())
    return pages


def salma_raises_it(salma: Visitor) -> str:
    salma.opens("/safeguarding/raise/")
    salma.types("What are you worried about?", "Food is missing from the store every week")
    salma.page.get_by_label("somebody who works here or with us").check()
    salma.types("Their names, if you know them", BARAKA)
    salma.presses("Send the concern")
    salma.reads("Your concern has been received")
    with as_house():
        return Incident.objects.order_by("-pk")[0].code


def does(who: Visitor, code: str, act: str, button: str, **given: str) -> None:
    """One act on the incident, on its own page; `given` by the names of the fields."""
    who.opens(f"/safeguarding/incidents/{code}/{act}/")
    for name, value in given.items():
        field = who.page.locator(f"main [name={name}]")
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    who.presses(button)
    who.reads("It is kept.")


def today() -> str:
    """This day where the incident is looked at: in Dar es Salaam it begins three hours before it does in UTC."""
    return day_at("TZ", clock.now()).isoformat()


def amina_looks_at_it(amina: Visitor, code: str) -> None:
    amina.opens("/safeguarding/")
    assert amina.page.locator(f"main a[href*='{code}']").count(), "it waits on her page"
    does(amina, code, "take-up", "I have it")
    does(amina, code, "acknowledge", "Keep it")
    amina.opens(f"/safeguarding/incidents/{code}/triage/")
    for question, answer in (("safe_now", "yes"), ("crime", "yes"), ("conflict", "no")):
        amina.page.check(f"input[name={question}][value={answer}]")
    amina.presses("Keep the first look")
    amina.reads("TZ/")


def amina_finds_out(amina: Visitor, code: str) -> None:
    amina.opens(f"/safeguarding/incidents/{code}/plan/")
    amina.types(PLAN, "The store is counted by two people")
    amina.presses("Keep the plan")
    amina.reads("Nobody in the team is of the level that this incident takes")
    with as_house():
        herself = Person.objects.get(email=AMINA).code
    does(amina, code, "team", "Ask them", person=herself, part="lead")
    does(amina, code, "plan", "Keep the plan", note="The store is counted by two people")
    does(amina, code, "allegation", "Keep it", text="Food was taken out of the store and sold")
    does(amina, code, "count", "Keep the count", of="affected.child_in_care", count="12")
    does(amina, code, "count", "Keep the count", of="complained_of.carer", count="1")
    does(amina, code, "employment", "Keep it", of="carer", state="ended", count="1", since_on=today())
    does(amina, code, "support", "Keep it", kind="social", persons="12", given_on=today(), note="Meals")
    does(amina, code, "finding", "Keep the finding", finding="substantiated", reasons="The books do not agree with it")
    amina.opens(f"/safeguarding/incidents/{code}/close/")
    amina.reads("nothing was done about allegation 1")
    does(amina, code, "measure", "Keep the measure", text="Two people count the store", about="1", due_on=today())
    does(amina, code, "measure-done", "Keep it", of="1", on=today())


def amina_owes_nothing_and_abebe_closes(amina: Visitor, abebe: Visitor, code: str) -> None:
    """She has found what was alleged, and is alone in her house: one level up it is read and closed."""
    amina.opens(f"/safeguarding/incidents/{code}/close/")
    amina.reads("telling somebody outside is still owed: 1")
    does(amina, code, "duty", "Keep the decision", is_told="yes")
    amina.opens(f"/safeguarding/incidents/{code}/told/")
    amina.types("On which day", today())
    amina.presses("Keep it")
    amina.reads("Choose the document that shows it, or say who took it")
    amina.types("Who took it", "The officer on duty, who gave a number")
    amina.presses("Keep it")
    amina.opens(f"/safeguarding/incidents/{code}/close/")
    amina.reads("somebody else closes it than whoever judged it")
    does(abebe, code, "close", "Close it", note="The store is counted by two people")


def the_lesson_comes_into_the_plan(amina: Visitor, abebe: Visitor, ana: Visitor, code: str) -> None:
    does(amina, code, "lesson", "Keep the lesson", area="Stores", text=LESSON)
    does(abebe, code, "check-lesson", "It gives nobody away")
    does(amina, code, "offer-lesson", "Offer it")
    ana.opens("/safeguarding/lessons/")
    ana.follows("Stores")
    ana.types("Reason", "It is right everywhere")
    ana.page.select_option("select[name=answer]", "taken")
    ana.presses("Keep the answer")


def rehema_writes_it_up(rehema: Visitor, incident: str) -> str:
    rehema.opens("/openness/work/")
    rehema.page.locator(f"main a[href*='incident={incident}']").click()
    rehema.page.wait_for_load_state()
    rehema.looks()
    rehema.page.check("input[name=programmes]")
    rehema.presses("Begin")
    with as_house():
        case = Publication.objects.order_by("-pk")[0].code
    rehema.opens(f"/openness/work/cases/{case}/write/")
    written = {
        "summary_en": "Food was sold from the store.",
        "happened_en": "Food meant for children was taken out of the store and sold.",
        "did_en": "The employment was ended. The police were told.",
        "learned_en": f"{LESSON}.",
        "closed_in": today()[:7],
    }
    rehema.page.select_option("select[name=country]", "TZ")
    rehema.page.select_option("select[name=closed_as]", "other_reaction")
    for name, words in written.items():
        rehema.page.fill(f"[name={name}]", words)
    rehema.presses("Keep and check")
    rehema.reads("The check has found nothing")
    rehema.presses("Hand in for release")
    return case


def they_are_told(teller: Visitor, case: str) -> None:
    teller.opens(f"/openness/work/cases/{case}/telling/")
    teller.presses("Make the list")
    teller.reads("These lists of sponsors and donors were looked through longer ago than 180 days")
    teller.opens("/openness/work/audience/")
    teller.presses("It is right as it stands")
    teller.reads("Kept: this list is right as it stands today.")
    teller.opens(f"/openness/work/cases/{case}/telling/")
    teller.presses("Make the list")
    teller.reads("The list is made", "Kari Eksempel", "2 persons ask for easy words.", "easy ones were asked for")
    for channel in ("letter", "sms"):
        teller.page.select_option("select[name=channel]", channel)
        teller.page.select_option("select[name=proof]", "handed_over")
        teller.types("On", today())
        teller.types("To whom they were given", "The post")
        teller.presses("Enter for all that wait")
        teller.reads("Entered.")


def the_menu_shows_where_one_is(amina: Visitor) -> None:
    amina.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    amina.opens("/safeguarding/")
    expect(amina.page.locator(".site-menu [aria-current]")).to_be_in_viewport(ratio=1)
