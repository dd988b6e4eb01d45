"""The page in use: commands, forms, messages and buttons."""

import httpx
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Person, PretendSlack
from tests.sandbox.page.browser import Answers, Browser
from tests.sandbox.page.sample_bot import plain

ANSWERS: Answers = {
    "Campaign name": "Spring sale",
    "Format": "Text",
    "Contact lists": "Spring leads\r\nVIP",
    "Priority": "3",
    "Days": ["Mon", "Tue"],
    "Post in": "#leads",
}


async def test_a_newcomer_sees_what_to_try(browser: Browser) -> None:
    await browser.look()
    assert "<title>#campaigns · Ana Lopez" in browser.html
    assert 'value="/campaign sms Spring sale"' in browser.html
    assert "<dt>Contact lists</dt>" in browser.html
    assert "<dd>Spring leads</dd>" in browser.html
    assert "Nothing here yet." in browser.html


async def test_the_address_works_without_parameters(http: httpx.AsyncClient) -> None:
    answer = await http.get("/")
    assert "#campaigns · Ana Lopez" in answer.text


async def test_a_command_opens_a_form(opened: Browser) -> None:
    assert "Campaign</h2>" in opened.html
    assert "A <strong>new</strong> campaign" in opened.html
    assert '<label for="field-campaign-name">Campaign name</label>' in opened.html
    assert "Days <small>(optional)</small>" in opened.html
    assert "At least one." in opened.html
    assert ">Create</button>" in opened.html
    assert ">Back</button>" in opened.html
    posted = opened.form()
    assert posted["answer Priority"] == ["5"]
    assert "Post in" in posted["drawn"]


async def test_a_form_creates_a_message_with_a_working_button(ana: Person, opened: Browser) -> None:
    await opened.fill("/modal/submit", ANSWERS)
    # The choice of a format added a field, which is still empty.
    assert "Text is required." in opened.words
    await opened.fill("/modal/submit", {"Text": "Hello"})
    assert "<dialog" not in opened.html
    assert '<h3 class="header">Created Spring sale</h3>' in opened.html
    (message,) = ana.messages()
    (address,) = opened.buttons("Refresh")
    await opened.post(address, ts=message.ts, words="Refresh")
    assert '<h3 class="header">Created Spring sale</h3>' in opened.html
    assert 'id="question-title">Refresh</h2>' in opened.html
    await opened.answer()
    assert '<h3 class="header">Refreshed</h3>' in opened.html
    assert "(edited)" in opened.html


async def test_every_answer_reaches_the_modal(ana: Person, opened: Browser) -> None:
    await opened.fill("/modal/dispatch", ANSWERS)
    modal = ana.modal()
    assert modal is not None
    assert {label: modal.value(label) for label in ANSWERS} == {
        **ANSWERS,
        "Contact lists": ["Spring leads", "VIP"],
    }
    assert opened.form()["answer Contact lists"] == ["Spring leads\nVIP"]
    assert opened.form()["answer Days"] == ["Mon", "Tue"]
    assert opened.form()["answer Post in"] == ["#leads"]


async def test_errors_of_the_form_are_shown_at_their_fields(
    slack: PretendSlack, opened: Browser
) -> None:
    delivered = len(slack.deliveries)
    await opened.fill("/modal/submit", {"Priority": "12"})
    assert 'id="field-campaign-name-error">Campaign name is required.</p>' in opened.html
    assert "Format is required." in opened.html
    assert "Priority takes a number from 1 to 9." in opened.html
    assert opened.form()["answer Priority"] == ["12"]
    assert len(slack.deliveries) == delivered


async def test_an_answer_that_is_not_offered_is_kept_with_an_error(opened: Browser) -> None:
    await opened.fill("/modal/submit", {"Campaign name": "Sale", "Contact lists": "Winter"})
    assert "'Winter' is not offered" in opened.words
    assert opened.form()["answer Contact lists"] == ["Winter"]
    assert opened.form()["answer Campaign name"] == ["Sale"]
    await opened.fill("/modal/dispatch", {"Contact lists": "VIP"})
    assert "is not offered" not in opened.words


async def test_errors_of_the_bot_are_shown_at_their_fields(opened: Browser) -> None:
    taken = {**ANSWERS, "Campaign name": "Taken"}
    await opened.fill("/modal/dispatch", taken)
    await opened.fill("/modal/submit", {"Text": "Hello"})
    assert '<p class="error" id="field-campaign-name-error">That name is taken.</p>' in opened.html
    assert 'aria-invalid="true" aria-describedby="field-campaign-name-error"' in opened.html


async def test_a_choice_changes_the_form_and_keeps_what_was_typed(
    slack: PretendSlack, opened: Browser
) -> None:
    await opened.fill("/modal/dispatch", {"Campaign name": "Sale", "Format": "Flow"})
    assert ">Flow</label>" in opened.html
    assert opened.form()["answer Campaign name"] == ["Sale"]
    told = slack.deliveries[-1].packet.payload["view"]["state"]["values"]
    assert told["Campaign name"]["answer"]["value"] == "Sale"
    # The same choice again is not sent.
    delivered = len(slack.deliveries)
    await opened.fill("/modal/dispatch", {})
    assert len(slack.deliveries) == delivered


async def test_a_form_can_be_closed(opened: Browser) -> None:
    view = opened.form()["view"][0]
    await opened.fill("/modal/close", {})
    assert "<dialog" not in opened.html
    await opened.post("/modal/submit", view=view)
    assert "that form is not open any more" in opened.html


async def test_suggestions_come_as_a_list(opened: Browser) -> None:
    asked = {**opened.whereabouts, "label": "Contact lists", "typed": "spring"}
    answer = await opened.http.get("/suggest", params=asked)
    assert answer.json() == ["Spring customers", "Spring leads"]
    answer = await opened.http.get("/suggest", params={**asked, "label": "Priority"})
    assert (answer.status_code, answer.json()) == (404, [])


