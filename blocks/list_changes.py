"""Changes of contact lists in words: what a review shows of them, and what was done."""

from dataclasses import dataclass

from slack_sdk.models.blocks import Block

from blocks.contact_import import file_blocks
from blocks.environments import in_environment
from blocks.ids import Button, opens
from blocks.kit import Message, button, buttons, clamp, code, escape, facts, section
from bot.campaigns.actions import Action
from bot.campaigns.contacts import ContactList, ListChange, NewContactList
from bot.campaigns.environment import Environment
from bot.campaigns.list_commands import CreateList, DeleteList, ListChangeCommand, RenameList
from bot.campaigns.list_refs import ListRef
from bot.campaigns.review import Review

NAME_MAX = 150
DUPLICATES_WORDS = {"false": "No, each number once", "true": "Yes"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListChanged:
    """A contact list that was created, renamed or deleted.

    `contacts` is how many were on a deleted list. `environment` is where it is, and `where` is that
    environment if a message must name it.
    """

    command: ListChangeCommand
    list_id: str
    contacts: int | None
    environment: str
    where: Environment | None = None


def list_changed(done: ListChanged) -> Message:
    """Tell the author what was done, with a button that shows the list if it is there."""
    command = done.command
    match command:
        case CreateList():
            text = f"The contact list “{_name(command.label)}” was created. It is empty."
            name = command.label
        case RenameList():
            text, name = _renamed(command), command.change.name or command.label
        case DeleteList():
            text, name = _deleted(command, done.contacts), ""
    text = in_environment(done.where) + text
    blocks: list[Block] = [section(text)]
    if name:
        ref = ListRef(id=done.list_id, name=name, environment=done.environment)
        show = button("Show", Button.SHOW_CONTACT_LIST, str(ref))
        add = button("Add contacts", opens(Action.ADD_CONTACTS), str(ref))
        blocks.append(buttons(show, add))
    return Message(text=text, blocks=blocks)


def list_blocks(review: Review) -> list[Block]:
    """Return the contact list to create, or the existing one and its changes."""
    if review.new_list:
        return _new(review.new_list)
    if review.contact_list is None:
        return facts([("Contact list", _name(review.named))])
    blocks = _present(review.contact_list)
    if review.list_change:
        blocks += _change(review.contact_list, review.list_change)
    return blocks + (file_blocks(review.file) if review.file else [])


def _renamed(command: RenameList) -> str:
    change, name = command.change, _name(command.label)
    if change.name is None:
        return f"The contact list “{name}” has its new description."
    also = " It has its new description, too." if change.description else ""
    return f"The contact list “{name}” is called “{_name(change.name)}” now.{also}"


def _deleted(command: DeleteList, contacts: int | None) -> str:
    lost = "" if contacts is None else f" with {_contacts(contacts)}"
    return f"The contact list “{_name(command.label)}” was deleted{lost}."


def _new(new: NewContactList) -> list[Block]:
    return facts(
        [
            ("Contact list", _name(new.name)),
            ("Description", escape(new.description)),
            ("The same number twice", DUPLICATES_WORDS[str(new.allow_duplicates).lower()]),
        ]
    )


def _present(found: ContactList) -> list[Block]:
    number = "Not known" if found.contacts is None else f"{found.contacts:,}"
    return facts([("Contact list", f"{_name(found.name)}\n{code(found.id)}"), ("Contacts", number)])


def _change(present: ContactList, change: ListChange) -> list[Block]:
    """Return what differs, the old beside the new."""
    pairs = []
    if change.name:
        pairs += [("Name now", _name(present.name)), ("New name", _name(change.name))]
    if change.description:
        before = escape(present.description or "None")
        pairs += [("Description now", before), ("New description", escape(change.description))]
    return facts(pairs)


def _name(name: str) -> str:
    return escape(clamp(name, NAME_MAX))


def _contacts(number: int) -> str:
    return f"{number:,} contact{'' if number == 1 else 's'}"
