from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from sandbox.kore import Campaign, CampaignRow, Kind, Operation, Status
from sandbox.kore.refusals import Refused
from tests.sandbox.kore.account import MONDAY, Asking, daily, hours, weekly

TEN = MONDAY.replace(hour=10)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
BARELY = timedelta(microseconds=1)


@pytest.fixture
def asking() -> Asking:
    """An account at 8:00 UTC on a Monday that reaches twelve contacts a minute."""
    made = Asking()
    made.fill(Spring=24, Autumn=12, Nobody=0)
    return made


def test_a_scheduled_campaign_runs_at_each_occurrence_and_is_completed_after_the_last(
    asking: Asking,
) -> None:
    campaign = asking.sms("News", "Spring")
    asking.schedule(campaign, daily(TEN, TEN + 2 * DAY, every=2))
    for begins in (TEN, TEN + 2 * DAY):
        asking.at(begins - BARELY)
        assert campaign.status is Status.SCHEDULED
        asking.at(begins)
        assert (campaign.status, asking.sent(campaign)) == (Status.ACTIVE, 0)
        assert campaign.due is None
        asking.at(begins + MINUTE + timedelta(seconds=4))
        assert (campaign.status, asking.sent(campaign)) == (Status.ACTIVE, 12)
        asking.after(seconds=1)
        assert asking.sent(campaign) == 13
        asking.at(begins + 2 * MINUTE)
        assert asking.sent(campaign) == 24
        assert campaign.updated_at == begins + 2 * MINUTE
    assert campaign.status is Status.COMPLETED
    asking.after(days=400)
    assert (campaign.status, asking.sent(campaign)) == (Status.COMPLETED, 24)


def test_each_run_has_its_own_instance_and_starts_with_the_whole_lists(
    asking: Asking,
) -> None:
    campaign = asking.voice("News", "Autumn", "Spring")
    asking.schedule(campaign, daily(TEN, TEN + DAY))
    asking.at(TEN + 9 * MINUTE)
    first = campaign.instance
    assert first is not None
    assert first.id.startswith("cid-")
    assert len(asking.results(campaign)) == 36
    asking.fill(More=2)
    [more] = [each for each in asking.account.state.contact_lists.values() if each.name == "More"]
    more.name = "Spring"
    asking.at(TEN + DAY + timedelta(seconds=5))
    second = campaign.instance
    assert second is not None
    assert second.id != first.id
    assert len(asking.results(campaign)) == 1
    asking.after(minutes=9)
    assert len(asking.results(campaign)) == 38


def test_a_result_is_as_documented_and_stays_the_same(asking: Asking) -> None:
    campaign = asking.voice("News", "Autumn", when=hours(("7:00 AM", "9:00 AM")))
    contacts = asking.account.state.contacts_of(campaign)
    contacts[1]["uniqueId"] = "lead-1"
    asking.trigger(Operation.START, campaign)
    asking.after(seconds=10)
    first, second = asking.results(campaign)
    assert (first["uniqueId"], second["uniqueId"]) == ("", "lead-1")
    session = first.pop("botSessionId")
    assert first == {
        "phoneNumber": "12025550100",
        "uniqueId": "",
        "dialerOutcome": "completed",
        "numberOfAttemptsSoFar": 1,
        "agentDispositionCodes": [],
        "botOutboundStatus": "userHangUp",
        "botOutboundStatusDetail": "user_hangup",
    }
    asking.after(days=9)
    sessions = [row["botSessionId"] for row in asking.results(campaign)]
    assert sessions[0] == session
    assert len(set(sessions)) == 12


def test_outside_calling_hours_a_run_stays_active_and_waits(asking: Asking) -> None:
    # 9:00 AM in New York is 13:00 UTC on that day.
    when = hours(("9:00 AM", "9:01 AM"), zone="America/New_York", days=("MO", "WE"))
    campaign = asking.sms("News", "Spring", when=when)
    asking.schedule(campaign, weekly(TEN, TEN + 30 * DAY, "Mon"))
    asking.at(TEN + timedelta(hours=3))
    assert (campaign.status, asking.sent(campaign)) == (Status.ACTIVE, 0)
    asking.after(minutes=1)
    assert (campaign.status, asking.sent(campaign)) == (Status.ACTIVE, 12)
    asking.after(days=1)
    assert (campaign.status, asking.sent(campaign)) == (Status.ACTIVE, 12)
    asking.after(days=1)
    assert (campaign.status, asking.sent(campaign)) == (Status.SCHEDULED, 24)
    assert campaign.due == TEN + 7 * DAY


