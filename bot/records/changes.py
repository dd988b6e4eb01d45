"""What became of campaigns since they were last seen: cards show it, and channels are told."""

from collections.abc import Sequence
from functools import partial

from sqlalchemy import Connection, select

from bot.campaigns.actions import Action
from bot.campaigns.approval import ApprovalState
from bot.campaigns.campaign import Snapshot
from bot.campaigns.changes import CampaignChange, DoneBy
from bot.campaigns.notifications import Card, Drift
from bot.records.cards import tell_below, update_cards, update_elsewhere
from bot.records.clock import database_now
from bot.records.tables import approvals, submissions
from bot.records.telling import add, put
from bot.records.watches import tell_watchers
from bot.records.writing import Write

_APPROVED = (ApprovalState.APPROVED, ApprovalState.RELEASED)
# What is approved with these holds on: a later change elsewhere undermines it.
_LASTING = (Action.CREATE, Action.EDIT, Action.SCHEDULE)
# A campaign as it was last seen, if it was, and as it is.
Looks = tuple[Snapshot | None, Snapshot]


class Changes:
    """What people do with campaigns. Every call is one transaction."""

    def __init__(self, write_news: Write) -> None:
        """Use this to write to the records and the outbox."""
        self._write_news = write_news

    async def done(self, submission: str, campaign: Snapshot, done: DoneBy) -> None:
        """Show what a submission has done on the campaign's cards, and tell who follows it."""
        await self._write_news(partial(_done, submission, campaign, done))


def noticed(looks: Sequence[Looks], db: Connection) -> None:
    """Tell of what is different, in the transaction in which it is stored.

    What the bot itself is changing is left out: whoever does that tells of it.
    """
    different = [(b, now) for b, now in looks if b is None or not now.looks_like(b)]
    own = _under_way(db) if different else frozenset()
    theirs = [(before, now) for before, now in different if now.id not in own]
    update_cards([now.id for before, now in theirs if before], db)
    changes = [change for look in theirs if (change := _change(*look))]
    for each in changes:
        if each.before:
            tell_below(each, db)
        if each.became:
            _tell_approver(each, db)
    tell_watchers(changes, db)


def _done(submission: str, campaign: Snapshot, done: DoneBy, db: Connection) -> None:
    if add(submission, [Card(campaign=campaign.id)], db):
        update_elsewhere(campaign.id, done.channel, db)
        tell_watchers([CampaignChange.by_person(campaign, done)], db)


def _change(before: Snapshot | None, now: Snapshot) -> CampaignChange | None:
    return CampaignChange.between(before, now) if before else CampaignChange.first_seen(now)


def _tell_approver(change: CampaignChange, db: Connection) -> None:
    """Tell who approved a campaign, or its schedule, that it is no longer as it was approved."""
    campaign = change.campaign.id
    approved = select(approvals.c.action, approvals.c.decided_by)
    approved = approved.join(submissions, submissions.c.key == approvals.c.key)
    approved = approved.where(
        approvals.c.state.in_(_APPROVED),
        approvals.c.action.in_(_LASTING),
        submissions.c.outcome["campaign"].as_string() == campaign,
    )
    row = db.execute(approved.order_by(approvals.c.decided_at.desc()).limit(1)).first()
    if row is None:
        return
    at = int(database_now(db).timestamp() * 1000)
    drift = Drift(person=row.decided_by, approved=row.action, change=change)
    put(db, f"{row.decided_by} {campaign} drift {at}", drift)


def _under_way(db: Connection) -> frozenset[str]:
    """Return the campaigns that the bot itself is changing."""
    begun = submissions.c.finished_at.is_(None) & submissions.c.before.is_not(None)
    befores = db.execute(select(submissions.c.before).where(begun)).scalars()
    return frozenset(before["id"] for before in befores if before)
