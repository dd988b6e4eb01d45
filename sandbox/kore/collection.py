"""The campaigns of an account, and lists of some of them that follow every change.

An account may have a hundred thousand campaigns, so no request walks all of them.
"""

from bisect import bisect_left, insort
from collections import OrderedDict, defaultdict
from collections.abc import Hashable, Iterator, MutableMapping
from itertools import count
from operator import itemgetter
from typing import Any, Protocol

from sandbox.kore.campaign import Campaign, ignore_change

VIEWS = 32
"""How many views are kept; the one that was not read for longest is dropped."""
REBUILT_SHARE = 20
"""If more than one in this many campaigns changed, a view is built anew."""


class Selection(Hashable, Protocol):
    """Some of the campaigns, and their order; equal ones stay in the order of the collection."""

    def keeps(self, campaign: Campaign) -> bool:
        """Return whether the campaign belongs to the selection."""
        ...

    def key(self, campaign: Campaign) -> tuple[Any, ...]:
        """Return what the campaigns are sorted by."""
        ...


class Campaigns(MutableMapping[str, Campaign]):
    """An account's campaigns by their ids, in the order in which they were added.

    Attributes:
        revision: how many changes there were.
    """

    def __init__(self) -> None:
        self.revision = 0
        self._all: dict[str, Campaign] = {}
        self._places: dict[str, int] = {}
        self._next_place = count()
        self._views: OrderedDict[Selection, _View] = OrderedDict()
        self._names = _Names(self)

    def __getitem__(self, campaign_id: str) -> Campaign:
        """Return the campaign with this id."""
        return self._all[campaign_id]

    def __setitem__(self, campaign_id: str, campaign: Campaign) -> None:
        """Add a campaign under its own id."""
        if campaign_id in self._all:
            self._all[campaign_id].on_change = ignore_change
        else:
            self._places[campaign_id] = next(self._next_place)
        self._all[campaign_id] = campaign
        campaign.on_change = self._note

    def __delitem__(self, campaign_id: str) -> None:
        """Remove a campaign."""
        campaign = self._all.pop(campaign_id)
        del self._places[campaign_id]
        campaign.on_change = ignore_change
        self._note(campaign)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the ids."""
        return iter(self._all)

    def __len__(self) -> int:
        """Return the number of campaigns."""
        return len(self._all)

    def __repr__(self) -> str:
        """Return the campaigns as a dict shows them."""
        return repr(self._all)

    def clear(self) -> None:
        """Remove all campaigns; the inherited method takes quadratic time."""
        for campaign_id in list(self._all):
            del self[campaign_id]

    def place(self, campaign_id: str) -> int:
        """Return a number that is higher the later the campaign was added."""
        return self._places[campaign_id]

    def named(self, name: str) -> Campaign | None:
        """Return the first campaign with that name, ignoring case."""
        return self._names.first(name.lower())

    def select(self, selection: Selection) -> list[Campaign]:
        """Return the campaigns of a selection in its order; the caller must not change the list."""
        if selection not in self._views:
            self._views[selection] = _View(self, selection)
        self._views.move_to_end(selection)
        if len(self._views) > VIEWS:
            self._views.popitem(last=False)
        return self._views[selection].rows()

    def _note(self, campaign: Campaign) -> None:
        self.revision += 1
        self._names.changed.add(campaign.id)
        for view in self._views.values():
            view.changed.add(campaign.id)


class _View:
    """The rows of a selection. They are brought up to date when they are read."""

    def __init__(self, campaigns: Campaigns, selection: Selection) -> None:
        self.changed: set[str] = set()
        self._campaigns = campaigns
        self._selection = selection
        self._keys: dict[str, tuple[Any, ...]] = {}
        self._rows: list[Campaign] = []
        self._build()

    def rows(self) -> list[Campaign]:
        if len(self.changed) > len(self._campaigns) // REBUILT_SHARE:
            self._build()
        elif self.changed:
            # A copy, because somebody may still read the list that was returned before.
            self._rows = self._rows.copy()
            for campaign_id in self.changed:
                self._remove(campaign_id)
                self._insert(campaign_id)
        self.changed.clear()
        return self._rows

    def _build(self) -> None:
        kept = filter(self._selection.keeps, self._campaigns.values())
        self._keys = {each.id: self._key(each) for each in kept}
        in_order = sorted(self._keys.items(), key=itemgetter(1))
        self._rows = [self._campaigns[campaign_id] for campaign_id, _ in in_order]

    def _remove(self, campaign_id: str) -> None:
        if campaign_id in self._keys:
            del self._rows[bisect_left(self._rows, self._keys[campaign_id], key=self._known_key)]
            del self._keys[campaign_id]

    def _insert(self, campaign_id: str) -> None:
        campaign = self._campaigns.get(campaign_id)
        if campaign is not None and self._selection.keeps(campaign):
            self._keys[campaign_id] = self._key(campaign)
            insort(self._rows, campaign, key=self._known_key)

    def _key(self, campaign: Campaign) -> tuple[Any, ...]:
        return (*self._selection.key(campaign), self._campaigns.place(campaign.id))

    def _known_key(self, campaign: Campaign) -> tuple[Any, ...]:
        """Return the key with which the campaign came into the rows."""
        return self._keys[campaign.id]


class _Names:
    """The campaigns by their names in lower case; several may share one."""

    def __init__(self, campaigns: Campaigns) -> None:
        self.changed: set[str] = set()
        self._campaigns = campaigns
        self._ids: defaultdict[str, set[str]] = defaultdict(set)
        self._name_of: dict[str, str] = {}

    def first(self, lname: str) -> Campaign | None:
        self._update()
        first = min(self._ids.get(lname, ()), key=self._campaigns.place, default=None)
        return None if first is None else self._campaigns[first]

    def _update(self) -> None:
        for campaign_id in self.changed:
            self._forget(campaign_id)
            if campaign_id in self._campaigns:
                self._remember(campaign_id, self._campaigns[campaign_id].lname)
        self.changed.clear()

    def _forget(self, campaign_id: str) -> None:
        name = self._name_of.pop(campaign_id, None)
        if name is None:
            return
        self._ids[name].discard(campaign_id)
        if not self._ids[name]:
            del self._ids[name]

    def _remember(self, campaign_id: str, lname: str) -> None:
        self._ids[lname].add(campaign_id)
        self._name_of[campaign_id] = lname
