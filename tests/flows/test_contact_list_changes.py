"""Contact lists are created, renamed and deleted: once, reviewed, and told to the author alone."""

import pytest

from sandbox.kore import FaultKind, Operation
from sandbox.slack import OutcomeKind
from tests.flows.conftest import Author
from tests.flows.listing import (
    DELETE,
    NEW,
    RENAME,
    add_list,
    confirm,
    named,
    opened_form,
    shown,
    told,
    use,
    words,
)
from tests.reviewing import confirm_review, wait_review

pytestmark = pytest.mark.usefixtures("lists")


async def test_a_list_is_created_from_the_command(author: Author) -> None:
    name = author.world.name("Fresh leads")
    form = await opened_form(author, f"/campaign new-list “{name}”", NEW)
    assert form.value("Name") == name
    assert "Post in channel" not in form.labels
    review = await author.review(form, {"Description": "From the fair"})
    assert "Create this contact list? It begins empty." in words(review.text)
    assert "No, each number once" in review.text
    await confirm_review(author.person)
    notice = await told(author, f"The contact list “{name}” was created.")
    assert notice.is_ephemeral
    (made,) = named(author.world, name)
    assert (made.description, made.allow_duplicates) == ("From the fair", False)
    await author.person.click(notice, "Show")
    view = await author.person.wait_modal("Contact list", containing="Checked in Kore.ai")
    assert made.id in view.text


async def test_a_new_list_is_known_at_once(ana: Author) -> None:
    name = ana.world.name("Known at once")
    form = await opened_form(ana, f"/campaign new-list {name}", NEW)
    await ana.send(form, {"Description": "New", "May a number be on it twice?": "Yes"})
    await told(ana, f"“{name}” was created")
    await ana.person.command(f"/campaign lists {name}")
    assert "0 contacts · Ready" in ana.person.messages()[-1].words
    assert named(ana.world, name)[0].allow_duplicates


@pytest.mark.parametrize("spelling", [str.upper, str])
async def test_a_name_that_people_take_for_the_same_is_refused(
    ana: Author, spelling: type[str]
) -> None:
    name = ana.world.name("Taken")
    add_list(ana.world, name)
    form = await opened_form(ana, f"/campaign new-list {spelling(name)}", NEW)
    review = await ana.review(form, {"Description": "Again"})
    assert f"There is a contact list named “{name}” already" in review.text
    assert "Go back to change it. Nothing has been sent." in review.text
    assert not review.submit_text


async def test_a_name_that_is_taken_after_the_review_is_refused(ana: Author) -> None:
    name = ana.world.name("Raced")
    form = await opened_form(ana, f"/campaign new-list {name}", NEW)
    await ana.review(form, {"Description": "Mine"})
    add_list(ana.world, name.lower())
    await confirm_review(ana.person)
    notice = await ana.card(name, "was not created", "@campaign-bot")
    assert "Another contact list has this name. Nothing was created in Kore.ai." in notice.words
    assert named(ana.world, name) == []
    await ana.person.click(notice, "Edit and try again")
    again = await ana.person.wait_modal(NEW)
    assert (again.value("Name"), again.value("Description")) == (name, "Mine")


async def test_a_list_is_renamed_from_its_modal(author: Author) -> None:
    name = author.world.name("Old name")
    made = add_list(author.world, name, contacts=2)
    view = await shown(author, name)
    await view.click("Rename")
    form = await author.person.wait_modal(RENAME)
    assert form.value("New name") == name
    assert form.value("Contact list") == name
    review = await author.review(form, {"New name": f"{name} 2"})
    text = words(review.text)
    assert f"Name now {name} New name {name} 2" in text
    assert "Contacts 2" in text
    assert "New description" not in text
    await confirm_review(author.person)
    await told(author, f"“{name}” is called “{name} 2” now.")
    assert (made.name, made.description) == (f"{name} 2", f"{name}, for trying things out")
    assert author.person.modal() is None
    await author.person.command(f"/campaign lists {name} 2")
    assert f"{name} 2" in author.person.messages()[-1].words


async def test_only_what_differs_is_sent(ana: Author) -> None:
    name = ana.world.name("Described")
    made = add_list(ana.world, name)
    form = await opened_form(ana, f"/campaign rename-list {name.upper()}", RENAME)
    made.name = f"{name} of somebody else"
    await ana.review(form, {"New name": made.name, "New description": "For June"})
    await confirm_review(ana.person)
    await told(ana, "has its new description.")
    (sent,) = [each for each in ana.world.kore.requests if each.method == "PUT"]
    assert sent.body == {"description": "For June"}
    assert (made.name, made.description) == (f"{name} of somebody else", "For June")


async def test_a_renaming_that_changes_nothing_is_needless(ana: Author) -> None:
    name = ana.world.name("Same")
    add_list(ana.world, name)
    form = await opened_form(ana, f"/campaign rename-list {name}", RENAME)
    review = await ana.review(form, {})
    assert "has this name and description already" in review.text
    assert not review.submit_text


async def test_a_used_list_is_renamed_after_a_warning(ana: Author) -> None:
    name = ana.world.name("In use")
    made = add_list(ana.world, name)
    use(ana.world, made, f"Campaign of {name}")
    form = await opened_form(ana, f"/campaign rename-list {name}", RENAME)
    review = await ana.review(form, {"New name": f"{name} 2"})
    assert "1 campaign is on this list." in review.text
    await confirm_review(ana.person)
    await told(ana, f"is called “{name} 2” now")


