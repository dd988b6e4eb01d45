"""The Home tab shows a person's latest requests and the approvals that wait for them."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from blocks import home, times
from blocks.approval import Asking
from blocks.campaign_lists import AsRead, campaign_list
from bot.campaigns.actions import Action
from bot.campaigns.approval import Approval
from bot.campaigns.environment import Environment, Environments
from bot.campaigns.refs import CampaignRef
from bot.campaigns.review import Review
from bot.campaigns.roles import Permission, Refusal
from bot.campaigns.runs import Run
from bot.campaigns.upcoming import ComingRun, Upcoming
from sandbox.slack.blockkit import view_faults
from tests.blocks.samples import HOSTILE, ID, MENU_ACTIONS, NOW, as_json, mrkdwn_texts, snapshot

ONE = Environments(all=(Environment(name="production"),))
TWO = Environments(all=(*ONE.all, Environment(name="sandbox", looks_like_production=False)))
LATER = NOW + timedelta(hours=3)
# The markup that the bot itself writes: times, who asks, and where to answer.
OURS = re.compile(r"<(!date\^[^>]*|@U_ASKER|#C_APPROVALS)>")
any_text = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)

LATEST = campaign_list([], "", 0, more=False, read=AsRead())


def asked(text: str = "Spring sale", **fields: object) -> home.AskedFor:
    return home.AskedFor(snapshot(text, **fields), seen_at=LATER, asked_at=NOW)


def asking(text: str = "Spring sale", where: Environment | None = None) -> Asking:
    approval = Approval(
        key="V1",
        action="start",
        digest="d1",
        asked_by="U_ASKER",
        asked_at=NOW,
        expires_at=LATER,
        remind_at=LATER,
        card_channel="C_APPROVALS",
    )
    review = Review(action=Action.START, target=snapshot(text))
    return Asking(review=review, approval=approval, where=where)


def drawn(
    rows: Sequence[home.AskedFor],
    waiting: Sequence[Asking],
    environments: Environments,
    undelivered: Sequence[home.Undelivered] = (),
    upcoming: Upcoming | None = None,
) -> dict[str, Any]:
    shown = home.Shown(
        asked=rows,
        waiting=waiting,
        undelivered=undelivered,
        upcoming=upcoming or Upcoming(),
        latest=LATEST,
    )
    return as_json(home.home(shown, environments))


def words(view: dict[str, Any]) -> list[str]:
    """Return the texts of the blocks below the menu."""
    return [
        block["text"]["text"] if "text" in block else block["elements"][0]["text"]
        for block in view["blocks"][2:]
    ]


def test_what_runs_now_and_next_comes_before_the_persons_requests() -> None:
    soon = ComingRun(campaign=snapshot("Soon"), run=Run(at=LATER, local=LATER, moved=timedelta()))
    nobody = soon.run.model_copy(update={"inside": timedelta()})
    never = ComingRun(campaign=snapshot("Never"), run=nobody)
    shown = Upcoming(running=(snapshot("Runs"),), coming=(soon, never), untimed=1, more=True)
    said = words(drawn([], [], ONE, upcoming=shown))
    assert [each.split("\n")[0] for each in said[:5]] == [
        *("Running now", "*Runs*", "Next runs", "*Soon*", "*Never*")
    ]
    assert said[3].endswith(f"\nRuns {times.readers_time(LATER)}")
    assert said[4].endswith(", which contacts nobody: no calling hours that day")
    assert said[5] == (
        "1 more campaign was scheduled in Kore.ai's console, which does not tell when they run. "
        "Only the campaigns that were changed last are considered."
    )
    assert said[7] == "Your latest requests"


@any_text
def test_no_text_breaks_the_tab_or_pings(text: str) -> None:
    rows = [asked(text, status=text, environment="sandbox")] * 12
    late = [home.Undelivered(text, Action.SCHEDULE, NOW, "fatal_error")] * 12
    view = drawn(rows, [asking(text, TWO.all[0])] * 12, TWO, late)
    assert view_faults(view) == []
    for said in mrkdwn_texts(view["blocks"]):
        assert "<" not in OURS.sub("", said)


def test_without_requests_the_tab_says_nothing_yet() -> None:
    view = drawn([], [], ONE)
    assert words(view)[:3] == ["Your latest requests", "Nothing yet.", "All campaigns"]
    actions = [each["action_id"] for each in view["blocks"][1]["elements"]]
    assert actions == MENU_ACTIONS


def test_a_campaign_shows_its_name_status_and_times() -> None:
    view = drawn([asked()], [], ONE)
    when, seen = times.readers_time(NOW), times.readers_time(LATER)
    assert words(view)[1] == (
        f"*Spring sale*\nVoice · :white_circle: Ready · `{ID}`\n"
        f"Requested {when} · Checked in Kore.ai {seen}"
    )
    button = view["blocks"][3]["accessory"]
    assert button["action_id"] == "show_status"
    assert CampaignRef.parse(button["value"]).id == ID


@pytest.mark.parametrize(
    ("environment", "shown"), [("production", "🔴 Production"), ("sandbox", "Sandbox")]
)
def test_the_environment_is_named_only_if_there_are_several(environment: str, shown: str) -> None:
    row = asked(environment=environment)
    assert f"\n{shown} · Voice" in words(drawn([row], [], TWO))[1]
    assert shown not in words(drawn([asked(environment="production")], [], ONE))[1]


def test_a_message_that_slack_does_not_take_is_shown() -> None:
    found = words(
        drawn([], [], ONE, [home.Undelivered("Spring sale", Action.SCHEDULE, NOW, "fatal_error")])
    )
    assert found[0] == "Not delivered"
    assert found[1] == (
        "*Spring sale*\nSlack has not accepted the bot's message about it since "
        f"{times.readers_time(NOW)} (fatal_error). The bot keeps trying. To see how it went, type "
        "`/campaign status Spring sale`."
    )


def test_a_waiting_approval_says_who_asks_for_what_and_where_to_answer() -> None:
    found = words(drawn([], [asking(where=TWO.all[0])], TWO))
    assert found[0] == "Waiting for your approval"
    assert found[1] == (
        "*🔴 Production: “Spring sale”*\n<@U_ASKER> wants to start this campaign now. "
        f"Answer in <#C_APPROVALS>, until {times.readers_time(LATER)}."
    )


@pytest.mark.parametrize(
    ("count", "more"), [(10, None), (11, "1 more waits."), (30, "20 more wait.")]
)
def test_ten_waiting_approvals_are_shown_and_the_others_counted(
    count: int, more: str | None
) -> None:
    found = words(drawn([], [asking()] * count, ONE))
    assert sum("Answer in" in each for each in found) == 10
    assert [each for each in found if "more" in each] == ([more] if more else [])


def test_a_person_without_a_role_sees_whom_to_ask() -> None:
    view = as_json(home.no_role(Refusal(permission=Permission.LIST, others=("U1", "C1"))))
    assert view_faults(view) == []
    (only,) = mrkdwn_texts(view["blocks"])
    assert only == "You have no role here, so there is nothing to show. Ask <@U1> or in <#C1>."


def test_a_closed_database_is_explained() -> None:
    view = as_json(home.records_closed())
    assert view_faults(view) == []
    assert "The bot cannot save anything at the moment" in mrkdwn_texts(view["blocks"])[0]
