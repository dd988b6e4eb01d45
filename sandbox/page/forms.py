"""A modal's fields as controls of an HTML form, and what is posted as a person's answers."""

import re
from dataclasses import dataclass

from starlette.datastructures import FormData

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
}
"""How each element type is drawn; one that is not here cannot be."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an answer was not taken; `answer` is what was typed, where the modal does not hold it."""

    reason: str
    answer: Answer | None = None


Refusals = dict[str, Refused]
"""The answers that were not taken, by label."""


@dataclass(frozen=True, slots=True)
class Control:
    """A field as it is drawn: `chosen` is what stands in it, in a person's words."""

    id: str
    field: Field
    kind: str
    chosen: list[str]
    error: str

    @property
    def name(self) -> str:
        """The name under which a browser posts it."""
        return posted_name(self.field)


def control_id(label: str) -> str:
    """What names a field on the page: the same also when other fields come and go."""
    return "field-" + re.sub(r"\W+", "-", label.lower())


def posted_name(field: Field) -> str:
    """The name of a field in the posted form."""
    return f"answer {field.label}"


def controls(modal: Modal, refused: Refusals) -> dict[tuple[str, str], Control]:
    """What can be drawn of a modal's fields, by block_id and action_id."""
    drawn = (control(modal, field, refused.get(field.label)) for field in modal.fields)
    return {_place(each.field): each for each in drawn if each}


def control(modal: Modal, field: Field, refused: Refused | None) -> Control | None:
    """A field with what was typed and why that was not taken; nothing if it cannot be drawn.

    A label that several fields share does not say which of them is answered.
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
    """Give the modal each answer that differs from what it holds; says which it did not take.

    Answers that the bot is told of come last, so that it is told together with all others.
    """
    refused: Refusals = {}
    for field in sorted(modal.fields, key=lambda each: each.dispatches):
        # An answer given before this one may have made the bot take the field away.
        is_there = any(each.label == field.label for each in modal.fields)
        if not is_there or field.label not in posted.getlist("drawn"):
            continue
        if reason := await _enter(modal, field, _answer(field, posted)):
            refused[field.label] = reason
    return refused


def troubles(modal: Modal) -> Refusals:
    """Why the window would not send the form, by label."""
    return {label: Refused(trouble) for label, trouble in modal.troubles.items()}


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
    """What was posted for a field; several suggestions come as one text, a line for each."""
    texts = [str(value).replace("\r\n", "\n") for value in posted.getlist(posted_name(field))]
    if field.is_external:
        texts = [line.strip() for text in texts for line in text.split("\n")]
    return [text for text in texts if text]


def _place(field: Field) -> tuple[str, str]:
    return field.block["block_id"], field.element["action_id"]


def _listed(answer: Answer | None) -> list[str]:
    return [answer] if isinstance(answer, str) and answer else list(answer or [])
