"""Everything that a report freezes, read as it was known at one moment: the overview and one document per indicator.

The number of statements does not depend on the number of actions, indicators or organisations.
"""

from omsorg.plans.queries.freezing.moment import Frozen, Moment
from omsorg.plans.queries.freezing.report import read_report, released_documents

__all__ = ["Frozen", "Moment", "read_report", "released_documents"]
