from collections.abc import Callable

import pytest

from sandbox.slack.blockkit.checks import Check
from sandbox.slack.blockkit.elements import IN_INPUT, IN_SECTION, Surface, element

Element = dict[str, object]

ACCESSORY = element(IN_SECTION, Surface.MODAL)
LINK = "https://example.com/a.png"


def button(length: int = 1, **fields: object) -> Element:
    return {"type": "button", "text": {"type": "plain_text", "text": "x" * length}, **fields}


def image(**fields: object) -> Element:
    return {"type": "image", "alt_text": "A chart", "image_url": LINK, **fields}


ROWS: dict[str, tuple[Element, Element, list[str]]] = {
    "button text": (button(75), button(76), ["/text/text"]),
    "button value": (button(value="x" * 2000), button(value="x" * 2001), ["/value"]),
    "button url": (button(url=LINK), button(url="x"), ["/url"]),
    "button style": (button(style="primary"), button(style="default"), ["/style"]),
    "button label": (
        button(accessibility_label="x" * 75),
        button(accessibility_label="x" * 76),
        ["/accessibility_label"],
    ),
    "button confirm": (button(action_id="go"), button(confirm={}), ["/confirm"] * 4),
    "no focus on a button": (button(), button(focus_on_load=True), [""]),
    "image needs alt_text": (image(), {"type": "image", "image_url": LINK}, [""]),
    "image alt_text": (image(alt_text="x" * 2000), image(alt_text="x" * 2001), ["/alt_text"]),
    "image of one source": (image(), image(slack_file={"id": "F1"}), [""]),
    "no title on an image element": (image(), image(title=""), [""]),
}


@pytest.mark.parametrize(("sound", "refused", "expected"), ROWS.values(), ids=ROWS)
def test_limits(
    sound: Element,
    refused: Element,
    expected: list[str],
    pointers: Callable[[Check, object], list[str]],
) -> None:
    assert pointers(ACCESSORY, sound) == []
    assert pointers(ACCESSORY, refused) == expected


@pytest.mark.parametrize(
    ("shown", "kind", "surface"),
    [
        (True, "number_input", Surface.MODAL),
        (False, "number_input", Surface.MESSAGE),
        (False, "number_input", Surface.HOME),
        (False, "email_text_input", Surface.MESSAGE),
        (False, "url_text_input", Surface.HOME),
        (True, "plain_text_input", Surface.HOME),
        (True, "datetimepicker", Surface.MESSAGE),
        (False, "datetimepicker", Surface.HOME),
    ],
)
def test_some_elements_are_allowed_only_on_some_surfaces(
    *,
    shown: bool,
    kind: str,
    surface: Surface,
    pointers: Callable[[Check, object], list[str]],
) -> None:
    needed = {"is_decimal_allowed": True} if kind == "number_input" else {}
    found = pointers(element(IN_INPUT, surface), {"type": kind, **needed})
    assert found == ([] if shown else ["/type"])