async def test_a_button_in_a_form_keeps_what_was_typed(ana: Person, opened: Browser) -> None:
    modal = ana.modal()
    assert modal is not None
    button = {"type": "button", "action_id": "check", "text": plain("Check")}
    modal.blocks.append({"type": "actions", "block_id": "row", "elements": [button]})
    await opened.look()
    await opened.fill("/modal/click", {"Campaign name": "Sale"}, words="Gone")
    assert "there is no button 'Gone'" in opened.words
    (address,) = opened.buttons("Check")
    await opened.fill(address, {"Campaign name": "Sale"}, words="Check")
    assert opened.form()["answer Checked"] == [""]
    assert opened.form()["answer Campaign name"] == ["Sale"]


async def test_a_field_that_cannot_be_drawn_is_named_and_not_changed(
    ana: Person, opened: Browser
) -> None:
    modal = ana.modal()
    assert modal is not None
    modal.blocks[1]["label"] = plain("Priority")
    await opened.look()
    assert "cannot draw: plain_text_input" in opened.html
    assert "Priority" not in opened.form()["drawn"]
    await opened.fill("/modal/dispatch", {"Priority": "7", "Days": ["Tue"]})
    assert modal.value("Days") == ["Tue"]


async def test_people_can_send_messages(browser: Browser) -> None:
    await browser.post("/command", text="Good morning, *Ravi*")
    assert "Good morning, *Ravi*" in browser.html
    await browser.post("/command", text="  ")
    browser.person = "Ravi Iyer"
    await browser.look()
    assert browser.html.count("<article") == 1


async def test_the_error_of_a_failed_command_is_shown_once(browser: Browser) -> None:
    await browser.post("/command", text="/unknown")
    assert "/unknown is not a valid command" in browser.words
    await browser.post("/command", text="Well")
    assert "/unknown is not a valid command" not in browser.words


async def test_the_bot_has_its_own_conversation(
    slack: PretendSlack, web: AsyncWebClient, browser: Browser
) -> None:
    user = slack.workspace.user_named("ana").id
    await web.chat_postMessage(channel=user, text="Hello Ana")
    await browser.look()
    assert "Hello Ana" not in browser.html
    assert '<strong class="new">new</strong>' in browser.html
    browser.place = "@campaign-bot"
    await browser.look()
    assert "<title>Campaign bot · Ana Lopez" in browser.html
    assert "Hello Ana" in browser.html
    browser.place = "campaigns"
    await browser.post("/command", text="Well")
    assert 'class="new"' not in browser.html


async def test_the_bot_can_be_invited(slack: PretendSlack, browser: Browser) -> None:
    browser.place = "leads"
    await browser.post("/command", text="/invite @Campaign bot")
    assert "was added to #leads by Ana Lopez." in browser.html
    assert slack.workspace.bot.id in slack.workspace.channel_named("leads").members
    await browser.post("/command", text="/invite @Nobody")
    assert "nobody here is called '@Nobody'" in browser.words


async def test_replies_are_shown_in_their_thread(
    slack: PretendSlack, web: AsyncWebClient, browser: Browser
) -> None:
    channel = slack.workspace.channel_named("campaigns").id
    first = await web.chat_postMessage(channel=channel, text="Card")
    await web.chat_postMessage(channel=channel, text="Done", thread_ts=str(first["ts"]))
    await browser.look()
    assert ">1 reply</a>" in browser.html
    assert "Done" not in browser.html
    browser.thread = str(first["ts"])
    await browser.look()
    assert "Done" in browser.thread_shown
    await browser.post("/reply", text="Thank you, *all*")
    assert "Thank you, *all*" in browser.thread_shown
    assert ">2 replies</a>" in browser.html


async def test_a_command_in_a_thread_is_refused(
    slack: PretendSlack, web: AsyncWebClient, browser: Browser
) -> None:
    channel = slack.workspace.channel_named("campaigns").id
    first = await web.chat_postMessage(channel=channel, text="Card")
    browser.thread = str(first["ts"])
    await browser.post("/reply", text="/campaign list")
    assert "/campaign is not supported in threads" in browser.words
    assert not slack.deliveries


async def test_ephemeral_messages_disappear_when_the_page_is_loaded_again(
    slack: PretendSlack, web: AsyncWebClient, browser: Browser
) -> None:
    channel = slack.workspace.channel_named("campaigns").id
    user = slack.workspace.user_named("ana").id
    await browser.look()
    before = browser.since
    await web.chat_postEphemeral(channel=channel, user=user, text="For you")
    await browser.look(since=before)
    assert "Only visible to you" in browser.html
    await browser.post("/command", since=before, text="Well")
    assert "Only visible to you" in browser.html
    await browser.look()
    assert "Well" in browser.html
    assert "Only visible to you" not in browser.html
    browser.person = "Ravi Iyer"
    await browser.look(since=before)
    assert "Only visible to you" not in browser.html


async def test_the_version_changes_with_what_is_shown(
    slack: PretendSlack, web: AsyncWebClient, browser: Browser
) -> None:
    async def version() -> str:
        return (await browser.http.get("/version", params=browser.whereabouts)).text

    await browser.look()
    before = await version()
    assert f'data-version="{before}"' in browser.html
    assert await version() == before
    channel = slack.workspace.channel_named("campaigns").id
    await web.chat_postMessage(channel=channel, text="News")
    assert await version() != before


async def test_an_unknown_person_or_channel_is_not_found(http: httpx.AsyncClient) -> None:
    for asked in ({"as": "Nobody"}, {"in": "nowhere"}):
        assert (await http.get("/", params=asked)).status_code == 404
