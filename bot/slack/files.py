"""Files in Slack: shares each once, and reads those that people put into a form.

Source: docs.slack.dev/messaging/working-with-files.
"""

import asyncio
from dataclasses import dataclass, field

from bot.slack.answers import SlackFile
from bot.slack.client import SlackClient
from bot.slack.errors import Gone, InvalidResponse, Refused, SlackError, TooLarge
from bot.slack.methods import Method

# Slack's limit on a file in a form: docs.slack.dev/reference/block-kit/block-elements.
FORM_FILE_MAX = 10 * 1024 * 1024
# Slack refuses longer descriptions of pictures: reference/methods/files.getUploadURLExternal.
ALT_TEXT_MAX = 1000
# Seconds before each look for a file whose sharing was not answered.
LOOKS = (0.3, 1.0, 2.0)


@dataclass(frozen=True, slots=True)
class File:
    """A file for people: `alt_text` describes a picture. Its content is in no `repr`."""

    name: str
    title: str
    content: bytes = field(repr=False)
    alt_text: str = ""


@dataclass(frozen=True, slots=True)
class Files:
    """Uploads, shares and reads files."""

    slack: SlackClient

    async def upload(self, file: File) -> str:
        """Send a file to Slack and return its ID. Nobody sees it before it is shared.

        It may be repeated after any error: an upload that is not shared is never seen.

        Raises:
            NoFiles: the workspace does not take it.
            SlackError: Slack does not have it for certain.
        """
        alt_text = file.alt_text[:ALT_TEXT_MAX] or None
        target = await self.slack.upload_url(file.name, len(file.content), alt_text)
        await self.slack.upload(target.upload_url, file.content)
        return target.file_id

    async def share(
        self,
        file: str,
        title: str,
        *,
        channel: str,
        thread: str | None = None,
        comment: str | None = None,
    ) -> None:
        """Share an uploaded file with this ID in a channel, or in a thread of it, with a comment.

        If the answer is lost, look whether it is shared. After an error that `may_be_done`, the
        caller should look again with `is_shared` before it uploads and shares the file anew.

        Raises:
            Closed: the bot is not a member of the channel.
            SlackError: the file may or may not be shared.
        """
        try:
            await self.slack.complete_upload(
                file, title, channel=channel, thread_ts=thread, comment=comment
            )
        except SlackError as error:
            if not error.may_be_done or not await self._found_shared(file, channel):
                raise

    async def is_shared(self, file: str, channel: str) -> bool:
        """Return whether a message in the channel shares the file.

        Raises:
            SlackError: Slack did not say.
        """
        try:
            return (await self.slack.file(file)).is_shared_in(channel)
        except Gone:
            # Slack does not know a file that was not completed.
            return False

    async def read(self, file: str, most: int = FORM_FILE_MAX) -> File:
        """Return a file that a person put into a form.

        Raises:
            TooLarge: it has more than `most` bytes.
            Gone: it was deleted. Refused: Slack does not store it, or the bot may not read it.
        """
        known = await self.slack.file(file)
        if known.size > most:
            raise TooLarge(Method.FILE.value.name)
        content = await self.slack.download(_stored(known), most)
        if len(content) != known.size:
            # Something else than the file, such as a page of a proxy.
            raise InvalidResponse(Method.DOWNLOAD.value.name)
        return File(name=known.name, title=known.name, content=content)

    async def _found_shared(self, file: str, channel: str) -> bool:
        """Look several times, as Slack shares a file some time after it was asked to."""
        for pause in LOOKS:
            await asyncio.sleep(pause)
            try:
                if await self.is_shared(file, channel):
                    return True
            except SlackError:
                continue
        return False


def _stored(file: SlackFile) -> str:
    """Return where Slack stores a file.

    Raises:
        Refused: it is elsewhere.
    """
    if file.is_external or not file.url_private_download:
        raise Refused(Method.FILE.value.name, "file_elsewhere")
    return file.url_private_download
