"""Set, change and remove schedules from Slack."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from sandbox.kore import Operation
from tests.flows.conftest import Answers, Author, in_days
from tests.flows.kore_failing import rename_at
from tests.reviewing import confirm_review, wait_review


async def test_weekly_schedule_from_the_command(author: Author) -> None:
    name = author.world.name()
    await author.sms(name)
    form = await author.form(f"/campaign schedule {name}", "Schedule a campaign")
    await form.fill({"Recurrence": "Weekly", "Repeat every": "2"})
    await author.send(
        form,
        {
            "On these days": ["Monday", "Tuesday"],
            "Time zone": "Asia/Kolkata",
            "Start date": in_days(3),
            "Start time": "01:00",
            "End date": in_days(40),
            "End time": "23:59",
        },
    )
    card = await author.card(name, "Scheduled by")
    campaign = author.world.kore.state.campaigns[author.campaign_id(name)]
    start = datetime.fromisoformat(f"{in_days(3)}T01:00").replace(tzinfo=ZoneInfo("Asia/Kolkata"))
    assert campaign.schedule is not None
    assert campaign.schedule.start == start.astimezone(UTC)
    assert campaign.id in card.words
    details = await author.details(card)
    for said in ("Scheduled", "Every 2 weeks on Mon, Tue", "Mon, Sun", "Asia/Kolkata", "19:30 UTC"):
        assert said in details


async def test_daily_schedule_from_the_button_on_the_card(author: Author) -> None:
    name = author.world.name()
    card = await author.sms(name)
    await author.person.click(card, "Schedule")
    form = await author.person.wait_modal("Schedule a campaign")
    assert form.value("Campaign") == name
    await author.send(form, {"Start date": in_days(2), "End date": in_days(9)})
    scheduled = await author.card(name, "Scheduled by")
    assert "Every day" in scheduled.words
    assert author.campaign_id(name) in scheduled.words
    assert author.world.kore.state.campaigns[author.campaign_id(name)].schedule is not None


async def test_schedule_is_removed_after_a_review(author: Author) -> None:
    name = author.world.name()
    await author.person.click(await author.sms(name), "Schedule")
    form = await author.person.wait_modal("Schedule a campaign")
    await author.send(form, {"Start date": in_days(2), "End date": in_days(9)})
    await author.card(name, "Scheduled by")
    await author.person.command(f"/campaign unschedule {name}")
    review = await wait_review(author.person)
    assert name in review.text
    assert "Every day" in review.text
    await confirm_review(author.person)
    card = await author.card(name, "Schedule removed by")
    assert "Ready" in card.words
    assert author.world.kore.state.campaigns[author.campaign_id(name)].schedule is None


async def test_times_are_checked_before_kore_is_asked(ana: Author) -> None:
    form = await ana.form("/campaign schedule Anything", "Schedule a campaign")
    await form.fill({"Start date": "2026-03-08", "Start time": "02:30", "End date": in_days(5)})
    await form.submit()
    assert form.errors == {
        "Start time": "The clocks in America/New_York skip this time on that day. Choose another."
    }
    await form.fill({"Start time": "09:00"})
    await form.submit()
    assert form.errors == {
        "Start date": "This is in the past in America/New_York. Choose a later start."
    }
    await form.fill({"Start date": in_days(9)})
    await form.submit()
    assert form.errors == {"End date": "The end must be after the start."}
    await form.close()


async def test_an_unknown_campaign_cannot_be_scheduled_and_the_form_stays_filled_in(
    ana: Author,
) -> None:
    form = await ana.form("/campaign schedule Nobody knows this", "Schedule a campaign")
    review = await ana.review(form, {"Start date": in_days(2), "End date": in_days(9)})
    assert "Kore.ai has no campaign" in review.text
    assert "Nobody knows this" in review.text
    assert not review.submit_text
    await review.close()
    assert form.value("Start date") == in_days(2)
    await form.close()


async def test_a_schedule_that_is_not_there_cannot_be_removed(ana: Author) -> None:
    name = ana.world.name()
    await ana.sms(name)
    await ana.person.command(f"/campaign unschedule {name}")
    review = await wait_review(ana.person)
    assert "Nothing to do" in review.text
    assert "The campaign has no schedule." in review.text
    assert not review.submit_text
    await review.close()


async def test_reschedule_starts_from_the_current_schedule(ana: Author) -> None:
    name = ana.world.name()
    await ana.person.click(await ana.sms(name), "Schedule")
    form = await ana.person.wait_modal("Schedule a campaign")
    await form.fill({"Recurrence": "Weekly"})
    weekly: Answers = {
        "On these days": ["Friday"],
        "Start date": in_days(2),
        "End date": in_days(9),
    }
    await ana.send(form, weekly)
    card = await ana.card(name, "Scheduled by")
    await ana.person.click(card, "Reschedule")
    again = await ana.person.wait_modal("Schedule a campaign")
    assert again.value("Recurrence") == "Weekly"
    assert again.value("On these days") == ["Friday"]
    assert again.value("Start date") == in_days(2)
    await ana.send(again, {"On these days": ["Monday"]})
    assert "Every week on Mon" in (await ana.card(name, "Every week on Mon")).words


async def test_a_schedule_that_went_to_another_campaign_is_undone_with_an_alarm(
    ana: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, name = ana.world.name("Other"), ana.world.name()
    await ana.sms(other)
    await ana.sms(name)
    meant, wrong = ana.campaign_id(name), ana.campaign_id(other)
    form = await ana.form(f"/campaign schedule {name}", "Schedule a campaign")
    review = await ana.review(form, {"Start date": in_days(2), "End date": in_days(9)})
    campaigns = ana.world.kore.state.campaigns
    rename_at(ana.world.kore, monkeypatch, Operation.SCHEDULE, wrong, name)
    await review.submit()
    notice = await ana.card(name, "Reference", "@campaign-bot")
    assert "Kore.ai scheduled another campaign with this name" in notice.words
    alarm = await ana.card(name, "Alarm")
    assert f"<@{ana.person.user.id}>" in alarm.words
    assert campaigns[meant].schedule is campaigns[wrong].schedule is None


async def test_a_schedule_removed_from_another_campaign_raises_an_alarm(
    ana: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, name = ana.world.name("Other"), ana.world.name()
    dates: Answers = {"Start date": in_days(2), "End date": in_days(9)}
    for each in (other, name):
        await ana.sms(each)
        await ana.send(await ana.form(f"/campaign schedule {each}", "Schedule a campaign"), dates)
        await ana.card(each, "Scheduled by")
    meant, wrong = ana.campaign_id(name), ana.campaign_id(other)
    await ana.person.click(await ana.card(name, "Scheduled by"), "Remove schedule")
    await wait_review(ana.person)
    campaigns = ana.world.kore.state.campaigns
    rename_at(ana.world.kore, monkeypatch, Operation.UNSCHEDULE, wrong, name)
    await confirm_review(ana.person)
    told = await ana.card(name, "was not removed", "@campaign-bot")
    assert "and the bot cannot put it back" in told.words
    assert "and the bot cannot put it back" in (await ana.card(name, "Alarm")).words
    assert campaigns[wrong].schedule is None
    assert campaigns[meant].schedule is not None
    known = await ana.world.services.records.campaigns.known(wrong)
    assert known
    assert known.schedule is None
