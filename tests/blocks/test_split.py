"""The offer to split a schedule, and the message about its rest, say what is scheduled."""

from datetime import datetime

import pytest

from blocks.ids import Button
from blocks.split import Halved, not_yours, offer, rest_line, rest_notice
from bot.campaigns.environment import Environment
from sandbox.slack.blockkit import message_faults
from tests.blocks.samples import HOSTILE, as_sent, formatted, plan

FIRST = plan(end=datetime.fromisoformat("2027-03-15T08:59"))
REST = plan(
    start=datetime.fromisoformat("2027-03-15T09:00"), end=datetime.fromisoformat("2027-04-01T18:00")
)


def halved(name: str = "Spring sale", environment: Environment | None = None) -> Halved:
    return Halved(name=name, first=FIRST, rest=REST, key="V1", environment=environment)


def test_the_offer_says_when_the_first_part_would_end() -> None:
    block = offer(FIRST, REST).to_dict()
    assert block["text"]["text"] == (
        "To keep to 9:00 AM, end this schedule on Mon, Mar 15, 2027, 8:59 AM (America/New_York), "
        "and schedule the rest afterwards."
    )
    assert block["accessory"]["action_id"] == Button.SPLIT
    assert block["accessory"]["text"]["text"] == "End before the clocks change"


def test_the_review_says_what_happens_to_the_rest() -> None:
    assert rest_line(REST) == (
        "*Not scheduled yet*\nThe rest, from Mon, Mar 15, 2027, 9:00 AM to Thu, Apr 1, 2027, "
        "6:00 PM (America/New_York). Once the first part is scheduled, the person who requested "
        "it gets a button to schedule the rest."
    )


def test_the_notice_names_the_campaign_its_last_run_and_the_rest() -> None:
    notice = rest_notice(halved("A & B"))
    assert notice.text == (
        "“A &amp; B” is scheduled until the clocks change. Its last run is Wed, Mar 10, 2027, "
        "9:00 AM (America/New_York). The rest, from Mon, Mar 15, 2027, 9:00 AM to Thu, Apr 1, "
        "2027, 6:00 PM (America/New_York), is not scheduled yet. Schedule it once the first part "
        "is over: after that last run, and before the rest begins. Doing it earlier replaces the "
        "first part, as Kore.ai keeps one schedule for a campaign."
    )
    (button,) = as_sent(notice)["blocks"][1]["elements"]
    assert (button["action_id"], button["value"]) == (Button.SCHEDULE_REST, "V1")


def test_the_notice_names_its_environment() -> None:
    where = Environment(name="staging", looks_like_production=False)
    assert rest_notice(halved(environment=where)).text.startswith("Staging: “Spring sale”")


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_no_name_breaks_the_notice(name: str) -> None:
    notice = rest_notice(halved(name))
    assert message_faults(as_sent(notice)) == []
    assert not any("<" in text for text in formatted(notice))


def test_another_person_learns_whose_button_it_is_and_what_to_do() -> None:
    assert not_yours("U1").text == (
        "This button is for <@U1>, who requested the first part. To give the campaign a schedule "
        "of your own, type `/campaign schedule`."
    )
