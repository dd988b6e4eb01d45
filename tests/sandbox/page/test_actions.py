"""The Home tab, shortcuts, confirmation dialogs, threads and invitations on the page."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Person, PretendSlack
from tests.sandbox.page.browser import Browser
from tests.sandbox.page.sample_bot import card

BOT = "@campaign-bot"


@pytest.fixture
async def at_home(browser: Browser) -> Browser:
    """The browser on the bot's Home tab, just opened."""
    browser.place, browser.tab = BOT, "home"
    await browser.post("/home")
    return browser


@pytest.fixture
async def in_steps(browser: Browser) -> Browser:
    """The browser with two stacked forms and a text in the first."""
    await browser.post("/command", text="/campaign steps")
    (further,) = browser.buttons("Next")
    await browser.fill(further, {"Note": "First"}, words="Next")
    assert browser.heading == "Step 2"
    return browser


async def press_in_form(browser: Browser, words: str, note: str) -> None:
    (address,) = browser.buttons(words)
    await browser.fill(address, {"Note": note}, words=words)


async def test_home_is_published_when_it_is_opened(slack: PretendSlack, browser: Browser) -> None:
    browser.place, browser.tab = BOT, "home"
    await browser.look()
    assert "The bot shows nothing here yet." in browser.html
    assert 'id="text"' not in browser.html
    await browser.post("/home")
    assert 'class="header">Welcome</h3>' in browser.html
    assert [each.name for each in slack.deliveries] == ["app_home_opened"]
    browser.person = "Ravi Iyer"
    await browser.look()
    assert "The bot shows nothing here yet." in browser.html


async def test_home_opens_from_any_channel(
    web: AsyncWebClient, channel: str, browser: Browser
) -> None:
    said = await web.chat_postMessage(channel=channel, text="Card")
    browser.thread = str(said["ts"])
    await browser.post("/home")
    assert "<title>Campaign bot · Ana Lopez" in browser.html
    assert 'class="header">Welcome</h3>' in browser.html
    assert 'class="with-thread' not in browser.html


async def test_the_tabs_of_the_bots_conversation(
    web: AsyncWebClient, ana: Person, at_home: Browser
) -> None:
    await web.chat_postMessage(channel=ana.user.id, text="Hello Ana")
    await at_home.look()
    assert "Hello Ana" not in at_home.html
    at_home.tab = "messages"
    await at_home.look()
    assert "Hello Ana" in at_home.html
    assert 'class="header">Welcome</h3>' not in at_home.html
    at_home.tab = "about"
    await at_home.look()
    assert "<code>/campaign [sms | list]</code> Campaigns" in at_home.html
    assert "Hello Ana" not in at_home.html


async def test_channels_have_no_tabs(browser: Browser) -> None:
    for tab in ("home", "about"):
        browser.tab = tab
        await browser.look()
        assert "Message #campaigns" in browser.html
        assert 'action="/home"' not in browser.html


async def test_a_button_at_home_opens_a_form(at_home: Browser) -> None:
    (address,) = at_home.buttons("New")
    await at_home.post(address, words="New")
    assert at_home.heading == "Campaign"
    assert 'class="header">Welcome</h3>' in at_home.html


async def test_a_confirmation_in_the_home_tab_is_answered_with_no_and_yes(
    slack: PretendSlack, at_home: Browser
) -> None:
    (address,) = at_home.buttons("Forget")
    before = len(slack.deliveries)
    await at_home.post(address, words="Forget")
    assert at_home.heading == "Forget"
    await at_home.answer("/no")
    assert at_home.heading == ""
    assert 'class="header">Welcome</h3>' in at_home.html
    assert len(slack.deliveries) == before
    await at_home.post(address, words="Forget")
    await at_home.answer()
    assert at_home.heading == ""
    assert 'class="header">Forgotten</h3>' in at_home.html
    assert len(slack.deliveries) == before + 1


async def test_a_click_in_a_missing_home_tab_is_refused(
    slack: PretendSlack, browser: Browser
) -> None:
    await browser.post("/home/click", words="New")
    assert browser.alerts == ["the bot shows no Home"]
    assert not slack.deliveries


