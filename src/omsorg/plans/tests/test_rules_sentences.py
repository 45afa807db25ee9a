"""One generator for all languages: the same figures in every one of them, each as its people write."""

import re
import string
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsorg.plans.pages.words import ACTIVITIES, RATINGS, STATUSES
from omsorg.plans.rules.measures import Activity, Cause, Direction, Kind, Rating, RatingSource, Status
from omsorg.plans.rules.rollup import Missing
from omsorg.plans.rules.sentences import (
    action_sentences,
    base_change,
    change_sentences,
    coverage,
    gaps_in_sum,
    headline,
    indicator_sentences,
    overview,
    rating_counts,
)
from omsorg.plans.rules.sentences.speech import LANGUAGES, LanguageNotSpoken, Speech, speech
from omsorg.plans.rules.sentences.words import WORDS
from omsorg.plans.rules.snapshot import (
    ActionPart,
    AddedUpPart,
    AnswersPart,
    BudgetPart,
    CoveragePart,
    FiguresPart,
    IndicatorPart,
    NumberPart,
    PlanPart,
    ReportDocument,
    VerifiedPart,
)

from .published_record import indicator, march_2023, march_2024

steady = settings(derandomize=True, max_examples=40, deadline=None, database=None)


AS_AT = date(2024, 3, 31)


