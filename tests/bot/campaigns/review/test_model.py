"""The contact load, and the digest that binds a review to its command."""

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from bot.campaigns.review import contact_load, digest
from bot.campaigns.review.model import Load


@pytest.mark.parametrize(
    ("contacts", "runs", "product"), [(1000, 30, 30_000), (0, 9, 0), (5, 0, 0), (None, 30, None)]
)
def test_the_contact_load_is_contacts_times_runs(
    contacts: int | None, runs: int, product: int | None
) -> None:
    assert Load(contacts=contacts, runs=runs).product == product


@pytest.mark.parametrize(
    ("sizes", "contacts"), [((80, 12), 92), ((0,), 0), ((80, None), None), ((), None)]
)
def test_the_number_of_contacts_is_known_only_if_it_is_for_every_list(
    sizes: tuple[int | None, ...], contacts: int | None
) -> None:
    lists = [(f"List {number}", size) for number, size in enumerate(sizes)]
    assert contact_load(lists, 3) == Load(contacts=contacts, runs=3)


def test_a_digest_is_the_sha_256_of_canonical_json() -> None:
    text = '{"action":"create","environment":"production","payload":{"a":[1,"é"],"b":null}}'
    expected = hashlib.sha256(text.encode()).hexdigest()
    assert digest("create", "production", {"b": None, "a": [1, "é"]}) == expected


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@given(st.dictionaries(st.text(max_size=3), JSON, max_size=4), st.randoms())
def test_a_digest_does_not_depend_on_the_order_of_keys(
    payload: dict[str, JsonValue],
    chance: Any,  # noqa: ANN401 # Hypothesis's random
) -> None:
    keys = list(payload)
    chance.shuffle(keys)
    assert digest("a", "b", {key: payload[key] for key in keys}) == digest("a", "b", payload)


@given(JSON, JSON)
def test_different_payloads_have_different_digests(one: JsonValue, other: JsonValue) -> None:
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (digest("a", "b", one) == digest("a", "b", other)) is same


def test_different_actions_and_environments_have_different_digests() -> None:
    assert (
        len({digest(*pair, {}) for pair in [("a", "b"), ("b", "a"), ("a", "c"), ("ab", "")]}) == 4
    )