async def test_a_confirmation_in_a_message_is_answered_with_no(
    slack: PretendSlack, web: AsyncWebClient, channel: str, browser: Browser
) -> None:
    sent = await web.chat_postMessage(channel=channel, **card("Created"))
    await browser.look()
    (address,) = browser.buttons("Refresh")
    await browser.post(address, ts=str(sent["ts"]), words="Refresh")
    assert browser.heading == "Refresh"
    assert "Sure?" in browser.html
    await browser.answer("/no")
    assert browser.heading == ""
    assert 'class="header">Created</h3>' in browser.html
    assert not slack.deliveries


async def test_a_click_on_a_message_that_was_drawn_again_is_taken(
    web: AsyncWebClient, channel: str, browser: Browser
) -> None:
    sent = await web.chat_postMessage(channel=channel, **card("Created"))
    await browser.look()
    (address,) = browser.buttons("Refresh")
    await web.chat_update(channel=channel, ts=str(sent["ts"]), **card("Changed"))
    await browser.post(address, ts=str(sent["ts"]), words="Refresh")
    assert browser.alerts == []
    assert "Sure?" in browser.html


async def test_only_the_person_who_clicked_sees_the_confirmation(
    web: AsyncWebClient, channel: str, browser: Browser
) -> None:
    sent = await web.chat_postMessage(channel=channel, **card("Created"))
    await browser.look()
    (address,) = browser.buttons("Refresh")
    await browser.post(address, ts=str(sent["ts"]), words="Refresh")
    browser.person = "Ravi Iyer"
    await browser.look()
    assert browser.heading == ""
    browser.person = "Ana Lopez"
    await browser.look()
    assert browser.heading == "Refresh"


async def test_typed_text_stays_after_no_to_a_confirmation(
    in_steps: Browser,
) -> None:
    await press_in_form(in_steps, "Empty", "Second")
    assert in_steps.heading == "Empty"
    assert in_steps.form()["answer Note"] == ["Second"]
    await in_steps.answer("/no")
    assert in_steps.heading == "Step 2"
    assert in_steps.form()["answer Note"] == ["Second"]
    assert "Write something down" in in_steps.html


async def test_typed_text_stays_after_yes_to_a_confirmation(
    in_steps: Browser,
) -> None:
    await press_in_form(in_steps, "Empty", "Second")
    await in_steps.answer()
    assert in_steps.heading == "Step 2"
    assert "Emptied" in in_steps.html
    assert in_steps.form()["answer Note"] == ["Second"]


async def test_closing_a_form_shows_the_form_below(in_steps: Browser) -> None:
    await in_steps.fill("/modal/close", {})
    assert in_steps.heading == "Step 1"
    assert in_steps.form()["answer Note"] == ["First"]


async def test_all_forms_are_closed_at_once(ana: Person, in_steps: Browser) -> None:
    await in_steps.fill("/modal/close?all=1", {})
    assert in_steps.heading == ""
    assert ana.modal() is None


async def test_a_closed_form_cannot_be_used(slack: PretendSlack, in_steps: Browser) -> None:
    view = in_steps.form()["view"][0]
    await in_steps.fill("/modal/close", {})
    before = len(slack.deliveries)
    for path in ("/modal/submit", "/modal/dispatch", "/modal/click", "/modal/close"):
        await in_steps.post(path, view=view, words="Next")
        assert in_steps.alerts == ["that form is not open any more"]
        assert in_steps.heading == "Step 1"
    assert len(slack.deliveries) == before


async def test_a_global_shortcut_opens_a_form(browser: Browser) -> None:
    await browser.look()
    assert 'value="new_campaign" title="Create a campaign">New campaign</button>' in browser.html
    await browser.post("/shortcut", shortcut="new_campaign")
    assert browser.heading == "Campaign"


async def test_a_message_shortcut_sends_the_message(
    slack: PretendSlack, ana: Person, browser: Browser
) -> None:
    said = ana.say("Tell our customers")
    await browser.look()
    shortcut = 'value="from_message" title="Create a campaign with these words">'
    assert browser.html.count(shortcut) == 1
    await browser.post("/shortcut", shortcut="from_message", ts=said.ts)
    assert browser.heading == "Step 1"
    assert '<p class="text">Tell our customers</p>' in browser.html.split("<dialog")[1]
    assert slack.deliveries[-1].name == "message_action"


