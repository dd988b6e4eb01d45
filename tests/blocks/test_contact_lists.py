"""Contact lists in words: valid for Slack, with every name as it was typed."""

from datetime import UTC, datetime

import pytest

from blocks.contact_lists import ShownList, contact_list_page, contact_list_view
from blocks.form import FormContext
from blocks.kit import Message
from blocks.list_changes import ListChanged, list_changed
from bot.campaigns.contacts import ContactList, ListChange, NewContactList
from bot.campaigns.environment import Environment, Environments
from bot.campaigns.list_commands import CreateList, DeleteList, ListChangeCommand, RenameList
from bot.campaigns.list_refs import ListRef
from bot.campaigns.reasons import Failure, Reason
from sandbox.slack.blockkit import message_faults, view_faults
from tests.blocks.samples import HOSTILE, as_json, as_sent, formatted

any_text = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
ONE = Environments(all=(Environment(name="production"),))
NOW = datetime(2027, 1, 15, 12, tzinfo=UTC)
LEADS = ContactList(id="cl-1", name="Spring leads", contacts=1, environment="production")


def page(*rows: ContactList, as_of: datetime | None = NOW, text: str = "") -> Message:
    return contact_list_page(
        rows, text, 0, more=True, as_of=as_of, environments=ONE, may_change=True
    )


def shown(found: ContactList, **facts: object) -> str:
    view = contact_list_view(
        ShownList(contact_list=found, **facts),  # type: ignore[arg-type] # tests give any
        FormContext(),
        ONE,
    )
    assert view_faults(as_json(view)) == []
    return str(as_json(view)["blocks"])


@any_text
def test_no_name_breaks_a_list_or_pings(text: str) -> None:
    found = LEADS.model_copy(update={"name": text, "description": text[:256], "status": text[:40]})
    message = page(*[found] * 8, text=text[:200])
    assert message_faults(as_sent(message)) == []
    assert not any("<" in each.replace("<!date", "") for each in formatted(message))
    failure = Failure(reason=Reason.REFUSED, sentence=text)
    used = found.model_copy(update={"used_by": ("cd-1", "cd-2")})
    assert "cd-1" not in shown(used, campaigns=[text] * 2, failure=failure, may_change=True)


def test_what_kore_does_not_say_is_not_made_up() -> None:
    text = shown(ContactList(id="cl-1", name="Leads", environment="production"))
    assert "Not known" in text
    assert "Kore.ai does not say" in text
    unsized = page(LEADS.model_copy(update={"contacts": None}))
    assert "size not known · state not known" in str(as_sent(unsized))


def test_a_few_of_very_many_campaigns_are_named() -> None:
    used = LEADS.model_copy(update={"used_by": tuple(f"cd-{n}" for n in range(100_000))})
    text = shown(used, campaigns=["A", "B", "C", "D", "E"], may_change=True)
    assert "100,000 campaigns: A, B, C, D, E, 99,995 more" in text
    assert "open_delete_list" not in text


def test_a_list_that_is_not_all_read_says_so() -> None:
    assert "some may be missing" in formatted(page(LEADS, as_of=None))[-1]
    assert "The bot has found no contact list" in " ".join(formatted(page(as_of=None)))
    assert "There is no contact list" in " ".join(formatted(page()))


@pytest.mark.parametrize(
    ("command", "contacts", "text"),
    [
        (
            CreateList(contact_list=NewContactList(name="Leads", description="New")),
            None,
            "The contact list “Leads” was created. It is empty.",
        ),
        (
            RenameList(contact_list=ListRef.of(LEADS), change=ListChange(name="Leads")),
            1,
            "The contact list “Spring leads” is called “Leads” now.",
        ),
        (
            RenameList(
                contact_list=ListRef.of(LEADS),
                change=ListChange(name="Leads", description="All"),
            ),
            1,
            (
                "The contact list “Spring leads” is called “Leads” now. It has its new "
                "description, too."
            ),
        ),
        (
            DeleteList(contact_list=ListRef.of(LEADS)),
            1,
            "The contact list “Spring leads” was deleted with 1 contact.",
        ),
        (
            DeleteList(contact_list=ListRef.of(LEADS)),
            None,
            "The contact list “Spring leads” was deleted.",
        ),
    ],
)
def test_the_author_reads_what_was_done(
    command: ListChangeCommand, contacts: int | None, text: str
) -> None:
    done = ListChanged(command=command, list_id="cl-1", contacts=contacts, environment="production")
    message = list_changed(done)
    assert message_faults(as_sent(message)) == []
    assert message.text == text
