"""What the worker does for the house as a whole: the nightly proof that everything still holds."""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext, override
from procrastinate.contrib.django import app

from omsorg.federation.letters import keepers_of_the_top
from omsorg.kernel import clock
from omsorg.kernel.checks import Result, check_everything
from omsorg.kernel.letters import write_letter
from omsorg.kernel.trail import leave_trace
from omsorg.kernel.wall import as_house

log = logging.getLogger(__name__)


@app.periodic(cron="23 3 * * *")
@app.task(name="site.check_house", queueing_lock="site.check_house")
def check_house(timestamp: int) -> None:
    """Each night: what `check_house` proves, with a trace of the result.

    What is wrong is a line in the log, and a letter to those who keep the top of the tree: of an independent office
    that somebody must look, without a number or a name. Whoever sees to it there is written to as well.
    """
    at = clock.now()
    results = list(check_everything())
    wrong = [result for result in results if result.proof.wrong]
    for result in wrong:
        log.error("%s: %s", result.code, result.proof.told_line)
    with as_house():
        details = {result.code: list(result.proof.told) or "holds" for result in results}
        leave_trace("check_house", "house:all", by=None, at=at, details=details)
        if wrong:
            _tell_the_keepers(wrong, at)
    for tell in {result.check.tell for result in wrong}:
        if tell is not None:
            tell(at)


def _tell_the_keepers(wrong: Sequence[Result], at: datetime) -> None:
    lines = "\n".join(f"{result.code}: {result.proof.told_line}" for result in wrong)
    for keeper in keepers_of_the_top(at.date()):
        with override(keeper.language):
            subject = gettext("Something does not hold on %(site)s") % {"site": settings.ENVIRONMENT.site_name}
            body = gettext(
                "Every night the house proves what must always be true. Last night this did not hold:\n\n"
                "%(lines)s\n\n"
                "Show this to whoever runs the server. They can prove it again with ./omsorg check."
            ) % {"lines": lines}
        write_letter(
            once=f"check_house:{at.date()}:{keeper.pk}",
            to_address=keeper.email,
            to_person=keeper.pk,
            language=keeper.language,
            subject=subject,
            body=body,
            at=at,
        )
