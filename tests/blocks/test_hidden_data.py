"""A form's hidden data have little room, but always enough for what nobody could enter again."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from blocks.form import METADATA_MAX, Form, FormContext, Values
from blocks.forms import EDIT_FORMS
from blocks.forms.edit import EditSmsForm
from blocks.forms.sms import SmsForm
from blocks.forms.voice import VoiceForm
from tests.blocks.samples import SMS, VOICE
from tests.blocks.test_fold import campaign_forms, drawn, names, of, read_back


@pytest.mark.parametrize("length", [100, 2000, 2900, 3000])
def test_hours_that_are_too_long_to_keep_stay_in_their_field(length: int) -> None:
    typed: Values = {"hours_by_day": "h" * length, "dnc_list": "l" * 150}
    view = drawn(SmsForm, SMS["message"] | typed)
    assert len(view["private_metadata"]) <= METADATA_MAX
    assert typed.items() <= read_back(view).items()
    assert ("hours_by_day" in names(view)) is (length > 2000)
    assert "dnc_list" not in names(view)


def test_folded_values_go_before_those_of_hidden_fields() -> None:
    """A hidden field's value is dropped only when nothing is left that could be drawn instead."""
    values = SMS["flow"] | {"message": "m" * 2990}
    view = drawn(SmsForm, values)
    assert names(view) == list(SmsForm.shown(values))
    assert "options" not in [block.get("block_id") for block in view["blocks"]]
    assert "message" not in read_back(view)


def long_texts(most: int) -> st.SearchStrategy[str]:
    """Generate texts of every length: those of `st.text` are almost always short."""
    lengths, ends = st.integers(0, most), st.text(max_size=20)
    characters = st.characters(exclude_categories=["Cs"])
    return st.builds(lambda of, long, end: (of * long + end)[-most:], characters, lengths, ends)


@given(long_texts(3000), long_texts(256), long_texts(150), long_texts(1600), st.integers(24, 2900))
def test_no_folded_value_is_ever_lost(
    by_day: str, description: str, dnc_list: str, message: str, url: int
) -> None:
    values = VOICE["Progressive"] | {"hours_by_day": by_day, "description": description}
    values |= {"dnc_list": dnc_list, "flow": message}
    context = FormContext(response_url="https://hooks.slack.com/".ljust(url, "x"))
    view = drawn(VoiceForm, values, context)
    assert len(view["private_metadata"]) <= METADATA_MAX
    kept = FormContext.load(view["private_metadata"]).kept
    for name in VoiceForm.folding(values):
        assert kept[name] == values[name] if name not in names(view) else name not in kept
    # A hidden value is dropped only once nothing is folded any more.
    assert kept.get("flow", "") == message or not kept.keys() & set(VoiceForm.folding(values))


@given(
    st.sampled_from([SmsForm, VoiceForm, *EDIT_FORMS.values()]),
    st.integers(0, 2000),
    st.integers(0, 1200),
    long_texts(3000),
    long_texts(3000),
)
# The value that may be dropped is shorter than one that may not.
@example(form=EditSmsForm, seen=1500, note=100, flow="f" * 1400, by_day="")
def test_what_nobody_sees_is_never_dropped(
    form: type[Form], seen: int, note: int, flow: str, by_day: str
) -> None:
    """It says which campaign is edited, so a form without it would be worth nothing."""
    values = of(form) | {"format": "template", "dialing_mode": "Preview", "environment": "live"}
    values |= {"target": "t" * 150, "cloned": "c" * 150, "seen": "s" * seen}
    values |= {"flow": flow, "hours_by_day": by_day}
    url = "https://hooks.slack.com/".ljust(200, "x")
    view = drawn(form, values, FormContext(response_url=url, note="n" * note))
    assert len(view["private_metadata"]) <= METADATA_MAX
    found = read_back(view)
    for name in form.unseen() | set(form.folding(values)):
        assert (found.get(name) or None) == (values.get(name) or None)


@campaign_forms
def test_options_unfold_before_a_note_is_dropped(form: type[Form]) -> None:
    values = of(form) | {"hours_by_day": "h" * 2000}
    view = drawn(form, values, FormContext(note="n" * 1200))
    assert FormContext.load(view["private_metadata"]).note == "n" * 1200
    assert [name for name in names(view) if form.fields()[name].folds] == ["hours_by_day"]
    assert view["blocks"][0]["text"]["text"] == "n" * 1200
