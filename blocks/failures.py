"""What is said when something did not succeed: what failed, what exists now, what to do."""

from collections.abc import Sequence
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
    notice,
    question,
    section,
)
from blocks.names import list_progress, namesakes
from bot.campaigns.actions import Action
from bot.campaigns.environment import Environment
from bot.campaigns.reasons import Failure, Reason

# Why, as a sentence; `{said}` is Kore.ai's own words, `{namesakes}` the campaigns of one name, and
# `{progress}` how far their list was read. Each is empty where it is not known.
_WHY = {
    Reason.UNREACHABLE: "Kore.ai could not be reached.",
    Reason.NO_ANSWER: "Kore.ai did not answer in time.",
    Reason.RATE_LIMITED: "Kore.ai takes no more requests this minute.",
    Reason.BAD_CREDENTIALS: "Kore.ai does not accept the bot's credentials.{said}",
    Reason.NOT_ALLOWED: "The bot's Kore.ai app may not do this.{said}",
    Reason.NOT_FOUND: "Kore.ai has no such campaign.",
    Reason.UNKNOWN_ROUTE: "Kore.ai does not know the address the bot asked.",
    Reason.REFUSED: "Kore.ai refused it.{said}",
    Reason.SERVER_FAULT: "Kore.ai had a fault of its own.{said}",
    Reason.GARBLED: "Kore.ai's answer could not be read.",
    Reason.NO_DNC_IN_V1: "The bot is set to version 1 of the API, which cannot say the DNC list.",
    Reason.NOT_LISTED: "Kore.ai does not list it now.",
    Reason.NAME_TAKEN: "A campaign of this name exists already, and schedules go by name.",
    Reason.SEVERAL: "Several campaigns have this name{namesakes}.",
    Reason.NAME_SHARED: (
        "Several campaigns have this name{namesakes}. Kore.ai schedules by name alone, and could "
        "take another than the one meant."
    ),
    Reason.LIST_INCOMPLETE: (
        "The bot could not read all of Kore.ai's campaigns, so which of them have this name could "
        "not be checked.{progress}"
    ),
    Reason.WRONG_CAMPAIGN: (
        "Kore.ai took another campaign of this name; what it scheduled there was removed."
    ),
    Reason.WRONG_CAMPAIGN_STANDS: (
        "Kore.ai scheduled another campaign of this name, and the bot could not remove that."
    ),
    Reason.WRONG_CAMPAIGN_UNSCHEDULED: (
        "Kore.ai took another campaign of this name and removed its schedule, which the bot cannot "
        "put back."
    ),
    Reason.NOT_SCHEDULED: "It has no schedule.",
    Reason.TOO_LATE: "Its time had passed before it could be done.",
    Reason.STARTS_BY_ITSELF: "It is scheduled, and will start by itself.",
    Reason.RUNNING: "It is running already.",
    Reason.NOT_RUNNING: "It is not running.",
    Reason.KIND_UNKNOWN: "Kore.ai does not say whether it is a voice or an SMS campaign.",
    Reason.CANNOT_ASK: "It needs approval, and the bot cannot post where the approvers are asked.",
    Reason.CHANGED: "What is kept of it is not what was reviewed and approved.",
    Reason.NO_ENVIRONMENT: "The bot's settings no longer have this environment.",
    Reason.OWN_FAULT: "The bot met a fault of its own.",
}
_TODO = {
    Reason.UNREACHABLE: "Try again in a few minutes.",
    Reason.NO_ANSWER: "Try again in a few minutes.",
    Reason.RATE_LIMITED: "Try again in a minute.",
    Reason.BAD_CREDENTIALS: "Ask whoever runs the bot to check its credentials for Kore.ai.",
    Reason.NOT_ALLOWED: "Ask your Kore.ai admin for the scope Campaign Management.",
    Reason.NOT_FOUND: "Check the name with `/campaign list`, or use the campaign's ID.",
    Reason.UNKNOWN_ROUTE: "Ask whoever runs the bot to check its settings host and paths.",
    Reason.REFUSED: "Change that and try again.",
    Reason.SERVER_FAULT: "Try again in a few minutes.",
    Reason.GARBLED: "Try again in a few minutes.",
    Reason.NO_DNC_IN_V1: "Leave the DNC list out, or ask for another voice_version.",
    Reason.NOT_LISTED: "Try again in a few minutes.",
    Reason.NAME_TAKEN: "Choose another name.",
    Reason.SEVERAL: "Use the campaign's ID.",
    Reason.NAME_SHARED: ("Rename or delete one of them in the Kore.ai console, then try again."),
    Reason.LIST_INCOMPLETE: "Try again in a few minutes.",
    Reason.WRONG_CAMPAIGN: "Rename one of the two in Kore.ai, then schedule again.",
    Reason.WRONG_CAMPAIGN_STANDS: (
        "In Kore.ai, remove the schedule of the other campaign of this name now."
    ),
    Reason.WRONG_CAMPAIGN_UNSCHEDULED: (
        "In Kore.ai, set the schedule of the other campaign of this name again now."
    ),
    Reason.NOT_SCHEDULED: "There is nothing more to do.",
    Reason.TOO_LATE: "If it is still wanted, ask for it again.",
    Reason.STARTS_BY_ITSELF: "To start it now, remove its schedule first.",
    Reason.RUNNING: "There is nothing more to do.",
    Reason.NOT_RUNNING: "There is nothing more to do.",
    Reason.KIND_UNKNOWN: "Do it in Kore.ai's console.",
    Reason.CANNOT_ASK: "Ask whoever runs the bot to invite it to that channel.",
    Reason.CHANGED: "Tell whoever runs the bot, and ask for it again.",
    Reason.NO_ENVIRONMENT: "Ask whoever runs the bot to put it back, or choose another.",
    Reason.OWN_FAULT: "Give whoever runs the bot the reference below.",
}
# Where an ID says all that a name does, there is a way around the list.
_TODO_INSTEAD = {
    (action, Reason.LIST_INCOMPLETE): ("Use the campaign's ID, or try again in a few minutes.")
    for action in (Action.START, Action.STOP, Action.STATUS)
}
_LOOK_FIRST = "Look before you try again: {look_up}, or Kore.ai's own list of campaigns."
# Where the wrong campaign was touched, something was changed after all.
_EXISTS_INSTEAD = {
    Reason.WRONG_CAMPAIGN: "Its own schedule in Kore.ai is as it was.",
    Reason.WRONG_CAMPAIGN_STANDS: "Its own schedule in Kore.ai is as it was.",
    Reason.WRONG_CAMPAIGN_UNSCHEDULED: "Its own schedule in Kore.ai is as it was.",
}
_SECOND = question(
    "Create it now?",
    "Kore.ai may have made it after all and list it late. Then there will be two of this name.",
    "Create",
    "Wait",
)
NAME_MAX = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """An action that failed; `form_key` names the submission whose form can be opened again."""

    action: Action
    name: str
    failure: Failure
    reference: str
    form_key: str | None = None
    environment: Environment | None = None


