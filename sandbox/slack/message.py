"""A message as a person sees it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.slack.channels import Channel, Post, StoredFile
from sandbox.slack.elements import placed
from sandbox.slack.payloads import action_object
from sandbox.slack.shapes import JsonObject, text_of
from sandbox.slack.words import words
from sandbox.slack.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it is now, also after an edit.

    `reader` is the id of the user who sees it; None is the view that everybody shares.
    """

    workspace: Workspace
    channel: Channel
    post: Post
    reader: str | None = None

    @property
    def ts(self) -> str:
        """Return its timestamp, which is its id within the channel."""
        return self.post.ts

    @property
    def thread_ts(self) -> str | None:
        """Return the timestamp of the message to which it replies; None if it is no reply."""
        return self.post.thread_ts

    @property
    def text(self) -> str:
        """Return the text that notifications show and screen readers read."""
        return self.post.text

    @property
    def blocks(self) -> list[JsonObject]:
        """Return its blocks."""
        return self.post.blocks

    @property
    def words(self) -> str:
        """Return all text on the screen: that of the blocks, or the plain text if it has none."""
        return words(self.post.blocks) if self.post.blocks else self.post.text

    def says(self, *parts: str) -> bool:
        """Return whether all of these words are on the screen."""
        shown = self.words
        return all(part in shown for part in parts)

    @property
    def buttons(self) -> list[str]:
        """Return the texts of its buttons and of its overflow menus' options."""
        return [text for text, _ in clickable(self.post.blocks)]

    @property
    def files(self) -> list[StoredFile]:
        """Return the files that it shares."""
        return self.post.files

    @property
    def author(self) -> str:
        """Return the author's name."""
        return self.workspace.users[self.post.author].real_name

    @property
    def is_from_bot(self) -> bool:
        """Return whether the bot wrote it."""
        return self.workspace.users[self.post.author].is_bot

    @property
    def is_edited(self) -> bool:
        """Return whether it was edited."""
        return self.post.edited_ts is not None

    @property
    def is_ephemeral(self) -> bool:
        """Return whether only one person sees it."""
        return self.post.only_for is not None

    @property
    def metadata(self) -> JsonObject | None:
        """Return the metadata that the bot attached; people do not see it."""
        return self.post.metadata

    @property
    def replies(self) -> list["Message"]:
        """Return the replies in its thread, including those that only the reader sees."""
        return [
            Message(self.workspace, self.channel, post, self.reader)
            for post in self.channel.thread(self.ts, self.reader)
        ]


def clickable(blocks: list[JsonObject]) -> Iterator[tuple[str, JsonObject]]:
    """Yield the text of each button or menu option, and the action that a click on it sends."""
    for block, element in placed(blocks):
        if element["type"] == "button":
            yield text_of(element["text"]), action_object(block, element, {})
        elif element["type"] == "overflow":
            for option in element["options"]:
                chosen = {"selected_option": option}
                yield text_of(option["text"]), action_object(block, element, chosen)


def action_for(
    blocks: list[JsonObject],
    text: str,
    *,
    block_id: str | None = None,
    action_id: str | None = None,
) -> JsonObject:
    """Return the action that a click on this text sends; the ids distinguish equal texts.

    Raises:
        LookupError: No button or option has this text, or more than one has it.
    """
    there = [
        (words, action)
        for words, action in clickable(blocks)
        if block_id in (None, action["block_id"]) and action_id in (None, action["action_id"])
    ]
    fitting = [action for words, action in there if words == text]
    if len(fitting) > 1:
        raise LookupError(f"{len(fitting)} buttons say {text!r}; their ids tell them apart")
    if not fitting:
        others = ", ".join(words for words, _ in there)
        raise LookupError(f"there is no button {text!r}; there are: {others or 'none'}")
    return fitting[0]
