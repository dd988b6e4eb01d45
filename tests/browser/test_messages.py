"""Threads, buttons in messages, and the list of requests between the services."""

from playwright.async_api import expect

from tests.browser import steps
from tests.browser.doors import Doors
from tests.browser.held import Held
from tests.browser.visitor import SOON_MS, Visitor


async def test_a_reply_is_shown_only_in_its_thread(ana: Visitor, doors: Doors) -> None:
    ravi = await doors.let_in("Ravi Iyer")
    await ana.say("Who looks after the summer sale?")
    await ravi.reply_to("Who looks after the summer sale?", "I do, this year.")
    await ravi.sees("I do, this year.", on=ravi.thread)
    await ana.sees_no("I do, this year.")
    await ana.follow("1 reply", on=ana.message("Who looks after the summer sale?"))
    await ana.sees("I do, this year.", on=ana.thread)
    await ana.follow("Close the thread")
    await expect(ana.thread).to_have_count(0)


async def test_a_command_in_a_thread_is_refused_as_slack_refuses_it(ana: Visitor) -> None:
    await ana.say("A message with a thread")
    await ana.reply_to("A message with a thread", "/campaign help")
    await expect(ana.alert).to_have_text("/campaign is not supported in threads. Sorry!")
    await ana.sees_no("a menu with buttons")


async def test_a_button_works_while_another_one_is_being_processed(
    ana: Visitor,
) -> None:
    card = await steps.make_sms(ana, "Pressed twice")
    held = Held()
    await held.over(ana.page)
    await ana.press("Refresh", on=card)
    await held.asked.wait()
    await ana.press("Schedule", on=card)
    held.let_through.set()
    await expect(ana.dialog("Schedule a campaign")).to_be_visible(timeout=SOON_MS)


async def test_a_form_that_is_sent_twice_is_carried_out_once(
    ana: Visitor,
) -> None:
    await steps.fill_sms(ana, "On its way")
    await steps.review(ana)
    held = Held()
    await held.over(ana.page)
    await ana.press("Create", on=ana.dialog("Review"))
    await held.asked.wait()
    await ana.page.keyboard.press("Enter")
    held.let_through.set()
    await steps.card(ana, "On its way", "Created by")
    await expect(ana.page.get_by_role("heading", name="On its way")).to_have_count(1)


async def test_a_message_can_be_sent_while_a_button_is_being_processed(ana: Visitor) -> None:
    card = await steps.make_sms(ana, "Spoken meanwhile")
    held = Held()
    await held.over(ana.page)
    await ana.press("Refresh", on=card)
    await held.asked.wait()
    await ana.say("Said meanwhile")
    held.let_through.set()
    await expect(ana.message("Said meanwhile")).to_be_visible()


async def test_the_traffic_shows_the_latest_requests_and_no_secrets(ana: Visitor) -> None:
    await steps.make_sms(ana, "In the traffic")
    await ana.say("/campaign help start")
    await ana.sees("run a campaign now, after a review. Example:")
    await ana.open_panel("Traffic")
    entries = ana.panel.get_by_role("listitem")
    command = entries.filter(has_text="Slack → bot").filter(has_text='"text": "help start"').first
    await command.get_by_text("acknowledged").click()
    await ana.sees('"command": "/campaign"', on=command)
    create = entries.filter(has_text="bot → Kore.ai").filter(has_text="POST create").first
    await expect(create).to_contain_text("In the traffic")
    await create.get_by_text("POST create").click()
    await ana.sees("200", "Sent", "Answered", on=create)
    told = await ana.panel.text_content() or ""
    assert "chat.postMessage" in told
    # The beginnings of Slack's tokens and signatures, and of tokens for Kore.ai.
    assert [each for each in ("xoxb-", "xapp-", "v0=", "eyJ", "Bearer") if each in told] == []
