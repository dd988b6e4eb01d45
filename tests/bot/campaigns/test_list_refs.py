"""References to contact lists are read back as they were written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaigns.contacts import ContactList
from bot.campaigns.list_refs import ListRef

NAMES = st.text(min_size=1, max_size=48).map(str.strip).filter(bool)


@given(name=NAMES, environment=st.sampled_from(["production", "sandbox-2", None]))
def test_a_reference_is_read_back(name: str, environment: str | None) -> None:
    listed = ContactList(id="cl-7ab0", name=name, environment=environment)
    ref = ListRef.of(listed)
    assert ListRef.parse(str(ref)) == ref


def test_a_long_name_is_cut_but_never_the_id() -> None:
    ref = ListRef(id="cl-7ab0", name="n" * 300, environment="production")
    read = ListRef.parse(str(ref))
    assert read
    assert len(str(ref)) == 150
    assert (read.id, read.environment) == ("cl-7ab0", "production")


@pytest.mark.parametrize("text", ["", " ", " cl-1", "\n"])
def test_other_text_is_no_reference(text: str) -> None:
    assert ListRef.parse(text) is None


def test_the_label_is_the_name_or_else_the_id() -> None:
    assert ListRef(id="cl-1", name="Leads").label == "Leads"
    assert ListRef(id="cl-1", name="").label == "cl-1"
