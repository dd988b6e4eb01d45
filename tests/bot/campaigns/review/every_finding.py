"""One sample finding of each class."""

from datetime import date, time, timedelta

from bot.campaigns.actions import Action
from bot.campaigns.campaign_files import Column, Problem, RowProblem
from bot.campaigns.contact_files import RowFault
from bot.campaigns.csv_files import FileFault
from bot.campaigns.hours import WORKDAYS, CallingHours
from bot.campaigns.reasons import Namesake, Reason
from bot.campaigns.review.changes import UnfinishedChange
from bot.campaigns.review.contacts import (
    FileNotReceived,
    FileUnreadable,
    ListNameShared,
    NoContacts,
    RowsLeftOut,
)
from bot.campaigns.review.edits import ChangedElsewhere, NothingChanged, ScheduleKept
from bot.campaigns.review.findings import Finding
from bot.campaigns.review.form import (
    CallerIdNotSeen,
    DncListNotSeen,
    DncListUnchecked,
    HoursOutsideRule,
    InvalidCallerId,
    NameTaken,
    NameUnchecked,
    NoDncList,
    TooManyAttempts,
)
from bot.campaigns.review.imports import (
    ColumnsLeftOut,
    ImportTooLong,
    ImportUnreadable,
    NoCampaigns,
    RowBlocked,
    RowRefused,
    RowsUnchecked,
    RowsWarned,
    RowsWithoutDncList,
)
from bot.campaigns.review.list_changes import (
    ContactListMissing,
    ContactListUnchecked,
    ContactsLost,
    ListInUse,
    ListNamesUnchecked,
    ListNameTaken,
    ListRenamedSince,
    ListRenamedWhileUsed,
    ListUnchanged,
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
from bot.campaigns.review.sms import ColumnsUnchecked, LinksWithoutHttps, NoColumn
from bot.campaigns.review.stop_all import NothingRuns, RunningUnchecked
from bot.campaigns.review.target import (
    AlreadyRunning,
    CampaignGone,
    CampaignMissing,
    CampaignUnchecked,
    DncListNotShown,
    HoursUnknown,
    NamesakesUnchecked,
    NameShared,
    NotInStatus,
    NotKnownToStart,
    NotRunning,
    NotScheduled,
    PresentUnknown,
    RunUnchecked,
    ScheduleDeleted,
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
    CallerIdNotSeen(caller_id="72345"),
    CampaignMissing(name="Sale"),
    CampaignGone(name="Sale"),
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
    NotInStatus(status="Active", reason=Reason.STOP_FIRST),
    ScheduleDeleted(),
    NothingRuns(),
    RunningUnchecked(),
    NothingChanged(),
    ChangedElsewhere(kept=("description",), replaced=("hours", "dnc_list")),
    ScheduleKept(known=True),
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
    NoColumn(placeholder="Frist Name", lists=("News",), similar="First Name"),
    ColumnsUnchecked(placeholders=("First Name", "Due Date")),
    LinksWithoutHttps(links=("http://example.com", "bit.ly/a")),
    ListNameTaken(name="News"),
    ListNamesUnchecked(),
    ContactListMissing(name="News"),
    ContactListUnchecked(),
    ListUnchanged(),
    ListRenamedWhileUsed(campaigns=1),
    ListInUse(campaigns=1200, names=("One", "Two")),
    ListRenamedSince(typed="News", now="Old news"),
    ContactsLost(contacts=1200),
    FileUnreadable(fault=FileFault.QUOTES, line=1200),
    FileNotReceived(),
    ListNameShared(name="News"),
    NoContacts(),
    RowsLeftOut(faults={RowFault.NUMBER: 1200, RowFault.TWICE: 1}),
    ImportTooLong(files=3),
    NoCampaigns(),
    ImportUnreadable(fault=FileFault.CAMPAIGNS, line=1200),
    RowRefused(
        line=3,
        name="Sale",
        problems=(RowProblem(column=Column.PRIORITY, problem=Problem.INVALID),),
    ),
    RowBlocked(line=4, name="Sale", found=(NameTaken(name="Sale", ids=("cd-1",)),)),
    RowsWarned(lines=(2, 5), found=ListEmpty(name="News")),
    RowsUnchecked(lines=(2,), found=NameUnchecked()),
    RowsWithoutDncList(lines=(2, 3), rule=SmsDncListRule()),
    ColumnsLeftOut(names=("Budget", "Owner")),
)
