"""A channel follows campaigns: it is told once what becomes of them, and by whom."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.records import tables, watches
from sandbox.kore import Kind
from sandbox.kore.seed import add_campaigns
from sandbox.kore.state import Campaign, Status
from sandbox.slack import Message
from tests.flows.conftest import Author, end_all_runs
from tests.reviewing import confirm_review

HERE = "marketing"


@pytest.fixture(autouse=True)
def follow_nothing(ana: Author, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Gather no longer than a moment, and leave nothing followed to other tests."""
    monkeypatch.setattr(watches, "GATHERED_FOR", timedelta(milliseconds=200))
    yield
    records = ana.world.services.records
    with records.engine.begin() as db:
        db.execute(tables.watches.delete())


async def watch(ana: Author, typed: str, channel: str = HERE) -> Message:
    await ana.person.command(f"/campaign watch {typed}", channel)
    return await ana.person.wait_message(
        channel, containing="lets this channel follow", also=typed.removeprefix("all ")
    )


async def added(ana: Author, *names: str, kind: Kind = Kind.SMS) -> list[Campaign]:
    """Add campaigns in Kore.ai's console, and let the bot read them."""
    made = add_campaigns(ana.world.kore.state, kind, names)
    await ana.world.read_account()
    return list(made)


def told(ana: Author, name: str, channel: str = HERE) -> list[str]:
    """Return what a channel was told of a campaign, beside that it follows it."""
    said = (each.words for each in ana.person.messages(channel) if each.says(name))
    return [each.removeprefix("Show\n") for each in said if "this channel" not in each]


async def test_a_channel_hears_what_becomes_of_a_campaign_in_the_console(author: Author) -> None:
    ana, name = author, author.world.name()
    (campaign,) = await added(ana, name)
    begun = await watch(ana, name)
    assert begun.says(f"<@{ana.person.user.id}>")
    assert begun.buttons == ["Unwatch"]
    for status in (Status.ACTIVE, Status.COMPLETED):
        ana.world.kore.state.turn(campaign, status)
        await ana.world.read_account()
        await ana.world.idle()
    assert told(ana, name) == [
        f"*{name}*: :white_circle: Ready → :large_green_circle: Active",
        f"*{name}*: :large_green_circle: Active → :white_check_mark: Completed",
    ]


async def test_a_burst_is_one_message(ana: Author) -> None:
    base = ana.world.name("Burst")
    campaigns = await added(ana, *(f"{base} no {number}" for number in range(25)))
    await watch(ana, f"all {base}")
    for each in campaigns:
        ana.world.kore.state.turn(each, Status.ACTIVE)
    await ana.world.read_account()
    await ana.world.idle()
    (message,) = told(ana, base)
    assert message.count("Ready → ") == 20
    assert "Of 5 more changes, see `/campaign list`." in message


async def test_a_filter_tells_of_new_campaigns_and_of_those_that_have_its_status(
    ana: Author,
) -> None:
    base = ana.world.name("Filter")
    (ready,) = await added(ana, f"{base} before")
    await watch(ana, f"all sms active {base}")
    await watch(ana, f"all voice {base}")
    await added(ana, f"{base} SMS")
    await added(ana, f"{base} voice", kind=Kind.VOICE)
    await ana.world.idle()
    (new,) = told(ana, base)
    assert f"*{base} voice*: new in Kore.ai: Voice, " in new
    ana.world.kore.state.turn(ready, Status.ACTIVE)
    await ana.world.read_account()
    await ana.world.idle()
    assert told(ana, f"{base} before") == [
        f"*{base} before*: :white_circle: Ready → :large_green_circle: Active"
    ]


async def test_an_edit_in_the_console_is_shown_as_a_difference(ana: Author) -> None:
    name = ana.world.name()
    (campaign,) = await added(ana, name)
    await watch(ana, name)
    campaign.body["priority"] = 9
    campaign.updated_at = ana.world.kore.state.now
    await ana.world.read_account()
    await ana.world.idle()
    assert told(ana, name) == [f"*{name}*: Priority: 5 (highest) → 9"]


