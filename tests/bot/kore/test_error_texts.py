import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kore.error_texts import LONGEST, error_code, masked, server_text

KEYS = st.sampled_from(["errors", "error", "msg", "message", "code", "status"]) | st.text()
ANY_ERROR_BODY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner),
)


@pytest.mark.parametrize(
    ("body", "sentence", "code"),
    [
        ({"errors": [{"msg": "possibly a replay", "code": 401}]}, "possibly a replay", 401),
        ({"errors": [{"message": "no such list", "code": "400"}]}, "no such list", 400),
        ({"status": "failure", "message": "not now"}, "not now", None),
        ({"error": {"code": "LIMIT", "message": "too many"}}, "too many", "LIMIT"),
        ({"error": "gone"}, "gone", None),
        ({"errors": ["odd"], "message": "the message"}, "the message", None),
        ({"errors": [{"msg": ""}, {"msg": "second"}]}, "second", None),
        ("a sentence", "a sentence", None),
        ({"data": 1}, "", None),
        ([1], "", None),
    ],
)
def test_the_sentence_and_code_are_found_in_every_known_body(
    body: object, sentence: str, code: int | str | None
) -> None:
    assert server_text(body) == sentence
    assert error_code(body) == code


def test_plain_text_is_the_sentence_unless_it_is_html() -> None:
    assert server_text(None, "Please wait.") == "Please wait."
    assert server_text(None, "  <html><body>Bad Gateway</body></html>") == ""


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("+12025550100 is not verified", "*** is not verified"),
        ("caller (202) 555-0100.", "caller (***."),
        ("number 12025550100, 442079460000", "number ***, ***"),
        ("token eyJhbGciOi.eyJhcHBJ.sig-_x refused", "token *** refused"),
        ("2026-01-27 18:29:00 is past", "2026-01-27 18:29:00 is past"),
        ("maximum is 48 characters", "maximum is 48 characters"),
        ("two\n lines", "two lines"),
    ],
)
def test_phone_numbers_and_tokens_are_masked(said: str, shown: str) -> None:
    assert masked(said) == shown


@given(st.from_regex(r"\+?[0-9]{7,15}", fullmatch=True), st.text(), st.text())
def test_every_phone_number_is_masked(number: str, before: str, after: str) -> None:
    assert number not in masked(before + number + after)


@given(st.text())
def test_a_sentence_is_short(text: str) -> None:
    assert len(masked(text * 20)) <= LONGEST


@given(ANY_ERROR_BODY)
def test_any_json_is_read_without_an_exception(body: object) -> None:
    assert isinstance(server_text(body, json.dumps(body)), str)
    assert error_code(body) is None or isinstance(error_code(body), int | str)
