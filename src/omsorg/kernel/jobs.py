"""What the worker does for the kernel: letters, long imports, files that nobody tells of, jobs whose worker died."""

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from omsorg.kernel import clock, files, letters
from omsorg.kernel.imports import drafts
from omsorg.kernel.imports.progress import TASK

MOST_ATTEMPTS = 5
SECONDS_WITHOUT_SIGN_OF_LIFE = 30
HOURS_KEPT = 24 * 7


@app.task(name="kernel.deliver_letter")
def deliver_letter(letter: int) -> None:
    letters.deliver_letter(letter, at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="kernel.look_after_letters", queueing_lock="kernel.look_after_letters")
def look_after_letters(timestamp: int) -> None:
    """Each minute: letters left by a dead worker are put in doubt, and none that is due stays lying."""
    letters.put_in_doubt(at=clock.now())
    for letter in letters.due_letters(clock.now()):
        letters.deliver_letter(letter, at=clock.now())


@app.periodic(cron="17 2 * * *")
@app.task(name="kernel.forget_old_letters", queueing_lock="kernel.forget_old_letters")
def forget_old_letters(timestamp: int) -> None:
    letters.forget_old_letters(at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="kernel.rescue_jobs", queueing_lock="kernel.rescue_jobs", pass_context=True)
async def rescue_jobs(context: JobContext, timestamp: int) -> None:
    """Each minute: what a dead worker was doing is done again; what has ended five workers is set aside as failed."""
    manager = context.app.job_manager
    await manager.prune_stalled_workers(SECONDS_WITHOUT_SIGN_OF_LIFE)
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SECONDS_WITHOUT_SIGN_OF_LIFE):
        if job.attempts >= MOST_ATTEMPTS:
            await manager.finish_job(job, status=Status.FAILED, delete_job=False)
        else:
            await manager.retry_job(job)


@app.periodic(cron="47 2 * * *")
@app.task(name="kernel.forget_old_jobs", queueing_lock="kernel.forget_old_jobs", pass_context=True)
async def forget_old_jobs(context: JobContext, timestamp: int) -> None:
    await context.app.job_manager.delete_old_jobs(
        nb_hours=HOURS_KEPT, include_failed=True, include_cancelled=True, include_aborted=True
    )


@app.task(name=TASK)
def take_in_draft(draft: str, person: int) -> None:
    drafts.take_in_confirmed(draft, person=person, at=clock.now())


@app.periodic(cron="27 2 * * *")
@app.task(name="kernel.forget_old_drafts", queueing_lock="kernel.forget_old_drafts")
def forget_old_drafts(timestamp: int) -> None:
    drafts.forget_old_drafts(at=clock.now())


@app.periodic(cron="7 3 * * *")
@app.task(name="kernel.remove_orphans", queueing_lock="kernel.remove_orphans")
def remove_orphans(timestamp: int) -> None:
    files.remove_orphans(at=clock.now())
