"""The findings about the text of an SMS campaign."""

import pytest

from bot.campaigns.contacts import ContactList
from bot.campaigns.review.findings import Finding
from bot.campaigns.review.sms import ColumnsUnchecked, LinksWithoutHttps, NoColumn, check_text
from bot.campaigns.values import Format
from tests.bot.campaigns.review.samples import NEWS, classes, facts, of_campaign, sms

FILE = NEWS.model_copy(
    update={"columns": ("First Name", "firstName", "Renewal Date"), "all_columns": True}
)
BY_API = NEWS.model_copy(update={"id": "cl-2", "name": "API", "columns": ("First Name",)})
OTHER = FILE.model_copy(update={"id": "cl-3", "name": "Other", "columns": ("Due Date",)})


def of_text(text: str, *lists: ContactList, **fields: object) -> list[Finding]:
    """Return the findings about a text for these contact lists."""
    campaign = sms(message=text, contact_lists=tuple(each.name for each in lists), **fields)
    return of_campaign(campaign, facts(contact_lists=lists))


@pytest.mark.parametrize(
    "text", ["Hello <First Name>", "Hello <first_name>", "<FIRSTNAME>", "By <renewal date>"]
)
def test_a_placeholder_with_a_column_is_fine(text: str) -> None:
    assert of_text(text, FILE) == []


def test_a_placeholder_without_a_column_is_found_once_for_all_lists() -> None:
    assert of_text("<Renewal Date>, <Nickname>, <Nickname>", FILE, OTHER) == [
        NoColumn(placeholder="Renewal Date", lists=("Other",)),
        NoColumn(placeholder="Nickname", lists=("News", "Other")),
    ]


def test_a_misspelled_placeholder_has_the_column_that_may_be_meant() -> None:
    assert of_text("Hello <Frist Name>", FILE, OTHER) == [
        NoColumn(placeholder="Frist Name", lists=("News", "Other"), similar="First Name")
    ]


def test_a_list_that_is_filled_by_api_may_have_other_columns() -> None:
    assert of_text("Hello <First Name>", BY_API) == []
    assert of_text("Pay by <Renewal Date>", FILE, BY_API, OTHER) == [
        NoColumn(placeholder="Renewal Date", lists=("Other",)),
        ColumnsUnchecked(placeholders=("Renewal Date",)),
    ]


@pytest.mark.parametrize("lists", [None, ()])
def test_the_columns_of_unknown_lists_are_unchecked(lists: tuple[ContactList, ...] | None) -> None:
    assert list(check_text(sms(message="<One> and <Two>"), lists)) == [
        ColumnsUnchecked(placeholders=("One", "Two"))
    ]
    assert list(check_text(sms(message="Hello"), lists)) == []


def test_links_without_https_are_found_together() -> None:
    assert of_text("http://a.com, https://b.com, c.com", FILE) == [
        LinksWithoutHttps(links=("http://a.com", "c.com"))
    ]


def test_the_text_of_a_template_is_checked_and_that_beside_a_flow_is_not() -> None:
    text = "http://a.com <Nickname>"
    template = of_text(text, FILE, format=Format.TEMPLATE, template="Welcome")
    assert classes(template) == [LinksWithoutHttps, NoColumn]
    assert of_text(text, FILE, format=Format.FLOW, flow="SMS support") == []
