"""A bot with a form, a typeahead, a message with a button, stacked forms, and a Home tab."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

LISTS = ["Spring customers", "Spring leads", "VIP"]

Body = dict[str, Any]

TEXT = {"type": "plain_text_input"}


def listen_to_people(bolt: AsyncApp) -> None:
    """Give a Bolt app this bot's listeners."""

    @bolt.command("/campaign")
    async def _(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        view = step(1) if body["text"] == "steps" else form(body["channel_id"])
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @bolt.options("answer")
    async def _(ack: AsyncAck, body: Body) -> None:
        offered = [text for text in LISTS if body["value"].lower() in text.lower()]
        await ack(options=[option(text) for text in offered])

    @bolt.action("format")
    async def _(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        view, chosen = body["view"], body["actions"][0]["selected_option"]
        further = field_block(chosen["text"]["text"], TEXT)
        changed = form(view["private_metadata"], further)
        await client.views_update(view_id=view["id"], hash=view["hash"], view=changed)
        await ack()

    @bolt.action("check")
    async def _(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        checked = form(body["view"]["private_metadata"], field_block("Checked", TEXT))
        await client.views_update(view_id=body["view"]["id"], view=checked)
        await ack()

    @bolt.view("create")
    async def _(ack: AsyncAck, view: Body, client: AsyncWebClient) -> None:
        name = view["state"]["values"]["Campaign name"]["answer"]["value"]
        if name == "Taken":
            await ack(response_action="errors", errors={"Campaign name": "That name is taken."})
            return
        await ack()
        await client.chat_postMessage(channel=view["private_metadata"], **card(f"Created {name}"))

    @bolt.action("refresh")
    async def _(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond(replace_original=True, **card("Refreshed"))

    listen_in_steps(bolt)
    listen_at_home(bolt)


def listen_in_steps(bolt: AsyncApp) -> None:
    """Add listeners for stacked forms and for the shortcuts that open a form."""

    @bolt.action("next")
    async def _(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        following = step(int(body["view"]["private_metadata"]) + 1)
        await client.views_push(trigger_id=body["trigger_id"], view=following)
        await ack()

    @bolt.action("empty")
    async def _(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        view = body["view"]
        emptied = step(int(view["private_metadata"]), "Emptied")
        await client.views_update(view_id=view["id"], view=emptied)
        await ack()

    @bolt.shortcut("new_campaign")
    async def _(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form(body["user"]["id"]))

    @bolt.shortcut("from_message")
    async def _(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        view = step(1, body["message"]["text"])
        await client.views_open(trigger_id=body["trigger_id"], view=view)


def listen_at_home(bolt: AsyncApp) -> None:
    """Add listeners for a Home tab and for its buttons, which open a form or change the tab."""

    @bolt.event("app_home_opened")
    async def _(event: Body, client: AsyncWebClient) -> None:
        await client.views_publish(user_id=event["user"], view=home("Welcome"))

    @bolt.action("new")
    async def _(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form(body["user"]["id"]))

    @bolt.action("forget")
    async def _(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        await client.views_publish(user_id=body["user"]["id"], view=home("Forgotten"))


def form(channel: str, *further: Body) -> Body:
    number = {"type": "number_input", "is_decimal_allowed": False, "initial_value": "5"}
    formats = {"type": "static_select", "action_id": "format", "options": options("Text", "Flow")}
    lists = {"type": "multi_external_select", "min_query_length": 0}
    return {
        "type": "modal",
        "callback_id": "create",
        "private_metadata": channel,
        "title": plain("Campaign"),
        "submit": plain("Create"),
        "close": plain("Back"),
        "blocks": [
            {"type": "section", "text": {"type": "mrkdwn", "text": "A *new* campaign"}},
            field_block("Campaign name", TEXT),
            field_block("Format", formats, dispatch_action=True),
            *further,
            field_block("Contact lists", lists, hint=plain("At least one.")),
            field_block("Priority", {**number, "min_value": "1", "max_value": "9"}),
            field_block(
                "Days", {"type": "checkboxes", "options": options("Mon", "Tue")}, optional=True
            ),
            field_block("Post in", {"type": "conversations_select"}, optional=True),
        ],
    }


def step(number: int, words: str = "Write something down") -> Body:
    """Return one of the stacked forms: it can open the next, and asks before it is emptied."""
    row = {"type": "actions", "block_id": "row"}
    return {
        "type": "modal",
        "callback_id": "step",
        "private_metadata": str(number),
        "title": plain(f"Step {number}"),
        "submit": plain("Done"),
        "close": plain("Back"),
        "blocks": [
            {"type": "section", "text": plain(words)},
            field_block("Note", TEXT, optional=True),
            {**row, "elements": [button("Next", "next"), asking(button("Empty", "empty"))]},
        ],
    }


def home(words: str) -> Body:
    elements = [button("New", "new"), asking(button("Forget", "forget"))]
    row = {"type": "actions", "block_id": "row", "elements": elements}
    return {"type": "home", "blocks": [{"type": "header", "text": plain(words)}, row]}


def card(text: str) -> Body:
    header = {"type": "header", "text": plain(text)}
    row = {"type": "actions", "elements": [asking(button("Refresh", "refresh"))]}
    return {"text": text, "blocks": [header, row]}


def button(words: str, action_id: str) -> Body:
    return {"type": "button", "action_id": action_id, "text": plain(words), "value": "1"}


def asking(pressed: Body) -> Body:
    """Return the button with a confirmation dialog that has the button's text as its title."""
    answers = {"confirm": plain("Yes"), "deny": plain("No")}
    return {**pressed, "confirm": {"title": pressed["text"], "text": plain("Sure?"), **answers}}


def field_block(label: str, element: Body, **more: object) -> Body:
    element = {"action_id": "answer", **element}
    return {
        "type": "input",
        "block_id": label,
        "label": plain(label),
        "element": element,
        **more,
    }


def options(*texts: str) -> list[Body]:
    return [option(text) for text in texts]


def option(text: str) -> Body:
    return {"text": plain(text), "value": text.lower()}


def plain(text: str) -> Body:
    return {"type": "plain_text", "text": text}
