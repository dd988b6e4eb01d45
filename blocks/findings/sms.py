"""Findings about the text of an SMS campaign, in words."""

from collections.abc import Sequence

from blocks.findings.words import NAME_MAX, finding_words, listed, names, typed
from blocks.kit import clamp, code
from bot.campaigns.review import sms


@finding_words.register
def _(finding: sms.NoColumn) -> str:
    meant = f" Did you mean {_placeholders([finding.similar])}?" if finding.similar else ""
    return (
        f"{_have(finding.lists)} no column for {_placeholders([finding.placeholder])}.{meant} "
        "Contacts there may get the text without a value in its place."
    )


@finding_words.register
def _(finding: sms.ColumnsUnchecked) -> str:
    return (
        "The bot could not check whether the contact lists have a column for "
        f"{_placeholders(finding.placeholders)}, because Kore.ai did not tell all their columns. "
        "Look at the lists in the Kore.ai console."
    )


@finding_words.register
def _(finding: sms.LinksWithoutHttps) -> str:
    shown = listed([code(clamp(link, NAME_MAX)) for link in finding.links])
    return (
        f"Phones may warn of links without https, or not open them: {shown}. Write https:// before "
        "the address. If it is not meant as a link, put a space after its dot."
    )


def _have(lists: Sequence[str]) -> str:
    if len(lists) == 1:
        return f"The contact list “{typed(lists[0])}” has"
    return f"The contact lists {names(lists)} have"


def _placeholders(all_: Sequence[str]) -> str:
    """Return placeholders as they stand in the text, as code."""
    return listed([code(f"<{clamp(name, NAME_MAX)}>") for name in all_])
