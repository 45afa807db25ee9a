"""The check before release: what in a text could give a child, or anybody else, away.

It finds small numbers of people, places finer than the one that is shown, exact days, names, ways to reach somebody,
and harmless facts that together are not harmless. It reads four languages. It is a net and not a judge: it finds too
much rather than too little, and what it finds is mended, or justified by the writer and accepted by the releaser.

Worked cases: `docs/rules/re-identification.md`; they are the test table.
"""

from omsorg.kernel.reidentification.checking import check_text, check_texts
from omsorg.kernel.reidentification.findings import Finding, Kind, Known, Piece, pieces
from omsorg.kernel.reidentification.words import LANGUAGES

__all__ = ["LANGUAGES", "Finding", "Kind", "Known", "Piece", "check_text", "check_texts", "pieces"]
