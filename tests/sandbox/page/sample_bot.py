"""A bot with one form, a typeahead, and a message with a button."""

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
        view = form(body["channel_id"])
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


def card(text: str) -> Body:
    refresh = {"type": "button", "action_id": "refresh", "text": plain("Refresh"), "value": "1"}
    refresh["confirm"] = {
        "title": plain("Refresh"),
        "text": plain("Sure?"),
        "confirm": plain("Yes"),
        "deny": plain("No"),
    }
    header = {"type": "header", "text": plain(text)}
    return {"text": text, "blocks": [header, {"type": "actions", "elements": [refresh]}]}


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
