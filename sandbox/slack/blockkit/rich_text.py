"""Checks for the rich_text block: sections, lists, quotes and code.

Shape: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from sandbox.slack.blockkit.checks import (
    Table,
    array,
    boolean,
    by_type,
    one_of,
    record,
    string,
    whole,
)
from sandbox.slack.blockkit.composition import IDENTIFIER, URL

_STYLE: Table = {
    "style": record(
        optional=dict.fromkeys(
            (
                "bold",
                "italic",
                "strike",
                "code",
                "underline",
                "highlight",
                "client_highlight",
                "unlink",
            ),
            boolean,
        ),
    ),
}

_INLINE = by_type(
    {
        "text": record(required={"text": string(1)}, optional=_STYLE),
        "link": record(
            required={"url": URL},
            optional={**_STYLE, "text": string(), "unsafe": boolean},
        ),
        "emoji": record(
            required={"name": string(1)},
            optional={**_STYLE, "unicode": string(), "skin_tone": whole(1, 6)},
        ),
        "user": record(required={"user_id": IDENTIFIER}, optional=_STYLE),
        "usergroup": record(required={"usergroup_id": IDENTIFIER}, optional=_STYLE),
        "channel": record(required={"channel_id": IDENTIFIER}, optional=_STYLE),
        "broadcast": record(required={"range": one_of("here", "channel", "everyone")}),
        "color": record(required={"value": string(1)}),
        "date": record(
            required={"timestamp": whole(0), "format": string(1)},
            optional={**_STYLE, "url": URL, "fallback": string()},
        ),
    },
)

_PIECES: Table = {"elements": array(_INLINE)}
_BORDER: Table = {"border": whole(0, 1)}
_SECTION: Table = {"rich_text_section": record(required=_PIECES)}

_PART = by_type(
    {
        **_SECTION,
        "rich_text_list": record(
            required={
                "style": one_of("bullet", "ordered"),
                "elements": array(by_type(_SECTION), 1),
            },
            optional={**_BORDER, "indent": whole(0, 8), "offset": whole(0)},
        ),
        "rich_text_preformatted": record(
            required=_PIECES,
            optional={**_BORDER, "language": string(1)},
        ),
        "rich_text_quote": record(required=_PIECES, optional=_BORDER),
    },
)

RICH_TEXT: Table = {"elements": array(_PART, 1)}
