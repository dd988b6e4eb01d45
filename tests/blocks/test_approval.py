"""The words and buttons of a request for approval."""

import pytest

from blocks.approval import RequestRef


def test_a_buttons_value_names_the_request_and_its_content() -> None:
    asked = RequestRef("V1", "d1")
    assert str(asked) == "V1 d1"
    assert RequestRef.parse(str(asked)) == asked


@pytest.mark.parametrize("text", ["", "V1", "V1 "])
def test_a_value_without_a_digest_refers_to_no_content(text: str) -> None:
    assert RequestRef.parse(text).digest == ""
