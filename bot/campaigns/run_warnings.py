"""What speaks against a run that comes soon, by what has changed since it was scheduled."""

from collections.abc import Mapping
from typing import Self

from bot.campaigns.campaign import Snapshot
from bot.campaigns.changes import CampaignChange
from bot.campaigns.values import Frozen

# A list that has grown so many times is probably not the list that was meant.
GROWN_TIMES = 10


class GrownList(Frozen):
    """A contact list with many times the contacts that it had."""

    name: str
    was: int
    now: int


class RunWarning(Frozen):
    """What is different from when the run was scheduled, and matters to whom it reaches.

    `empty` are contact lists without contacts, and `dnc_gone` is the DNC list that it no longer
    has. `change` has the settings that differ.
    """

    empty: tuple[str, ...] = ()
    grown: tuple[GrownList, ...] = ()
    dnc_gone: str | None = None
    change: CampaignChange | None = None

    @classmethod
    def between(
        cls,
        then: Snapshot,
        then_sizes: Mapping[str, int | None],
        now: Snapshot,
        sizes: Mapping[str, int],
    ) -> Self | None:
        """Return what is different; None if nothing speaks against the run.

        `sizes` are the numbers of contacts of its contact lists by name, as far as known.
        """
        change = CampaignChange.between(then, now)
        found = cls(
            empty=tuple(each for each in now.contact_lists if sizes.get(each) == 0),
            grown=tuple(_grown(now.contact_lists, then_sizes, sizes)),
            dnc_gone=then.dnc_list if now.dnc_list is None else None,
            change=change if change and change.became else None,
        )
        return None if found == cls() else found


def _grown(
    names: tuple[str, ...], then: Mapping[str, int | None], now: Mapping[str, int]
) -> list[GrownList]:
    """Return the lists that have grown; of one that was empty, that is no surprise."""
    known = [(each, then.get(each) or 0, now.get(each, 0)) for each in names]
    return [
        GrownList(name=name, was=was, now=is_)
        for name, was, is_ in known
        if was and is_ >= GROWN_TIMES * was
    ]