async def test_a_list_is_deleted_after_its_name_was_typed(author: Author) -> None:
    name = author.world.name("Old leads")
    made = add_list(author.world, name, contacts=3)
    view = await shown(author, name)
    await view.click("Delete")
    form = await author.person.wait_modal(DELETE)
    await form.fill({"Type its name": "Old"})
    assert (await form.submit()).kind is OutcomeKind.ERRORS
    assert "not the name" in form.errors["Type its name"]
    review = await author.review(form, {"Type its name": name.lower()})
    assert "The 3 contacts on it are deleted with it" in review.text
    await confirm_review(author.person)
    notice = await told(author, f"The contact list “{name}” was deleted with 3 contacts.")
    assert notice.buttons == []
    assert made.id not in author.world.kore.state.contact_lists
    await author.person.command(f"/campaign lists {name}")
    assert "There is no contact list for" in author.person.messages()[-1].words


async def test_a_list_in_use_is_not_offered_for_deletion(ana: Author) -> None:
    name = ana.world.name("In use")
    use(ana.world, add_list(ana.world, name), f"Campaign of {name}")
    view = await shown(ana, name)
    assert view.buttons == ["Add contacts", "Rename"]
    assert "cannot be deleted while a campaign uses it" in view.text
    form = await opened_form(ana, f"/campaign delete-list {name}", DELETE)
    review = await ana.review(form, {"Type its name": name})
    assert f"1 campaign is on this list: Campaign of {name}." in review.text
    assert not review.submit_text


async def test_a_list_that_comes_into_use_after_the_review_is_not_deleted(ana: Author) -> None:
    name = ana.world.name("Used soon")
    made = add_list(ana.world, name)
    form = await opened_form(ana, f"/campaign delete-list {name}", DELETE)
    await ana.review(form, {"Type its name": name})
    use(ana.world, made, f"Campaign of {name}")
    await confirm_review(ana.person)
    notice = await ana.card(name, "was not deleted", "@campaign-bot")
    assert "Campaigns use it" in notice.words
    assert "Nothing was deleted in Kore.ai." in notice.words
    assert [each.method for each in ana.world.kore.requests].count("DELETE") == 0


async def test_a_list_that_was_renamed_meanwhile_is_not_deleted(ana: Author) -> None:
    name = ana.world.name("Moving")
    made = add_list(ana.world, name)
    form = await opened_form(ana, f"/campaign delete-list {name}", DELETE)
    made.name = f"Customers {name}"
    review = await ana.review(form, {"Type its name": name})
    assert f"is called “Customers {name}” now, not “{name}”" in review.text
    made.name = name
    await review.close()
    await ana.review(form, {"Type its name": f"{name} "})
    made.name = f"Customers {name}"
    await confirm_review(ana.person)
    notice = await ana.card(name, "was not deleted", "@campaign-bot")
    assert "It has another name now" in notice.words
    assert made.id in ana.world.kore.state.contact_lists


async def test_the_author_is_told_if_the_list_is_gone(ana: Author) -> None:
    name = ana.world.name("Vanishing")
    made = add_list(ana.world, name)
    form = await opened_form(ana, f"/campaign rename-list {name}", RENAME)
    await ana.review(form, {"New name": f"{name} 2"})
    del ana.world.kore.state.contact_lists[made.id]
    await confirm_review(ana.person)
    notice = await ana.card(name, "was not changed", "@campaign-bot")
    assert "Kore.ai has no such contact list any more." in notice.words


async def test_the_audit_tells_what_was_changed(ana: Author) -> None:
    name = ana.world.name("Audited")
    made = add_list(ana.world, name, contacts=2)
    await confirm(ana, "rename", name)
    await told(ana, f"is called “{name} 2” now")
    await ana.world.idle()
    entries = [e async for e in ana.world.services.records.audit.entries(campaign=made.id)]
    assert [each.event for each in entries] == ["accepted", "sending", "done"]
    assert {(each.action, each.campaign_name) for each in entries} == {("rename_list", name)}
    assert entries[0].after["change"] == {"name": f"{name} 2", "description": None}  # type: ignore[index,call-overload] # an object
    assert entries[1].before["contacts"] == 2  # type: ignore[index,call-overload] # an object


async def test_a_name_of_no_list_or_of_several_is_told(ana: Author) -> None:
    name = ana.world.name("Double")
    add_list(ana.world, f"{name}.")
    await ana.world.read_account()
    await ana.person.command(f"/campaign delete-list {name}")
    assert f"knows no contact list that is called “{name}”" in ana.person.messages()[-1].words
    add_list(ana.world, name)
    add_list(ana.world, name.upper())
    await ana.world.read_account()
    await ana.person.command(f"/campaign rename-list {name.lower()}")
    assert f"2 contact lists are called “{name.lower()}”" in ana.person.messages()[-1].words
    await ana.person.command(f"/campaign rename-list {name}")
    form = await ana.person.wait_modal(RENAME)
    assert form.value("Contact list") == name
    await form.close()


async def test_a_list_is_chosen_in_the_form(ana: Author) -> None:
    name = ana.world.name("Chosen")
    made = add_list(ana.world, name)
    form = await opened_form(ana, "/campaign rename-list", RENAME)
    await form.fill({"Contact list": name, "New name": f"{name} 2"})
    await ana.review(form, {})
    await confirm_review(ana.person)
    await told(ana, f"is called “{name} 2” now")
    assert made.name == f"{name} 2"


async def test_a_second_review_names_the_change_that_is_not_finished(ana: Author) -> None:
    name = ana.world.name("Busy")
    add_list(ana.world, name)
    ana.world.kore.faults.add(Operation.UPDATE_LIST, FaultKind.LATE, seconds=1.5)
    await confirm(ana, "rename", name)
    form = await opened_form(ana, f"/campaign delete-list {name}", DELETE)
    await form.fill({"Type its name": name})
    await form.submit()
    review = await wait_review(ana.person)
    assert "wants to rename this contact list" in review.text
    await ana.world.idle()
