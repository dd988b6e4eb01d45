"""A client of Slack's Web API, with one method for each request of the bot.

Every method raises a `SlackError`: its class is the reason, and `may_be_done` tells whether the
call may have been carried out.
"""

from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from pydantic import ValidationError
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.answers import (
    DirectChannel,
    FileAnswer,
    History,
    Identity,
    Link,
    Members,
    Model,
    Nothing,
    Posted,
    ShownView,
    SlackFile,
    UploadUrl,
    User,
    ViewAnswer,
)
from bot.slack.errors import Gone, InvalidResponse, SlackError
from bot.slack.methods import Method
from bot.slack.transport import OK, Transport

HISTORY_PAGE = 200


class SlackClient:
    """A client for one workspace. It keeps connections open: use `async with`."""

    def __init__(self, token: str, base_url: str) -> None:
        self._transport = Transport(token, base_url)

    async def __aenter__(self) -> Self:
        """Return the client itself."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connections."""
        await self._transport.close()

    @property
    def web(self) -> AsyncWebClient:
        """Return the slack_sdk client, which Bolt needs."""
        return self._transport.web

    async def identify(self) -> Identity:
        """Return the bot's identity and the scopes of its token."""
        answer = await self._transport.call(Method.AUTH_TEST, {})
        scopes = frozenset(scope.strip() for scope in answer["x-oauth-scopes"].split(","))
        return _read(Identity, Method.AUTH_TEST, answer | {"scopes": scopes})

    async def try_socket(self, app_token: str) -> None:
        """Request a Socket Mode connection, to check that the app-level token is accepted."""
        await self._ask(Nothing, Method.OPEN_SOCKET, app_token=app_token)

    async def open_view(self, trigger_id: str, view: View) -> ShownView:
        """Open a modal.

        Raises:
            TriggerUsed: an earlier delivery of the same request already opened it.
        """
        return await self._show(Method.OPEN_VIEW, trigger_id, view)

    async def push_view(self, trigger_id: str, view: View) -> ShownView:
        """Push a modal on top of the one in which the trigger originated."""
        return await self._show(Method.PUSH_VIEW, trigger_id, view)

    async def update_view(
        self,
        view: View,
        *,
        view_id: str | None = None,
        external_id: str | None = None,
        known_hash: str | None = None,
    ) -> ShownView:
        """Update a modal, identified by either ID; with a hash, only if it has not changed since.

        Raises:
            Gone: it is not open. HashConflict: it was changed.
        """
        answer = await self._ask(
            ViewAnswer,
            Method.UPDATE_VIEW,
            view=view.to_dict(),
            view_id=view_id,
            external_id=external_id,
            hash=known_hash,
        )
        return answer.view

    async def publish_home(self, user: str, view: View) -> None:
        """Publish a person's Home tab."""
        await self._ask(Nothing, Method.PUBLISH_HOME, user_id=user, view=view.to_dict())

    async def post_message(
        self,
        channel: str,
        message: dict[str, Any],
        *,
        metadata: dict[str, object] | None = None,
        thread_ts: str | None = None,
        broadcast: bool = False,
    ) -> str:
        """Post in a channel, in a thread, or to a person. Return the message's timestamp.

        With `broadcast`, the channel shows a reply in a thread too.

        Raises:
            Closed: the bot may not post there.
        """
        place = {
            "channel": channel,
            "metadata": metadata,
            "thread_ts": thread_ts,
            "reply_broadcast": broadcast or None,
        }
        return (await self._ask(Posted, Method.POST_MESSAGE, **place, **message)).ts

    async def update_message(self, channel: str, ts: str, message: dict[str, Any]) -> None:
        """Replace a message's text and blocks.

        Raises:
            Closed, Gone: the message can no longer be changed.
        """
        await self._ask(Nothing, Method.UPDATE_MESSAGE, channel=channel, ts=ts, **message)

    async def permalink(self, channel: str, ts: str) -> str:
        """Return the address at which people open a message.

        Raises:
            Closed, Gone: it is not there.
        """
        return (await self._ask(Link, Method.LINK, channel=channel, message_ts=ts)).permalink

    async def history(self, channel: str, *, oldest: float, cursor: str = "") -> History:
        """Return a page of a channel's messages since a Unix time, newest first, with metadata.

        Raises:
            Closed: the bot may not read there.
        """
        return await self._ask(
            History,
            Method.HISTORY,
            channel=channel,
            oldest=str(oldest),
            cursor=cursor or None,
            limit=HISTORY_PAGE,
            include_all_metadata=True,
        )

    async def replies(self, channel: str, ts: str, *, cursor: str = "") -> History:
        """Return a page of a message's thread, starting with the message, with metadata.

        Raises:
            Closed: the bot may not read there.
        """
        return await self._ask(
            History,
            Method.REPLIES,
            channel=channel,
            ts=ts,
            cursor=cursor or None,
            limit=HISTORY_PAGE,
            include_all_metadata=True,
        )

    async def open_direct(self, user: str) -> str:
        """Return the ID of the direct conversation with a person."""
        return (await self._ask(DirectChannel, Method.OPEN_DIRECT, users=user)).channel.id

    async def time_zone(self, user: str) -> str | None:
        """Return the IANA zone of a person's profile, or None."""
        return (await self._ask(User, Method.USER, user=user)).user.tz

    async def group_members(self, group: str) -> frozenset[str]:
        """Return the members of a user group."""
        return (await self._ask(Members, Method.GROUP_MEMBERS, usergroup=group)).users

    async def upload_url(self, name: str, size: int, alt_text: str | None = None) -> UploadUrl:
        """Return where to send a file of `size` bytes; nobody sees it before it is completed.

        Raises:
            NoFiles: the workspace does not take it.
        """
        return await self._ask(
            UploadUrl, Method.UPLOAD_URL, filename=name, length=size, alt_txt=alt_text
        )

    async def upload(self, url: str, content: bytes) -> None:
        """Send a file's content to its `upload_url`."""
        await self._transport.upload(url, content)

    async def complete_upload(
        self,
        file: str,
        title: str,
        *,
        channel: str,
        thread_ts: str | None = None,
        comment: str | None = None,
    ) -> None:
        """Share an uploaded file in a channel or a direct conversation, or in a thread there.

        Slack answers before the message is there, and a second call could share it again.

        Raises:
            Closed: the bot is not a member. Gone: the upload has run out.
        """
        await self._ask(
            Nothing,
            Method.COMPLETE_UPLOAD,
            files=[{"id": file, "title": title}],
            channel_id=channel,
            thread_ts=thread_ts,
            initial_comment=comment,
        )

    async def file(self, file: str) -> SlackFile:
        """Return what Slack knows about a file.

        Raises:
            Gone: there is no such file that the bot may see.
        """
        return (await self._ask(FileAnswer, Method.FILE, file=file)).file

    async def download(self, url: str, most: int) -> bytes:
        """Return the content of a file from its `url_private_download`.

        Raises:
            TooLarge: it has more than `most` bytes. Refused: the address is not Slack's.
        """
        return await self._transport.download(url, most)

    async def respond(self, url: str, body: dict[str, Any]) -> bool:
        """Post to a response_url. Return False if Slack no longer accepts it."""
        return await self._transport.post(url, body) == OK

    async def _show(self, method: Method, trigger_id: str, view: View) -> ShownView:
        """Show a new modal; if the response is lost, check whether the modal is open."""
        shown = {"external_id": uuid4().hex} | view.to_dict()
        asked = {"trigger_id": trigger_id, "view": shown}
        try:
            return (await self._ask(ViewAnswer, method, **asked)).view
        except SlackError as error:
            if not error.may_be_done:
                raise
        named = {"external_id": shown["external_id"], "view": shown}
        try:
            return (await self._ask(ViewAnswer, Method.UPDATE_VIEW, **named)).view
        except Gone:
            # It was not shown, so its trigger is still valid.
            return (await self._ask(ViewAnswer, method, **asked)).view

    async def _ask(self, model: type[Model], method: Method, **arguments: object) -> Model:
        return _read(model, method, await self._transport.call(method, arguments))


def _read(model: type[Model], method: Method, answer: dict[str, Any]) -> Model:
    """Validate the needed parts of a response.

    Raises:
        InvalidResponse: a part is missing or has another type.
    """
    try:
        return model.model_validate(answer)
    except ValidationError:
        # The cause is dropped because it quotes the response.
        raise InvalidResponse(method.value.name) from None
