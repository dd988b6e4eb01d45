"""The card shows exactly what Kore.ai answered, and no text in it links or pings."""

from dataclasses import replace
from datetime import datetime, time
from typing import Any

import pytest

from blocks import card as cards
from blocks.card import CardFacts, acted, card, details, moved
from blocks.ids import Button, opens
from bot.campaigns.actions import Action
from bot.campaigns.campaign import Snapshot
from bot.campaigns.hours import WORKDAYS, CallingHours
from bot.campaigns.refs import CampaignRef
from bot.campaigns.schedule import Recurrence, Schedule
from bot.campaigns.values import Kind, Status
from sandbox.slack.blockkit import message_faults
from tests.blocks.samples import HOSTILE, ID, NOW, as_sent, formatted, plan, snapshot

any_text = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)


def facts(text: str = "Spring sale", plan_: Schedule | None = None, **fields: object) -> CardFacts:
    return CardFacts(
        snapshot=snapshot(text, **fields), schedule=plan_, created_by="U2", checked_at=NOW
    )


def cells(sent: dict[str, Any]) -> dict[str, str]:
    """Return each label of the card with its value."""
    texts = [cell["text"] for block in sent["blocks"] for cell in block.get("fields", [])]
    pairs = [text.partition("\n") for text in texts]
    return {label.strip("*"): value for label, _, value in pairs}


def buttons(sent: dict[str, Any]) -> dict[str, str]:
    found = [each for block in sent["blocks"] for each in block.get("elements", [])]
    return {each["action_id"]: each["value"] for each in found if each["type"] == "button"}


def sent_details(shown: CardFacts) -> dict[str, Any]:
    return as_sent(details(shown, with_buttons=True))


@any_text
def test_no_text_breaks_a_card_or_pings(text: str) -> None:
    shown = facts(text, plan(), status=text)
    for message in (card(shown), details(shown, with_buttons=True)):
        assert message_faults(as_sent(message)) == []
        for said in formatted(message):
            assert "<!" not in said.replace("<!date^", "")
            assert "<@" not in said.replace("<@U2>", "")


@any_text
def test_a_cards_buttons_find_their_campaign_under_any_name(text: str) -> None:
    for value in buttons(as_sent(card(facts(text)))).values():
        assert CampaignRef.parse(value).id == ID


def test_a_card_shows_all_known_fields() -> None:
    sent = sent_details(facts(kind=Kind.SMS, dialing_mode=None, format="Template"))
    assert sent["blocks"][0]["text"]["text"] == "Spring sale"
    assert cells(sent) == {
        "Status": ":white_circle: Ready",
        "ID": f"`{ID}`",
        "Kind": "SMS · Template",
        "Contact lists": "Spring sale, VIP",
        "DNC list": "Spring sale",
        "Caller ID": "Spring sale",
        "Priority": "5",
        "Calling hours": "Mon-Fri 9:00 AM-6:00 PM (America/New_York)",
    }


@pytest.mark.parametrize(
    ("sender", "shown"), [("+12025550100", "+1 202-555-0100"), ("72345", "72345")]
)
def test_a_card_shows_the_sender_as_people_write_it(sender: str, shown: str) -> None:
    assert cells(sent_details(facts(caller_id=sender)))["Caller ID"] == shown


def test_fields_that_kore_left_out_are_not_shown() -> None:
    bare = Snapshot(id=ID, name="Spring sale", status="Ready")
    assert message_faults(as_sent(card(CardFacts(snapshot=bare, checked_at=NOW)))) == []
    sent = sent_details(CardFacts(snapshot=bare, checked_at=NOW))
    assert message_faults(sent) == []
    assert set(cells(sent)) == {"Status", "ID"}


def test_a_schedule_is_shown_in_its_own_zone_and_in_utc() -> None:
    evening = plan(start=plan().start.replace(hour=20))
    found = cells(sent_details(facts(plan_=evening)))
    assert found["Recurrence"] == "Every week on Mon, Wed"
    assert found["Weekdays in UTC"] == "Tue, Thu"
    assert found["Starts"] == (
        "Mon, Feb 1, 2027, 8:00 PM (America/New_York)\nTue, Feb 2, 2027, 01:00 UTC"
    )
    assert found["Ends"] == (
        "Mon, Mar 1, 2027, 6:00 PM (America/New_York)\nMon, Mar 1, 2027, 23:00 UTC"
    )


def test_a_schedule_of_every_third_day_is_not_said_to_run_every_day() -> None:
    every_third = plan(recurrence=Recurrence.DAILY, days=(), every=3)
    found = cells(sent_details(facts(plan_=every_third)))
    assert found["Recurrence"] == "Every 3 days"
    assert "Every day" not in found.values()


@pytest.mark.parametrize("status", Status)
def test_each_known_status_is_shown_as_a_word_with_a_mark(status: Status) -> None:
    mark, _, word = cards.status(status).partition(" ")
    assert word == status.value
    assert mark.strip(":")
    assert mark != cards.status("Sleeping").partition(" ")[0]


def test_an_unknown_status_is_kept_as_text() -> None:
    sent = sent_details(facts(status="Sleeping <soon>"))
    assert cells(sent)["Status"] == ":grey_question: Sleeping &lt;soon&gt;"
    assert "Sleeping &lt;soon&gt;" in sent["text"]


