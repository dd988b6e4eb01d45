"""The views that people have open, in stacks as in Slack, and the views on their Home tabs.

https://docs.slack.dev/surfaces/modals and https://docs.slack.dev/surfaces/app-home
"""

from dataclasses import dataclass, field

from sandbox.slack.blockkit import initial_state
from sandbox.slack.elements import placed, with_ids
from sandbox.slack.ids import new_id, secret
from sandbox.slack.refusal import Refusal
from sandbox.slack.shapes import JsonObject, Values

STACK_LIMIT = 3


@dataclass(slots=True)
class OpenView:
    """A view open for one person; `errors` are those shown now, by block_id."""

    id: str
    user: str
    content: JsonObject
    values: Values
    hash: str
    root_id: str
    previous_id: str | None
    channel: str | None
    errors: dict[str, str] = field(default_factory=dict)


class Views:
    """Each user's stack of views, the top view last, and each user's Home tab."""

    def __init__(self) -> None:
        self._stacks: dict[str, list[OpenView]] = {}
        self._homes: dict[str, OpenView] = {}

    def stack(self, user: str) -> list[OpenView]:
        """Return the views that a user has open."""
        return self._stacks.setdefault(user, [])

    def find(self, view_id: str) -> OpenView | None:
        """Return the open view with this id."""
        return next((view for view in self._open() if view.id == view_id), None)

    def find_external(self, external_id: str) -> OpenView | None:
        """Return the open view with this external_id."""
        return next((view for view in self._open() if _is_named(view, external_id)), None)

    def home(self, user: str) -> OpenView | None:
        """Return the view published on a user's Home tab."""
        return self._homes.get(user)

    def publish(self, user: str, content: JsonObject) -> OpenView:
        """Show a view on a user's Home tab; it replaces the view there.

        Raises:
            Refusal: Another view has the same external_id.
        """
        home = self.home(user)
        if home:
            self.replace(home, content)
        else:
            self.refuse_taken(content)
            home = self._homes[user] = _new_view(user, content, None, [])
        return home

    def open(self, user: str, content: JsonObject, channel: str | None) -> OpenView:
        """Close a user's views and show this one.

        Raises:
            Refusal: Another view has the same external_id.
        """
        self.refuse_taken(content)
        self.clear(user)
        return self.push(user, content, channel)

    def push(self, user: str, content: JsonObject, channel: str | None) -> OpenView:
        """Show a view on top of the views that a user has open.

        Raises:
            Refusal: Three views are open, or another view has the same external_id.
        """
        stack = self.stack(user)
        if len(stack) >= STACK_LIMIT:
            raise Refusal("push_limit_reached")
        self.refuse_taken(content)
        stack.append(_new_view(user, content, channel, stack))
        return stack[-1]

    def replace(self, view: OpenView, content: JsonObject) -> None:
        """Change an open view's content; inputs with unchanged ids keep their values.

        Raises:
            Refusal: Another view has the same external_id.
        """
        self.refuse_taken(content, besides=view)
        before = view.content["blocks"]
        view.content = {**content, "blocks": with_ids(content["blocks"])}
        view.values = _kept(view.values, before, view)
        view.hash, view.errors = secret(), {}

    def close(self, view: OpenView) -> None:
        """Remove a view from its stack."""
        stack = self.stack(view.user)
        if view in stack:
            stack.remove(view)

    def clear(self, user: str) -> None:
        """Close all of a user's views."""
        self.stack(user).clear()

    def refuse_taken(self, content: JsonObject, besides: OpenView | None = None) -> None:
        """Require that the external_id is unique.

        Raises:
            Refusal: Another view, except `besides`, has it.
        """
        external_id = content.get("external_id")
        others = (view for view in [*self._open(), *self._homes.values()] if view is not besides)
        if external_id and any(_is_named(view, external_id) for view in others):
            raise Refusal("duplicate_external_id")

    def _open(self) -> list[OpenView]:
        return [view for stack in self._stacks.values() for view in stack]


def _is_named(view: OpenView, external_id: str) -> bool:
    return view.content.get("external_id") == external_id


def _new_view(
    user: str, content: JsonObject, channel: str | None, below: list[OpenView]
) -> OpenView:
    view_id = new_id("V")
    filled = {**content, "blocks": with_ids(content["blocks"])}
    return OpenView(
        id=view_id,
        user=user,
        content=filled,
        values=_initial(filled, channel),
        hash=secret(),
        root_id=below[0].id if below else view_id,
        previous_id=below[-1].id if below else None,
        channel=channel,
    )


def _initial(content: JsonObject, channel: str | None) -> Values:
    values = initial_state(content)
    for block, element in placed(content["blocks"]):
        if element.get("default_to_current_conversation") and channel:
            state = values[block["block_id"]][element["action_id"]]
            state["selected_conversation"] = state.get("selected_conversation") or channel
    return values


def _kept(entered: Values, before: list[JsonObject], view: OpenView) -> Values:
    """Return the new content's values; keep `entered` if block_id, action_id and type match."""
    values = _initial(view.content, view.channel)
    old = {_identity(block, element) for block, element in placed(before)}
    for block, element in placed(view.content["blocks"]):
        block_id, action_id = block["block_id"], element["action_id"]
        if _identity(block, element) in old and action_id in entered.get(block_id, {}):
            values[block_id][action_id] = entered[block_id][action_id]
    return values


def _identity(block: JsonObject, element: JsonObject) -> tuple[str, str, str]:
    return block["block_id"], element["action_id"], element["type"]
