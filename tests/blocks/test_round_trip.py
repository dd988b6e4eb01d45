"""A form with any values is read back unchanged."""

from hypothesis import given, settings
from hypothesis import strategies as st

from blocks.drawing import draw
from blocks.fields import (
    ChannelField,
    ChecksField,
    ChoiceField,
    DateField,
    EnvironmentField,
    Field,
    FileField,
    Limits,
    LookupsField,
    NumberField,
    TextField,
    TimeField,
    Value,
)
from blocks.form import Form, FormContext, Values, read
from blocks.forms import EDIT_FORMS, FORMS
from sandbox.slack.blockkit import view_faults
from tests.blocks.samples import as_json, state_of

# A form that edits has the fields of one that creates, and values that nobody sees.
VISIBLE = [form for form in FORMS.values() if form not in EDIT_FORMS.values()]
ENVIRONMENTS = {"production": True, "sandbox": False}
LOOKED_UP = st.text(min_size=1, max_size=150)


def values_of(field: Field, limits: Limits) -> st.SearchStrategy[Value]:
    """Generate the values that Slack can have in a field: none, or any within its limits."""
    match field:
        case EnvironmentField():
            return st.none() | st.sampled_from(["", *ENVIRONMENTS])
        case FileField():
            return st.just([])  # Slack shows none when it draws the field
        case ChecksField():
            return st.sets(st.sampled_from(list(field.words))).map(sorted)
        case LookupsField():
            return st.lists(LOOKED_UP, unique=True, max_size=limits["maxItems"])
        case _:
            return st.none() | texts_of(field, limits)


def texts_of(  # noqa: PLR0911 # one for each kind of field
    field: Field, limits: Limits
) -> st.SearchStrategy[str]:
    match field:
        case TextField():
            return st.text(min_size=1, max_size=limits.get("maxLength", 3000))
        case NumberField():
            return st.integers(limits["minimum"], limits["maximum"]).map(str)
        case ChoiceField():
            return st.sampled_from([str(value) for value in field.words])
        case DateField():
            return st.dates().map(str)
        case ChannelField():
            return st.from_regex("[CDG][A-Z0-9]{2,10}", fullmatch=True)
        case TimeField():
            return st.times().map(lambda moment: f"{moment:%H:%M}")
        case _:
            return LOOKED_UP


def fillings(form: type[Form]) -> st.SearchStrategy[tuple[type[Form], Values]]:
    limits = form.limits()
    fields = {name: values_of(field, limits[name]) for name, field in form.fields().items()}
    return st.fixed_dictionaries(fields).map(lambda values: (form, values))


def contexts(values: Values, *, unfolded: bool, url: int) -> FormContext:
    return FormContext(
        environments={} if values["environment"] is None else ENVIRONMENTS,
        response_url="https://hooks.slack.com/".ljust(url, "x"),
        unfolded=unfolded,
    )


# The first example of each form takes far longer than the others: it computes the limits.
@settings(deadline=None)
@given(st.one_of([fillings(form) for form in VISIBLE]), st.booleans(), st.integers(24, 2500))
def test_a_drawn_form_is_read_back(
    filled: tuple[type[Form], Values],
    unfolded: bool,  # noqa: FBT001 # by name from hypothesis
    url: int,
) -> None:
    """Whatever is folded, and however little room its hidden data have."""
    form, values = filled
    view = as_json(draw(form, values, contexts(values, unfolded=unfolded, url=url)))
    assert view_faults(view) == []
    found = read(state_of(view), FormContext.load(view["private_metadata"]))
    # No app can put a file into a form: docs.slack.dev/reference/block-kit/block-elements.
    shown = {
        name: [] if isinstance(field, FileField) else values[name]
        for name, field in form.shown(values).items()
    }
    assert {name: found[name] for name in shown} == shown