@pytest.mark.parametrize(
    ("plan_", "scheduled", "removable"),
    [(None, None, False), (None, False, False), (None, True, True), (plan(), None, True)],
)
def test_the_remove_button_is_shown_only_if_there_is_a_schedule(
    *, plan_: Schedule | None, scheduled: bool | None, removable: bool
) -> None:
    found = buttons(as_sent(card(facts(plan_=plan_, scheduled=scheduled))))
    assert found == dict.fromkeys(
        [
            *(Button.REFRESH, Button.OPEN_SCHEDULE),
            opens(Action.UNSCHEDULE) if removable else opens(Action.START),
            Button.WATCH,
        ],
        f"{ID} Spring sale",
    )


@pytest.mark.parametrize("status", Status)
def test_only_running_campaigns_can_be_stopped_and_only_idle_ones_started(status: Status) -> None:
    found = buttons(as_sent(card(facts(status=status, scheduled=False))))
    assert (opens(Action.STOP) in found) is (status in {Status.ACTIVE, Status.PAUSED})
    assert (opens(Action.START) in found) is (
        status in {Status.READY, Status.STOPPED, Status.COMPLETED}
    )


def test_details_can_be_shown_without_buttons() -> None:
    assert buttons(as_sent(details(facts(), with_buttons=False))) == {}


def test_a_card_says_at_a_glance_what_most_people_need() -> None:
    shown = facts(kind=Kind.SMS, caller_id="+12025550100", plan_=plan())
    sent = as_sent(card(replace(shown, sizes={"VIP": 1200})))
    types = [block["type"] for block in sent["blocks"]]
    assert types == ["header", "section", "context", "actions"]
    glance = sent["blocks"][1]["text"]["text"].splitlines()
    assert glance[:2] == [
        f"*:white_circle: Ready* · `{ID}`",
        "SMS · to Spring sale, VIP (1,200) · from +1 202-555-0100",
    ]
    assert glance[2].startswith("Every week on Mon, Wed, next run <!date^")


def test_a_card_says_if_its_next_run_contacts_nobody_or_there_is_none() -> None:
    hours = CallingHours.same_every_day("America/New_York", WORKDAYS, time(9), time(18))
    idle = as_sent(card(facts(plan_=plan(days=(5,)), hours=hours)))
    assert "(contacts nobody: no calling hours that day)" in str(idle)
    over = plan(
        start=datetime.fromisoformat("2026-01-05 09:00"),
        end=datetime.fromisoformat("2026-02-01 09:00"),
    )
    assert "Every week on Mon, Wed, no run ahead" in str(as_sent(card(facts(plan_=over))))


@any_text
def test_of_an_earlier_card_one_line_stays(text: str) -> None:
    message = moved(replace(facts(text), news="Created by <@U2>"))
    sent = as_sent(message)
    assert message_faults(sent) == []
    assert [block["type"] for block in sent["blocks"]] == ["section"]
    assert "Its card is now further down" in message.text


def test_an_earlier_card_leads_to_the_later_one() -> None:
    shown = as_sent(moved(facts(), "https://sandbox.slack.com/archives/C1/p11"))["blocks"][0]
    link = "<https://sandbox.slack.com/archives/C1/p11|Its card>"
    assert shown["text"]["text"] == f"*Spring sale*: {link} is now further down in this channel."


@any_text
def test_what_was_done_is_told_with_the_status_and_the_id(text: str) -> None:
    message = acted(replace(facts(text, plan_=plan()), news="Scheduled by <@U2>"))
    sent = as_sent(message)
    assert message_faults(sent) == []
    assert message.text.startswith("Scheduled by <@U2>. Campaign ")
    said, state = sent["blocks"]
    assert said["text"]["text"].endswith(": Scheduled by <@U2>.")
    assert ID in state["elements"][0]["text"]
    assert "next run <!date^" in state["elements"][0]["text"]


def test_the_text_names_the_campaign_its_status_and_its_id() -> None:
    told = CardFacts(snapshot=snapshot("A & B"), checked_at=NOW, news="Created by <@U2>")
    message = card(told)
    assert message.text == f"Created by <@U2>. Campaign A &amp; B: Ready. ID {ID}."
    assert as_sent(message)["blocks"][1]["elements"][0]["text"] == "Created by <@U2>"


def test_the_small_print_says_who_asked_and_when_it_was_checked() -> None:
    small_print = sent_details(facts())["blocks"][-2]["elements"][0]["text"]
    assert small_print == (
        f"Requested by <@U2> · Checked in Kore.ai <!date^{NOW.timestamp():.0f}"
        "^{date_short_pretty} {time}|Fri, Jan 15, 2027, 12:00 UTC>"
    )


def test_the_card_shows_the_next_run_and_says_if_it_contacts_nobody() -> None:
    found = cells(sent_details(facts(plan_=plan())))
    local, reader = found["Next run"].splitlines()
    assert local == "Mon, Feb 1, 2027, 9:00 AM (America/New_York)"
    assert reader.startswith("<!date^")
    weekend = plan(days=(5,))
    hours = CallingHours.same_every_day("America/New_York", WORKDAYS, time(9), time(18))
    idle = cells(sent_details(facts(plan_=weekend, hours=hours)))["Next run"]
    assert idle.endswith("Contacts nobody that day: no calling hours.")


def test_a_schedule_that_is_over_has_no_next_run() -> None:
    over = plan(
        start=datetime.fromisoformat("2026-01-05 09:00"),
        end=datetime.fromisoformat("2026-02-01 09:00"),
    )
    assert "Next run" not in cells(sent_details(facts(plan_=over)))
