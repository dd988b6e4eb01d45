"""A line after a command opens the form filled with what was understood, and nothing more."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sandbox.slack import Modal
from tests.flows.conftest import Author, in_days

NUMBER = "+1 202-555-0100"


def says_not_understood(form: Modal, *pieces: str) -> bool:
    said = ", ".join(f"“{piece}”" for piece in pieces)
    return f"Not understood: {said}. Fill it in below." in form.text


def in_new_york() -> datetime:
    return datetime.now(UTC).astimezone(ZoneInfo("America/New_York"))


def next_tuesday() -> date:
    today = in_new_york().date()
    return next(day for away in range(1, 8) if (day := today + timedelta(days=away)).weekday() == 1)


async def test_a_line_fills_in_an_sms_campaign(author: Author) -> None:
    await author.world.read_account()
    line = (
        f'"Spring sale" to spring leads and “VIP customers” from {NUMBER}: Hello <First Name>, hi'
    )
    form = await author.form(f"/campaign sms {line}", "New SMS campaign")
    assert form.value("Campaign name") == "Spring sale"
    assert form.value("Contact lists") == ["Spring leads", "VIP customers"]
    assert form.value("Caller ID") == NUMBER
    assert form.value("Message") == "Hello <First Name>, hi"
    assert "Not understood" not in form.text
    await form.close()


async def test_opening_the_form_is_the_first_call_to_slack(ana: Author) -> None:
    for line, title in (
        (f'sms "Sale" to Spring leads from {NUMBER}: Hello', "New SMS campaign"),
        (f'voice "Sale" to Spring leads from {NUMBER} queue Sales', "New voice campaign"),
        ("schedule Sale every Tuesday 10 am until Dec 31", "Schedule a campaign"),
    ):
        await ana.world.idle()
        ana.world.slack.calls.clear()
        form = await ana.form(f"/campaign {line}", title)
        assert ana.world.slack.calls[0].method == "views.open"
        await form.close()


async def test_a_filled_in_form_makes_a_campaign_only_after_its_review(ana: Author) -> None:
    name = ana.world.name()
    line = f'"{name}" to Spring leads from {NUMBER} dnc list Do not call: Hello <First Name>'
    form = await ana.form(f"/campaign sms {line}", "New SMS campaign")
    await ana.world.idle()
    assert name not in {each.name for each in ana.world.kore.state.campaigns.values()}
    await ana.send(form, {"Description": "Everybody on the spring list"})
    details = await ana.details(await ana.card(name, "Created by"))
    for said in ("Spring leads", "Do not call", NUMBER):
        assert said in details


async def test_a_line_fills_in_a_voice_campaign(ana: Author) -> None:
    line = f'"Renewal" to Gold customers, Spring leads from {NUMBER} queue Sales please: now'
    form = await ana.form(f"/campaign voice {line}", "New voice campaign")
    assert form.value("Campaign name") == "Renewal"
    assert form.value("Dialing mode") == "Progressive"
    assert form.value("Queue") == "Sales please"
    assert form.value("Contact lists") == ["Gold customers", "Spring leads"]
    assert says_not_understood(form, "now")
    await form.close()


@pytest.mark.parametrize(
    "name", ["Spring sale", "Welcome to spring", "Greetings from Berlin", "Every Tuesday"]
)
async def test_a_name_alone_stays_a_name(ana: Author, name: str) -> None:
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    assert (form.value("Campaign name"), form.value("Contact lists")) == (name, [])
    await form.close()
    form = await ana.form(f"/campaign schedule {name} offer", "Schedule a campaign")
    assert form.value("Campaign") == f"{name} offer"
    assert (form.value("Recurrence"), form.value("Start date")) == ("Daily", None)
    await form.close()


async def test_a_line_fills_in_a_schedule(author: Author) -> None:
    name = author.world.name()
    await author.sms(name)
    line = f"{name} every Tuesday 10 am until Dec 31"
    form = await author.form(f"/campaign schedule {line}", "Schedule a campaign")
    start = date.fromisoformat(str(form.value("Start date")))
    assert form.value("Campaign") == name
    assert (form.value("Recurrence"), form.value("Repeat every")) == ("Weekly", "1")
    assert form.value("On these days") == ["Tuesday"]
    assert (form.value("Start time"), form.value("End time")) == ("10:00", "18:00")
    assert start.weekday() == 1
    assert in_new_york().date() <= start <= next_tuesday()
    assert str(form.value("End date")).endswith("-12-31")
    await form.fill({"End date": in_days(40)})
    await author.send(form, {})
    card = await author.card(name, "Scheduled by")
    assert "Every week on Tue" in card.words


async def test_a_known_campaign_is_found_whatever_its_name(ana: Author) -> None:
    name = ana.world.name("Every Tuesday offer from Monday to")
    await ana.sms(name)
    for typed in (name, name.upper(), f"“{name}”", ana.campaign_id(name)):
        form = await ana.form(f"/campaign schedule {typed} every 2 days", "Schedule a campaign")
        assert form.value("Campaign") == name
        assert (form.value("Recurrence"), form.value("Repeat every")) == ("Daily", "2")
        await form.close()
        form = await ana.form(f"/campaign schedule {typed}", "Schedule a campaign")
        assert form.value("Campaign") == name
        assert (form.value("Recurrence"), form.value("Repeat every")) == ("Daily", "1")
        await form.close()


async def test_what_is_not_understood_stays_at_the_top_of_the_form(ana: Author) -> None:
    name = ana.world.name()
    await ana.sms(name)
    line = f"{name} every Tuesday 10 am, except Christmas, until 03/04 <!channel> *now*"
    form = await ana.form(f"/campaign schedule {line}", "Schedule a campaign")
    piece = "`except Christmas, until 03/04 &lt;!channel&gt; *now*`"
    assert says_not_understood(form, piece)
    assert (form.value("Recurrence"), form.value("Start date")) == ("Weekly", None)
    await form.fill({"Recurrence": "Daily"})
    assert "On these days" not in form.labels
    assert says_not_understood(form, piece)
    await form.close()


async def test_days_are_those_of_the_authors_own_zone(ana: Author) -> None:
    """The bot learns the zone from Slack after it opened the form, and reads the line again."""
    ravi = ana.world.slack.person("Ravi Iyer")
    await ana.world.services.records.remember_zone(ravi.user.id, "Pacific/Kiritimati")
    await ravi.command("/campaign schedule Something daily from today until tomorrow 23:59")
    form = await ravi.wait_modal("Schedule a campaign")
    await ana.world.settled(lambda: form.value("Time zone") == ravi.user.tz)
    today = datetime.now(UTC).astimezone(ZoneInfo(ravi.user.tz)).date()
    assert form.value("Start date") == today.isoformat()
    assert form.value("End date") == (today + timedelta(days=1)).isoformat()
    await form.close()


async def test_a_line_changes_only_what_it_says_of_the_known_schedule(ana: Author) -> None:
    name = ana.world.name()
    await ana.sms(name)
    form = await ana.form(f"/campaign schedule {name}", "Schedule a campaign")
    dates = {"Start date": in_days(2), "End date": in_days(9), "Start time": "11:00"}
    await ana.send(form, {"Time zone": "Europe/Berlin", **dates})
    await ana.card(name, "Scheduled by")
    await ana.person.command(f"/campaign schedule {name} every 3 days until 2030-05-31")
    again = await ana.person.wait_modal("Schedule a campaign")
    assert (again.value("Recurrence"), again.value("Repeat every")) == ("Daily", "3")
    assert (again.value("Start date"), again.value("Start time")) == (in_days(2), "11:00")
    assert (again.value("End date"), again.value("End time")) == ("2030-05-31", "18:00")
    assert again.value("Time zone") == "Europe/Berlin"
    await again.close()


async def test_a_text_that_is_too_long_is_said_to_be_cut(ana: Author) -> None:
    form = await ana.form(f"/campaign sms {'Long name ' * 6}: {'x' * 1700}", "New SMS campaign")
    assert "Campaign name: only the first 48 characters fit." in form.text
    assert "Message: only the first 1600 characters fit." in form.text
    assert form.value("Message") == "x" * 1600
    await form.close()


async def test_a_filled_in_form_that_is_closed_is_offered_back(ana: Author) -> None:
    form = await ana.form('/campaign sms "Kept" to Spring leads: Hello again', "New SMS campaign")
    await ana.world.services.tasks.drain()
    await form.close()
    kept = await ana.person.wait_message(containing="For a day you can go on")
    await ana.person.click(kept, "Go on with it")
    again = await ana.person.wait_modal("New SMS campaign")
    assert (again.value("Campaign name"), again.value("Message")) == ("Kept", "Hello again")
    assert again.value("Contact lists") == ["Spring leads"]
    await again.close()
