"""Shows the results of a voice campaign's run: as counts for everybody, or as a file for one."""

from collections.abc import Sequence
from functools import partial

from bot.campaigns.campaign import Snapshot
from bot.campaigns.commands import ShowResults
from bot.campaigns.notifications import (
    AnyNotification,
    Card,
    Choice,
    Results,
    ResultsChart,
    ResultsFile,
    ResultsNotice,
)
from bot.campaigns.reasons import Failure, Reason
from bot.campaigns.results import ResultCounts, ResultRows
from bot.campaigns.values import Kind
from bot.kore import KoreClient, KoreError
from bot.records import Done, State
from bot.work.failures import failure_of
from bot.work.job import Job
from bot.work.lookup import rounds
from bot.work.result_pages import Finding, NoResults, read_results
from bot.work.uploads import NotUploaded, with_patience


async def show_results(job: Job, command: ShowResults) -> None:
    """Find the campaign, read its results, and show them or send them to the author."""
    found = await job.step("found", partial(job.find, job.ref, rounds(job, command)))
    if isinstance(found, Failure):
        return
    if len(found) > 1:
        choice = Choice(found=tuple(found))
        await job.step("ask", partial(job.mark, State.DONE, tell=(choice,)))
    else:
        # One step, and its result is nothing: phone numbers are read again rather than stored.
        await job.step("results", partial(_show_once, job, command, found[0]))


async def _show_once(job: Job, command: ShowResults, found: Snapshot) -> None:
    if (await job.now()).state is not State.ACCEPTED:
        return
    try:
        await _show(job, command, found)
    except NoResults:
        await job.give_up(Failure(reason=Reason.NO_RESULTS))
    except NotUploaded:
        await job.give_up(Failure(reason=Reason.NOT_UPLOADED))
    except KoreError as error:
        await job.give_up(failure_of(error))


async def _show(job: Job, command: ShowResults, found: Snapshot) -> None:
    """Read the results and tell them.

    Raises:
        KoreError: they could not be read. NoResults: there are none.
        NotUploaded: Slack did not take the file.
    """
    kore = _kore(job, found)
    snapshot = await job.records.campaigns.remember(await kore.get_campaign(found.id))
    if reason := _refusal(snapshot):
        await job.give_up(Failure(reason=reason))
        return
    finding = await read_results(kore, snapshot, partial(_tell_reading, job))
    told = await _told(job, command, snapshot, finding)
    await job.mark(State.DONE, Done(campaign=snapshot.id), tell=told)


def _kore(job: Job, found: Snapshot) -> KoreClient:
    """Return the client of the campaign's environment, where it was found."""
    return job.kores.get(found.environment or "", job.kore)


def _refusal(snapshot: Snapshot) -> Reason | None:
    """Return why the campaign has no results; Kore.ai has them for voice campaigns alone."""
    match snapshot.kind:
        case Kind.SMS:
            return Reason.NO_RESULTS_OF_SMS
        case Kind.VOICE:
            return None
        case _:
            return Reason.KIND_UNKNOWN


async def _tell_reading(job: Job, read: int, total: int) -> None:
    await job.tell(ResultsNotice(read=read, total=total))


async def _told(
    job: Job, command: ShowResults, snapshot: Snapshot, finding: Finding
) -> Sequence[AnyNotification]:
    """Return what to tell: the counts below the card, or the uploaded file."""
    counts, campaign = finding.counts, snapshot.id
    if command.as_file:
        file = await _uploaded(job, finding.rows, counts)
        return [ResultsFile(campaign=campaign, file=file, counts=counts)]
    shown: tuple[AnyNotification, ...] = (
        Results(campaign=campaign, counts=counts),
        ResultsChart(campaign=campaign, counts=counts),
    )
    posts = await job.records.cards.of(campaign)
    if any(post.channel == job.asked.channel for post in posts):
        return shown
    return [Card(campaign=campaign), *shown]


async def _uploaded(job: Job, rows: ResultRows, counts: ResultCounts) -> str:
    """Upload the rows as CSV, and return the file's ID; nobody sees it yet.

    Raises:
        NotUploaded: Slack did not take it.
    """
    name, content = f"results-{counts.as_of:%Y-%m-%d}-{job.asked.reference}.csv", rows.as_csv()
    return await with_patience(partial(job.files.upload, name, content))
