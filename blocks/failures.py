"""Messages about failures: what failed, what exists in Kore.ai now, and what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, ButtonElement

from blocks.actions import WORDS
from blocks.environments import in_environment
from blocks.ids import Button
from blocks.kit import (
    Message,
    button,
    buttons,
    clamp,
    context,
    escape,
    look_up,
    look_up_list,
    notice,
    question,
    section,
)
from blocks.names import list_progress, namesakes
from blocks.statuses import NOT_IN_STATUS
from bot.campaigns.actions import LOOK_UPS, ON_LISTS, Action
from bot.campaigns.environment import Environment
from bot.campaigns.reasons import Failure, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonWords:
    """The words for a reason.

    `why` says what went wrong. `{said}` in it is Kore.ai's own text, `{namesakes}` the campaigns
    with one name, and `{progress}` how far the bot read their list; each is empty if not known.
    `todo` says what to do. `exists` replaces the action's words about what exists in Kore.ai.
    `todo_by_id` replaces `todo` for the actions that can use the campaign's ID alone.
    """

    why: str
    todo: str
    exists: str = ""
    todo_by_id: str = ""


_TRY_LATER = "Try again in a few minutes."
_DONE_ALREADY = "There is nothing more to do."
# Kore.ai changed another campaign, so only this one is unchanged.
_OWN_SCHEDULE = "Its own schedule in Kore.ai is as it was."
_REASONS: Mapping[Reason, ReasonWords] = {
    Reason.UNREACHABLE: ReasonWords(why="Kore.ai could not be reached.", todo=_TRY_LATER),
    Reason.NO_ANSWER: ReasonWords(why="Kore.ai did not answer in time.", todo=_TRY_LATER),
    Reason.RATE_LIMITED: ReasonWords(
        why="Kore.ai takes no more requests this minute.", todo="Try again in a minute."
    ),
    Reason.BAD_CREDENTIALS: ReasonWords(
        why="Kore.ai does not accept the bot's credentials.{said}",
        todo="Ask whoever runs the bot to check its credentials for Kore.ai.",
    ),
    Reason.NOT_ALLOWED: ReasonWords(
        why="The bot's Kore.ai app may not do this.{said}",
        todo="Ask your Kore.ai admin for the scope Campaign Management.",
    ),
    Reason.NOT_FOUND: ReasonWords(
        why="Kore.ai has no campaign with this name or ID.",
        todo="Check the name with `/campaign list`, or use the campaign's ID.",
    ),
    Reason.GONE: ReasonWords(
        why="Kore.ai no longer has this campaign.",
        todo="If you mean another one with this name, ask again by its name.",
    ),
    Reason.UNKNOWN_ROUTE: ReasonWords(
        why="Kore.ai does not know the address that the bot used.",
        todo="Ask whoever runs the bot to check its settings host and paths.",
    ),
    Reason.REFUSED: ReasonWords(why="Kore.ai refused it.{said}", todo="Change that and try again."),
    Reason.SERVER_FAULT: ReasonWords(why="Kore.ai had an internal error.{said}", todo=_TRY_LATER),
    Reason.GARBLED: ReasonWords(why="Kore.ai's answer could not be read.", todo=_TRY_LATER),
    Reason.NO_DNC_IN_V1: ReasonWords(
        why="The bot is set to version 1 of Kore.ai's API, which cannot take a DNC list.",
        todo="Leave the DNC list out, or ask whoever runs the bot to change voice_version.",
    ),
    Reason.NOT_LISTED: ReasonWords(why="Kore.ai does not list it now.", todo=_TRY_LATER),
    Reason.NAME_TAKEN: ReasonWords(
        why="A campaign with this name already exists, and Kore.ai schedules campaigns by name.",
        todo="Choose another name.",
    ),
    Reason.SEVERAL: ReasonWords(
        why="Several campaigns have this name{namesakes}.", todo="Use the campaign's ID."
    ),
    Reason.NAME_SHARED: ReasonWords(
        why="Several campaigns have this name{namesakes}. Kore.ai schedules by name alone, and "
        "could pick the wrong one.",
        todo="Rename or delete one of them in the Kore.ai console, then try again.",
    ),
    Reason.LIST_INCOMPLETE: ReasonWords(
        why="The bot could not read all campaigns from Kore.ai, so it could not check which of "
        "them have this name.{progress}",
        todo=_TRY_LATER,
        todo_by_id="Use the campaign's ID, or try again in a few minutes.",
    ),
    Reason.WRONG_CAMPAIGN: ReasonWords(
        why="Kore.ai scheduled another campaign with this name, and the bot removed that schedule.",
        exists=_OWN_SCHEDULE,
        todo="Rename one of the two in Kore.ai, then schedule again.",
    ),
    Reason.WRONG_CAMPAIGN_STANDS: ReasonWords(
        why="Kore.ai scheduled another campaign with this name, and the bot could not remove that "
        "schedule.",
        exists=_OWN_SCHEDULE,
        todo="In Kore.ai, remove the schedule of the other campaign now.",
    ),
    Reason.WRONG_CAMPAIGN_UNSCHEDULED: ReasonWords(
        why="Kore.ai removed the schedule of another campaign with this name, and the bot cannot "
        "put it back.",
        exists=_OWN_SCHEDULE,
        todo="In Kore.ai, set the schedule of the other campaign again now.",
    ),
    Reason.NOT_SCHEDULED: ReasonWords(why="It has no schedule.", todo=_DONE_ALREADY),
    Reason.TOO_LATE: ReasonWords(
        why="Its time passed before the bot could do it.",
        todo="If you still want it, submit it again.",
    ),
    Reason.STARTS_BY_ITSELF: ReasonWords(
        why="It is scheduled, and will start by itself.",
        todo="To start it now, remove its schedule first.",
    ),
    Reason.RUNNING: ReasonWords(why="It is running already.", todo=_DONE_ALREADY),
    Reason.NOT_RUNNING: ReasonWords(why="It is not running.", todo=_DONE_ALREADY),
    Reason.STOP_FIRST: ReasonWords(why="It is running.", todo=NOT_IN_STATUS[Reason.STOP_FIRST]),
    Reason.PREPARING: ReasonWords(
        why="Kore.ai is still preparing it.", todo=NOT_IN_STATUS[Reason.PREPARING]
    ),
    Reason.DELETED: ReasonWords(why="Kore.ai no longer has it.", todo=_DONE_ALREADY),
    Reason.CHANGED_ELSEWHERE: ReasonWords(
        why="Somebody changed the campaign in Kore.ai after you reviewed it.",
        todo="Open the form again: it shows the campaign as it is now.",
    ),
    Reason.ONLY_IN_CONSOLE: ReasonWords(
        why="Its dialing mode can be set only in Kore.ai's console.",
        todo="Do it in Kore.ai's console.",
    ),
    Reason.KIND_UNKNOWN: ReasonWords(
        why="Kore.ai does not say whether it is a voice or an SMS campaign.",
        todo="Do it in Kore.ai's console.",
    ),
    Reason.CANNOT_ASK: ReasonWords(
        why="It needs approval, and the bot cannot post in the approvers' channel.",
        todo="Ask whoever runs the bot to invite it to that channel.",
    ),
    Reason.CHANGED: ReasonWords(
        why="The bot's record of it differs from what was reviewed and approved.",
        todo="Tell whoever runs the bot, and submit it again.",
    ),
    Reason.LIST_NOT_FOUND: ReasonWords(
        why="Kore.ai has no such contact list any more.",
        todo="See which there are with `/campaign lists`.",
    ),
    Reason.LIST_NAME_TAKEN: ReasonWords(
        why="Another contact list has this name.", todo="Choose another name."
    ),
    Reason.LIST_IN_USE: ReasonWords(
        why="Campaigns use it, and Kore.ai deletes a contact list only when none does.",
        todo="See which they are with `/campaign lists`, and give them another list first.",
    ),
    Reason.FILE_GONE: ReasonWords(
        why="Slack no longer gives its file to the bot.", todo="Put the file in again."
    ),
    Reason.LIST_NAME_SHARED: ReasonWords(
        why="Several contact lists have its name, and Kore.ai adds contacts by name.",
        todo="Rename one of them first.",
    ),
    Reason.LIST_RENAMED: ReasonWords(
        why="It has another name now than the one that was typed.",
        todo="Look at it again with `/campaign lists` before you delete it.",
    ),
    Reason.NO_ENVIRONMENT: ReasonWords(
        why="The bot's settings no longer have this environment.",
        todo="Ask whoever runs the bot to put it back, or choose another.",
    ),
    Reason.NO_RESULTS: ReasonWords(
        why="Kore.ai has called nobody for it yet, or its run was stopped, which resets its data.",
        todo="Look again once it has run.",
    ),
    Reason.NO_RESULTS_OF_SMS: ReasonWords(
        why="Kore.ai reports results by contact for voice campaigns alone, and this is an SMS "
        "campaign.",
        todo="Look at it in Kore.ai's console.",
    ),
    Reason.NOT_UPLOADED: ReasonWords(
        why="Slack did not take the file.",
        todo="Try again later. If it persists, ask whoever runs the bot whether this workspace "
        "allows files.",
    ),
    Reason.OWN_FAULT: ReasonWords(
        why="The bot had an internal error.",
        todo="Give whoever runs the bot the reference below.",
    ),
}
_BY_ID = {Action.START, Action.STOP, Action.STATUS, Action.RESULTS}
_LOOK_FIRST = "Look before you try again: {look_up}, or Kore.ai's own list of {what}."
_SECOND = question(
    "Create it now?",
    "Kore.ai may have created it already and may list it late. Then two campaigns will have this "
    "name.",
    "Create",
    "Wait",
)
NAME_MAX = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """An action that failed; `form_key` names the submission whose form can be reopened."""

    action: Action
    name: str
    failure: Failure
    reference: str
    form_key: str | None = None
    environment: Environment | None = None


def failure_message(failed: Failed) -> Message:
    """Build the notice, with buttons to edit the form, or to look for the campaign again."""
    lines = sentences(failed)
    blocks: list[Block] = [section(" ".join(lines))]
    if failed.form_key:
        blocks.append(buttons(*_ways_on(failed, failed.form_key)))
    blocks.append(context(f"Reference {failed.reference}"))
    return Message(text=" ".join(lines), blocks=blocks)


def alarm(name: str, failure: Failure, people: Sequence[str]) -> Message:
    """Build the channel's alarm; it mentions `people`, who requested and approved the change."""
    named = " ".join(f"<@{person}>" for person in people)
    meant, words = escape(clamp(name, NAME_MAX)), _REASONS[failure.reason]
    text = (
        f":rotating_light: *Alarm* for {named}: a change to the schedule of “{meant}” affected "
        f"another campaign. {words.why} {words.todo}"
    )
    return notice(text)