def test_an_occurrence_during_an_earlier_run_is_skipped(asking: Asking) -> None:
    asking.account.contacts_per_minute = 24 / (26 * 60)  # All of them take 26 hours.
    campaign = asking.sms("News", "Spring", when=hours(("12:00 AM", "11:59 PM")))
    asking.schedule(campaign, daily(TEN, TEN + 9 * DAY))
    asking.at(TEN + DAY)
    assert campaign.instance is not None
    assert (campaign.instance.began, campaign.status) == (TEN, Status.ACTIVE)
    asking.after(hours=3)
    assert (campaign.status, campaign.due) == (Status.SCHEDULED, TEN + 2 * DAY)


def test_a_run_started_by_hand_ends_completed(asking: Asking) -> None:
    campaign = asking.sms("News", "Spring", when=hours(("8:00 AM", "9:00 AM")))
    asking.trigger(Operation.START, campaign)
    asking.after(seconds=119)
    assert (campaign.status, asking.sent(campaign)) == (Status.ACTIVE, 23)
    asking.after(seconds=1)
    assert (campaign.status, asking.sent(campaign)) == (Status.COMPLETED, 24)
    asking.trigger(Operation.START, campaign)
    assert (campaign.status, asking.sent(campaign)) == (Status.ACTIVE, 0)


def test_a_run_without_contacts_ends_at_once(asking: Asking) -> None:
    campaign = asking.sms("News", "Nobody", when=hours(("9:00 PM", "9:01 PM")))
    assert asking.trigger(Operation.START, campaign)["status"] == "Active"
    asking.account.settle()
    assert campaign.status is Status.COMPLETED
    asking.schedule(campaign, daily(TEN, TEN + 2 * DAY))
    asking.at(TEN)
    assert (campaign.status, campaign.due) == (Status.SCHEDULED, TEN + DAY)


def test_a_series_without_a_run_is_completed_at_its_end(asking: Asking) -> None:
    campaign = asking.sms("News", "Spring")
    asking.schedule(campaign, weekly(TEN, TEN + 3 * DAY, "Sun"))
    asking.at(TEN + 3 * DAY - BARELY)
    assert campaign.status is Status.SCHEDULED
    asking.after(microseconds=1)
    assert (campaign.status, campaign.instance) == (Status.COMPLETED, None)


def test_occurrences_before_the_scheduling_do_not_run(asking: Asking) -> None:
    campaign = asking.sms("News", "Spring")
    asking.schedule(campaign, daily(TEN - 5 * DAY, TEN + DAY, every=3))
    assert campaign.due == TEN + DAY


def test_a_stopped_campaign_still_runs_at_the_next_occurrence(asking: Asking) -> None:
    campaign = asking.voice("News", "Spring")
    asking.schedule(campaign, daily(TEN, TEN + 9 * DAY))
    asking.at(TEN + MINUTE)
    assert campaign.instance is not None
    run = campaign.instance.id
    assert asking.trigger(Operation.STOP, campaign)["campaignInstanceId"] == run
    assert (campaign.status, asking.results(campaign)) == (Status.STOPPED, [])
    asking.at(TEN + DAY + MINUTE)
    assert (campaign.status, len(asking.results(campaign))) == (Status.ACTIVE, 12)


def test_a_run_goes_on_after_unscheduling_and_is_the_last(asking: Asking) -> None:
    campaign = asking.sms("News", "Spring")
    asking.schedule(campaign, daily(TEN, TEN + 9 * DAY))
    asking.at(TEN + MINUTE)
    asking.unschedule(campaign)
    assert (campaign.status, asking.sent(campaign)) == (Status.ACTIVE, 12)
    asking.after(days=3)
    assert (campaign.status, asking.sent(campaign)) == (Status.COMPLETED, 24)
    assert asking.account.next_event is None


def test_no_run_follows_after_unscheduling_between_runs(asking: Asking) -> None:
    campaign = asking.sms("News", "Spring")
    asking.schedule(campaign, daily(TEN, TEN + 9 * DAY))
    asking.unschedule(campaign)
    asking.after(days=20)
    assert (campaign.status, campaign.instance) == (Status.READY, None)


def test_no_run_follows_after_a_stop_and_unscheduling(asking: Asking) -> None:
    campaign = asking.sms("News", "Spring")
    asking.schedule(campaign, daily(TEN, TEN + 9 * DAY))
    asking.at(TEN + MINUTE)
    asking.trigger(Operation.STOP, campaign)
    asking.unschedule(campaign)
    asking.after(days=20)
    assert (campaign.status, campaign.instance) == (Status.STOPPED, None)


