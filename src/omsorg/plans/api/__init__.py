"""The plan tracker in the HTTP API: everything public without a key, and with one what its person may do.

The operations say what the pages say, out of the same queries, and write by the same actions.
"""

from ninja import Router

from omsorg.plans.api import plans, reports

router = Router()
for part in (plans, reports):
    router.add_router("", part.router)
