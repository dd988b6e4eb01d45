"""People who work in Kore.ai's console while the bot works too."""

from dataclasses import dataclass
from enum import StrEnum
from random import Random

from sandbox.kore.account import Account
from sandbox.kore.calls import Kind
from sandbox.kore.campaign import Campaign, Status
from sandbox.kore.invented import invented_names
from sandbox.kore.running import await_occurrence, begin
from sandbox.kore.runs import STARTABLE, STOPPABLE
from sandbox.kore.seed import new_campaign
from sandbox.kore.state import State

IDLE = (Status.READY, Status.COMPLETED, Status.STOPPED)


class Action(StrEnum):
    """What a person in the console can do to a campaign."""

    CREATE = "create"
    DELETE = "delete"
    RENAME = "rename"
    DESCRIBE = "describe"
    TURN = "turn"


@dataclass(frozen=True, slots=True)
class Change:
    """What was done, and to which campaign."""

    action: Action
    campaign: Campaign


class ConsoleUsers:
    """People who change an account's campaigns at random, by the account's own rules.

    The same account and the same `random` give the same changes, except for the ids.
    """

    def __init__(self, account: Account, random: Random) -> None:
        self._account = account
        self._random = random
        self._names = invented_names(random)
        self._edits = 0

    def change(self) -> Change:
        """Do one random thing to the account and return it; in an empty account, create."""
        state = self._account.state
        ids = list(state.campaigns)
        action = self._random.choice(list(Action)) if ids else Action.CREATE
        if action is Action.CREATE:
            return Change(action, self._create(state))
        campaign = state.campaigns[self._random.choice(ids)]
        self._do(action, state, campaign)
        return Change(action, campaign)

    def _create(self, state: State) -> Campaign:
        kind = self._random.choice(list(Kind))
        campaign = new_campaign(kind, self._free_name(state), state.stamp)
        state.campaigns[campaign.id] = campaign
        return campaign

    def _do(self, action: Action, state: State, campaign: Campaign) -> None:
        if action is Action.DELETE:
            del state.campaigns[campaign.id]
        elif action is Action.TURN:
            self._turn(state, campaign)
        else:
            self._edit(action, state, campaign)

    def _edit(self, action: Action, state: State, campaign: Campaign) -> None:
        self._edits += 1
        if action is Action.RENAME:
            campaign.body["name"] = self._free_name(state)
        else:
            campaign.body["description"] = f"Edited in the console, {self._edits}"
        campaign.updated_at = state.stamp

    def _turn(self, state: State, campaign: Campaign) -> None:
        """Stop a campaign that runs; start or cancel another, or give it some idle status."""
        if campaign.status in STOPPABLE:
            campaign.instance = None
            await_occurrence(campaign, state.now)
            state.turn(campaign, Status.STOPPED)
        elif campaign.status in STARTABLE and not state.running_beside(campaign):
            begin(state, campaign, self._account.interval)
        else:
            campaign.schedule = campaign.due = None
            others = [each for each in IDLE if each is not campaign.status]
            state.turn(campaign, self._random.choice(others))

    def _free_name(self, state: State) -> str:
        return next(name for name in self._names if state.campaign_named(name) is None)
