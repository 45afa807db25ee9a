"""Files from outside, tried before they are taken in: handed in, tried dry, confirmed by the person, taken in whole.

A system declares an `ImportKind`. Its `take_in` does the whole work; the dry run calls the same function and takes
everything back. What was told, and what it rests on, is kept: where it is another when the person confirms, nothing is
written, and the person is shown the new dry run and asked again. So what was shown is what happens. `one_sheet` makes
such a function out of columns and two small functions. `ImportPages` binds the pages: upload or paste, dry run,
confirm, done.
"""

from omsorg.kernel.imports.grounds import fingerprint_of
from omsorg.kernel.imports.kinds import Handed, ImportFault, ImportKind, Told, import_limits
from omsorg.kernel.imports.one_sheet import AskedColumn, one_sheet
from omsorg.kernel.imports.progress import rows_done, through

__all__ = [
    "AskedColumn",
    "Handed",
    "ImportFault",
    "ImportKind",
    "Told",
    "fingerprint_of",
    "import_limits",
    "one_sheet",
    "rows_done",
    "through",
]
