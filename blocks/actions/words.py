"""What people read about an action, in one row."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Usage:
    """A subcommand: what people type after `/campaign`, what that does, and an example."""

    typed: str
    does: str
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotDone:
    """The words for an action that was not done: what failed, and what exists in Kore.ai now.

    `unknown` and `may_exist` replace them if the outcome is unknown. `exists` is empty for a
    look-up, which changes nothing. `{name}` is the campaign's name.
    """

    failed: str
    exists: str
    unknown: str
    may_exist: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionWords:
    """An action in words.

    `wants` follows the author's name in a request for approval. `done` precedes the author's name
    on the card. `button` is on the card, red if `danger`. `confirm` is on the button that ends the
    review under `heading`.
    """

    usages: tuple[Usage, ...]
    wants: str
    done: str
    not_done: NotDone
    button: str = ""
    danger: bool = False
    heading: str = ""
    confirm: str = ""
