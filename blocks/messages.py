"""Messages other than cards and failures: menu, help, lists, choices and small notices."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from slack_sdk.models.views import View as Modal

from blocks import times
from blocks.actions import USAGES
from blocks.actions.words import Usage
from blocks.environments import in_environment
from blocks.ids import COMMAND, Button
from blocks.kit import (
    Message,
    button,
    buttons,
    code,
    escape,
    header,
    look_up,
    look_up_list,
    notice,
    notice_view,
    section,
)
from blocks.names import read_so_far
from bot.campaigns.environment import Environment
from bot.campaigns.reasons import ListProgress
from bot.campaigns.roles import EVERYONE, Permission, Refusal

# Each permission in words, after "You may not".
_MAY = {
    Permission.CREATE: "create campaigns",
    Permission.STOP_ALL: "stop all campaigns at once",
    Permission.EDIT: "change campaigns",
    Permission.DELETE: "delete campaigns",
    Permission.SCHEDULE: "schedule campaigns",
    Permission.UNSCHEDULE: "remove schedules",
    Permission.START: "start campaigns",
    Permission.STOP: "stop campaigns",
    Permission.STATUS: "look campaigns up",
    Permission.RESULTS: "see results",
    Permission.RESULTS_FILE: "get results with the phone numbers of contacts",
    Permission.LIST: "list campaigns",
    Permission.MANAGE_LISTS: "change contact lists",
    Permission.MANAGE_SAVED_FORMS: "delete the forms that others saved",
    Permission.APPROVE: "approve or decline",
    Permission.CANCEL: "cancel what was approved",
}


def menu() -> Message:
    """Show what the bot can do, as buttons."""
    row = buttons(
        button("New SMS campaign", Button.OPEN_SMS, "menu", style="primary"),
        button("New voice campaign", Button.OPEN_VOICE, "menu"),
        button("Campaigns from a file", Button.OPEN_IMPORT, "menu"),
        button("Schedule", Button.NEW_SCHEDULE, "menu"),
        button("List", Button.LIST, "0"),
        button("Contact lists", Button.CONTACT_LISTS, "0"),
        button("Saved forms", Button.SAVED_FORMS, "0"),
        button("Help", Button.HELP, "menu"),
    )
    text = f"What would you like to do? Type `{COMMAND} help` to see every command."
    return Message(text=text, blocks=[section(text), row])


def new_campaign() -> Message:
    """Ask which kind of campaign to make."""
    row = buttons(
        button("New SMS campaign", Button.OPEN_SMS, "menu", style="primary"),
        button("New voice campaign", Button.OPEN_VOICE, "menu"),
    )
    text = "Which kind of campaign would you like to create?"
    return Message(text=text, blocks=[section(text), row])


def help_page(word: str = "") -> Message:
    """Show all commands, one on each line, or one command with an example."""
    if word in USAGES:
        text = f"{_line(USAGES[word])}. Example: {_example(word)}"
        return Message(text=text, blocks=[section(text)])
    lines = [_line(usage) for usage in USAGES.values()]
    text = "\n".join([f"`{COMMAND}`: a menu with buttons", *lines])
    return Message(text=text, blocks=[header("Campaigns"), section(text)])


def not_understood(typed: str, nearest: str | None) -> Message:
    """Say that the command was not understood, and suggest the nearest one."""
    said = f"“{escape(typed)}” was not understood."
    if nearest is None:
        return notice(f"{said} Type `{COMMAND} help` to see every command.")
    return notice(f"{said} The nearest command is {_with_example(nearest)}")


def names_no_campaign(command: str) -> Message:
    """Say that the command needs a campaign."""
    return notice(f"Say which campaign: {_with_example(command)}")


def names_no_environment(names: Iterable[str]) -> Message:
    """Say that the emergency stop needs an environment."""
    ways = " or ".join(f"`{COMMAND} stop-all {name}`" for name in names)
    return notice(f"Say in which environment: {ways}. Nothing was stopped.")


def _with_example(command: str) -> str:
    usage = USAGES[command]
    return f"`{COMMAND} {escape(usage.typed)}`, for example {_example(command)}."


def _example(command: str) -> str:
    return code(f"{COMMAND} {USAGES[command].example}")


def _line(usage: Usage) -> str:
    return f"`{COMMAND} {escape(usage.typed)}`: {usage.does}"


def posted_elsewhere(channel: str, bot_user: str) -> str:
    """Explain why a card is not in the chosen channel, and how to change that."""
    return (
        f"The bot could not post in <#{channel}>. "
        f"To see cards there, type `/invite` <@{bot_user}> in it."
    )


def waiting(until: datetime) -> Message:
    """Say that Kore.ai's requests for this minute are used up, and when the bot continues."""
    return notice(
        "Kore.ai takes no more requests this minute. Nothing is lost: "
        f"the bot continues {times.readers_time(until)}."
    )


