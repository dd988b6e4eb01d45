"""The options of a typeahead, each of which people can tell from the others.

Slack shows 75 characters of an option and, below it, 75 of its description. Names made in Kore.ai's
console can be longer and begin alike, and two campaigns can have the same name.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, count
from os.path import commonprefix
from typing import TypeVar

from slack_sdk.models.blocks import Option

from blocks.card import KIND_WORDS
from blocks.kit import OPTION_DESCRIPTION_MAX, OPTION_MAX, OPTION_VALUE_MAX, clamp, option, shorten
from blocks.state import OPTIONS_MAX
from bot.campaigns.campaign import Snapshot
from bot.campaigns.names import folded
from bot.campaigns.refs import CampaignRef

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

# How much is shown of a label's beginning, of what is before a difference, and of an earlier one.
_BEGINNING = 15
_BEFORE = 8
_PIECE = 20
_ID_END_MIN = 4
_PART_MAX = 30


@dataclass(frozen=True, slots=True)
class Choice:
    """What an option stands for: the value to send, its label, and a description below it."""

    value: str
    label: str
    description: str = ""


def options(choices: Iterable[Choice]) -> list[Option]:
    """Return options for the first hundred values, no two with the same label and description."""
    unique = _first_of_each(choices, lambda choice: choice.value[:OPTION_VALUE_MAX])[:OPTIONS_MAX]
    labels = _labels({choice.label for choice in unique})
    taken: set[tuple[str, str]] = set()
    shown = []
    for choice in unique:
        label = labels[choice.label]
        description = next(d for d in _descriptions(choice) if (label, d) not in taken)
        taken.add((label, description))
        shown.append(option(choice.value, label, description))
    return shown


def campaign_options(campaigns: Iterable[Snapshot]) -> list[Option]:
    """Return options for the first hundred campaigns, with kind and status as the description.

    Of those that look the same, the description shows how their IDs end, too.
    """
    unique = _first_of_each(campaigns, lambda each: (each.environment, each.id))[:OPTIONS_MAX]
    ends = _id_ends(unique)
    return options(_choice(each, ends.get(each.id, "")) for each in unique)


def _choice(campaign: Snapshot, id_end: str) -> Choice:
    ref = CampaignRef.of(campaign)
    kind = KIND_WORDS[campaign.kind] if campaign.kind else ""
    parts = (kind, campaign.status, id_end and f"ID …{id_end}")
    description = " · ".join(clamp(part, _PART_MAX) for part in parts if part)
    return Choice(str(ref), ref.label, description)


def _id_ends(campaigns: Sequence[Snapshot]) -> dict[str, str]:
    """Return for each ID of campaigns that look the same how it ends, unlike the others."""
    labels = _labels({each.name for each in campaigns})
    shared = _alike({each.id: folded(labels[each.name]) for each in campaigns})
    return {each: each[-_id_end_length(ids) :] for ids in shared for each in ids}


def _id_end_length(ids: Sequence[str]) -> int:
    lengths = range(_ID_END_MIN, max(map(len, ids)))
    return next((n for n in lengths if len({each[-n:] for each in ids}) == len(ids)), lengths.stop)


def _labels(labels: Iterable[str]) -> dict[str, str]:
    """Return each label as it is shown: cut in the middle, or elsewhere to show what differs."""
    shown = {label: shorten(label, OPTION_MAX) for label in labels}
    for group in _alike(shown):
        shown |= _at_difference(group, group[0][:_BEGINNING])
    return shown


def _at_difference(labels: Sequence[str], beginning: str) -> dict[str, str]:
    """Return labels that begin alike as this beginning and the part in which they differ.

    Some of them may differ from each other only later; they are shown with both parts.
    """
    start = len(commonprefix(labels)) - _BEFORE  # noqa: RUF071 # of texts, not of paths
    room = OPTION_MAX - len(beginning) - len("…")
    shown = {each: f"{beginning}…{shorten(each[start:], room)}" for each in labels}
    for group in _alike(shown):
        longer = f"{beginning}…{group[0][start : start + _PIECE]}"
        shown |= _at_difference(group, longer if len(longer) < OPTION_MAX // 2 else beginning)
    return shown


def _descriptions(choice: Choice) -> Iterable[str]:
    """Return the description, then others with a number in case that it is taken."""
    numbered = (f"No. {number} · {choice.description}".rstrip(" ·") for number in count(2))
    return (clamp(each, OPTION_DESCRIPTION_MAX) for each in chain([choice.description], numbered))


def _alike(shown: dict[T, str]) -> list[list[T]]:
    """Return the keys that are shown in the same way as others, in groups."""
    groups: dict[str, list[T]] = defaultdict(list)
    for key, text in shown.items():
        groups[text].append(key)
    return [group for group in groups.values() if len(group) > 1]


def _first_of_each(found: Iterable[T], key: Callable[[T], K]) -> list[T]:
    unique: dict[K, T] = {}
    for each in found:
        unique.setdefault(key(each), each)
    return list(unique.values())
