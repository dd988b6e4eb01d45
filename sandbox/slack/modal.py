"""A modal as a person uses it."""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.slack import payloads
from sandbox.slack.acks import Outcome, settle_click, settle_submission
from sandbox.slack.blockkit import options_faults
from sandbox.slack.checks import trouble_with
from sandbox.slack.fields import Answer, Field, FormError, Surroundings, fields, flat_options
from sandbox.slack.objects import file_object
from sandbox.slack.refusal import fault_line
from sandbox.slack.shapes import JsonObject, object_of, text_of
from sandbox.slack.view import View

# Long, because a busy machine may be slow; usually the bot acts at once.
PATIENCE = 20.0
"""Seconds until a wait for the bot times out."""
GRACE = 0.3
"""Seconds to wait for the bot to update the view after a change."""
SHORTEST_QUERY = 3
"""https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element."""


@dataclass(frozen=True, slots=True)
class Modal(View):
    """An open modal."""

    @property
    def is_open(self) -> bool:
        """Return whether it is still open, on top or below another modal."""
        return self.view in self.state.views.stack(self.user.id)

    @property
    def title(self) -> str:
        """Return its title."""
        return text_of(self.view.content["title"])

    @property
    def submit_text(self) -> str:
        """Return the text of the submit button, or "" if it has none."""
        return text_of(self.view.content.get("submit"))

    @property
    def close_text(self) -> str:
        """Return the text of the close button."""
        return text_of(self.view.content.get("close")) or "Cancel"

    @property
    def fields(self) -> list[Field]:
        """Return its fields in order."""
        return fields(self.blocks)

    @property
    def labels(self) -> list[str]:
        """Return the labels of its inputs in order."""
        return [field.label for field in self.fields if field.block["type"] == "input"]

    @property
    def errors(self) -> dict[str, str]:
        """Return the errors shown now, by label."""
        shown = self.view.errors
        labeled = {field.block["block_id"]: field.label for field in self.fields}
        return {labeled[block_id]: sentence for block_id, sentence in shown.items()}

    @property
    def troubles(self) -> dict[str, str]:
        """Return why Slack's own client would not submit it: a sentence for each label."""
        found = {field.label: trouble_with(field, self._answer(field)) for field in self.fields}
        return {label: f"{label} {trouble}." for label, trouble in found.items() if trouble}

    def value(self, label: str) -> Answer | None:
        """Return the value of a field as a person would write it.

        Raises:
            FormError: There is no such field.
        """
        field = self._field(label)
        return field.entry.show(self._answer(field)[field.entry.key], self._surroundings([]))

    async def fill(self, answers: Mapping[str, Answer | None]) -> None:
        """Enter the answers in order, as a person would; None or "" empties a field.

        This waits for fields that are missing, because an earlier answer may add them.

        Raises:
            FormError: There is no such field or option.
        """
        for label, answer in answers.items():
            field = await self.enter(label, answer)
            if field.dispatches:
                await self.tell(field)

    async def attach(self, label: str, *given: tuple[str, bytes]) -> None:
        """Put files into a field, each with a name and content; they replace those in it.

        Raises:
            FormError: There is no such field.
        """
        field = await self._awaited(label)
        self._answer(field)[field.entry.key] = [self._dropped(*each) for each in given]
        if field.dispatches:
            await self.tell(field)

    async def suggestions(self, label: str, typed: str) -> list[str]:
        """Return the options that the bot offers for a text typed into a field."""
        return [text_of(option["text"]) for option in await self._suggested(label, typed)]

    async def submit(self, *, unchecked: bool = False) -> Outcome:
        """Press the submit button; `unchecked` skips the checks of Slack's client.

        Raises:
            FormError: Slack's client would not submit it.
        """
        if not unchecked:
            self._refuse_unfinished()
        packet = payloads.view_submission(self.state, self.user, self.view)
        delivery = await self.state.courier.deliver(packet)
        return settle_submission(self.state, self.view, delivery)

    async def close(self, *, all_views: bool = False) -> None:
        """Press the close button; `all_views` presses the x, which closes the whole stack."""
        stack = self.state.views.stack(self.user.id)
        closed = stack[0] if all_views else self.view
        packet = payloads.view_closed(self.state, self.user, closed, is_cleared=all_views)
        if all_views or self.view.content.get("clear_on_close"):
            self.state.views.clear(self.user.id)
        else:
            self.state.views.close(self.view)
        self.state.changes.note()
        if closed.content.get("notify_on_close"):
            settle_click(self.state, self.user, await self.state.courier.deliver(packet))

    async def enter(self, label: str, answer: Answer | None, *, typed: str = "") -> Field:
        """Enter an answer into a field without notifying the bot.

        To find an option that the bot supplies, people type its text, unless `typed` is given.

        Raises:
            FormError: There is no such field or option.
        """
        field = await self._awaited(label)
        options = await self._offered(field, typed or answer)
        try:
            value = field.entry.enter(answer, self._surroundings(options))
        except FormError as error:
            raise FormError(f"{field.label}: {error}") from None
        self._answer(field)[field.entry.key] = value
        return field

    async def tell(self, field: Field) -> None:
        """Notify the bot of a change, and wait briefly for it to update the view."""
        before = self.view.hash
        await self._act(payloads.action_object(field.block, field.element, self._answer(field)))
        with contextlib.suppress(TimeoutError):
            await self.state.changes.until(
                lambda: self.view.hash != before or None, within=GRACE, missing=str
            )

    def _dropped(self, name: str, content: bytes) -> JsonObject:
        """Upload a file as Slack's client does at once, and return its object."""
        now = int(self.state.clock.now().timestamp())
        file = self.state.files.put(name, content, self.user.id, now)
        return file_object(self.state.workspace, file)

    async def _offered(self, field: Field, answer: Answer | None) -> list[JsonObject]:
        if not field.is_external:
            return field.options
        wanted = [answer] if isinstance(answer, str) else answer or []
        offered = [await self._suggested(field.label, typed) for typed in wanted if typed]
        return [option for options in offered for option in options]

    async def _suggested(self, label: str, typed: str) -> list[JsonObject]:
        field = self._field(label)
        if len(typed) < field.element.get("min_query_length", SHORTEST_QUERY):
            return []
        where = payloads.place(field.block, field.element)
        packet = payloads.block_suggestion(self.state, self.user, self.view, where, typed)
        delivery = await self.state.courier.deliver(packet)
        faults = [] if delivery.error else options_faults(delivery.answer)
        for fault in faults:
            self.state.journal.complain(f"block_suggestion: {fault_line(fault)}")
        return [] if faults else flat_options(object_of(delivery.answer))

    async def _awaited(self, label: str) -> Field:
        with contextlib.suppress(TimeoutError):
            await self.state.changes.until(
                lambda: label in self._labels() or None, within=PATIENCE, missing=str
            )
        return self._field(label)

    def _labels(self) -> list[str]:
        return [field.label for field in self.fields]

    def _field(self, label: str) -> Field:
        found = [field for field in self.fields if field.label == label]
        if not found:
            raise FormError(f"there is no field {label!r}; there are: {', '.join(self._labels())}")
        if len(found) > 1:
            raise FormError(f"{len(found)} fields are called {label!r}")
        return found[0]

    def _answer(self, field: Field) -> JsonObject:
        return self.view.values[field.block["block_id"]][field.element["action_id"]]

    def _surroundings(self, options: list[JsonObject]) -> Surroundings:
        return Surroundings(self.state.workspace, self.user, options)

    def _refuse_unfinished(self) -> None:
        if not self.is_open:
            raise FormError(f"{self.title!r} is closed")
        if not self.submit_text:
            raise FormError(f"{self.title!r} has no submit button")
        if troubles := list(self.troubles.values()):
            raise FormError(troubles[0])