def reading(name: str, progress: ListProgress) -> Message:
    """Say that the bot answers when it has read the whole account."""
    return notice(
        f"The bot has not found “{escape(name)}” yet. It still reads the account: "
        f"{read_so_far(progress)}. Nothing is lost: it answers here when it is done."
    )


def campaign_gone(label: str) -> Message:
    """Say that the bot no longer knows the campaign whose button was pressed."""
    return notice(f"The bot no longer knows “{escape(label)}”. Type `{COMMAND} list` to see all.")


def saved_form_gone() -> Message:
    """Say that the saved form whose button was pressed is not there to start from."""
    return notice(
        "This saved form was deleted, or it is for another channel. "
        f"Type `{COMMAND} saved` to see those that you can start from."
    )


def contact_list_gone(label: str) -> Message:
    """Say that the bot no longer knows the contact list whose button was pressed."""
    return notice(f"The bot no longer knows “{escape(label)}”. Type `{COMMAND} lists` to see all.")


def no_single_contact_list(name: str, found: int) -> Message:
    """Say that no contact list has this name, or that several have it, and how to go on."""
    known = f"{found} contact lists are" if found else "The bot knows no contact list that is"
    return notice(f"{known} called “{escape(name)}”. Choose one from {look_up_list(name)}.")


def card_not_shown(label: str, environment: Environment | None = None) -> Message:
    """Say that a request is done, but the bot could not show the card."""
    where, name = in_environment(environment), escape(label)
    return notice(
        f"{where}Your request for “{name}” is done in Kore.ai, but the bot could not show its "
        f"card. To see it, type {look_up(label)}."
    )


def cannot_post() -> Message:
    """Tell a person that the bot cannot post in the channel, so that nothing was changed."""
    return notice(
        "The bot cannot post in this channel, so nothing was changed. Invite it with "
        "`/invite @campaign-bot`, then try again."
    )


def not_permitted(refusal: Refusal) -> Message:
    """Say that the person lacks the role, or that the bot could not check it."""
    return notice(_not_permitted(refusal))


def not_permitted_view(refusal: Refusal) -> Modal:
    """Show the same as a modal on top of a form."""
    return notice_view("Not permitted", _not_permitted(refusal))


def _not_permitted(refusal: Refusal) -> str:
    if refusal.unlisted:
        return unlisted(refusal)
    ask = whom_to_ask(refusal.others)
    return f"You may not {_MAY[refusal.permission]} here. Nothing was done. {ask}"


def unlisted(refusal: Refusal) -> str:
    """Say that the role cannot be checked, because Slack did not list a user group."""
    groups = " and ".join(map(code, refusal.unlisted))
    return (
        f"The bot could not check whether you may {_MAY[refusal.permission]} here, because Slack "
        f"did not list the members of the user group {groups}. Nothing was done. Try again in a "
        "minute."
    )


def whom_to_ask(others: Sequence[str]) -> str:
    """Return whom a person without the role can ask: Slack users, groups and channels."""
    return f"Ask {' or '.join(map(_member, others))}." if others else "Ask whoever runs the bot."


def _member(named: str) -> str:
    """Return a user, group or channel as Slack shows it; a group is named without a ping."""
    if named == EVERYONE:
        return "anybody else"
    if named.startswith(("C", "G")):
        return f"in <#{named}>"
    return f"the user group {code(named)}" if named.startswith("S") else f"<@{named}>"


def form_kept(title: str, key: str) -> Message:
    """Offer to reopen a closed form, with the values that Slack last reported."""
    text = (
        f"“{title}” was closed, and nothing was sent to Kore.ai. "
        "For a day you can go on with what you had entered at its last change or review."
    )
    again = button("Go on with it", Button.EDIT_AGAIN, key)
    return Message(text=text, blocks=[section(text), buttons(again)])


def form_gone() -> Message:
    """Say that a form is not available anymore."""
    return notice(
        "The bot no longer has this form for you, so it did nothing. Start again with `/campaign`."
    )


def form_not_opened() -> Message:
    """Say that Slack did not open a form in time."""
    return notice(
        "Slack did not open the form in time. Nothing was created or changed in Kore.ai. "
        "Please try again."
    )
