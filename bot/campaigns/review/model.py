"""What a person is shown before anything is sent, and what an approver is shown after them."""

from collections.abc import Sequence

from bot.campaigns.actions import Action
from bot.campaigns.campaign import Campaign, Snapshot
from bot.campaigns.policy import ApprovalReason
from bot.campaigns.review.findings import Finding, Severity, Topic, found
from bot.campaigns.review.reviews import Load, name_shared
from bot.campaigns.runs import Run
from bot.campaigns.schedule import Schedule
from bot.campaigns.values import Frozen

_NEED_A_REASON = {Topic.NO_DNC_LIST, Topic.DNC_LIST_NOT_SHOWN}


class Review(Frozen):
    """An action as it would be carried out, with what was found about it.

    `campaign` is the one to create; otherwise `target` is the one that is there, None if that could
    not be learned, and `named` how the author called it. `present` is the schedule that `schedule`
    would replace, as far as the bot knows it. `parts` are what `schedule` can be split into at a
    clock change, and `rest` what was split off it before. `lists` are contact lists with their
    sizes, `runs` the next few. `reason` is what the author typed to confirm it all the same,
    `approval_reason` why a second person must approve it.
    """

    action: Action
    campaign: Campaign | None = None
    target: Snapshot | None = None
    named: str = ""
    schedule: Schedule | None = None
    present: Schedule | None = None
    parts: tuple[Schedule, Schedule] | None = None
    rest: Schedule | None = None
    lists: tuple[tuple[str, int | None], ...] = ()
    runs: tuple[Run, ...] = ()
    load: Load | None = None
    findings: tuple[Finding, ...] = ()
    reason: str = ""
    approval_reason: ApprovalReason | None = None

    @property
    def blocked(self) -> bool:
        """Whether something makes it impossible."""
        return any(each.severity is Severity.BLOCKER for each in self.findings)

    @property
    def needs_reason(self) -> bool:
        """Whether the author has to say why: people on no do-not-call list would be contacted."""
        return any(each.topic in _NEED_A_REASON for each in self.findings)


def not_one(action: Action, name: str, fitting: Sequence[Snapshot]) -> tuple[Finding, ...]:
    """What is found where a name fits no campaign, or several."""
    if not fitting:
        return (found(Topic.CAMPAIGN_MISSING, name=name),)
    if action is Action.SCHEDULE:
        return (name_shared(name, fitting),)
    return (found(Topic.SEVERAL_CAMPAIGNS, name=name, ids=[each.id for each in fitting]),)


def contact_load(lists: Sequence[tuple[str, int | None]], runs: int) -> Load:
    """The load of all the lists; not known if the size of one is not."""
    sizes = [size for _, size in lists]
    known = [size for size in sizes if size is not None]
    return Load(contacts=sum(known) if sizes and len(known) == len(sizes) else None, runs=runs)