def failure_message(failed: Failed) -> Message:
    """The notice, with the ways on: the filled form again, or to look whether it is there."""
    lines = _lines(failed)
    blocks: list[Block] = [section(" ".join(lines))]
    if failed.form_key:
        blocks.append(buttons(*_ways_on(failed, failed.form_key)))
    blocks.append(context(f"Reference {failed.reference}"))
    return Message(text=" ".join(lines), blocks=blocks)


def alarm(name: str, failure: Failure, people: Sequence[str]) -> Message:
    """What the channel is told, with those named who asked for it and let it."""
    named = " ".join(f"<@{person}>" for person in people)
    meant = escape(clamp(name, NAME_MAX))
    text = (
        f":rotating_light: *Alarm* for {named}: while the schedule of “{meant}” was changed, "
        f"another campaign was touched. {_WHY[failure.reason]} {_TODO[failure.reason]}"
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
    """One line beside the command, for a notice that is in the direct messages."""
    return notice(f"{_lines(failed)[0]} The bot has sent you a direct message about it.")


def _lines(failed: Failed) -> list[str]:
    failure, name = failed.failure, escape(clamp(failed.name, NAME_MAX))
    said = WORDS[failed.action].not_done
    where, why = in_environment(failed.environment), _why(failure)
    # A look-up changes nothing, so there is nothing about it not to know.
    if failure.certain or failed.action is Action.STATUS:
        exists = _EXISTS_INSTEAD.get(failure.reason, said.exists)
        todo = _TODO_INSTEAD.get((failed.action, failure.reason), _TODO[failure.reason])
        return [where + said.failed.format(name=name), why, exists, todo]
    first = _LOOK_FIRST.format(look_up=look_up(clamp(failed.name, NAME_MAX)))
    return [where + said.unknown.format(name=name), why, said.may_exist, first]


def _why(failure: Failure) -> str:
    """The reason in words, with what is known of it."""
    said = f" It says: “{escape(failure.sentence)}”." if failure.sentence else ""
    listed = f": {namesakes(failure.namesakes)}" if failure.namesakes else ""
    progress = f" {list_progress(failure.progress)}" if failure.progress else ""
    return _WHY[failure.reason].format(said=said, namesakes=listed, progress=progress)
