"""What must always be true of figures and reports."""

import json
from hashlib import sha256

from django.db import connection

from omsorg.kernel.checks import Check, Proof
from omsorg.kernel.models import Trace
from omsorg.kernel.trail import fingerprint_of_heads
from omsorg.plans.models import Report, ReportPart
from omsorg.plans.queries.published import TRAIL

CELL = "node_id, indicator_id, period_start, period_months, key_id"
COUNTS = (
    "reported", "estimated", "meeting", "no_cases",
    "not_collected", "not_applicable", "suppressed", "refused", "unreadable",
)  # fmt: skip


def sums_are_true() -> Proof:
    """The sums that are kept equal a full computation from the figures; a sum of nothing may be kept or not."""
    columns = ", ".join([CELL, "numerator", "denominator", *COUNTS])
    counts = " OR ".join(f"{name} <> 0" for name in ("numerator", "denominator", *COUNTS))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH kept AS (SELECT {columns} FROM plans_summed_cell WHERE {counts}),"  # noqa: S608 - our own names
            f" computed AS (SELECT {columns} FROM plans_true_sums()),"
            " differs AS ((TABLE kept EXCEPT ALL TABLE computed) UNION ALL (TABLE computed EXCEPT ALL TABLE kept))"
            " SELECT (SELECT count(*) FROM kept),"
            f" (SELECT count(*) FROM (SELECT DISTINCT {CELL} FROM differs) AS cells)"
        )
        kept, differs = cursor.fetchone()
    return Proof(f"{kept} sums", (f"{differs} are not as computed anew",) if differs else ())


def reports_are_as_frozen() -> Proof:
    """Every part of a report has the fingerprint it was frozen with; the heads that it printed are in the trail."""
    wrong = []
    prints: dict[int, dict[str, str]] = {}
    for part in ReportPart.objects.order_by("report_id", "name").iterator(chunk_size=50):
        computed = sha256(part.document.encode()).hexdigest()
        prints.setdefault(part.report_id, {})[part.name] = computed
        if computed != part.fingerprint:
            wrong.append(f"part {part.name} of report {part.report_id} was changed")
    reports = list(Report.objects.select_related("plan").order_by("id"))
    lists = {part.report_id: json.loads(part.document) for part in ReportPart.objects.filter(name=TRAIL)}
    printed = {report.trail_head for report in reports} | {head for heads in lists.values() for head in heads.values()}
    there = set(Trace.objects.filter(fingerprint__in=printed).values_list("book", "fingerprint"))
    for report in reports:
        parts = prints.get(report.pk, {})
        whole = sha256("\n".join(f"{name} {parts[name]}" for name in sorted(parts)).encode()).hexdigest()
        if whole != report.fingerprint:
            wrong.append(f"report {report.code} is not whole")
        wrong += _wrong_heads(report, lists.get(report.pk), there)
    return Proof(f"{len(reports)} reports", tuple(wrong))


def _wrong_heads(report: Report, listed: dict[str, str] | None, there: set[tuple[str, str]]) -> list[str]:
    """What is wrong with the heads of the trail that a report froze; `there` are the traces that were found of them.

    A report that was frozen before all books were listed knows the head of its owner's book only.
    """
    if listed is None:
        listed = {f"organisation:{report.plan.owner_id}": report.trail_head} if report.trail_head else {}
    elif fingerprint_of_heads(listed) != report.trail_head:
        return [f"the heads that report {report.code} lists are not those it printed"]
    return [
        f"the end of the book {book} that report {report.code} knew is lost"
        for book, head in sorted(listed.items())
        if (book, head) not in there
    ]


CHECKS = (Check("sums", sums_are_true), Check("reports", reports_are_as_frozen))
