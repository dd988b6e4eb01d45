"""Checks of an SMS campaign's text: its placeholders and its links."""

from collections.abc import Iterator, Sequence

from bot.campaigns.campaign import SmsCampaign
from bot.campaigns.contacts import ContactList
from bot.campaigns.names import similar
from bot.campaigns.review.findings import Finding, Severity
from bot.campaigns.sms_text import links_without_https, placeholders
from bot.campaigns.values import Format


class NoColumn(Finding, topic="no_column", severity=Severity.WARNING):
    """Contact lists have no column for a placeholder of the text.

    `similar` is a column of them with a similar name. What Kore.ai sends instead of the placeholder
    is not documented.
    """

    placeholder: str
    lists: tuple[str, ...]
    similar: str | None = None


class ColumnsUnchecked(Finding, topic="columns_unchecked", severity=Severity.UNCHECKED):
    """Whether the contact lists have columns for these placeholders of the text is unknown."""

    placeholders: tuple[str, ...]


class LinksWithoutHttps(Finding, topic="links_without_https", severity=Severity.WARNING):
    """Links in the text do not begin with https."""

    links: tuple[str, ...]


def check_text(campaign: SmsCampaign, lists: Sequence[ContactList] | None) -> Iterator[Finding]:
    """Find placeholders without a column, and links without https, in the text that is sent.

    `lists` are the campaign's contact lists that Kore.ai has; None if they are unknown.
    """
    text = campaign.message or ""
    # Kore.ai gets no text for an experience flow, which has texts of its own.
    if campaign.format is Format.FLOW:
        return
    if links := links_without_https(text):
        yield LinksWithoutHttps(links=links)
    yield from _check_placeholders(placeholders(text), lists or ())


def _check_placeholders(names: Sequence[str], lists: Sequence[ContactList]) -> Iterator[Finding]:
    for name in names:
        if lacking := [each for each in lists if each.has_column(name) is False]:
            columns = [column for each in lacking for column in each.columns]
            yield NoColumn(
                placeholder=name,
                lists=tuple(each.name for each in lacking),
                similar=similar(name, columns),
            )
    unknown = (
        name for name in names if not lists or any(each.has_column(name) is None for each in lists)
    )
    if unchecked := tuple(unknown):
        yield ColumnsUnchecked(placeholders=unchecked)
