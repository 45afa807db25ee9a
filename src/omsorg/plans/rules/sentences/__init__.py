"""The one generator: every published sentence, in every language, out of the frozen report.

Nobody writes a number into a sentence by hand, and no two languages can tell different numbers: `report`, `parts`
and `changed` decide what is said, once; `words` only says how each language says it.
"""

from .changed import (
    ChangeGroup,
    RatingTurn,
    base_change,
    change_groups,
    change_sentences,
    nothing_changed,
    rating_turns,
    standing_groups,
    standing_sentences,
)
from .parts import action_sentences, gaps_in_sum, indicator_sentences, why_so
from .report import (
    Overview,
    actions_forward,
    budget,
    coverage,
    headline,
    overview,
    rating_counts,
    two_bases_in_full,
    verification,
)
from .speech import Speech
from .units import one_said, unit_said

__all__ = [
    "ChangeGroup",
    "Overview",
    "RatingTurn",
    "Speech",
    "action_sentences",
    "actions_forward",
    "base_change",
    "budget",
    "change_groups",
    "change_sentences",
    "coverage",
    "gaps_in_sum",
    "headline",
    "indicator_sentences",
    "nothing_changed",
    "one_said",
    "overview",
    "rating_counts",
    "rating_turns",
    "standing_groups",
    "standing_sentences",
    "two_bases_in_full",
    "unit_said",
    "verification",
    "why_so",
]
