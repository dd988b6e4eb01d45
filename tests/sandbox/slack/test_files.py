"""Files: uploaded and shared by the bot, and put into forms by people."""

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import FormError, Modal, Person, PretendSlack
from tests.sandbox.slack.conftest import View
from tests.sandbox.stage import BOT_TOKEN

FILE = {"type": "file_input", "filetypes": ["csv"], "max_files": 1}
CSV = b"phoneNumber\n+12025550100\n"


def channel_id(slack: PretendSlack, name: str = "campaigns") -> str:
    return slack.workspace.channel_named(name).id


async def begun(web: AsyncWebClient, content: bytes = CSV, **more: str) -> str:
    """Upload a file in two steps, and return its ID."""
    target = await web.files_getUploadURLExternal(filename="leads.csv", length=len(content), **more)
    async with aiohttp.ClientSession() as http:
        answer = await http.post(target["upload_url"], data=content)
        assert (answer.status, await answer.text()) == (200, f"OK - {len(content)}")
    return str(target["file_id"])


async def test_slacks_own_sdk_uploads_and_shares_a_file(
    slack: PretendSlack, web: AsyncWebClient, ana: Person
) -> None:
    await web.files_upload_v2(
        channel=channel_id(slack),
        filename="chart.png",
        title="Chart",
        alt_txt="7 of 10",
        content=b"\x89PNG",
        initial_comment="Results",
    )
    (message,) = ana.messages()
    (file,) = message.files
    assert (message.text, file.name, file.title) == ("Results", "chart.png", "Chart")
    assert (file.content, file.alt_text, file.is_image) == (b"\x89PNG", "7 of 10", True)


async def test_a_file_may_be_posted_as_a_part_of_a_form(
    slack: PretendSlack, web: AsyncWebClient
) -> None:
    target = await web.files_getUploadURLExternal(filename="leads.csv", length=len(CSV))
    form = aiohttp.FormData()
    form.add_field("filename", CSV, filename="leads.csv")
    async with aiohttp.ClientSession() as http:
        answer = await http.post(target["upload_url"], data=form)
    assert answer.status == 200
    stored = slack.state.files.find(str(target["file_id"]))
    assert stored
    assert stored.content == CSV


async def test_a_file_of_another_length_is_refused(
    slack: PretendSlack, web: AsyncWebClient
) -> None:
    target = await web.files_getUploadURLExternal(filename="leads.csv", length=len(CSV) + 1)
    async with aiohttp.ClientSession() as http:
        assert (await http.post(target["upload_url"], data=CSV)).status == 400
        assert (await http.post(f"{slack.state.base_url}/upload/v1/0", data=CSV)).status == 400
    assert slack.complaints == ["upload_url: wrong_length"]
    slack.complaints.clear()


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"filename": "leads.csv", "length": 0}, "missing_argument"),
        ({"filename": "", "length": 1}, "missing_argument"),
        ({"filename": "a.png", "length": 1, "alt_txt": "x" * 1_001}, "alt_txt_too_large"),
    ],
)
async def test_an_upload_that_slack_refuses(
    slack: PretendSlack, web: AsyncWebClient, arguments: dict[str, Any], error: str
) -> None:
    with pytest.raises(SlackApiError, match=error):
        await web.files_getUploadURLExternal(**arguments)
    slack.complaints.clear()


async def test_a_file_exists_once_it_is_completed_and_is_completed_once(
    slack: PretendSlack, web: AsyncWebClient
) -> None:
    file = await begun(web)
    with pytest.raises(SlackApiError, match="file_not_found"):
        await web.files_info(file=file)
    await web.files_completeUploadExternal(files=[{"id": file}])
    assert (await web.files_info(file=file))["file"]["shares"] == {"public": {}, "private": {}}
    with pytest.raises(SlackApiError, match="file_not_found"):
        await web.files_completeUploadExternal(files=[{"id": file}], channel_id=channel_id(slack))


async def test_a_file_that_was_not_uploaded_cannot_be_completed(web: AsyncWebClient) -> None:
    target = await web.files_getUploadURLExternal(filename="leads.csv", length=1)
    with pytest.raises(SlackApiError, match="file_not_found"):
        await web.files_completeUploadExternal(files=[{"id": target["file_id"]}])


async def test_a_shared_file_says_where_it_is_shared(
    slack: PretendSlack, web: AsyncWebClient
) -> None:
    channel = channel_id(slack)
    root = (await web.chat_postMessage(channel=channel, text="Spring sale"))["ts"]
    file = await begun(web)
    await web.files_completeUploadExternal(
        files=[{"id": file, "title": "Leads"}], channel_id=channel, thread_ts=root
    )
    known = (await web.files_info(file=file))["file"]
    (share,) = known["shares"]["public"][channel]
    assert (known["channels"], known["groups"], share["thread_ts"]) == ([channel], [], root)
    (_, reply) = (await web.conversations_replies(channel=channel, ts=root))["messages"]
    assert (reply["ts"], reply["files"]) == (share["ts"], [known])
    assert known["url_private_download"].startswith(f"{slack.state.base_url}/files-pri/")


