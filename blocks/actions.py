"""The words for each action: one row holds everything that people read about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType

from bot.campaigns.actions import Action


@dataclass(frozen=True, slots=True)
class Usage:
    """A subcommand: what people type after `/campaign`, what that does, and an example."""

    typed: str
    does: str
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotDone:
    """The words for an action that was not done: what failed, and what exists in Kore.ai now.

    `unknown` and `may_exist` replace them if the outcome is unknown. `exists` is empty for a
    look-up, which changes nothing. `{name}` is the campaign's name.
    """

    failed: str
    exists: str
    unknown: str
    may_exist: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionWords:
    """An action in words.

    `wants` follows the author's name in a request for approval. `done` precedes the author's name
    on the card. `button` is on the card, red if `danger`. `confirm` is on the button that ends the
    review under `heading`.
    """

    usages: tuple[Usage, ...]
    wants: str
    done: str
    not_done: NotDone
    button: str = ""
    danger: bool = False
    heading: str = ""
    confirm: str = ""


WORDS: Mapping[Action, ActionWords] = MappingProxyType(
    {
        Action.CREATE: ActionWords(
            usages=(
                Usage("sms [name]", "create an SMS campaign", "sms Spring sale"),
                Usage("voice [name]", "create a voice campaign", "voice Renewal reminder"),
            ),
            wants="wants to create this campaign",
            done="Created by",
            heading="*Create this campaign?* It will not start by itself.",
            confirm="Create",
            not_done=NotDone(
                failed="“{name}” was not created.",
                exists="Nothing was created in Kore.ai.",
                unknown="Whether “{name}” was created is not known.",
                may_exist="It is not known whether the campaign exists in Kore.ai.",
            ),
        ),
        Action.SCHEDULE: ActionWords(
            usages=(
                Usage(
                    "schedule [name or ID]",
                    "schedule a campaign, daily or weekly",
                    "schedule Spring sale",
                ),
            ),
            wants="wants to set this schedule",
            done="Scheduled by",
            heading="*Set this schedule?* Every run contacts the whole contact list again.",
            confirm="Schedule",
            not_done=NotDone(
                failed="“{name}” was not scheduled.",
                exists="Nothing was changed in Kore.ai.",
                unknown="Whether “{name}” was scheduled is not known.",
                may_exist="It is not known whether Kore.ai has the new schedule.",
            ),
        ),
        Action.UNSCHEDULE: ActionWords(
            usages=(
                Usage(
                    "unschedule <name or ID>",
                    "remove a campaign's schedule",
                    "unschedule Spring sale",
                ),
            ),
            wants="wants to remove this schedule",
            done="Schedule removed by",
            button="Remove schedule",
            heading="*Remove this schedule?* The campaign will no longer start by itself.",
            confirm="Remove",
            not_done=NotDone(
                failed="The schedule of “{name}” was not removed.",
                exists="Nothing was changed in Kore.ai.",
                unknown="Whether the schedule of “{name}” was removed is not known.",
                may_exist="It is not known whether Kore.ai still has the schedule.",
            ),
        ),
        Action.START: ActionWords(
            usages=(
                Usage(
                    "start <name or ID>",
                    "run a campaign now, after a review",
                    "start Spring sale",
                ),
            ),
            wants="wants to start this campaign now",
            done="Started by",
            button="Start",
            heading="*Start this campaign now?* It contacts its whole contact list.",
            confirm="Start now",
            not_done=NotDone(
                failed="“{name}” was not started.",
                exists="Nobody was contacted, and nothing was changed in Kore.ai.",
                unknown="Whether “{name}” was started is not known.",
                may_exist="It may be running in Kore.ai and contacting people.",
            ),
        ),
        Action.STOP: ActionWords(
            usages=(Usage("stop <name or ID>", "end a campaign's run", "stop Spring sale"),),
            wants="wants to stop this campaign",
            done="Stopped by",
            button="Stop",
            danger=True,
            # Kore.ai has no pause: contact-center/campaigns.
            heading="*Stop this campaign?* This ends its run and resets its data: if it is started "
            "again, everybody on its contact list is contacted again.",
            confirm="Stop",
            not_done=NotDone(
                failed="“{name}” was not stopped.",
                exists="Nothing was changed in Kore.ai: if it was running, it still is.",
                unknown="Whether “{name}” was stopped is not known.",
                may_exist="It may still be running in Kore.ai.",
            ),
        ),
        # A look-up changes nothing, so nothing about it can be unknown.
        Action.STATUS: ActionWords(
            usages=(
                Usage(
                    "status <name or ID>",
                    "show a campaign's card in the channel",
                    "status Spring sale",
                ),
            ),
            wants="wants to see this campaign",
            done="Shown for",
            not_done=NotDone(
                failed="“{name}” could not be looked up.",
                exists="",
                unknown="“{name}” could not be looked up.",
                may_exist="",
            ),
        ),
    }
)

_OTHER_USAGES = (
    Usage(
        "list [sms|voice] [status] [text]",
        "list all campaigns, the last changed first",
        "list sms ready spring",
    ),
    Usage("help [word]", "explain one of these commands", "help schedule"),
)
# Each subcommand by its first word, for help and for suggestions.
USAGES: Mapping[str, Usage] = MappingProxyType(
    {
        usage.typed.split()[0]: usage
        for usage in (*chain.from_iterable(each.usages for each in WORDS.values()), *_OTHER_USAGES)
    }
)


def done_by(action: Action, author: str, approver: str | None = None) -> str:
    """Return what was just done, for the card: who requested it and who approved it."""
    approved = f", approved by <@{approver}>" if approver else ""
    return f"{WORDS[action].done} <@{author}>{approved}"
