"""How each language says what changed between two reports."""

from . import da, en, nb, sv

__all__ = ["da", "en", "nb", "sv"]