@pytest.mark.parametrize(
    ("name", "error"), [("marketing", "not_in_channel"), ("leads", "channel_not_found")]
)
async def test_a_file_is_shared_only_where_the_bot_is_a_member(
    slack: PretendSlack, web: AsyncWebClient, name: str, error: str
) -> None:
    slack.scopes.add("chat:write.public")
    file = await begun(web)
    with pytest.raises(SlackApiError, match=error):
        await web.files_completeUploadExternal(
            files=[{"id": file}], channel_id=channel_id(slack, name)
        )


async def test_slack_may_share_a_file_after_its_answer(
    slack: PretendSlack, web: AsyncWebClient, ana: Person
) -> None:
    slack.state.files.share_seconds = 0.05
    file = await begun(web)
    await web.files_completeUploadExternal(files=[{"id": file}], channel_id=channel_id(slack))
    assert (await web.files_info(file=file))["file"]["channels"] == []
    message, shared = await ana.wait_file("leads")
    assert (message.files, shared.id) == ([shared], file)


@pytest.mark.parametrize(
    ("method", "scope"),
    [
        ("files.getUploadURLExternal", "files:write"),
        ("files.completeUploadExternal", "files:write"),
        ("files.info", "files:read"),
    ],
)
async def test_each_method_needs_its_scope(
    slack: PretendSlack, web: AsyncWebClient, method: str, scope: str
) -> None:
    slack.scopes.discard(scope)
    with pytest.raises(SlackApiError, match="missing_scope"):
        await web.api_call(method)
    slack.complaints.clear()


@pytest.fixture
async def opened(
    web: AsyncWebClient,
    ana: Person,
    trigger: Callable[[], str],
    form: Callable[..., View],
) -> Modal:
    """A form with a field for one CSV file."""
    block = {
        "type": "input",
        "block_id": "list",
        "label": {"type": "plain_text", "text": "Contacts"},
        "element": {**FILE, "action_id": "answer"},
    }
    await web.views_open(trigger_id=trigger(), view=form(blocks=[block]))
    return await ana.wait_modal("Campaign")


async def test_a_persons_file_is_in_the_state_of_the_form(
    slack: PretendSlack, opened: Modal
) -> None:
    assert opened.troubles == {"Contacts": "Contacts is required."}
    await opened.attach("Contacts", ("leads.csv", CSV))
    assert opened.value("Contacts") == ["leads.csv"]
    assert opened.troubles == {}
    (file,) = opened.view.values["list"]["answer"]["files"]
    assert (file["user"], file["size"], file["filetype"]) == (opened.user.id, len(CSV), "csv")
    async with aiohttp.ClientSession() as http:
        for token, status in ((BOT_TOKEN, 200), ("xoxb-another", 302)):
            headers = {"Authorization": f"Bearer {token}"}
            answer = await http.get(
                file["url_private_download"], headers=headers, allow_redirects=False
            )
            assert answer.status == status
            assert (await answer.read() == CSV) is (status == 200)
    slack.complaints.clear()


@pytest.mark.parametrize(
    ("files", "trouble"),
    [
        ([("leads.xlsx", b"x")], "Contacts takes only these types of file: csv."),
        ([("a.csv", b"x"), ("b.csv", b"x")], "Contacts takes at most 1 file."),
        ([("a.csv", b"x" * (10 * 1024**2 + 1))], "Contacts takes files of at most 10 MB."),
    ],
)
async def test_slacks_client_refuses_a_file(
    opened: Modal, files: list[tuple[str, bytes]], trouble: str
) -> None:
    await opened.attach("Contacts", *files)
    assert opened.troubles == {"Contacts": trouble}


async def test_a_file_cannot_be_typed(opened: Modal) -> None:
    with pytest.raises(FormError, match="cannot be typed"):
        await opened.fill({"Contacts": "leads.csv"})


async def test_a_form_with_a_file_needs_the_scope_to_read_it(
    slack: PretendSlack, web: AsyncWebClient, opened: Modal
) -> None:
    slack.scopes.discard("files:read")
    with pytest.raises(SlackApiError, match="missing_scope"):
        await web.views_update(
            view_id=opened.id,
            view={
                name: opened.view.content[name] for name in ("type", "title", "submit", "blocks")
            },
        )
    slack.complaints.clear()


async def test_a_file_is_seen_by_its_owner_and_where_it_is_shared(
    slack: PretendSlack, web: AsyncWebClient, ana: Person, opened: Modal
) -> None:
    ravi = slack.person("Ravi Iyer")
    await opened.attach("Contacts", ("leads.csv", CSV))
    (own,) = opened.view.values["list"]["answer"]["files"]
    assert (ana.file(own["id"]) is None, ravi.file(own["id"]) is None) == (False, True)
    file = await begun(web)
    assert ravi.file(file) is None
    await web.files_completeUploadExternal(files=[{"id": file}], channel_id=channel_id(slack))
    await asyncio.sleep(0)
    assert ravi.file(file) is not None
