"""The words for each action: one row holds everything that people read about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.campaigns.actions import Action


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

    `may` follows "You may not". `wants` follows the author's name in a request for approval.
    `done` precedes the author's name on the card. `heading` and `confirm` are for the review, if
    the action has one.
    """

    may: str
    wants: str
    done: str
    not_done: NotDone
    heading: str = ""
    confirm: str = ""


WORDS: Mapping[Action, ActionWords] = MappingProxyType(
    {
        Action.CREATE: ActionWords(
            may="create campaigns",
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
            may="schedule campaigns",
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
            may="remove schedules",
            wants="wants to remove this schedule",
            done="Schedule removed by",
            not_done=NotDone(
                failed="The schedule of “{name}” was not removed.",
                exists="Nothing was changed in Kore.ai.",
                unknown="Whether the schedule of “{name}” was removed is not known.",
                may_exist="It is not known whether Kore.ai still has the schedule.",
            ),
        ),
        Action.START: ActionWords(
            may="start campaigns",
            wants="wants to start this campaign now",
            done="Started by",
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
            may="stop campaigns",
            wants="wants to stop this campaign",
            done="Stopped by",
            not_done=NotDone(
                failed="“{name}” was not stopped.",
                exists="Nothing was changed in Kore.ai: if it was running, it still is.",
                unknown="Whether “{name}” was stopped is not known.",
                may_exist="It may still be running in Kore.ai.",
            ),
        ),
        # A look-up changes nothing, so nothing about it can be unknown.
        Action.STATUS: ActionWords(
            may="look campaigns up",
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


def done_by(action: Action, author: str, approver: str | None = None) -> str:
    """Return what was just done, for the card: who requested it and who approved it."""
    approved = f", approved by <@{approver}>" if approver else ""
    return f"{WORDS[action].done} <@{author}>{approved}"
