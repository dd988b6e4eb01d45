"""A form unfolds for its errors, and a process remembers how it last drew those that are open."""

import pytest

from blocks.form import NOTHING_KNOWN, FormContext, Values
from blocks.forms.edit import EditSmsForm
from blocks.forms.sms import SmsForm
from bot.campaigns.phones import Senders
from handlers.filled import Filled, LastDrawn
from tests.blocks.samples import NOW, SMS


def test_the_forms_drawn_first_are_forgotten() -> None:
    drawn, filled = LastDrawn(most=2), Filled(SmsForm, {}, FormContext())
    for view in ("V1", "V2", "V1", "V3"):
        drawn.note(view, filled)
    assert [drawn.get(view) for view in ("V1", "V2", "V3")] == [filled, None, filled]


@pytest.mark.parametrize(
    ("wrong", "unfolds"),
    [
        ({}, False),
        ({"caller_id": "(202) 555-0100"}, False),
        ({"caller_id": "(202) 555-0100", "hours_to": "09:00"}, True),
        ({"description": "d" * 257}, True),
        ({"zone": None}, True),  # as of a campaign whose calling hours Kore.ai does not show
    ],
)
def test_options_unfold_only_if_one_of_them_has_an_error(wrong: Values, *, unfolds: bool) -> None:
    values = SMS["message"] | {"target": "cd-1", "seen": "name=1"} | wrong
    filled = Filled(EditSmsForm, values, FormContext())
    for senders in (NOTHING_KNOWN, Senders(region="US")):
        errors = EditSmsForm.errors(values, NOW, senders)
        assert ("caller_id" in errors) is ("caller_id" in wrong and senders is NOTHING_KNOWN)
        assert filled.unfolded_for(errors).context.unfolded is unfolds
