"""What the worker does for the house as a whole: the nightly proof that everything still holds."""

import logging

from procrastinate.contrib.django import app

from omsorg.kernel import clock
from omsorg.kernel.checks import check_everything
from omsorg.kernel.trail import leave_trace
from omsorg.kernel.wall import as_house

log = logging.getLogger(__name__)


@app.periodic(cron="23 3 * * *")
@app.task(name="site.check_house", queueing_lock="site.check_house")
def check_house(timestamp: int) -> None:
    """Each night: what `check_house` proves, with a trace of the result and a line in the log for what is wrong."""
    results = list(check_everything())
    for result in results:
        if result.proof.wrong:
            log.error("%s: %s", result.code, result.proof.line)
    with as_house():
        leave_trace(
            "check_house",
            "house:all",
            by=None,
            at=clock.now(),
            details={result.code: list(result.proof.wrong) or "holds" for result in results},
        )
