"""A field for files: drawn with its limits, and read back as the files' IDs."""

from typing import Annotated, Any

import pytest
from pydantic import BaseModel, Field, ValidationError

from blocks.fields import FileField
from blocks.kit import plain
from blocks.state import FILES_MAX, ElementState, SlackId
from sandbox.slack.blockkit import initial_state, view_faults

CONTACTS = FileField(label="Contacts", filetypes=("csv", "txt"))


class _Form(BaseModel):
    contacts: Annotated[tuple[SlackId, ...], Field(min_length=1, max_length=1), CONTACTS]


def drawn(field: FileField, limits: dict[str, int]) -> dict[str, Any]:
    element = field.element("contacts", None, limits)
    block = {
        "type": "input",
        "block_id": "contacts",
        "label": plain(field.label, 10).to_dict(),
        "element": element.to_dict(),
    }
    title, submit = (plain(each, 24).to_dict() for each in ("Contacts", "Review"))
    return {"type": "modal", "title": title, "submit": submit, "blocks": [block]}


def test_a_file_field_takes_as_many_files_as_its_limits_allow() -> None:
    limits = _Form.model_json_schema()["properties"]["contacts"]
    view = drawn(CONTACTS, limits)
    assert view_faults(view) == []
    assert view["blocks"][0]["element"] == {
        "type": "file_input",
        "action_id": "contacts",
        "filetypes": ["csv", "txt"],
        "max_files": 1,
    }


def test_a_file_field_without_limits_is_valid() -> None:
    view = drawn(FileField(label="Files"), {})
    assert view_faults(view) == []
    state = initial_state(view)["contacts"]["contacts"]
    assert ElementState.model_validate(state).entered == []


def test_the_files_are_read_as_their_ids() -> None:
    sent = {"type": "file_input", "files": [{"id": "F1", "name": "a.csv"}, {"id": "F2"}]}
    assert ElementState.model_validate(sent).entered == ["F1", "F2"]


def test_no_files_are_an_empty_value() -> None:
    assert ElementState.model_validate({"files": None}).entered == []


@pytest.mark.parametrize(
    "files",
    [
        [{"id": f"F{n}"} for n in range(FILES_MAX + 1)],
        [{}],
        [{"id": "../F1"}],
        ["F1"],
        {"id": "F1"},
    ],
)
def test_other_shapes_are_refused(files: object) -> None:
    with pytest.raises(ValidationError):
        ElementState.model_validate({"files": files})
