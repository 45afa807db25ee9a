"""A sum reads the same in the sentence of an action and in the table below it: with its cents where it has some."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from omsorg.plans.pages.overview import action_rows
from omsorg.plans.pages.revisions import value_told
from omsorg.plans.rules.sentences import action_sentences
from omsorg.plans.rules.snapshot import BudgetPart
from omsorg.plans.tests.published_record import march_2024

ODD = BudgetPart("EUR", original=400_000_50, spent=45_000_00, revised=120_000_05)


@pytest.mark.parametrize("language", ["en", "da", "nb", "sv"])
def test_a_sum_with_cents_shows_them_in_the_sentence_and_in_the_table(language: str) -> None:
    report = march_2024()
    action = replace(report.actions[0], budget=(ODD,))
    with override(language):
        row = action_rows(replace(report, actions=(action,)))[0].budget[0]
        sentence = action_sentences(action, report, language)[-1]
        assert {row.original, row.revised, row.spent} == {
            value_told("budget", (minor, "EUR"), {}) for minor in (400_000_50, 45_000_00, 120_000_05)
        }
    assert all(shown in sentence for shown in (row.original, row.revised, row.spent)), sentence
    assert row.spent.endswith(("45,000", "45.000\u00a0EUR", "45\u00a0000\u00a0EUR"))
