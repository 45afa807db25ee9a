"""The button pressed twice: the change is made once, and told as made, not as somebody else's."""

from datetime import timedelta

import pytest

from omsorg.kernel import clock
from omsorg.plans.models import (
    Action,
    ActionRecommendation,
    ActionRevision,
    BudgetEntry,
    Recommendation,
    Source,
    Target,
)
from omsorg.plans.tests.test_revise_pages import address, desk, filled, looked_at

__all__ = ["desk"]
TWICE = [
    (("revise-action", "training"), {"prioritised": "on", "reason_in_da": "Besluttet"}),
    (("revise-indicator", "cases"), {"activity": "on_hold", "activity_reason_en": "Waits"}),
    (("revise-plan",), {"title_en": "A plan with another name"}),
    (("revise-target", "trained"), {"due_on": "2024-12-31", "number": "90", "denominator": "100", "series": "target"}),
    (("revise-money", "training", "sum"), {"amount": "2000", "currency": "EUR"}),
    (("revise-money", "training", "spent"), {"amount": "400", "currency": "EUR"}),
    (("revise-recommendation", "R1.1"), {"accepted": "yes", "response_en": "We do."}),
    (("revise-links", "R1.1"), {"action": "policy", "holds": "no"}),
    (("revise-add", "action"), {"code": "A25", "title_en": "A further action", "due_on": "2035-06-30"}),
    (("revise-add", "indicator"), {"code": "I36", "title_en": "A further indicator", "actions": ["policy"]}),
    (("revise-add", "source"), {"code": "AUD", "title_en": "An audit", "kind": "audit"}),
    (("revise-add", "recommendation"), {"code": "R9", "source": "R1", "text_en": "Listen"}),
    (("revise-add", "recommendation"), {"code": "R9", "source": "R1", "text_en": "Listen", "accepted": "yes"}),
]


def counted():
    models = (Action, ActionRecommendation, ActionRevision, BudgetEntry, Recommendation, Source, Target)
    return [model.objects.count() for model in models]


@pytest.mark.parametrize(("page", "given"), TWICE, ids=lambda each: each[0] if isinstance(each, tuple) else "")
def test_a_second_press_of_the_button_ends_where_the_first_did(desk, world, page, given):
    url = address(*page)
    sent = looked_at(desk, url, filled(desk, url, **given))
    first = desk.post(url, sent)
    assert first.status_code == 302
    made = counted()
    second = desk.post(url, sent)
    assert second.status_code == 302, second.context["sheet"].form.errors
    assert second.url == first.url
    assert counted() == made


def test_what_somebody_else_made_is_told_as_theirs(client, world, desk):
    url = address("revise-action", "training")
    sent = looked_at(desk, url, filled(desk, url, prioritised="on"))
    assert desk.post(url, sent).status_code == 302
    later = looked_at(desk, url, filled(desk, url, title_en="Another name"))
    assert desk.post(url, later).status_code == 302
    page = desk.post(url, sent)
    assert page.context["sheet"].conflict is not None


@pytest.mark.parametrize("what", ["source", "recommendation"])
def test_a_code_that_is_taken_by_something_else_is_told(desk, world, what):
    given = {"code": "X1", "title_en": "An audit", "kind": "audit", "source": "R1", "text_en": "Listen"}
    url = address("revise-add", what)
    assert desk.post(url, looked_at(desk, url, filled(desk, url, **given))).status_code == 302
    other = filled(desk, url, **given | {"title_en": "A review", "text_en": "Do not listen"})
    page = desk.post(url, {**other, "decision": "look"})
    assert "“X1”" in page.content.decode()
    assert page.context["sheet"].preview is None


def test_the_same_money_spent_is_not_entered_again_from_the_same_page(desk, world, monkeypatch):
    url = address("revise-money", "training", "spent")
    sent = looked_at(desk, url, filled(desk, url, amount="400", currency="EUR"))
    assert desk.post(url, sent).status_code == 302
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=1))
    page = desk.post(url, sent)
    assert "You have entered just this already" in page.content.decode()
    assert desk.post(url, looked_at(desk, url, filled(desk, url, amount="400", currency="EUR"))).status_code == 302
    assert BudgetEntry.objects.count() == 2
