"""A server that is killed while it freezes a report leaves the state before; the report can be frozen afterwards."""

import subprocess
import sys
from datetime import UTC, date, datetime

from omsorg.federation.access import acting_as
from omsorg.kernel.periods import Period
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.plans.actions.reports import freeze_report
from omsorg.plans.models import Plan, Report, ReportPart
from omsorg.plans.rules.limits import ReportLimits
from world import make_world

AT = datetime(2024, 4, 2, 9, tzinfo=UTC)
HALF_WAY = """
import sys, time
import django
django.setup()
from omsorg.plans.actions import reports
from omsorg.plans.tests.test_killed_while_freezing import freeze

def pause(*args, **more):
    sys.stdout.write("everything is written, nothing is kept\\n")
    sys.stdout.flush()
    time.sleep(60)

reports.leave_trace = pause
freeze(int(sys.argv[1]))
"""


def freeze(person: int) -> Report:
    with in_name_of(person):
        return freeze_report(
            plan=Plan.objects.get(),
            period=Period.parse("2023-H2"),
            as_at=date(2024, 3, 31),
            code="march-2024",
            by=acting_as(person, day=AT.date()),
            at=AT,
            limits=ReportLimits(grace_days=30, small_cell=5),
        )


def kept() -> tuple[int, int]:
    with as_house():
        return Report.objects.count(), ReportPart.objects.count()


def test_nothing_is_there_and_it_can_be_frozen_again(own_environment: dict[str, str]) -> None:
    publisher = make_world().person["publisher"].pk
    environment = {**own_environment, "DJANGO_SETTINGS_MODULE": "omsorg.site.settings"}
    process = subprocess.Popen(
        [sys.executable, "-c", HALF_WAY, str(publisher)], env=environment, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"everything is written, nothing is kept\n"
    process.kill()
    process.communicate()
    assert kept() == (0, 0)
    freeze(publisher)
    reports, parts = kept()
    assert (reports, parts > 1) == (1, True)
