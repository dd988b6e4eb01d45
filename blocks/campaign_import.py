"""Several campaigns from one file in words: their table, how far they are, and the report."""

from collections.abc import Iterable, Mapping, Sequence

from slack_sdk.models.blocks import Block

from blocks import times
from blocks.environments import in_environment
from blocks.failures import cause
from blocks.kit import SECTION_MAX, Message, clamp, code, escape, look_up, section
from bot.campaigns.campaign_import import CampaignRow, Imported, differing
from bot.campaigns.environment import Environment
from bot.campaigns.phones import formatted
from bot.campaigns.review import Review
from bot.campaigns.schedule import Schedule

_BAR = 20
_NAME_MAX = 150
_LIST_MAX = 60
_LINE_MAX = 2500
# Slack refuses a message whose blocks are too long altogether, and does not say from where on:
# docs.slack.dev/reference/methods/chat.postMessage. Longer lists are told in shorter lines.
_LINES_MAX = 9000


def table(review: Review) -> list[Block]:
    """Return what all campaigns share, a line for each, and how many people all of them reach."""
    rows = review.imported or ()
    if not rows:
        return []
    sizes = dict(review.lists)
    parts = [_parts(row, sizes) for row in rows]
    own = differing(rows) if len(rows) > 1 else parts[0].keys()
    shared = [text for name, text in parts[0].items() if name not in own]
    lines = [
        " · ".join([_named(row), *(text for name, text in each.items() if name in own)])
        for row, each in zip(rows, parts, strict=True)
    ]
    blocks = sections("*In all of them*", shared) if shared else []
    blocks += sections(_heading(rows), lines)
    load = review.load.product if review.load else None
    reach = "Not known: Kore.ai did not say how many contacts there are."
    if load is not None:
        reach = f"{load:,} contacts in all runs of all campaigns together"
    return [*blocks, section(f"*Contact load*\n{reach}")]


def progress(
    became: Sequence[Imported], total: int, where: Environment | None, *, is_over: bool
) -> Message:
    """Show how far it is as a bar, and at the end how many campaigns were created.

    Until then it names each, so that people know what exists if the work ends early.
    """
    start = in_environment(where)
    if is_over:
        text = f"{start}{_summary(became)} The report names each."
        return Message(text=text, blocks=[section(text)])
    share = len(became) / total if total else 1
    bar = "█" * int(share * _BAR) + "░" * (_BAR - int(share * _BAR))
    text = f"{start}Creating campaigns: {len(became)} of {total}"
    lines = [_outcome_line(each, with_why=False) for each in became]
    shown = sections("*Until now*", lines) if lines else []
    return Message(text=text, blocks=[section(f"{text}\n{code(bar)} {share:.0%}"), *shown])


def report(became: Sequence[Imported], author: str, where: Environment | None) -> Message:
    """Build the report of what became of each campaign."""
    text = f"*Campaigns from a file* by <@{author}>. {in_environment(where)}{_summary(became)}"
    wrong = [each for each in became if each.failure or each.scheduled is False]
    right = [each for each in became if each not in wrong]
    blocks: list[Block] = [section(text)]
    if wrong:
        lines = [_outcome_line(each) for each in wrong]
        short = [_outcome_line(each, with_why=False) for each in wrong]
        blocks += sections("*Not as wanted*", _short_enough(lines, short))
    if right:
        blocks += sections("*Created*", [_outcome_line(each) for each in right])
    return Message(text=text, blocks=blocks)


def sections(heading: str, lines: Iterable[str]) -> list[Block]:
    """Return a list under a heading, in as few sections as Slack's limit on each allows."""
    texts = [heading]
    for line in (f"\n• {clamp(each, _LINE_MAX)}" for each in lines):
        if len(texts[-1]) + len(line) > SECTION_MAX:
            texts.append(heading)
        texts[-1] += line
    return [section(text) for text in texts]


def _heading(rows: Sequence[CampaignRow]) -> str:
    planned = sum(row.schedule is not None for row in rows)
    return f"*{_count(len(rows))} to create, {planned or 'none'} with a schedule*"


def _named(row: CampaignRow) -> str:
    return f"Line {row.line}: {escape(row.campaign.name)}"


def _parts(row: CampaignRow, sizes: Mapping[str, int | None]) -> dict[str, str]:
    """Return what is said of a campaign, by the names of its settings."""
    campaign = row.campaign
    lists = ", ".join(_sized(name, sizes.get(name)) for name in campaign.contact_lists)
    sends = {"flow": f"flow {escape(campaign.flow or '')}"}
    if campaign.message:
        sends = {"message": f"“{escape(' '.join(campaign.message.split()))}”"}
    if campaign.template:
        sends["template"] = f"template {escape(campaign.template)}"
    return {
        "contact_lists": f"to {lists}",
        "caller_id": f"from {escape(formatted(campaign.caller_id))}",
        "dnc_list": f"DNC list {escape(campaign.dnc_list)}" if campaign.dnc_list else "no DNC list",
        "hours": times.calling_hours(campaign.hours),
        "schedule": _plan(row.schedule) if row.schedule else "no schedule",
        **sends,
    }


def _short_enough(full: Sequence[str], short: Sequence[str]) -> Sequence[str]:
    return full if sum(map(len, full)) <= _LINES_MAX else short


def _plan(plan: Schedule) -> str:
    """Return a schedule in one line."""
    start, end = times.day_and_time(plan.start), times.day_and_time(plan.end)
    return f"{times.recurrence(plan)}, from {start} to {end} ({escape(plan.zone)})"


def _sized(name: str, size: int | None) -> str:
    shown = escape(clamp(name, _LIST_MAX))
    return f"{shown} ({'size not known' if size is None else f'{size:,}'})"


def _outcome_line(each: Imported, *, with_why: bool = True) -> str:
    """Return what became of a campaign: whether it exists now, and what to do."""
    name = f"Line {each.line}: {escape(clamp(each.name, _NAME_MAX))}"
    if each.failure:
        why = f" {cause(each.failure)}" if with_why else ""
        if each.failure.certain:
            return f"{name} was not created.{why}"
        todo = f"Look with {look_up(each.name)} before you create it again."
        return f"{name}: it is not known whether it was created.{why} {todo}"
    made = f"{name} {code(each.campaign or '')}"
    if each.scheduled is None:
        return f"{made} was created, without a schedule."
    return f"{made} was created{_schedule_words(each, with_why=with_why)}"


def _schedule_words(each: Imported, *, with_why: bool) -> str:
    if each.scheduled:
        return " and scheduled."
    failed = each.not_scheduled
    why = f" {cause(failed)}" if failed and with_why else ""
    if failed and not failed.certain:
        return f"; it is not known whether its schedule was set.{why} Look at {look_up(each.name)}."
    return f", but not scheduled.{why} To schedule it: {code(f'/campaign schedule {each.name}')}"


def _summary(became: Sequence[Imported]) -> str:
    made = [each for each in became if each.campaign]
    unknown = sum(1 for each in became if each.failure and not each.failure.certain)
    planned = [each for each in became if each.scheduled is not None and each.campaign]
    texts = [f"{len(made)} of {_count(len(became))} created"]
    if planned:
        texts.append(f"{sum(bool(each.scheduled) for each in planned)} of {len(planned)} scheduled")
    if unknown:
        texts.append(f"{unknown} not known")
    return ", ".join(texts) + "."


def _count(number: int) -> str:
    return f"{number} campaign{'' if number == 1 else 's'}"
