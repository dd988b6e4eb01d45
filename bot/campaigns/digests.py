"""Morning digests: what a channel is told about its day, at a time of its own."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime

from bot.campaigns.campaign import Snapshot
from bot.campaigns.upcoming import ComingRun, Upcoming
from bot.campaigns.values import Frozen

_DAY = timedelta(days=1)


class DigestTime(Frozen):
    """When a channel gets its digest: every day `at` a time in a `zone`, an IANA name.

    `author` has chosen it. `environments` are those that it is about; None means all.
    """

    channel: str
    author: str
    at: time
    zone: str
    environments: tuple[str, ...] | None = None

    def after(self, moment: datetime) -> datetime:
        """Return the next time after a moment, in UTC."""
        zone = ZoneInfo(self.zone)
        today = moment.astimezone(zone).date()
        times = (datetime.combine(today + n * _DAY, self.at, zone) for n in range(3))
        return next(each.astimezone(UTC) for each in times if each.astimezone(UTC) > moment)

    def end_of_day(self, moment: datetime) -> datetime:
        """Return when the moment's day ends in the zone, in UTC."""
        zone = ZoneInfo(self.zone)
        tomorrow = moment.astimezone(zone).date() + _DAY
        return datetime.combine(tomorrow, time(), zone).astimezone(UTC)


class Digest(Frozen):
    """What a day brings: what runs already, what will, what ended, and how much awaits approval.

    `ended` are campaigns that ended since the digest before, and `since` is when that was.
    """

    running: tuple[Snapshot, ...]
    coming: tuple[ComingRun, ...]
    ended: tuple[Snapshot, ...]
    waiting: int
    since: AwareDatetime

    @classmethod
    def of_day(
        cls,
        known: Upcoming,
        until: datetime,
        ended: tuple[Snapshot, ...],
        *,
        waiting: int,
        since: datetime,
    ) -> "Digest | None":
        """Return the digest of a day that ends at `until`; None if there is nothing to say."""
        today = tuple(each for each in known.coming if each.run.at < until)
        found = cls(running=known.running, coming=today, ended=ended, waiting=waiting, since=since)
        return found if today or known.running or ended or waiting else None