@pytest.fixture
def waiting(asking: Asking) -> tuple[Campaign, Campaign]:
    """A campaign that uses a list until 10:02, and one that has waited for it since 10:01."""
    asking.sms("Latest", "Autumn")
    runs, waits = asking.sms("Runs", "Spring"), asking.sms("Waits", "Autumn", "Spring")
    asking.schedule(runs, daily(TEN, TEN + 9 * DAY))
    asking.schedule(waits, daily(TEN + MINUTE, TEN + 9 * DAY))
    asking.at(TEN + MINUTE + timedelta(seconds=30))
    assert (runs.status, waits.status) == (Status.ACTIVE, Status.SCHEDULED)
    return runs, waits


def test_a_run_waits_for_another_run_on_the_same_list(
    asking: Asking, waiting: tuple[Campaign, Campaign]
) -> None:
    runs, waits = waiting
    assert asking.account.next_event == TEN + 2 * MINUTE
    asking.at(TEN + 3 * MINUTE)
    assert (runs.status, waits.status) == (Status.SCHEDULED, Status.ACTIVE)
    assert waits.instance is not None
    assert waits.instance.began == TEN + 2 * MINUTE


@pytest.mark.parametrize("operation", [Operation.STOP, Operation.DELETE])
def test_a_waiting_run_begins_when_the_other_is_stopped_or_deleted(
    asking: Asking, waiting: tuple[Campaign, Campaign], operation: Operation
) -> None:
    runs, waits = waiting
    asking.trigger(operation, runs)
    freed = asking.clock.now()
    asking.after(hours=2)
    assert waits.instance is not None
    assert waits.instance.began == freed


def test_waiting_runs_begin_in_the_order_of_their_due_times(
    asking: Asking, waiting: tuple[Campaign, Campaign]
) -> None:
    runs, waits = waiting
    latest = asking.account.state.campaign_named("Latest")
    assert latest is not None
    asking.schedule(latest, daily(TEN + 2 * MINUTE, TEN + DAY))
    asking.at(TEN + 2 * MINUTE)
    statuses = [each.status for each in (runs, waits, latest)]
    assert statuses == [Status.SCHEDULED, Status.ACTIVE, Status.SCHEDULED]
    asking.at(TEN + 5 * MINUTE)
    assert latest.status is Status.ACTIVE


def test_a_waiting_run_begins_even_after_the_end_of_its_schedule(asking: Asking) -> None:
    first, second = asking.sms("First", "Spring"), asking.sms("Second", "Spring")
    asking.schedule(first, daily(TEN, TEN + MINUTE))
    asking.schedule(second, daily(TEN, TEN + MINUTE))
    asking.at(TEN + 3 * MINUTE)
    assert (first.status, second.status) == (Status.COMPLETED, Status.ACTIVE)
    asking.after(minutes=1)
    assert second.status is Status.COMPLETED


def test_a_campaign_that_waits_for_a_list_cannot_be_started_by_hand(
    asking: Asking, waiting: tuple[Campaign, Campaign]
) -> None:
    with pytest.raises(Refused, match="Scheduled cannot be started"):
        asking.trigger(Operation.START, waiting[1])


def test_the_console_lists_every_campaign(
    asking: Asking, waiting: tuple[Campaign, Campaign]
) -> None:
    runs, waits = waiting
    idle = asking.voice("Idle", "Nobody")
    asking.trigger(Operation.DELETE, next(iter(asking.account.state.campaigns.values())))
    row = CampaignRow(runs.id, "Runs", Kind.SMS, Status.ACTIVE, 24, 18, TEN + DAY)
    waits_row = CampaignRow(waits.id, "Waits", Kind.SMS, Status.SCHEDULED, 36, 0, TEN + 2 * MINUTE)
    idle_row = CampaignRow(idle.id, "Idle", Kind.VOICE, Status.READY, 0, 0, None)
    assert asking.account.console == (row, waits_row, idle_row)


def test_looking_at_the_console_changes_nothing(asking: Asking) -> None:
    campaign = asking.sms("News", "Spring")
    asking.schedule(campaign, daily(TEN, TEN + DAY))
    seen = asking.account.console
    asking.clock.forward(9 * DAY)
    assert asking.account.console == seen
    assert asking.account.next_event == TEN
    asking.account.settle()
    assert [row.status for row in asking.account.console] == [Status.COMPLETED]
    assert asking.account.next_event is None


@pytest.mark.parametrize("make", [Asking.sms, Asking.voice])
def test_the_clock_can_go_forward_by_years_at_once(
    asking: Asking, make: Callable[[Asking, str, str], Campaign]
) -> None:
    end = datetime(2030, 1, 1, tzinfo=UTC)
    campaign = make(asking, "News", "Spring")
    asking.schedule(campaign, daily(TEN, end))
    asking.at(end + DAY)
    assert campaign.instance is not None
    assert (campaign.status, campaign.reached(end + DAY)) == (Status.COMPLETED, 24)
    assert campaign.instance.began == datetime(2029, 12, 31, 10, tzinfo=UTC)
