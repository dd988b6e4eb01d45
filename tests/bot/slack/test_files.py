"""Files are shared once, and those of people are read from Slack alone, up to a size."""

from contextlib import nullcontext

import pytest

from bot.slack import (
    Closed,
    File,
    Files,
    Gone,
    InvalidResponse,
    Method,
    NoAnswer,
    NoFiles,
    Refused,
    SlackClient,
    SlackError,
    TooLarge,
)
from bot.slack import files as module
from bot.slack.transport import Transport
from sandbox.canned import Canned
from sandbox.slack import PretendSlack
from tests.bot.slack.asking import CSV, ana, channel, put_file

PNG = b"\x89PNG\r\n\x1a\n"
CHART = File("results.png", "Results", PNG, "Reached 7 of 10, 70%")


@pytest.fixture
def files(client: SlackClient, monkeypatch: pytest.MonkeyPatch) -> Files:
    monkeypatch.setattr(module, "LOOKS", (0.01, 0.05, 0.2))
    return Files(client)


async def share(files: Files, slack: PretendSlack, file: str, **more: str) -> None:
    await files.share(file, CHART.title, channel=channel(slack), **more)


def shared_in(slack: PretendSlack, place: str = "campaigns") -> list[str]:
    return [each.name for one in slack.person("Ana Lopez").messages(place) for each in one.files]


async def test_an_uploaded_file_is_unseen_until_it_is_shared(
    files: Files, slack: PretendSlack
) -> None:
    file = await files.upload(CHART)
    assert not await files.is_shared(file, channel(slack))
    assert shared_in(slack) == []
    await share(files, slack, file)
    assert await files.is_shared(file, channel(slack))
    (message,) = slack.person("Ana Lopez").messages()
    (shown,) = message.files
    assert (shown.title, shown.content, shown.alt_text) == ("Results", PNG, CHART.alt_text)


async def test_a_large_file_arrives_whole(files: Files, slack: PretendSlack) -> None:
    large = b"+12025550100\n" * 400_000
    file = await files.upload(File("contacts.csv", "Contacts", large))
    await share(files, slack, file)
    (message,) = slack.person("Ana Lopez").messages()
    assert message.files[0].content == large


async def test_a_file_is_shared_in_a_thread_with_a_comment(
    files: Files, client: SlackClient, slack: PretendSlack
) -> None:
    ts = await client.post_message(channel(slack), {"text": "Spring sale"})
    await share(files, slack, await files.upload(CHART), thread=ts, comment="*Results*")
    (root,) = slack.person("Ana Lopez").messages()
    assert [(each.text, len(each.files)) for each in root.replies] == [("*Results*", 1)]


async def test_a_file_for_one_person_is_in_their_direct_conversation(
    files: Files, client: SlackClient, slack: PretendSlack
) -> None:
    direct = await client.open_direct(ana(slack))
    file = await files.upload(File("contacts.csv", "Contacts", CSV))
    await files.share(file, "Contacts", channel=direct)
    assert await files.is_shared(file, direct)
    assert shared_in(slack, "@campaign-bot") == ["contacts.csv"]
    assert slack.person("Ravi Iyer").file(file) is None


async def test_the_description_of_a_picture_is_cut_to_slacks_limit(
    files: Files, slack: PretendSlack
) -> None:
    await share(files, slack, await files.upload(File("a.png", "A", PNG, "x" * 1_001)))
    (message,) = slack.person("Ana Lopez").messages()
    assert message.files[0].alt_text == "x" * 1_000


@pytest.mark.parametrize("kind", ["reset", "http_500", "fatal_error"])
async def test_a_file_whose_sharing_was_not_answered_is_found(
    files: Files, slack: PretendSlack, kind: str
) -> None:
    slack.faults.add("files.completeUploadExternal", kind, carried_out=True)
    await share(files, slack, await files.upload(CHART))
    assert shared_in(slack) == ["results.png"]
    assert slack.count("files.completeUploadExternal") == 1


async def test_a_file_that_slack_shares_later_is_found_too(
    files: Files, slack: PretendSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slack.state.files, "share_seconds", 0.1)
    slack.faults.add("files.completeUploadExternal", "reset", carried_out=True)
    await share(files, slack, await files.upload(CHART))
    assert shared_in(slack) == ["results.png"]


async def test_if_the_file_is_not_found_its_sharing_stays_unknown(
    files: Files, slack: PretendSlack
) -> None:
    slack.faults.add("files.completeUploadExternal", "reset")
    file = await files.upload(CHART)
    with pytest.raises(NoAnswer) as lost:
        await share(files, slack, file)
    assert lost.value.may_be_done
    assert not await files.is_shared(file, channel(slack))


async def test_a_look_that_fails_does_not_end_the_looking(
    files: Files, slack: PretendSlack
) -> None:
    slack.faults.add("files.completeUploadExternal", "reset", carried_out=True)
    slack.faults.add("files.info", "access_denied")
    await share(files, slack, await files.upload(CHART))
    assert slack.count("files.info") == 2


