"""How each language says it. Every language has the same sentences, with the same figures in them.

A pair is a sentence for one and a sentence for several; which figure decides is said where the sentence is
made. `{names}` stand for figures, days and names that are written in the habit of the language.
"""

from . import changed, da, en, nb, sv

Forms = str | tuple[str, str]

WORDS: dict[str, dict[str, Forms]] = {
    "en": en.WORDS | changed.en.WORDS,
    "da": da.WORDS | changed.da.WORDS,
    "nb": nb.WORDS | changed.nb.WORDS,
    "sv": sv.WORDS | changed.sv.WORDS,
}
