"""The question before a schedule is removed names the campaign, and keeps it for the answer."""

import pytest

from blocks.form import FormContext
from blocks.questions import question
from bot.campaigns.actions import Action
from bot.campaigns.refs import CampaignRef
from bot.campaigns.schedule import Schedule
from sandbox.slack.blockkit import view_faults
from tests.blocks.samples import HOSTILE, ID, as_json, plan

CONTEXT = FormContext(channel="C123", response_url="https://hooks.slack.com/actions/T1/2/3")


@pytest.mark.parametrize("schedule", [None, plan()], ids=["unknown", "known"])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_the_question_keeps_a_campaign_with_any_name(text: str, schedule: Schedule | None) -> None:
    ref = CampaignRef(id=ID, name=text)
    view = as_json(question(Action.UNSCHEDULE, ref, schedule, CONTEXT))
    assert view_faults(view) == []
    assert "<" not in view["blocks"][0]["text"]["text"]
    kept = FormContext.model_validate_json(view["private_metadata"])
    assert CampaignRef.parse(str(kept.kept["campaign"])).id == ID
    assert (kept.channel, kept.response_url) == (CONTEXT.channel, CONTEXT.response_url)


def test_the_schedule_is_shown_if_it_is_known() -> None:
    ref = CampaignRef(name="A & B")
    view = as_json(question(Action.UNSCHEDULE, ref, plan(), CONTEXT))
    assert view["blocks"][0]["text"]["text"] == (
        "Remove the schedule of “A &amp; B”? It will no longer start by itself."
    )
    assert view["blocks"][1]["fields"][0]["text"] == "*Recurrence*\nEvery week on Mon, Wed"