async def test_a_refused_file_is_not_looked_for(files: Files, slack: PretendSlack) -> None:
    file = await files.upload(CHART)
    private = slack.workspace.channel_named("leads").id
    with pytest.raises(Closed):
        await files.share(file, "Results", channel=private)
    assert slack.count("files.info") == 0


async def test_a_workspace_without_uploads_has_an_error_of_its_own(
    files: Files, slack: PretendSlack
) -> None:
    slack.faults.add("files.getUploadURLExternal", "file_uploads_disabled")
    with pytest.raises(NoFiles):
        await files.upload(CHART)


@pytest.mark.parametrize(
    "address",
    [
        "https://files.slack.com.example.com/upload/v1/1",
        "http://example.com/upload/v1/1",
        "http://localhost:1/upload",
        "not an address",
        "//example.com",
        "http://[",
    ],
)
async def test_nothing_is_sent_to_another_host(
    files: Files, slack: PretendSlack, address: str
) -> None:
    body = f'{{"ok": true, "upload_url": "{address}", "file_id": "F1"}}'.encode()
    slack.faults.add("files.getUploadURLExternal", Canned(200, body))
    with pytest.raises(Refused, match=r"foreign_host|invalid_url"):
        await files.upload(CHART)


@pytest.mark.parametrize(
    ("home", "address", "is_slacks"),
    [
        ("https://slack.com/api/", "https://files.slack.com/upload/v1/a", True),
        ("https://slack.com/api/", "https://slack.com/files-pri/T1-F1/a", True),
        ("https://slack-gov.com/api/", "https://files.slack-gov.com/upload/v1/a", True),
        ("https://slack.com/api/", "http://files.slack.com/upload/v1/a", False),
        ("https://slack.com/api/", "https://files.slack.com:8443/upload/v1/a", False),
        ("https://slack.com/api/", "https://evilslack.com/upload/v1/a", False),
        ("https://slack.com/api/", "https://slack.com@example.com/a", False),
        ("https://slack.com/api/", "https://example.com/slack.com", False),
    ],
)
async def test_only_slacks_own_hosts_get_the_token(
    home: str, address: str, *, is_slacks: bool
) -> None:
    transport = Transport("xoxb-none", home)
    refused = pytest.raises(Refused, match="foreign_host")
    with nullcontext() if is_slacks else refused:
        assert str(transport.own_address(Method.DOWNLOAD, address)) == address
    await transport.close()


async def test_a_persons_file_is_read(files: Files, slack: PretendSlack) -> None:
    file = await files.read(put_file(slack))
    assert (file.name, file.content) == ("leads.csv", CSV)
    assert "2025550100" not in repr(file)


async def test_a_file_that_is_too_large_is_not_requested(files: Files, slack: PretendSlack) -> None:
    with pytest.raises(TooLarge):
        await files.read(put_file(slack), most=len(CSV) - 1)
    assert slack.count("url_private_download") == 0
    assert (await files.read(put_file(slack), most=len(CSV))).content == CSV


async def test_a_file_that_is_larger_than_it_says_is_not_read_to_its_end(
    files: Files, slack: PretendSlack
) -> None:
    slack.faults.add("url_private_download", Canned(200, b"x" * 1_000_000))
    with pytest.raises(TooLarge):
        await files.read(put_file(slack), most=1_000)


async def test_another_page_in_place_of_the_file_is_not_taken_for_it(
    files: Files, slack: PretendSlack
) -> None:
    slack.faults.add("url_private_download", Canned(200, b"<html>Sign in</html>"))
    with pytest.raises(InvalidResponse):
        await files.read(put_file(slack))


async def test_a_redirect_is_not_followed(files: Files, slack: PretendSlack) -> None:
    elsewhere = {"Location": f"{slack.state.base_url}/api/auth.test"}
    slack.faults.add("url_private_download", Canned(302, b"", elsewhere))
    with pytest.raises(Refused, match="redirected"):
        await files.read(put_file(slack))
    assert slack.count("auth.test") == 0


async def test_without_its_scope_the_bot_is_sent_to_sign_in(
    files: Files, slack: PretendSlack
) -> None:
    url = (await files.slack.file(put_file(slack))).url_private_download
    assert url
    slack.scopes.discard("files:read")
    try:
        with pytest.raises(Refused, match="redirected"):
            await files.slack.download(url, 1_000)
    finally:
        slack.scopes.add("files:read")
        slack.complaints.clear()


async def test_a_deleted_file_is_gone(files: Files) -> None:
    with pytest.raises(Gone):
        await files.read("F0")


@pytest.mark.parametrize(
    "stored",
    [b'"is_external": true, "url_private_download": "https://example.com/a"', b'"size": 1'],
)
async def test_a_file_that_slack_does_not_store_is_refused(
    files: Files, slack: PretendSlack, stored: bytes
) -> None:
    body = b'{"ok": true, "file": {"id": "F1", ' + stored + b"}}"
    slack.faults.add("files.info", Canned(200, body))
    with pytest.raises(SlackError, match="file_elsewhere"):
        await files.read("F1")