def plain(text: str) -> str:
    """The text with ordinary spaces, so that a test can be read."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def figures_in(*sentences: str) -> Counter[str]:
    """Every number in the sentences, without the marks that languages set differently."""
    joined = re.sub(r"(?<=\d)[.,\u00a0\u202f](?=\d)", "", " ".join(sentences))
    return Counter(re.findall(r"\d+", joined))


# ---- the published record -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "Completed or on track: 25 of 35 indicators in the plan as adopted (71.4 %), "
            "25 of 32 now active (78.1 %), 1 not rated.",
        ),
        (
            "da",
            "Gennemført eller efter planen: 25 af 35 indikatorer i planen, som den blev vedtaget (71,4 %), "
            "25 af 32, der er aktive nu (78,1 %), 1 ikke vurderet.",
        ),
        (
            "nb",
            "Gjennomført eller i rute: 25 av 35 indikatorer i planen slik den ble vedtatt (71,4 %), "
            "25 av 32 som er aktive nå (78,1 %), 1 ikke vurdert.",
        ),
        (
            "sv",
            "Genomförda eller enligt plan: 25 av 35 indikatorer i planen som den antogs (71,4 %), "
            "25 av 32 som är aktiva nu (78,1 %), 1 inte bedömd.",
        ),
    ],
)
def test_the_headline_of_march_2024(language: str, said: str) -> None:
    assert plain(headline(march_2024(), language)) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "35 indicators: 13 completed, 12 on track, 6 off track, 4 on hold or changed "
            "(3 not active, 1 changed and not yet rated).",
        ),
        (
            "da",
            "35 indikatorer: 13 gennemført, 12 efter planen, 6 bagud, 4 sat på pause eller ændret "
            "(3 ikke aktive, 1 ændret og endnu ikke vurderet).",
        ),
        (
            "nb",
            "35 indikatorer: 13 gjennomført, 12 i rute, 6 ikke i rute, 4 satt på vent eller endret "
            "(3 ikke aktive, 1 endret og ennå ikke vurdert).",
        ),
        (
            "sv",
            "35 indikatorer: 13 genomförda, 12 enligt plan, 6 släpar efter, 4 vilande eller ändrade "
            "(3 inte aktiva, 1 ändrad och ännu inte bedömd).",
        ),
    ],
)
def test_the_counts_of_march_2024(language: str, said: str) -> None:
    assert plain(rating_counts(march_2024(), language)) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "Since the report as at 31 March 2023 (1st quarter of 2023): the count of good indicators stayed at 25; "
            "the base of active indicators went from 35 to 32. The share of active indicators went from 71.4 % "
            "to 78.1 % because the base changed, not the count. 1 indicator that was rated then is not rated now.",
        ),
        (
            "da",
            "Siden rapporten pr. 31. marts 2023 (1. kvartal 2023): antallet af indikatorer, der er gennemført "
            "eller kører efter planen, er stadig 25; antallet af aktive indikatorer er gået fra 35 til 32. "
            "Andelen af de aktive indikatorer er gået fra 71,4 % til 78,1 %, "
            "fordi grundlaget har ændret sig, ikke antallet. "
            "1 indikator, der var vurderet dengang, er ikke vurderet nu.",
        ),
        (
            "nb",
            "Siden rapporten per 31. mars 2023 (1. kvartal 2023): antallet indikatorer som er gjennomført "
            "eller i rute, er fortsatt 25; antallet aktive indikatorer har gått fra 35 til 32. "
            "Andelen av de aktive indikatorene har gått fra 71,4 % til 78,1 % "
            "fordi grunnlaget er endret, ikke antallet. 1 indikator som var vurdert den gangen, er ikke vurdert nå.",
        ),
        (
            "sv",
            "Sedan rapporten per 31 mars 2023 (första kvartalet 2023): antalet indikatorer som är genomförda "
            "eller går enligt plan är fortfarande 25; antalet aktiva indikatorer har gått från 35 till 32. "
            "Andelen av de aktiva indikatorerna har gått från 71,4 % till 78,1 % "
            "därför att underlaget har ändrats, inte antalet. 1 indikator som var bedömd då är inte bedömd nu.",
        ),
    ],
)
def test_the_change_of_base_from_2023_to_2024(language: str, said: str) -> None:
    assert plain(base_change(march_2023(), march_2024(), language)) == said


def test_only_a_change_of_the_base_alone_is_called_so() -> None:
    same = plain(base_change(march_2024(), march_2024(), "en"))
    assert same.endswith("stayed at 25; the base of active indicators stayed at 32.")
    worse = replace(march_2024(), indicators=(indicator(0, Rating.OFF_TRACK), *march_2024().indicators[1:]))
    moved = plain(base_change(march_2023(), worse, "en"))
    assert "went from 25 to 24; the base of active indicators went from 35 to 32. 1 indicator" in moved


def test_the_overview_of_march_2024_in_english() -> None:
    said = overview(march_2024(), "en", march_2023())
    assert plain(said.two_bases) == (
        "25 of 35 indicators in the plan as adopted are completed or on track (71.4 %). "
        "Of the 32 now active, 25 are (78.1 %). 1 active indicator is not rated yet."
    )
    assert said.actions == (
        "24 of 24 actions have moved forward: at least one of their indicators is completed or on track. "
        "Of 8 prioritised actions, 8 have moved forward."
    )
    assert said.verification == (
        "None of the 31 ratings has been verified by another organisation. "
        "Where the ratings come from: 31 by the owner's own judgement. "
        "Figures of the period: 4,000 in all; 1,200 confirmed by another organisation; "
        "3 contested by another organisation; 900 with evidence attached."
    )
    assert plain(said.coverage) == (
        "Answers (1st quarter of 2024): 129 of 137 organisations (94.2 %); 5 late; 8 missing."
    )
    assert [plain(each) for each in said.budget] == [
        "Budget: EUR 2,000,000, not revised; EUR 900,000 spent (45.0 % of the present budget).",
        "A budget is known for 20 of 24 actions.",
    ]
    assert said.base_change.startswith("Since the report before (1st quarter of 2023): ")
    assert overview(march_2024(), "en").base_change == ""


def test_money_of_which_nobody_has_told_the_spending_is_not_said_to_be_unspent() -> None:
    document = march_2024()
    untold = [
        replace(action, budget=tuple(replace(part, spent=None) for part in action.budget))
        for action in document.actions
    ]
    nobody = replace(document, actions=tuple(untold))
    assert plain(overview(nobody, "en").budget[0]) == (
        "Budget: EUR 2,000,000, not revised; what is spent has not been told."
    )
    assert "EUR 0" not in plain(" ".join(overview(nobody, "en").budget))
    some = replace(document, actions=(document.actions[0], *untold[1:]))
    assert [plain(each) for each in overview(some, "da").budget][0::2] == [
        "Budget: 2.000.000 EUR, ikke revideret; 45.000 EUR er brugt (2,2 % af det nuværende budget).",
        "Hvad der er brugt, er oplyst for 1 af 20 tiltag med budget.",
    ]


# ---- every language says the same ---------------------------------------------------------------


def forms(language: str, key: str) -> tuple[str, ...]:
    said = WORDS[language][key]
    return (said,) if isinstance(said, str) else said


def places(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_sentence_with_the_same_figures_in_it(language: str) -> None:
    assert WORDS[language].keys() == WORDS["en"].keys()
    for key in WORDS["en"]:
        wanted = places(forms("en", key)[-1])
        for form in forms(language, key):
            assert places(form) == wanted, key
            assert form.strip() == form or key == "budget.share"
            assert "  " not in form


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotation_marks_are_those_of_the_language(language: str) -> None:
    marks = {"en": "“”", "da": "”", "nb": "«»", "sv": "”"}[language]
    used = {mark for key in WORDS[language] for form in forms(language, key) for mark in form if mark in "“”«»„\"'"}
    assert used - {"'"} == set(marks)


def test_no_sentence_is_left_in_english() -> None:
    for language in ("da", "nb", "sv"):
        for key in WORDS["en"]:
            words = re.sub(r"\{\w+\}", "", " ".join(forms(language, key)))
            if re.search(r"[a-z]{4}", words):
                assert forms(language, key) != forms("en", key), key


def test_a_language_that_is_not_spoken_is_a_mistake_in_the_code() -> None:
    with pytest.raises(LanguageNotSpoken):
        Speech("de")


days = st.dates(date(2021, 1, 1), date(2025, 12, 31))
numbers = st.decimals(0, 99999, places=1)
targets = st.none() | st.builds(NumberPart, numbers, st.none() | st.integers(1, 9999).map(Decimal), days)
indicators = st.builds(
    IndicatorPart,
    code=st.sampled_from(["I1", "I2", "I3"]),
    title=st.just({"en": "Name"}),
    kind=st.sampled_from([Kind.RATIO, Kind.COUNT, Kind.RATE, Kind.SCORE, Kind.MILESTONE]),
    adopted=st.booleans(),
    activity=st.sampled_from(Activity),
    stated=st.sampled_from(Rating),
    source=st.sampled_from(RatingSource),
    unit=st.sampled_from([{}, {"en": "homes"}]),
    direction=st.none() | st.sampled_from(Direction),
    per=st.sampled_from([1, 1000]),
    superseded_by=st.just("I9"),
    changed_on=st.none() | days,
    self_rating=st.none() | st.sampled_from(Rating),
    computed=st.none() | st.sampled_from(Status),
    override_reason=st.just("Because."),
    verified=st.none() | st.builds(VerifiedPart, st.sampled_from(Rating), st.just("Region"), days),
    cause=st.none() | st.sampled_from(Cause),
    new_date=st.none() | days,
    slower_but_as_wished=st.booleans(),
    value=st.none() | st.builds(NumberPart, numbers, st.none() | st.integers(0, 9999).map(Decimal)),
    missing=st.none() | st.sampled_from(Missing),
    coverage=st.none() | st.builds(CoveragePart, st.integers(0, 9), st.integers(0, 9)),
    baseline=targets,
    first_target=targets,
    present_target=targets,
    target_due=st.none() | days,
)
money = st.builds(
    BudgetPart,
    st.sampled_from(["EUR", "NOK"]),
    st.integers(0, 10**9),
    st.integers(0, 10**9),
    st.none() | st.integers(0, 10**9),
)
actions = st.builds(
    ActionPart,
    code=st.sampled_from(["A1", "A2"]),
    title=st.just({"en": "Name"}),
    prioritised=st.booleans(),
    owner=st.just("Office"),
    starts_on=days,
    due_on=days,
    original_due_on=days,
    slip_days=st.integers(-400, 400),
    done_on=st.none() | days,
    activity=st.sampled_from(Activity),
    superseded_by=st.just("A9"),
    cause=st.none() | st.sampled_from(Cause),
    new_date=st.none() | days,
    budget=st.lists(money, max_size=2).map(tuple),
    indicators=st.just(("I1", "I2")),
)
documents = st.builds(
    lambda actions, indicators, answers, figures: ReportDocument(
        plan=PlanPart("P", {"en": "Plan"}, date(2021, 6, 25)),
        period="2024",
        as_at=date(2024, 12, 31),
        rule_version="linear-1",
        actions=tuple({part.code: part for part in actions}.values()),
        indicators=tuple({part.code: part for part in indicators}.values()),
        answers=answers,
        figures=figures,
    ),
    st.lists(actions, max_size=3),
    st.lists(indicators, max_size=4),
    st.builds(AnswersPart, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)),
    st.builds(FiguresPart, st.integers(0, 9999), st.integers(0, 99), st.integers(0, 99), st.integers(0, 99)),
)


def everything(document: ReportDocument, earlier: ReportDocument, language: str) -> list[str]:
    said = overview(document, language, earlier)
    return [
        said.headline,
        said.two_bases,
        said.rating_counts,
        said.actions,
        said.base_change,
        said.verification,
        said.coverage,
        *said.budget,
        *(each for part in document.indicators for each in indicator_sentences(part, language, document.as_at)),
        *(each for part in document.actions for each in action_sentences(part, document, language)),
        *change_sentences(earlier, document, language),
    ]


@settings(steady, max_examples=20)
@given(documents, documents)
def test_no_two_languages_tell_different_numbers(document: ReportDocument, earlier: ReportDocument) -> None:
    english = everything(document, earlier, "en")
    for language in LANGUAGES[1:]:
        said = everything(document, earlier, language)
        assert len(said) == len(english)
        for one, other in zip(english, said, strict=True):
            assert figures_in(one) == figures_in(other)
            assert "{" not in other
            assert other[0].isupper() or other[0].isdigit()
            assert other.endswith((".", "”", "»"))


@steady
@given(documents)
def test_the_counts_of_a_sentence_add_up_to_its_indicators(document: ReportDocument) -> None:
    said = re.sub(r"\(.*?\)", "", rating_counts(document, "en"))
    if not document.indicators:
        assert said == "The report has no indicators."
        return
    total, *parts = (int(number) for number in re.findall(r"\d+", said))
    assert total == len(document.indicators) == sum(parts)


# ---- one and several ----------------------------------------------------------------------------


def small(good: int, bad: int, unrated: int = 0) -> ReportDocument:
    ratings = [Rating.COMPLETED] * good + [Rating.OFF_TRACK] * bad + [Rating.NOT_RATED] * unrated
    return replace(
        march_2024(),
        indicators=tuple(indicator(number, rating) for number, rating in enumerate(ratings)),
        actions=tuple(march_2024().actions[: good + bad]),
    )


@pytest.mark.parametrize(
    ("document", "language", "said"),
    [
        (small(1, 0), "en", "1 of 1 indicator in the plan as adopted is completed or on track (100.0 %)."),
        (small(1, 1), "en", "1 of 2 indicators in the plan as adopted is completed or on track (50.0 %)."),
        (small(0, 2), "en", "0 of 2 indicators in the plan as adopted are completed or on track (0.0 %)."),
        (small(1, 1), "sv", "1 av 2 indikatorer i planen som den antogs är genomförd eller går enligt plan (50,0 %)."),
        (
            small(2, 0),
            "sv",
            "2 av 2 indikatorer i planen som den antogs är genomförda eller går enligt plan (100,0 %).",
        ),
        (
            small(1, 0),
            "da",
            "1 af 1 indikator i planen, som den blev vedtaget, er gennemført eller kører efter planen (100,0 %).",
        ),
        (small(0, 0), "en", "There were no indicators in the plan as adopted. No indicator is active now."),
        (small(0, 0), "nb", "Det var ingen indikatorer i planen da den ble vedtatt. Ingen indikator er aktiv nå."),
    ],
)
def test_one_and_several_are_said_right(document: ReportDocument, language: str, said: str) -> None:
    assert plain(overview(document, language).two_bases).startswith(said)


@pytest.mark.parametrize(
    ("unrated", "language", "said"),
    [
        (0, "en", "Every active indicator is rated."),
        (1, "da", "1 aktiv indikator er endnu ikke vurderet."),
        (2, "da", "2 aktive indikatorer er endnu ikke vurderet."),
        (1, "sv", "1 aktiv indikator är ännu inte bedömd."),
        (2, "sv", "2 aktiva indikatorer är ännu inte bedömda."),
    ],
)
def test_those_not_rated_are_always_told(unrated: int, language: str, said: str) -> None:
    assert overview(small(1, 1, unrated), language).two_bases.endswith(said)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "2 not rated, 1 of them since the definition was changed."),
        ("da", "2 ikke vurderet, 1 af dem efter at definitionen blev ændret."),
        ("nb", "2 ikke vurdert, 1 av dem etter at definisjonen ble endret."),
        ("sv", "2 inte bedömda, 1 av dem sedan definitionen ändrades."),
    ],
)
def test_those_not_rated_since_a_change_are_told_apart_where_there_are_others(language: str, said: str) -> None:
    one, other = (indicator(number, Rating.NOT_RATED) for number in (8, 9))
    document = replace(
        small(1, 1), indicators=(*small(1, 1).indicators, one, replace(other, changed_on=date(2023, 9, 1)))
    )
    assert plain(overview(document, language).headline).endswith(said)
    assert plain(overview(small(1, 1, 2), "en").headline).endswith("2 not rated.")


def test_nothing_is_still_a_sentence() -> None:
    nothing = replace(march_2024(), actions=(), indicators=(), answers=AnswersPart(), figures=FiguresPart())
    said = overview(nothing, "en")
    assert said.headline == ("Completed or on track: no indicators in the plan as adopted, none now active.")
    assert said.rating_counts == "The report has no indicators."
    assert said.actions == "There are no actions in this report."
    assert said.verification == "There are no ratings to verify."
    assert said.budget == ("No budget is known.",)
    assert said.coverage == "No answers were asked for (1st quarter of 2024)."


def test_no_action_moved_is_not_explained_by_what_moved() -> None:
    assert overview(small(0, 2), "en").actions.startswith("None of the 2 actions has moved forward.")


def test_what_was_added_later_is_told() -> None:
    added = replace(small(1, 1), indicators=(*small(1, 1).indicators, indicator(9, Rating.ON_TRACK, adopted=False)))
    assert overview(added, "nb").two_bases.endswith("1 indikator er kommet til etter at planen ble vedtatt.")


# ---- one indicator, one action ------------------------------------------------------------------

TOLD = indicator(
    25,
    Rating.OFF_TRACK,
    cause=Cause.TIME,
    new_date=date(2024, 12, 31),
    source=RatingSource.OVERRIDE,
    computed=Status.AT_RISK,
    override_reason="Two homes did not answer.",
    self_rating=Rating.ON_TRACK,
    verified=VerifiedPart(Rating.ON_TRACK, "Region North", date(2024, 4, 2)),
    value=NumberPart(Decimal(45), Decimal(120)),
    coverage=CoveragePart(129, 137),
    baseline=NumberPart(Decimal(1), Decimal(10)),
    first_target=NumberPart(Decimal(80), Decimal(100), date(2023, 12, 31)),
    present_target=NumberPart(Decimal(75), Decimal(100), date(2024, 12, 31)),
)


def test_an_indicator_tells_who_says_what() -> None:
    assert [plain(each) for each in indicator_sentences(TOLD, "en", AS_AT)] == [
        "Off track because it needs more time than planned.",
        "New date: 31 December 2024.",
        "The figures alone say “at risk”; it was set to “off track” because: Two homes did not answer.",
        "The owner's own rating is “on track”.",
        "Region North came to another rating on 2 April 2024: “on track”.",
        "Observed: 45 of 120 (37.5 %), from 129 of 137 organisations.",
        "At the start: 1 of 10 (10.0 %).",
        "Target: 75.0 % by 31 December 2024.",
        "The first target was 80.0 % by 31 December 2023.",
    ]


@pytest.mark.parametrize(
    ("language", "of_indicator", "of_action"),
    [
        ("en", "The new date, 1 March 2024, has passed.", "The new date, 1 March 2024, has passed too."),
        ("da", "Den nye dato, 1. marts 2024, er overskredet.", "Den nye dato, 1. marts 2024, er også overskredet."),
        ("nb", "Den nye datoen, 1. mars 2024, er passert.", "Også den nye datoen, 1. mars 2024, er passert."),
        ("sv", "Det nya datumet, 1 mars 2024, har passerat.", "Även det nya datumet, 1 mars 2024, har passerat."),
    ],
)
def test_a_new_date_that_has_passed_is_told_as_passed(language: str, of_indicator: str, of_action: str) -> None:
    passed = date(2024, 3, 1)
    part = replace(TOLD, new_date=passed)
    assert plain(indicator_sentences(part, language, AS_AT)[1]) == of_indicator
    on_the_day = [plain(each) for each in indicator_sentences(part, language, passed)]
    assert of_indicator not in on_the_day
    report = march_2024()
    action = replace(report.actions[0], due_on=passed, new_date=passed, slip_days=91)
    said = [plain(each) for each in action_sentences(action, report, language)]
    assert of_action in said


def test_a_new_date_that_is_told_as_the_day_due_is_not_told_twice() -> None:
    report = march_2024()
    action = replace(report.actions[0], due_on=date(2024, 6, 30), new_date=date(2024, 6, 30))
    said = [plain(each) for each in action_sentences(action, report, "en")]
    assert said[0].startswith("Due 30 June 2024; 182 days later")
    assert not [each for each in said if "new date" in each.casefold()]


def test_an_indicator_in_danish() -> None:
    assert [plain(each) for each in indicator_sentences(TOLD, "da", AS_AT)][:3] == [
        "Bagud, fordi det kræver mere tid end planlagt.",
        "Ny dato: 31. december 2024.",
        "Tallene alene siger ”i fare for at komme bagud”; den er sat til ”bagud” med begrundelsen: "
        "Two homes did not answer.",
    ]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"stated": Rating.COMPLETED}, "Completed."),
        ({"stated": Rating.NOT_STARTED}, "Not started."),
        ({"stated": Rating.OFF_TRACK}, "Off track."),
        (
            {"stated": Rating.NOT_RATED, "changed_on": date(2023, 9, 1)},
            "Its definition was changed on 1 September 2023, and it has not been rated since.",
        ),
        ({"changed_on": date(2023, 9, 1)}, "Its definition was changed on 1 September 2023."),
        ({"slower_but_as_wished": True}, "It goes more slowly than planned, but the result is as wished."),
        ({"computed": Status.OFF_TRACK}, "The figures alone say “off track”."),
        (
            {"source": RatingSource.OVERRIDE, "override_reason": "Seen on site."},
            "It was set to “on track” because: Seen on site.",
        ),
        (
            {"verified": VerifiedPart(Rating.ON_TRACK, "Region North", date(2024, 4, 2))},
            "Region North came to the same rating on 2 April 2024.",
        ),
        ({"activity": Activity.ON_HOLD, "activity_reason": {"en": "It waits."}}, "On hold: It waits."),
        ({"activity": Activity.SUPERSEDED, "superseded_by": "I3"}, "Superseded by I3."),
        ({"activity": Activity.DROPPED}, "Dropped."),
        ({"missing": Missing.NOT_REPORTED}, "No figure has been reported."),
        (
            {"source": RatingSource.COMPUTED, "rated_on": date(2023, 12, 31)},
            "Rated by the figures up to 31 December 2023.",
        ),
        ({"missing": Missing.NO_CASES}, "There were no cases."),
        ({"value": NumberPart(Decimal(0), Decimal(0))}, "Observed: There were no cases."),
        ({"value": NumberPart(Decimal(3), Decimal(4))}, "Observed: 3 of 4 (75.0 %)."),
        ({"value": NumberPart(Decimal(1500)), "kind": Kind.COUNT, "unit": {"en": "homes"}}, "Observed: 1,500 homes."),
        ({"value": NumberPart(Decimal(3), Decimal(2000)), "kind": Kind.RATE, "per": 1000}, "Observed: 1.5 per 1,000."),
        ({"value": NumberPart(Decimal(7), Decimal(2)), "kind": Kind.SCORE}, "Observed: 3.5."),
        ({"value": NumberPart(Decimal(1)), "kind": Kind.MILESTONE}, "Reached."),
        ({"value": NumberPart(Decimal(0)), "kind": Kind.MILESTONE}, "Not reached yet."),
        (
            {"value": NumberPart(Decimal(131), Decimal(137)), "kind": Kind.MILESTONE},
            "Observed: 131 of 137 (95.6 %).",
        ),
        ({"kind": Kind.MILESTONE}, "To be reached by 31 December 2024."),
        (
            {"kind": Kind.MILESTONE, "first_target": NumberPart(Decimal(1), None, date(2023, 12, 31))},
            "The first date was 31 December 2023.",
        ),
        ({"kind": Kind.STOCK, "direction": Direction.BAND}, "To be within the band by 31 December 2024."),
        (
            {"present_target": NumberPart(Decimal("0.8"), None, date(2024, 12, 31))},
            "Target: 80.0 % by 31 December 2024.",
        ),
    ],
)
def test_what_is_said_of_one_indicator(facts: dict[str, object], said: str) -> None:
    told = indicator_sentences(replace(indicator(1, Rating.ON_TRACK), **facts), "en", AS_AT)
    assert said in [plain(each) for each in told]


@pytest.mark.parametrize(
    ("facts", "language", "said"),
    [
        ({}, "en", "Due 30 June 2024; 182 days later than first promised (31 December 2023)."),
        ({}, "da", "Frist 30. juni 2024; 182 dage senere end først lovet (31. december 2023)."),
        ({}, "nb", "Frist 30. juni 2024; 182 dager senere enn først lovet (31. desember 2023)."),
        ({}, "sv", "Klar senast 30 juni 2024; 182 dagar senare än först utlovat (31 december 2023)."),
        (
            {"due_on": date(2024, 1, 1), "slip_days": 1},
            "en",
            "Due 1 January 2024; 1 day later than first promised (31 December 2023).",
        ),
        ({"due_on": date(2023, 12, 31), "slip_days": 0}, "en", "Due 31 December 2023."),
        (
            {"due_on": date(2023, 12, 1), "slip_days": -30},
            "en",
            "Due 1 December 2023; 30 days earlier than first promised (31 December 2023).",
        ),
        (
            {"due_on": date(2023, 12, 31), "slip_days": 91},
            "en",
            "Was due 31 December 2023 and is not done; 91 days later than first promised (31 December 2023) so far.",
        ),
        (
            {"done_on": date(2023, 12, 31), "slip_days": 0},
            "en",
            "Done 31 December 2023, on the day first promised.",
        ),
        (
            {"done_on": date(2024, 3, 1), "slip_days": 61},
            "da",
            "Gennemført 1. marts 2024, 61 dage senere end først lovet (31. december 2023).",
        ),
        (
            {"done_on": date(2023, 12, 30), "slip_days": -1},
            "sv",
            "Genomförd 30 december 2023, 1 dag tidigare än först utlovat (31 december 2023).",
        ),
        ({"cause": Cause.OUTSIDE}, "en", "It was delayed because of circumstances outside the organisation."),
        ({"new_date": date(2025, 1, 31)}, "nb", "Ny dato: 31. januar 2025."),
        ({"indicators": ()}, "en", "No indicator measures this action."),
        ({}, "en", "2 of 2 indicators completed or on track."),
        ({"activity": Activity.SUPERSEDED, "superseded_by": "A2"}, "sv", "Ersatt av A2."),
        (
            {"budget": (BudgetPart("NOK", 1_250_050, 100, 2_000_000_00),)},
            "nb",
            "Budsjett: 12 500,50 NOK da planen ble vedtatt, 2 000 000 NOK etter revisjon; 1 NOK er brukt.",
        ),
    ],
)
def test_what_is_said_of_one_action(facts: dict[str, object], language: str, said: str) -> None:
    action = replace(march_2024().actions[0], **facts)
    assert said in [plain(each) for each in action_sentences(action, march_2024(), language)]


def test_every_single_change_is_a_sentence() -> None:
    before = march_2023()
    first, *others = march_2023().actions
    one, two, *rest = march_2023().indicators
    after = replace(
        before,
        actions=(
            replace(
                first,
                title={"en": "Ombuds", "sv": "Ombud"},
                due_on=date(2023, 12, 30),
                starts_on=date(2021, 7, 2),
                budget=(BudgetPart("NOK", 5_00, 0),),
            ),
            *others[1:],
        ),
        indicators=(
            replace(one, stated=Rating.OFF_TRACK, target_due=None, present_target=None),
            replace(two, activity=Activity.ON_HOLD, activity_reason={"en": "It waits."}),
            *rest,
            indicator(99, Rating.ON_TRACK),
        ),
    )
    assert [plain(each) for each in change_sentences(before, after, "en")] == [
        "I0: from “completed” to “off track”.",
        "I1: from active to on hold. It waits.",
        "I99 is a new indicator.",
        "A2 is no longer among the actions of the report.",
        "A1: the start moved from 1 July 2021 to 2 July 2021, 1 day later.",
        "A1: the due date moved from 31 December 2023 to 30 December 2023, 1 day earlier.",
        "I0: the date of the target 31 December 2024 is no longer stated.",
        "I0: the target of 80.0 % is no longer stated.",
        "A1: the budget of EUR 100,000 is no longer stated.",
        "A1: a budget of NOK 5 was set.",
        "A1: the amount spent is no longer stated; it was EUR 45,000.",
        "A1: the amount spent is stated now: NOK 0.",
        "A1: “Action 1” now reads “Ombuds”.",
    ]
    assert change_sentences(before, before, "da") == (
        "Intet er ændret siden rapporten pr. 31. marts 2023 (1. kvartal 2023).",
    )


def test_a_text_that_is_not_translated_is_shown_in_english_and_else_as_it_is() -> None:
    say = speech("da")
    assert say.text({"da": "Ombud", "en": "Ombuds"}) == "Ombud"
    assert say.text({"sv": "Ombud på svenska", "en": "Ombuds"}) == "Ombuds"
    assert say.text({"sv": "Ombud på svenska", "da": ""}) == "Ombud på svenska"
    assert say.text({}) == ""


def test_the_coverage_sentence_counts_the_silent() -> None:
    one = replace(march_2024(), answers=AnswersPart(expected=1, received=0))
    assert plain(coverage(one, "sv")) == (
        "Den enda organisation som tillfrågades har inte svarat ännu (första kvartalet 2024)."
    )
    some = replace(march_2024(), answers=AnswersPart(expected=12, received=12))
    assert plain(coverage(some, "da")) == "Svar (1. kvartal 2024): 12 af 12 organisationer (100,0 %)."
    nobody = replace(march_2024(), answers=AnswersPart(expected=12, received=0))
    assert plain(coverage(nobody, "nb")) == (
        "Ingen av de 12 organisasjonene som ble spurt, har svart ennå (1. kvartal 2024)."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_there_is_said_in_words_and_not_as_a_nought(language: str) -> None:
    figures = FiguresPart(total=120, confirmed=0, contested=0, with_evidence=0)
    bare = replace(small(0, 3), figures=figures, answers=AnswersPart(expected=12, received=0))
    said = overview(bare, language)
    for sentence in (said.headline.split("(")[-1], said.actions, said.verification, said.coverage):
        assert not re.search(r"(?<![\d.,])0(?![\d.,])", sentence), sentence
    assert not re.search(r"\b0\b", " ".join(action_sentences(bare.actions[0], bare, language)))


def test_pages_and_sentences_use_the_same_words() -> None:
    say = speech("en")
    assert {rating: str(word) for rating, word in RATINGS.items()} == {r: say.rating(r) for r in RATINGS}
    assert {status: str(word) for status, word in STATUSES.items()} == {s: say.status(s) for s in STATUSES}
    assert {each: str(word) for each, word in ACTIVITIES.items()} == {a: say.activity(a) for a in ACTIVITIES}


def test_a_sum_with_gaps_says_so_in_every_language_and_a_whole_one_says_nothing() -> None:
    part = replace(
        indicator(1, Rating.ON_TRACK),
        kind=Kind.COUNT,
        value=NumberPart(Decimal(130)),
        coverage=CoveragePart(4, 4),
        added_up=AddedUpPart(periods=6, months=6, incomplete=2),
    )
    for language in LANGUAGES:
        told = indicator_sentences(part, language, AS_AT)
        assert gaps_in_sum(part, language) in told
        assert figures_in(gaps_in_sum(part, language)) == Counter(["6", "2"])
        whole = replace(part, added_up=AddedUpPart(periods=6, months=6, incomplete=0))
        assert len(indicator_sentences(whole, language, AS_AT)) == len(told) - 1
        assert gaps_in_sum(whole, language) == ""
    assert "halvår" in gaps_in_sum(part, "sv")