def _ways_on(failed: Failed, key: str) -> list[ButtonElement]:
    if failed.failure.certain or failed.action is not Action.CREATE:
        return [button("Edit and try again", Button.EDIT_AGAIN, key, style="primary")]
    return [
        button("Check again", Button.CHECK_AGAIN, key, style="primary"),
        button("Create it now", Button.CREATE_NOW, key, style="danger", confirm=_SECOND),
    ]


def failure_pointer(failed: Failed) -> Message:
    """Build the line beside the command that points to the notice in a direct message."""
    return notice(f"{sentences(failed)[0]} The bot has sent you a direct message about it.")


def sentences(failed: Failed) -> list[str]:
    """Return the sentences of the notice; the first says what failed."""
    failure, name = failed.failure, escape(clamp(failed.name, NAME_MAX))
    said, words = WORDS[failed.action].not_done, _REASONS[failure.reason]
    where, why = in_environment(failed.environment), cause(failure)
    # A look-up changes nothing, so its outcome is always certain.
    if failure.certain or failed.action in LOOK_UPS:
        exists = said.exists and (words.exists or said.exists)
        by_id = words.todo_by_id if failed.action in _BY_ID else ""
        lines = [where + said.failed.format(name=name), why, exists, by_id or words.todo]
        return [line for line in lines if line]
    first = _look_first(failed.action, clamp(failed.name, NAME_MAX))
    return [where + said.unknown.format(name=name), why, said.may_exist, first]


def _look_first(action: Action, name: str) -> str:
    if action in ON_LISTS:
        return _LOOK_FIRST.format(look_up=look_up_list(name), what="contact lists")
    return _LOOK_FIRST.format(look_up=look_up(name), what="campaigns")


def cause(failure: Failure) -> str:
    """Return the reason in words, with the details of this failure."""
    said = f" It says: “{escape(failure.sentence)}”." if failure.sentence else ""
    listed = f": {namesakes(failure.namesakes)}" if failure.namesakes else ""
    progress = f" {list_progress(failure.progress)}" if failure.progress else ""
    return _REASONS[failure.reason].why.format(said=said, namesakes=listed, progress=progress)
