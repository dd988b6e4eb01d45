"""Converts a modal's fields to HTML controls, and a posted form to a person's answers."""

import re
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile

from sandbox.slack import Answer, Field, FormError, Modal

KINDS = {
    "plain_text_input": "text",
    "number_input": "number",
    "email_text_input": "email",
    "url_text_input": "url",
    "datepicker": "date",
    "timepicker": "time",
    "static_select": "select",
    "multi_static_select": "select",
    "conversations_select": "conversations",
    "multi_conversations_select": "conversations",
    "channels_select": "conversations",
    "multi_channels_select": "conversations",
    "radio_buttons": "radio",
    "checkboxes": "checkbox",
    "external_select": "suggest",
    "multi_external_select": "suggest",
    "file_input": "file",
}
"""How each element type is drawn; the page cannot draw other types."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an answer was not accepted; `answer` is the typed text if the modal does not store it."""

    reason: str
    answer: Answer | None = None


Refusals = dict[str, Refused]
"""The answers that were not accepted, by label."""


@dataclass(frozen=True, slots=True)
class Control:
    """A field as it is drawn; `chosen` is its value as a person would write it."""

    id: str
    field: Field
    kind: str
    chosen: list[str]
    error: str

    @property
    def name(self) -> str:
        """Return the name under which a browser posts it."""
        return posted_name(self.field)


def control_id(label: str) -> str:
    """Return a field's HTML id; it stays the same when other fields change."""
    return "field-" + re.sub(r"\W+", "-", label.lower())


def posted_name(field: Field) -> str:
    """Return the name of a field in the posted form."""
    return f"answer {field.label}"


def controls(modal: Modal, refused: Refusals) -> dict[tuple[str, str], Control]:
    """Return the controls of the modal's drawable fields, by block_id and action_id."""
    drawn = (control(modal, field, refused.get(field.label)) for field in modal.fields)
    return {_place(each.field): each for each in drawn if each}


def control(modal: Modal, field: Field, refused: Refused | None) -> Control | None:
    """Return a field's control with its value and error, or None if it cannot be drawn.

    Fields that share a label cannot be drawn, because answers are posted by label.
    """
    kind = KINDS.get(field.element["type"])
    labels = [each.label for each in modal.fields]
    if kind is None or labels.count(field.label) > 1:
        return None
    typed = refused.answer if refused else None
    chosen = _listed(modal.value(field.label) if typed is None else typed)
    error = refused.reason if refused else modal.errors.get(field.label, "")
    return Control(control_id(field.label), field, kind, chosen, error)


async def fill(modal: Modal, posted: FormData) -> Refusals:
    """Enter the answers that have changed into the modal, and return those it did not accept.

    Fields that notify the bot come last, so that the bot gets all other answers with them.
    """
    refused: Refusals = {}
    for field in sorted(modal.fields, key=lambda each: each.dispatches):
        # After an earlier answer the bot may have removed the field.
        is_there = any(each.label == field.label for each in modal.fields)
        if not is_there or field.label not in posted.getlist("drawn"):
            continue
        if KINDS.get(field.element["type"]) == "file":
            await _attach(modal, field, posted)
        elif reason := await _enter(modal, field, _answer(field, posted)):
            refused[field.label] = reason
    return refused


def troubles(modal: Modal) -> Refusals:
    """Return why Slack's own client would not submit the form, by label."""
    return {label: Refused(trouble) for label, trouble in modal.troubles.items()}


async def _attach(modal: Modal, field: Field, posted: FormData) -> None:
    """Put the posted files into the modal; a browser posts them only once."""
    parts = (part for part in posted.getlist(posted_name(field)) if isinstance(part, UploadFile))
    if given := [(part.filename, await part.read()) for part in parts if part.filename]:
        await modal.attach(field.label, *given)


async def _enter(modal: Modal, field: Field, answer: list[str]) -> Refused | None:
    if answer == _listed(modal.value(field.label)):
        return None
    given: Answer = answer if field.entry.many else "".join(answer)
    try:
        await modal.fill({field.label: given})
    except FormError as error:
        return Refused(str(error).removeprefix(f"{field.label}: "), given)
    return None


def _answer(field: Field, posted: FormData) -> list[str]:
    """Return what was posted for a field; several suggestions are posted as lines of one text."""
    texts = [str(value).replace("\r\n", "\n") for value in posted.getlist(posted_name(field))]
    if field.is_external:
        texts = [line.strip() for text in texts for line in text.split("\n")]
    return [text for text in texts if text]


def _place(field: Field) -> tuple[str, str]:
    return field.block["block_id"], field.element["action_id"]


def _listed(answer: Answer | None) -> list[str]:
    return [answer] if isinstance(answer, str) and answer else list(answer or [])
