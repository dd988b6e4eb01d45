"""The review: what exactly will be done, what speaks against it, and a button to confirm it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from slack_sdk.models.blocks import Block, InputBlock, PlainTextInputElement
from slack_sdk.models.views import View as Modal

from blocks import times
from blocks.actions import WORDS
from blocks.campaign_import import table
from blocks.campaign_settings import campaign_blocks, list_sizes
from blocks.card import schedule_facts, status
from blocks.edits import differences
from blocks.emergency import running_blocks
from blocks.environments import consequence, environment_name
from blocks.findings import finding_line
from blocks.ids import COMMAND, View
from blocks.kit import (
    SECTION_MAX,
    TITLE_MAX,
    code,
    context,
    escape,
    facts,
    notice_view,
    plain,
    section,
)
from blocks.list_changes import list_blocks
from blocks.split import offer, rest_line
from bot.campaigns.actions import ACTIONS, ON_LISTS, Action
from bot.campaigns.environment import Environment
from bot.campaigns.review import Review
from bot.campaigns.review.findings import Severity
from bot.campaigns.runs import Run
from bot.campaigns.schedule import Schedule

# The name of the field for the reason to go without a DNC list.
REASON = "reason"
REASON_MAX = 500
# The name of the field for the campaign's name, typed to confirm what cannot be undone.
TYPED_NAME = "typed_name"
# The actions whose review comes from a form, whatever it shows.
_IN_FORMS = (*ON_LISTS, Action.IMPORT)
_SEVERITIES = {
    Severity.BLOCKER: ":no_entry: *Not possible*",
    Severity.NEEDLESS: ":white_check_mark: *Nothing to do*",
    Severity.WARNING: ":warning: *Warnings*",
    Severity.UNCHECKED: ":grey_question: *Not checked*",
}


def checking(view: str) -> Modal:
    """Build the view to show while the bot asks Kore.ai; nothing can be confirmed yet."""
    return _modal(
        view,
        [section(":hourglass_flowing_sand: Checking with Kore.ai. Nothing has been sent yet.")],
    )


def review_view(
    view: str, digest: str, review: Review, where: Environment | None, saved: str = ""
) -> Modal:
    """Build the review, with a button to confirm it unless a finding makes it impossible.

    `saved` says what is saved of the form once it is confirmed; it is formatted.

    `private_metadata` carries the digest, so a person confirms exactly what they saw.
    """
    blocks = review_blocks(review, where)
    if review.blocked:
        has_form = review.campaign or review.schedule or review.action in _IN_FORMS
        change = "Go back to change it. " if has_form else ""
        return _modal(view, [*blocks, context(f"{change}Nothing has been sent.")])
    blocks.insert(0, section(WORDS[review.action].heading))
    if review.parts:
        blocks.append(offer(*review.parts))
    if saved:
        blocks.append(section(saved))
    if review.needs_reason:
        blocks.append(_reason())
    if ACTIONS[review.action].typed_name:
        blocks.append(_typed_name(review))
    modal = _modal(view, blocks)
    submit = "Ask for approval" if review.approval_reason else WORDS[review.action].confirm
    modal.submit = plain(submit, TITLE_MAX)
    modal.private_metadata = digest
    return modal


def review_blocks(review: Review, where: Environment | None) -> list[Block]:
    """Return the subject and the findings, for the person who confirms or approves it.

    `where` is the environment to name, if there are several; production gets a warning if people
    may be contacted.
    """
    blocks: list[Block] = []
    if where:
        reaches = where.looks_like_production and ACTIONS[review.action].approvable
        blocks.append(section(consequence(where) if reaches else environment_name(where)))
    blocks += _subject(review)
    for severity, heading in _SEVERITIES.items():
        lines = [finding_line(each) for each in review.findings if each.severity is severity]
        blocks += _bulleted(heading, lines)
    return blocks


def _bulleted(heading: str, lines: Sequence[str]) -> list[Block]:
    """Return a list under a heading, in as few sections as Slack's limit on each allows."""
    texts = [heading] if lines else []
    for line in lines:
        if len(texts[-1]) + len(line) + 3 > SECTION_MAX:
            texts.append(heading)
        texts[-1] += f"\n• {line}"
    return [section(text) for text in texts]


def name_of(review: Review) -> str:
    """Return the campaign's name, escaped."""
    return escape(review.label)


def failed(view: str) -> Modal:
    """Say that the bot had an internal error during the review."""
    text = "The review failed, and nothing was sent. Go back and try again in a minute."
    return _modal(view, [section(text)])


def out_of_date() -> Modal:
    """Say that the form has changed since this review."""
    return notice_view(
        "Review again",
        "This review is out of date, so nothing was sent. Go back to the form and review it again.",
    )


def sent_before() -> Modal:
    """Say that this form was submitted before with other values; a form sends one thing."""
    return notice_view(
        "Already sent",
        "You sent this form before you changed it, and the bot is carrying that out: its card or "
        "message shows what. Your later changes were not sent. To send them too, start again "
        f"with `{COMMAND}`.",
    )


