"""Kore.ai's messages name the fields as the forms do."""

import pytest

from blocks.forms import FORMS
from bot.kore.field_names import LABELS, with_labels


def test_each_label_is_that_of_a_field_in_a_form() -> None:
    labels = {field.label for form in FORMS.values() for field in form.fields().values()}
    assert set(LABELS.values()) <= labels


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("contactLists does not exist: Nobody", "Contact lists does not exist: Nobody"),
        ("data.dncLists.name is required", "DNC list is required"),
        ("dialingStrategy.callerId.phoneNumber: invalid", "Caller ID: invalid"),
        ('"maxRingTime" must be a number', '"Ring time (seconds)" must be a number'),
        ("endDateTime must be after startDateTime", "End date must be after Start date"),
        ("queue_name, maxSkips", "Queue, Maximum skips"),
        ("maxSkipsPerDay and mycontactLists", "maxSkipsPerDay and mycontactLists"),
        ("contactLists.", "Contact lists."),
        ("callerId.name", "callerId.name"),
        ("", ""),
    ],
)
def test_field_names_become_labels(message: str, shown: str) -> None:
    assert with_labels(message) == shown