async def test_an_unknown_shortcut_is_refused_with_a_reason(
    slack: PretendSlack, ana: Person, browser: Browser
) -> None:
    said = ana.say("Tell our customers")
    await browser.post("/shortcut", shortcut="from_message")
    assert browser.alerts == ["no global shortcut 'from_message'; there are: new_campaign"]
    await browser.post("/shortcut", shortcut="new_campaign", ts=said.ts)
    assert browser.alerts == ["no message shortcut 'new_campaign'; there are: from_message"]
    await browser.post("/shortcut", shortcut="from_message", ts="1.0")
    assert browser.alerts == ["that message is not there any more"]
    assert not slack.deliveries


async def test_an_ephemeral_message_has_no_thread_and_no_shortcuts(
    web: AsyncWebClient, ana: Person, channel: str, browser: Browser
) -> None:
    await browser.look()
    before = browser.since
    sent = await web.chat_postEphemeral(channel=channel, user=ana.user.id, text="For you")
    ts = str(sent["message_ts"])
    await browser.look(since=before)
    assert "For you" in browser.html
    assert "Reply in thread" not in browser.html
    assert "from_message" not in browser.html
    await browser.post("/shortcut", shortcut="from_message", ts=ts, since=before)
    assert browser.alerts == ["an ephemeral message has no shortcuts"]
    await browser.post("/reply", text="Thanks", thread=ts, since=before)
    assert browser.alerts == ["nobody can reply to an ephemeral message"]


async def test_a_reply_to_a_missing_message_is_refused(browser: Browser) -> None:
    await browser.post("/reply", text="Hello", thread="1.0")
    assert browser.alerts == ["that message is not there any more"]


async def test_an_empty_reply_is_ignored(ana: Person, browser: Browser) -> None:
    said = ana.say("Card")
    browser.thread = said.ts
    await browser.post("/reply", text=" \r\n ")
    assert browser.alerts == []
    assert said.replies == []


async def test_a_button_in_a_reply_can_be_clicked(
    slack: PretendSlack, web: AsyncWebClient, ana: Person, channel: str, browser: Browser
) -> None:
    said = ana.say("Card")
    browser.thread = said.ts
    sent = await web.chat_postMessage(channel=channel, thread_ts=said.ts, **card("Created"))
    await browser.look()
    (address,) = browser.buttons("Refresh")
    await browser.post(address, ts=str(sent["ts"]), words="Refresh")
    await browser.answer()
    assert 'class="header">Refreshed</h3>' in browser.thread_shown
    assert slack.deliveries[-1].packet.payload["message"]["thread_ts"] == said.ts


async def test_nobody_is_invited_into_a_direct_conversation(browser: Browser) -> None:
    browser.place = BOT
    await browser.post("/command", text="/invite @Ravi Iyer")
    assert browser.alerts == ["nobody can be invited into a direct conversation"]


async def test_the_page_says_that_the_bot_is_not_in_the_channel_until_it_is_invited(
    browser: Browser,
) -> None:
    browser.place = "leads"
    await browser.look()
    assert "Campaign bot is not in this channel." in browser.html
    await browser.post("/command", text="/invite @Campaign bot")
    assert "Campaign bot is not in this channel." not in browser.html


async def test_about_describes_the_app(at_home: Browser) -> None:
    at_home.tab = "about"
    await at_home.look()
    assert "<h2>Sample</h2>" in at_home.html
    assert "<p>Makes campaigns</p>" in at_home.html
    assert "<p>It makes campaigns.</p>" in at_home.html


async def test_an_invitation_needs_a_person_who_is_not_in_the_channel_yet(browser: Browser) -> None:
    await browser.post("/command", text="/invite @Ravi Iyer")
    assert browser.alerts == ["Ravi Iyer is already in #campaigns"]
    await browser.post("/command", text="/invite")
    assert browser.alerts == ["Say whom to invite, such as /invite @campaign-bot"]
