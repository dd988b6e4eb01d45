"""Without the role nothing works: no command, button, forged request or replayed request."""

from collections.abc import Awaitable, Callable, Iterator

import pytest

from blocks.ids import Button, Shortcut, View, opens
from bot.campaigns.actions import Action
from bot.campaigns.policy import Policy
from bot.campaigns.roles import Grants
from bot.work import job
from handlers import COMMANDS, EARLIER_START, PRESSES, SUBMITS
from handlers.actions import ON_CAMPAIGN
from sandbox.slack import Delivery, Message, Modal, OutcomeKind, Person
from tests.filling import fill_in
from tests.flows.annex import annex, environment_question
from tests.flows.buttons import (
    DAYS,
    MESSAGE_WITH,
    card,
    request,
)
from tests.flows.conftest import AUDIENCE, SIMPLE, Answers, Author
from tests.flows.forging import check_no_effect, press, private_texts, submit, title_of
from tests.flows.office import Office, opened
from tests.reviewing import wait_review
from tests.world import World

NOBODY = Grants(admins=("U0ELSEWHERE",))
VOICE: Answers = AUDIENCE | {"Dialing mode": "Progressive", "Queue": "Sales"}


@pytest.fixture
def office(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """Ana and Ravi have roles, Tom has none, and nothing needs approval."""
    monkeypatch.setattr(job, "LOOKS", (0.01,))
    monkeypatch.setattr(job, "LATEST_SECONDS", 0.0)
    with opened(world) as made:
        made.set(made.grants(viewers=()), Policy())
        yield made
    for person in (made.ana, made.ravi, made.tom):
        person.state.views.clear(person.user.id)


OfModal = Callable[[Office], Awaitable[Modal]]

# Decline only asks why, and the answer is refused; Withdraw is for the author's own request; Split
# makes another review; the button for the rest is tested in test_split,
# that for the schedule of a cloned campaign in test_clone, the one that sets a campaign back in
# test_drift, and the one that keeps a schedule's hour in test_look_ahead; Options redraws a form.
FREE = {
    *(Button.HELP, Button.DECLINE, Button.WITHDRAW, Button.SPLIT, Button.SCHEDULE_REST),
    *(Button.SCHEDULE_ALIKE, Button.SET_BACK, Button.KEEP_HOUR, Button.OPTIONS),
}
# They are only on the Home tab: test_stop_all and test_calendar press them.
ON_HOME = {Button.STOP_ALL, Button.CALENDAR}
# They are only in the modal of a contact list: test_contact_list_changes presses them.
IN_A_MODAL = {opens(Action.RENAME_LIST), opens(Action.DELETE_LIST)}
# Only the author of the form may press these.
AUTHOR_ONLY = {Button.EDIT_AGAIN, Button.CHECK_AGAIN, Button.CREATE_NOW}
WORDS = [word for word, (_, needed) in COMMANDS.items() if needed]


def test_every_command_button_and_modal_is_tested() -> None:
    assert {word for word, (_, needed) in COMMANDS.items() if not needed} == {"", "help"}
    # Shortcuts are tested in test_shortcuts.
    others = {EARLIER_START, *Shortcut}
    assert MESSAGE_WITH.keys() | FREE | IN_A_MODAL | ON_HOME == PRESSES.keys() - others
    assert not MESSAGE_WITH.keys() & FREE
    assert not {PRESSES[each][1] for each in FREE} - {None}
    assert {*MODALS, View.DECLINE} == SUBMITS.keys()


@pytest.mark.parametrize("word", WORDS)
async def test_commands_need_the_role(office: Office, word: str) -> None:
    shown = await card(office)
    tom, name = office.tom, shown.text.partition("Campaign ")[2].partition(":")[0]
    await check_no_effect(office.world, tom, tom.command(f"/campaign {word} {name}"))
    assert "You may not" in private_texts(tom, shown)[-1]
    assert tom.modal() is None


@pytest.mark.parametrize("action", MESSAGE_WITH)
async def test_buttons_need_the_role(office: Office, action: str) -> None:
    """Ana lost her role. Tom never had one, and forges a press on a button he cannot see."""
    message = await MESSAGE_WITH[action](office)
    await office.world.idle()
    office.set(NOBODY, office.world.services.environments.first.policy)
    for person in (office.tom, office.ana):
        before = len(private_texts(person, message))
        await check_no_effect(office.world, person, press(person, message, action))
        (told,) = private_texts(person, message)[before:]
        is_anothers = action in AUTHOR_ONLY and person is office.tom
        assert ("no longer has this form" if is_anothers else "You may not") in told
        assert person.modal() is None


async def sms_form(office: Office) -> Modal:
    name = office.world.name()
    form = await Author(office.world).form(f"/campaign sms {name}", "New SMS campaign")
    await fill_in(form, SIMPLE)
    return form


async def voice_form(office: Office) -> Modal:
    name = office.world.name()
    form = await Author(office.world).form(f"/campaign voice {name}", "New voice campaign")
    await fill_in(form, VOICE)
    return form


async def schedule_form(office: Office) -> Modal:
    shown = await card(office)
    await office.ana.click(shown, "Schedule")
    form = await office.ana.wait_modal("Schedule a campaign")
    await form.fill(DAYS)
    return form


async def review(office: Office) -> Modal:
    form = await sms_form(office)
    assert (await form.submit()).kind is OutcomeKind.PUSHED
    return await wait_review(office.ana)


def edit_form(title: str, made: Callable[[Office], Awaitable[Message]]) -> OfModal:
    async def form(office: Office) -> Modal:
        await office.ana.click(await made(office), "Edit")
        return await office.ana.wait_modal(title)

    return form


async def voice_card(office: Office) -> Message:
    shown = await Author(office.world).voice(office.world.name(), VOICE)
    await office.world.settled(lambda: "Edit" in shown.buttons)
    return shown


def asks_environment(word: str) -> OfModal:
    async def question(office: Office) -> Modal:
        with annex(office.world):
            return await environment_question(office.ana, word)

    return question


async def new_list_form(office: Office) -> Modal:
    await office.ana.command(f"/campaign new-list {office.world.name()}")
    form = await office.ana.wait_modal("New contact list")
    await form.fill({"Description": "Leads"})
    return form


def list_form(word: str, answers: Answers) -> OfModal:
    async def form(office: Office) -> Modal:
        await office.world.read_account()
        await office.ana.command(f"/campaign {word}-list Renewals June")
        opened_form = await office.ana.wait_modal(f"{word.title()} a contact list")
        await opened_form.fill(answers)
        return opened_form

    return form


async def contacts_form(office: Office) -> Modal:
    await office.world.read_account()
    await office.ana.command("/campaign add-contacts Renewals June")
    form = await office.ana.wait_modal("Add contacts")
    await form.attach("File", ("contacts.csv", b"phone\n+12025550100\n"))
    return form


async def import_form(office: Office) -> Modal:
    await office.ana.command("/campaign import")
    form = await office.ana.wait_modal("Import campaigns")
    await form.attach("File", ("campaigns.csv", b"Name\nSpring sale\n"))
    return form


MODALS: dict[str, OfModal] = {
    View.SMS: sms_form,
    View.VOICE: voice_form,
    View.EDIT_SMS: edit_form("Edit SMS campaign", card),
    View.EDIT_VOICE: edit_form("Edit voice campaign", voice_card),
    View.SCHEDULE: schedule_form,
    View.CREATE_LIST: new_list_form,
    View.RENAME_LIST: list_form("rename", {"New name": "Other leads"}),
    View.DELETE_LIST: list_form("delete", {"Type its name": "Renewals June"}),
    View.ADD_CONTACTS: contacts_form,
    View.IMPORT: import_form,
    View.REVIEW: review,
    **{word: asks_environment(word) for word in ON_CAMPAIGN},
}


@pytest.mark.parametrize("view", MODALS)
async def test_modals_need_the_role(office: Office, view: str) -> None:
    """Tom forges a submission of another person's modal, whose owner has lost the role."""
    modal = await MODALS[view](office)
    await office.world.idle()
    owner = office.world.slack.person(modal.user.real_name)
    office.set(NOBODY, office.world.services.environments.first.policy)
    for person in (office.tom, owner):
        await check_no_effect(office.world, person, refused_modal(person, modal, view))


async def refused_modal(person: Person, modal: Modal, view: str) -> None:
    is_anothers_review = view == View.REVIEW and person.user is not modal.user
    expected = "Review again" if is_anothers_review else "Not permitted"
    assert title_of(await submit(person, modal)) == expected


async def test_declining_needs_the_role(office: Office) -> None:
    asked = await request(office)
    for person in (office.tom, office.ravi):
        await person.click(asked, "Decline")
        question = await person.wait_modal("Decline")
        await question.fill({"Why?": "Not now"})
        if person is office.ravi:
            office.set(NOBODY, office.world.services.environments.first.policy)
        await check_no_effect(office.world, person, submit(person, question))
        assert "You may not approve or decline" in private_texts(person, asked)[-1]


@pytest.mark.parametrize("action", [Button.EDIT_AGAIN, Button.CHECK_AGAIN, Button.CREATE_NOW])
async def test_another_persons_submission_cannot_be_continued(office: Office, action: str) -> None:
    """Ravi has the role, but his press names Ana's submission."""
    message = await MESSAGE_WITH[action](office)
    await check_no_effect(office.world, office.ravi, press(office.ravi, message, action))
    assert "no longer has this form" in private_texts(office.ravi, message)[-1]
    assert office.ravi.modal() is None


async def recorded(office: Office, act: Awaitable[object]) -> Delivery:
    """Act while the bot cannot be reached, and return what Slack would have delivered."""
    slack = office.world.slack
    slack.deliver_to("http://127.0.0.1:9")
    try:
        await act
    finally:
        slack.deliver_to(office.world.request_url)
    assert slack.deliveries[-1].error
    return slack.deliveries[-1]


async def test_a_replayed_approval_is_refused_after_the_role_is_lost(office: Office) -> None:
    asked = await request(office)
    approval = await recorded(office, office.zoe.click(asked, "Approve"))
    office.world.slack.workspace.groups["S0APPROVE"] = set()
    again = office.world.slack.redeliver(approval, copies=2)
    await check_no_effect(office.world, office.zoe, again)
    assert all("You may not approve" in each for each in private_texts(office.zoe, asked)[-2:])
    assert "Approve" in asked.buttons


async def test_a_replayed_confirmation_is_accepted_once(office: Office) -> None:
    form = await sms_form(office)
    name = str(form.value("Campaign name"))
    assert (await form.submit()).kind is OutcomeKind.PUSHED
    confirmation = await recorded(office, submit(office.ana, await wait_review(office.ana)))
    await office.world.slack.redeliver(confirmation, copies=2)
    await Author(office.world).card(name, "Created by")
    await check_no_effect(
        office.world, office.ana, office.world.slack.redeliver(confirmation, copies=2)
    )
    assert office.made(name) == 1


async def test_a_replayed_confirmation_is_refused_after_the_role_is_lost(office: Office) -> None:
    shown = await review(office)
    confirmation = await recorded(office, submit(office.ana, shown))
    office.set(NOBODY, Policy())
    await check_no_effect(
        office.world, office.ana, office.world.slack.redeliver(confirmation, copies=2)
    )
    assert title_of(office.world.slack.deliveries[-1]) == "Not permitted"
