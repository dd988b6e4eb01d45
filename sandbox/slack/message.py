"""A message as a person sees it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.slack.elements import placed
from sandbox.slack.payloads import action_object
from sandbox.slack.shapes import JsonObject, text_of
from sandbox.slack.words import words
from sandbox.slack.workspace import Channel, Post, Workspace


@dataclass(frozen=True, slots=True)
class Message:
    """A message as its `reader`, a user's id, sees it now, also after an edit.

    Without one it is seen as everybody in the channel does.
    """

    workspace: Workspace
    channel: Channel
    post: Post
    reader: str | None = None

    @property
    def ts(self) -> str:
        """Its timestamp, which names it within its channel."""
        return self.post.ts

    @property
    def text(self) -> str:
        """The text that notifications show and screen readers read."""
        return self.post.text

    @property
    def blocks(self) -> list[JsonObject]:
        """Its blocks, to be drawn."""
        return self.post.blocks

    @property
    def words(self) -> str:
        """All the text on the screen: that of the blocks, or the plain text without any."""
        return words(self.post.blocks) if self.post.blocks else self.post.text

    def says(self, *parts: str) -> bool:
        """Whether all of these words are on the screen."""
        shown = self.words
        return all(part in shown for part in parts)

    @property
    def buttons(self) -> list[str]:
        """The words on its buttons and in its overflow menus."""
        return [text for text, _ in clickable(self.post.blocks)]

    @property
    def author(self) -> str:
        """The name of whoever wrote it."""
        return self.workspace.users[self.post.author].real_name

    @property
    def is_from_bot(self) -> bool:
        """Whether the bot wrote it."""
        return self.workspace.users[self.post.author].is_bot

    @property
    def is_edited(self) -> bool:
        """Whether it was changed after it was written."""
        return self.post.edited_ts is not None

    @property
    def is_ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return self.post.only_for is not None

    @property
    def metadata(self) -> JsonObject | None:
        """What the bot attached, unseen by people."""
        return self.post.metadata

    @property
    def replies(self) -> list["Message"]:
        """Its thread, with what only the reader sees."""
        return [
            Message(self.workspace, self.channel, post, self.reader)
            for post in self.channel.thread(self.ts, self.reader)
        ]


def clickable(blocks: list[JsonObject]) -> Iterator[tuple[str, JsonObject]]:
    """What can be clicked: its words, and the action that a click sends."""
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
    """The action that a click on these words sends; the ids tell equal words apart.

    Raises:
        LookupError: nothing with these words can be clicked there, or more than one thing.
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
