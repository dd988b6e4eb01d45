"""What a channel follows, and what it is told of that."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement, SectionBlock

from blocks.changes import line
from blocks.environments import environment_name, name_and_place
from blocks.ids import COMMAND, Button
from blocks.kit import (
    Message,
    button,
    buttons,
    context,
    escape,
    mrkdwn,
    notice,
    section,
)
from bot.campaigns.environment import Environments
from bot.campaigns.notifications import WatchedChanges
from bot.campaigns.watches import Watch

_EXAMPLES = f"`{COMMAND} watch Spring sale` or `{COMMAND} watch all sms active`"


def changed(told: WatchedChanges, environments: Environments) -> Message:
    """Tell a channel what became of the campaigns that it follows."""
    lines = [line(each, environments) for each in told.changes]
    blocks: list[Block] = [
        SectionBlock(
            text=mrkdwn(line),
            accessory=button("Show", Button.SHOW_STATUS, str(each.campaign)),
            expand=True,
        )
        for each, line in zip(told.changes, lines, strict=True)
    ]
    if told.more:
        left_out = f"Of {told.more:,} more changes, see `{COMMAND} list`."
        lines, blocks = [*lines, left_out], [*blocks, context(left_out)]
    return Message(text="\n".join(lines), blocks=blocks)


def begun(watch: Watch, environments: Environments) -> Message:
    """Tell a channel that it follows something from now on, and who has set that up."""
    text = (
        f"<@{watch.author}> lets this channel follow {_followed(watch, environments)}. News of "
        "that, from Slack or from Kore.ai's console, comes here."
    )
    return Message(text=text, blocks=[section(text), buttons(_unwatch(watch))])


def ended(watch: Watch, person: str, environments: Environments) -> Message:
    """Tell a channel that it no longer follows something, and who has ended that."""
    followed = _followed(watch, environments)
    return notice(f"<@{person}> has ended it: this channel no longer follows {followed}.")


def followed_already(watch: Watch, environments: Environments) -> Message:
    """Tell a person that the channel follows it already."""
    text = f"This channel follows {_followed(watch, environments)} already."
    return Message(text=text, blocks=[section(text), buttons(_unwatch(watch))])


def follows(watches: Sequence[Watch], environments: Environments) -> Message:
    """Show what a channel follows."""
    if not watches:
        return notice(f"This channel follows no campaigns. To let it, type {_EXAMPLES}.")
    title = "This channel follows"
    lines = [_followed(each, environments) for each in watches]
    rows = [
        SectionBlock(text=mrkdwn(line), accessory=_unwatch(each))
        for each, line in zip(watches, lines, strict=True)
    ]
    return Message(text=f"{title} {', '.join(lines)}", blocks=[section(f"*{title}*"), *rows])


def which_one(name: str, found: int) -> Message:
    """Tell a person that the channel follows nothing new: not one campaign has the name."""
    why = f"{found} campaigns are" if found else "No campaign that the bot has read is"
    return notice(
        f"{why} called “{escape(name)}”, so this channel follows nothing new. See "
        f"`{COMMAND} list`, and give the ID."
    )


def not_followed(name: str) -> Message:
    """Tell a person that the channel does not follow the campaign."""
    return notice(
        f"This channel does not follow “{escape(name)}”. `{COMMAND} unwatch` shows what it follows."
    )


def _followed(watch: Watch, environments: Environments) -> str:
    if watch.campaign:
        return name_and_place(watch.campaign, environments)
    narrowed = f" that fit “{escape(str(watch.filter))}”" if str(watch.filter) else ""
    places = [environments.to_name(each) for each in watch.environments or ()]
    named = ", ".join(environment_name(each) for each in places if each)
    return f"all campaigns{narrowed}{f' in {named}' if named else ''}"


def _unwatch(watch: Watch) -> ButtonElement:
    return button("Unwatch", Button.UNWATCH, watch.id)
