"""What each person sees: roles, channels, private answers, times, and unread messages."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import expect

from tests.browser import steps
from tests.browser.doors import Doors
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.drill


async def test_a_person_without_a_role_reads_what_they_may_not_do(doors: Doors) -> None:
    vera = await doors.let_in("Vera Novak")
    await vera.say("/campaign sms Not hers")
    await vera.sees("You may not create campaigns here. Nothing was done.")
    await expect(vera.page.get_by_role("dialog")).to_have_count(0)


async def test_a_card_shows_times_in_the_time_zone_of_each_reader(
    ana: Visitor, doors: Doors
) -> None:
    ravi = await doors.let_in("Ravi Iyer")
    await steps.make_sms(ana, "Two zones")
    in_new_york = await _checked_at(ana, "Two zones", "America/New_York")
    in_kolkata = await _checked_at(ravi, "Two zones", "Asia/Kolkata")
    assert in_new_york == in_kolkata


async def _checked_at(visitor: Visitor, name: str, zone: str) -> datetime:
    """Return the time that a card says it was checked at, read in that time zone."""
    card = await steps.card(visitor, name, "Checked in Kore.ai")
    shown = re.search(r"Checked in Kore\.ai (\S+) (\d+:\d\d [AP]M)", await card.inner_text())
    assert shown, "the card has no time"
    assert shown[1] == "today"
    today = (await visitor.now()).date()
    clock = datetime.strptime(shown[2], "%I:%M %p").time()  # noqa: DTZ007 # a clock time has no zone
    return datetime.combine(today, clock, ZoneInfo(zone))


async def test_a_private_answer_stays_until_the_page_is_loaded_again(
    ana: Visitor, doors: Doors
) -> None:
    await ana.say("/campaign help schedule")
    answer = "schedule a campaign daily or weekly, in a form with what you typed. Example:"
    await ana.sees(answer, "Only visible to you")
    await ana.go_to("marketing")
    await ana.go_to("campaigns")
    await ana.sees(answer)
    ravi = await doors.let_in("Ravi Iyer")
    await ravi.sees_no(answer)
    await ana.page.reload()
    await expect(ana.composer).to_be_visible()
    await ana.sees_no(answer)


async def test_unread_messages_in_another_channel_are_marked_as_new(
    ana: Visitor, doors: Doors
) -> None:
    ravi = await doors.let_in("Ravi Iyer", "marketing")
    await expect(ravi.conversation("campaigns")).not_to_contain_text("new")
    await ana.say("Good morning, Ravi")
    await expect(ravi.conversation("campaigns")).to_contain_text("new")
    await ravi.go_to("campaigns")
    await ravi.sees("Good morning, Ravi")
    await expect(ravi.conversation("campaigns")).not_to_contain_text("new")


async def test_cards_in_a_channel_without_the_bot_have_a_hint_until_it_is_invited(
    doors: Doors,
) -> None:
    ana, ravi = await doors.let_in(channel="leads"), await doors.let_in("Ravi Iyer", "leads")
    await ana.sees("Campaign bot is not in this channel.")
    await steps.fill_sms(ana, "For leads")
    await steps.review(ana)
    await ana.press("Create", on=ana.dialog("Review"))
    await steps.card(ana, "For leads", "Created by")
    card = await steps.card(ravi, "For leads", "Created by")
    await ravi.sees("The bot could not post in", "/invite", on=card)
    await ana.say("/invite @campaign-bot")
    await ana.sees_no("Campaign bot is not in this channel.")
    await ana.say("/campaign status For leads")
    await expect(ravi.page.get_by_role("heading", name="For leads")).to_have_count(2)
    await ravi.sees_no("The bot could not post in", on=ravi.card("For leads"))


async def test_private_notices_are_in_the_direct_messages_of_the_bot(doors: Doors) -> None:
    ana = await doors.let_in()
    await steps.make_sms(ana, "Said in private")
    await steps.ask_for_schedule(ana, "Said in private")
    waits = ana.message("“Said in private”: the request of @Ana Lopez needs approval.")
    await expect(waits).to_be_visible()
    await ana.press("Withdraw", on=waits)
    await ana.go_to("Campaign bot")
    await ana.sees("Messages to this app are turned off.")
    await ana.sees("“Said in private”: Withdrawn by @Ana Lopez. Nothing was sent.")


async def test_about_describes_the_bot_and_its_commands(ana: Visitor) -> None:
    await ana.go_to("Campaign bot")
    await ana.follow("About", on=ana.main)
    about = ana.page.get_by_role("region", name="About Campaign bot")
    await ana.sees("Create voice and SMS campaigns on Kore.ai", "/campaign [sms", on=about)


async def test_the_home_tab_shows_the_latest_requests(ana: Visitor) -> None:
    await steps.make_sms(ana, "Seen at home")
    await ana.go_to("Campaign bot")
    await ana.press("Home", on=ana.main)
    home = ana.page.get_by_role("region", name="Home of Campaign bot")
    await ana.sees("Your latest requests", "Seen at home", on=home)
    await ana.press("List", on=home)
    await ana.sees("Seen at home", on=ana.page.get_by_role("dialog"))


async def test_a_shortcut_opens_its_form_in_any_channel(ana: Visitor) -> None:
    await ana.go_to("marketing")
    shortcuts = ana.page.get_by_role("navigation", name="Conversations")
    await ana.press("New voice campaign", on=shortcuts)
    await expect(ana.dialog("New voice campaign")).to_be_visible()


async def test_new_campaign_asks_for_the_kind(ana: Visitor) -> None:
    shortcuts = ana.page.get_by_role("navigation", name="Conversations")
    await ana.press("New campaign", on=shortcuts)
    await ana.press("New SMS campaign", on=ana.dialog("Campaigns"))
    await expect(ana.dialog("New SMS campaign")).to_be_visible()
    await expect(ana.dialog("Campaigns")).to_have_count(0)


async def test_a_message_becomes_the_text_of_a_campaign(ana: Visitor) -> None:
    await ana.say("Spring sale: 20% off & more")
    said = ana.message("Spring sale: 20% off & more")
    await ana.press("Campaign from message", on=said)
    await expect(ana.dialog("New SMS campaign")).to_be_visible()
    await expect(ana.field("Message")).to_have_value("Spring sale: 20% off & more")


async def test_a_line_fills_in_the_form_and_the_rest_is_said_on_top(ana: Visitor) -> None:
    await ana.say("/campaign schedule Autumn every Tuesday 10 am until 03/04")
    form = ana.dialog("Schedule a campaign")
    await ana.sees("Not understood: “until 03/04”. Fill it in below.", on=form)
    await expect(ana.field("Start time")).to_have_value("10:00")
    await expect(ana.field("End date")).to_have_value("")
