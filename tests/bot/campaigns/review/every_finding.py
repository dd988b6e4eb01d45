"""One sample finding of each class."""

from datetime import date, time, timedelta

from bot.campaigns.actions import Action
from bot.campaigns.hours import WORKDAYS, CallingHours
from bot.campaigns.reasons import Namesake
from bot.campaigns.review.changes import UnfinishedChange
from bot.campaigns.review.findings import Finding
from bot.campaigns.review.form import (
    DncListNotSeen,
    DncListUnchecked,
    HoursOutsideRule,
    InvalidCallerId,
    NameTaken,
    NameUnchecked,
    NoDncList,
    TooManyAttempts,
)
from bot.campaigns.review.lists import (
    ListEmpty,
    ListFact,
    ListFactsUnknown,
    ListNotFound,
    ListNotValidated,
    ListsUnchecked,
    ListWithoutTimeZones,
)
from bot.campaigns.review.model import OpenChange
from bot.campaigns.review.neighbors import NeighborsUnchecked, NeighborsUnknown, SameDay
from bot.campaigns.review.rules import (
    AttemptsRule,
    CallingHoursRule,
    NightRule,
    SmsDncListRule,
    WeekdaysRule,
)
from bot.campaigns.review.runs import (
    NoEffectiveRun,
    RunsAtNight,
    RunsMovedByClocks,
    RunsOnExcludedDays,
    RunsOnOtherDays,
    RunsOutsideHours,
    StartPassed,
)
from bot.campaigns.review.target import (
    AlreadyRunning,
    CampaignMissing,
    CampaignUnchecked,
    DncListNotShown,
    HoursUnknown,
    NamesakesUnchecked,
    NameShared,
    NotKnownToStart,
    NotRunning,
    NotScheduled,
    PresentUnknown,
    RunUnchecked,
    ScheduledWhileRunning,
    ScheduleOver,
    ScheduleReplaced,
    ScheduleUnchecked,
    SeveralCampaigns,
    StartedAgain,
    StartsByItself,
)
from bot.campaigns.runs import Gap
from bot.campaigns.values import Kind
from tests.bot.campaigns.review.samples import MON, NEW_YORK, TUE, WED, local, plan

SIGNED = CallingHoursRule(owner="Compliance", reviewed=date(2026, 10, 1))
EARLY = CallingHours.same_every_day(NEW_YORK, WORKDAYS, time(7), time(22))
SCHEDULE = plan(days=(MON, WED), start=local("2027-02-01 09:00"), end=local("2027-03-01 18:00"))
SATURDAY = local("2027-02-06 09:00")
EVERY: tuple[Finding, ...] = (
    NameTaken(name="Sale", ids=("cd-1", "cd-2")),
    NameUnchecked(),
    NoDncList(rule=SmsDncListRule()),
    DncListNotSeen(name="Do not cal", similar="Do not call"),
    DncListUnchecked(name="Do not call"),
    HoursOutsideRule(hours=EARLY, rule=SIGNED),
    TooManyAttempts(attempts=9, every=timedelta(hours=1), rule=AttemptsRule()),
    InvalidCallerId(caller_id="+11234567890"),
    CampaignMissing(name="Sale"),
    SeveralCampaigns(name="Sale", ids=("cd-1", "cd-2")),
    NameShared(
        name="Sale",
        namesakes=(
            Namesake(id="cd-1", kind=Kind.SMS),
            Namesake(id="cd-2", kind=Kind.VOICE),
            Namesake(id="cd-3"),
        ),
    ),
    NamesakesUnchecked(),
    CampaignUnchecked(),
    HoursUnknown(),
    DncListNotShown(rule=SmsDncListRule()),
    ScheduleReplaced(old=SCHEDULE.model_copy(update={"days": (TUE,)}), new=SCHEDULE),
    PresentUnknown(),
    ScheduledWhileRunning(status="Active"),
    UnfinishedChange(
        change=OpenChange(action=Action.SCHEDULE, by="U1", waits=True, schedule=SCHEDULE),
        first_run=local("2027-02-01 09:00"),
    ),
    StartsByItself(),
    AlreadyRunning(),
    NotKnownToStart(status="Paused"),
    StartedAgain(status="Completed"),
    NotRunning(status="Ready"),
    RunUnchecked(),
    NotScheduled(),
    ScheduleOver(),
    ScheduleUnchecked(),
    StartPassed(),
    NoEffectiveRun(),
    RunsOnExcludedDays(first=SATURDAY, zone=NEW_YORK, runs=14, of=50, rule=WeekdaysRule()),
    RunsAtNight(first=local("2027-02-01 23:00"), zone=NEW_YORK, runs=14, of=50, rule=NightRule()),
    RunsOutsideHours(
        first=SATURDAY,
        zone=NEW_YORK,
        runs=14,
        of=50,
        gap=Gap.NO_HOURS,
        opens=local("2027-02-08 09:00"),
    ),
    RunsMovedByClocks(
        first=local("2027-03-15 10:00"),
        asked=local("2027-03-15 09:00"),
        zone=NEW_YORK,
        shift=timedelta(hours=1),
    ),
    RunsOnOtherDays(first=local("2027-03-16 00:30"), zone=NEW_YORK, runs=14, of=50),
    SameDay(name="Other", day=date(2027, 2, 1), days=3),
    NeighborsUnchecked(),
    NeighborsUnknown(names=("One", "Two")),
    ListNotFound(name="Nwes"),
    ListEmpty(name="News"),
    ListNotValidated(name="News", status="Validating"),
    ListWithoutTimeZones(name="News"),
    ListsUnchecked(),
    ListFactsUnknown(name="News", facts=tuple(ListFact)),
)