async def test_a_channel_hears_what_somebody_does_elsewhere_and_who(ana: Author) -> None:
    end_all_runs(ana)
    name = ana.world.name()
    card = await ana.sms(name)
    await watch(ana, name)
    await ana.person.click(card, "Start")
    await confirm_review(ana.person)
    await ana.person.wait_message(HERE, containing=name, also="Started by")
    await ana.world.idle()
    done = f"Started by <@{ana.person.user.id}> in <#{card.channel.id}>"
    assert told(ana, name) == [f"*{name}*: {done}; :large_green_circle: Active"]
    assert len(card.replies) == 1


async def test_a_channel_is_not_told_what_its_own_card_tells(ana: Author) -> None:
    end_all_runs(ana)
    name = ana.world.name()
    card = await ana.sms(name)
    await ana.person.click(card, "Watch")
    await ana.person.wait_message(containing="lets this channel follow", also=name)
    await ana.person.click(card, "Start")
    await confirm_review(ana.person)
    await ana.person.wait_reply(card, containing="Started by")
    await ana.world.idle()
    below = [each for each in ana.person.messages() if each.says(name) and each.ts > card.ts]
    assert [each.thread_ts for each in below if "follow" not in each.words] == [card.ts]


async def test_what_a_channel_follows_is_shown_and_ended(ana: Author) -> None:
    name = ana.world.name()
    (campaign,) = await added(ana, name)
    await ana.person.command("/campaign watch", HERE)
    nothing = await ana.person.wait_message(HERE, containing="This channel follows no campaigns")
    assert nothing.is_ephemeral
    await watch(ana, name)
    await watch(ana, "all voice")
    await ana.person.command(f"/campaign watch {name}", HERE)
    await ana.person.wait_message(HERE, containing=name, also="already")
    await ana.person.command("/campaign unwatch", HERE)
    page = await ana.person.wait_message(HERE, containing="*This channel follows*")
    assert page.says(name, "all campaigns that fit “voice”")
    await ana.person.command(f"/campaign unwatch {name}", HERE)
    await ana.person.wait_message(HERE, containing=f"no longer follows *{name}*")
    await ana.person.command("/campaign unwatch all voice", HERE)
    await ana.person.wait_message(HERE, containing="no longer follows all campaigns that fit")
    await ana.person.command(f"/campaign unwatch {name}", HERE)
    await ana.person.wait_message(HERE, containing="This channel does not follow")
    ana.world.kore.state.turn(campaign, Status.ACTIVE)
    await ana.world.read_account()
    await ana.world.idle()
    assert not any("Active" in each for each in told(ana, name))


async def test_a_name_that_is_not_one_campaigns_is_not_followed(ana: Author) -> None:
    name = ana.world.name("Twins")
    await ana.person.command(f"/campaign watch {name}", HERE)
    await ana.person.wait_message(HERE, containing="No campaign that the bot has read is called")
    await added(ana, name, name)
    await ana.person.command(f"/campaign watch {name}", HERE)
    await ana.person.wait_message(HERE, containing=f"2 campaigns are called “{name}”")


async def test_a_channel_in_which_the_bot_cannot_post_follows_nothing(ana: Author) -> None:
    name = ana.world.name()
    await added(ana, name)
    await ana.person.command(f"/campaign watch {name}", "leads")
    notice = await ana.person.wait_message(
        "leads", containing="The bot cannot post in this channel"
    )
    assert notice.is_ephemeral
    await ana.world.idle()
    channel = ana.world.slack.workspace.channel_named("leads").id
    assert await ana.world.services.records.watches.of(channel) == []


async def test_an_archived_channel_follows_nothing_any_more(ana: Author) -> None:
    name = ana.world.name()
    (campaign,) = await added(ana, name)
    await watch(ana, name)
    channel = ana.world.slack.workspace.channel_named(HERE)
    channel.is_archived = True
    ana.world.kore.state.turn(campaign, Status.ACTIVE)
    await ana.world.read_account()
    await ana.world.idle()
    channel.is_archived = False
    assert await ana.world.services.records.watches.of(channel.id) == []
    assert told(ana, name) == []