def _modal(view: str, blocks: Sequence[Block]) -> Modal:
    return Modal(
        type="modal",
        callback_id=View.REVIEW,
        external_id=view,
        title=plain("Review", TITLE_MAX),
        close=plain("Back", TITLE_MAX),
        blocks=blocks,
    )


def _subject(review: Review) -> list[Block]:
    """Return the campaign to create, or the existing one with its changes."""
    own: dict[Action, Callable[[Review], list[Block]]] = {
        Action.EDIT: _edit_blocks,
        Action.IMPORT: table,
        **dict.fromkeys(ON_LISTS, list_blocks),
    }
    if review.action in own:
        return own[review.action](review)
    if review.campaign:
        return campaign_blocks(review.campaign, review)
    if review.running is not None:
        return running_blocks(review.running) if review.running else []
    if not ACTIONS[review.action].approvable:
        return _ending_blocks(review)
    blocks: list[Block] = []
    if target := review.target:
        hours = times.calling_hours(target.hours) if target.hours else "Not known"
        blocks += facts(
            [
                ("Campaign", f"{escape(target.name)}\n{code(target.id)}"),
                ("Contact lists", list_sizes(review)),
                ("DNC list", escape(target.dnc_list or "None that Kore.ai shows")),
                ("Calling hours", hours),
            ]
        )
    elif review.named:
        blocks += facts([("Campaign", escape(review.named))])
    if review.schedule:
        blocks += _schedule_blocks(review.schedule, review)
    if review.load:
        blocks.append(section(f"*Contact load*\n{_load(review)}"))
    return blocks


def _edit_blocks(review: Review) -> list[Block]:
    """Return the campaign and what changes in it; all settings if the old ones are unknown."""
    target = review.target
    named = f"{escape(target.name)}\n{code(target.id)}" if target else escape(review.named)
    shown = facts([("Campaign", named), *([("Status", status(target.status))] if target else [])])
    if review.campaign and review.replaced is not None:
        return shown + differences(review.campaign, review.replaced)
    return shown + (campaign_blocks(review.campaign, review) if review.campaign else [])


def _ending_blocks(review: Review) -> list[Block]:
    """Return the campaign after whose change fewer people are contacted, and its schedule."""
    target = review.target
    if target is None:
        shown = facts([("Campaign", escape(review.named))])
    else:
        named = f"{escape(target.name)}\n{code(target.id)}"
        shown = facts([("Campaign", named), ("Status", status(target.status))])
    return shown + (facts(schedule_facts(review.present)) if review.present else [])


def _schedule_blocks(schedule: Schedule, review: Review) -> list[Block]:
    blocks = facts(schedule_facts(schedule))
    if review.rest:
        blocks.append(section(rest_line(review.rest)))
    if review.present:
        blocks.append(section("*In place of*"))
        blocks += facts(schedule_facts(review.present))
    if review.runs:
        lines = "\n".join(_run_lines(review.runs))
        blocks.append(section(f"*Next runs* ({escape(schedule.zone)})\n{lines}"))
    return blocks


def _run_lines(runs: Iterable[Run]) -> Iterable[str]:
    for run in runs:
        moved = f" ({_shift(run.moved)} than requested)" if run.moved else ""
        reach = "" if run.inside is None else f" · {_reach(run.inside)}"
        yield f"• {times.day_and_time(run.local)}{moved} · {times.utc_beside(run)}{reach}"


def _reach(inside: timedelta) -> str:
    """Return how long calling hours are open from a run's start to the end of its day."""
    return f"{_length(inside)} of calling hours" if inside else "contacts nobody that day"


def _shift(moved: timedelta) -> str:
    return f"{_length(abs(moved))} {'later' if moved > timedelta() else 'earlier'}"


def _length(span: timedelta) -> str:
    """Format a duration as `1 h 30 min`."""
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    parts = ((hours, "h"), (minutes, "min"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number)


def _load(review: Review) -> str:
    load = review.load
    if load is None or load.product is None or load.contacts is None:
        return "Not known: Kore.ai did not say how many contacts there are."
    if load.runs == 1:
        return f"{load.contacts:,} contacts in 1 run"
    return f"{load.contacts:,} contacts in each of {load.runs:,} runs: {load.product:,} in all"


def another_name(review: Review) -> str:
    """Return what is said on the field if another name was typed."""
    return f"To confirm it, type: {review.label}"


def _typed_name(review: Review) -> InputBlock:
    return InputBlock(
        block_id=TYPED_NAME,
        label=plain("Type the name to confirm", SECTION_MAX),
        hint=plain(f"Type: {review.label}", SECTION_MAX),
        element=PlainTextInputElement(action_id=TYPED_NAME),
    )


def _reason() -> InputBlock:
    return InputBlock(
        block_id=REASON,
        label=plain("Why without a DNC list?", SECTION_MAX),
        hint=plain("Your reason goes into the audit log.", SECTION_MAX),
        element=PlainTextInputElement(action_id=REASON, max_length=REASON_MAX),
    )
