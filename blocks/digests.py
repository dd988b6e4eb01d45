"""The morning digest: a channel's day in a few lines."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import Block

from blocks import times
from blocks.card import status
from blocks.environments import name_and_place
from blocks.ids import COMMAND
from blocks.kit import Message, context, escape, header, notice, section
from bot.campaigns.campaign import Snapshot
from bot.campaigns.digests import Digest, DigestTime
from bot.campaigns.environment import Environments
from bot.campaigns.refs import CampaignRef
from bot.campaigns.upcoming import ComingRun

_TITLE = "Campaigns today"
# So many campaigns of a kind are named.
NAMED_MAX = 15


def digest(found: Digest, environments: Environments) -> Message:
    """Build the digest of a day."""
    coming = [_coming(each, environments) for each in found.coming]
    running = [_line(each, environments) for each in found.running]
    ended = [_line(each, environments) for each in found.ended]
    blocks: list[Block] = [header(_TITLE)]
    for title, lines in (("Will run", coming), ("Runs now", running), ("Ended", ended)):
        blocks += [section(f"*{title}*\n{_list(lines)}")] if lines else []
    if found.waiting:
        blocks.append(section(_waiting(found.waiting)))
    blocks.append(context(f"To change this, type `{COMMAND} digest 8:30 am` or `digest off`."))
    return Message(text=f"{_TITLE}: {_counted(found)}.", blocks=blocks)


def begun(chosen: DigestTime) -> Message:
    """Tell a channel when it gets its digest, and who has chosen that."""
    return notice(
        f"<@{chosen.author}> lets this channel get a digest of its campaigns every day at "
        f"{times.clock(chosen.at)} ({escape(chosen.zone)}); nothing on a day with nothing. To end "
        f"that, type `{COMMAND} digest off`."
    )


def ended(person: str) -> Message:
    """Tell a channel that it gets no more digests, and who has ended that."""
    return notice(f"<@{person}> has ended it: this channel gets no more digests.")


def chosen_time(chosen: DigestTime | None) -> Message:
    """Tell a person when the channel gets its digest, and how to change that."""
    if chosen is None:
        return notice(f"This channel gets no digest. To let it, type `{COMMAND} digest 8:30 am`.")
    return notice(
        f"This channel gets a digest every day at {times.clock(chosen.at)} "
        f"({escape(chosen.zone)}), chosen by <@{chosen.author}>. To change that, type "
        f"`{COMMAND} digest 8:30 am` or `{COMMAND} digest off`."
    )


def no_time(typed: str) -> Message:
    """Tell a person that a text is no time."""
    return notice(f"“{escape(typed)}” is not a time. Type for example `{COMMAND} digest 8:30 am`.")


def _coming(coming: ComingRun, environments: Environments) -> str:
    run = coming.run
    nobody = ", which contacts nobody: no calling hours that day" if run.contacts_nobody else ""
    return f"{times.readers_time(run.at)}: {_name(coming.campaign, environments)}{nobody}"


def _line(campaign: Snapshot, environments: Environments) -> str:
    return f"{_name(campaign, environments)}: {status(campaign.status)}"


def _name(campaign: Snapshot, environments: Environments) -> str:
    return name_and_place(CampaignRef.of(campaign), environments)


def _list(lines: Sequence[str]) -> str:
    more = len(lines) - NAMED_MAX
    shown = [f"• {each}" for each in lines[:NAMED_MAX]]
    return "\n".join([*shown, *([f"and {more} more"] if more > 0 else [])])


def _waiting(waiting: int) -> str:
    return f"{waiting} {'request waits' if waiting == 1 else 'requests wait'} for approval."


def _counted(found: Digest) -> str:
    """Return the numbers, for screen readers and notifications."""
    return ", ".join(_counts(found))


def _counts(found: Digest) -> Iterator[str]:
    named = (("will run", found.coming), ("run now", found.running), ("ended", found.ended))
    for words, campaigns in named:
        if campaigns:
            yield f"{len(campaigns)} {words}"
    if found.waiting:
        yield f"{found.waiting} awaiting approval"
