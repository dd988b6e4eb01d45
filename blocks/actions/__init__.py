"""The words for each action: one row holds everything that people read about it."""

from collections.abc import Mapping
from itertools import chain
from types import MappingProxyType

from blocks.actions.campaigns import CAMPAIGN_WORDS
from blocks.actions.contact_lists import LIST_WORDS
from blocks.actions.words import ActionWords, Usage
from bot.campaigns.actions import Action

WORDS: Mapping[Action, ActionWords] = MappingProxyType({**CAMPAIGN_WORDS, **LIST_WORDS})

_OTHER_USAGES = (
    Usage("clone <name or ID>", "create a campaign like another one", "clone Spring sale"),
    Usage(
        "list [sms|voice] [status] [text]",
        "list all campaigns, the last changed first",
        "list sms ready spring",
    ),
    Usage(
        "lists [text]",
        "list all contact lists, with their sizes and the campaigns that use them",
        "lists spring",
    ),
    Usage(
        "saved [name]",
        "start from a saved form, or list those for this channel and for everybody",
        "saved Monthly reminder",
    ),
    Usage(
        "watch [<name or ID>|all [sms|voice] [status] [text]]",
        "let this channel follow one campaign, or all that fit, or show what it follows",
        "watch all sms active",
    ),
    Usage(
        "unwatch [<name or ID>|all [sms|voice] [status] [text]]",
        "end that, or show what this channel follows",
        "unwatch Spring sale",
    ),
    Usage(
        "digest [time|off]",
        "let this channel get a digest of its day, or say when it gets it",
        "digest 8:30 am",
    ),
    Usage(
        "calendar",
        "send you the runs of the coming week, in words and as a picture",
        "calendar",
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
