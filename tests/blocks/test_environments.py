"""If there are several environments, every form and message names its own; production is marked."""

import pytest

from blocks.ask_environment import environment_question
from blocks.campaign_lists import AsRead, campaign_list, choices
from blocks.card import CardFacts, card
from blocks.drawing import draw
from blocks.environments import environment_name
from blocks.failures import Failed, failure_message, failure_pointer
from blocks.form import FormContext, FormErrors, read
from blocks.forms import EDIT_FORMS, FORMS
from blocks.forms.schedule import ScheduleForm
from blocks.forms.sms import SmsForm
from blocks.messages import card_not_shown
from bot.campaigns.actions import Action
from bot.campaigns.environment import Environment, Environments
from bot.campaigns.reasons import Failure, Reason
from bot.campaigns.refs import CampaignRef
from sandbox.slack.blockkit import view_faults
from tests.blocks.samples import HOSTILE, ID, NOW, SCHEDULE, SMS, as_json, formatted, snapshot

PRODUCTION = Environment(name="production")
SANDBOX = Environment(name="sandbox", looks_like_production=False)
BOTH = Environments(all=(PRODUCTION, SANDBOX))
CONTEXT = FormContext(channel="C1", environments=BOTH.choices)


@pytest.mark.parametrize(
    ("environment", "shown"),
    [
        (PRODUCTION, "🔴 Production"),
        (SANDBOX, "Sandbox"),
        (Environment(name="eu-live"), "🔴 Eu-live (production)"),
    ],
)
def test_production_is_marked(environment: Environment, shown: str) -> None:
    assert environment_name(environment) == shown


# An edit stays in the environment of its campaign.
ASKING = [form for form in FORMS.values() if form not in EDIT_FORMS.values()]


@pytest.mark.parametrize("form", ASKING)
def test_a_form_asks_for_the_environment_first(form: type[SmsForm]) -> None:
    view = as_json(draw(form, {"environment": ""}, CONTEXT))
    asked = view["blocks"][0]
    assert asked["label"]["text"] == "Environment"
    options = {each["value"]: each["text"]["text"] for each in asked["element"]["options"]}
    assert options == {"production": "🔴 Production", "sandbox": "Sandbox"}
    assert "initial_option" not in asked["element"]
    assert view_faults(view) == []


def test_a_form_says_what_production_means_once_it_is_chosen() -> None:
    view = as_json(draw(SmsForm, SMS["message"] | {"environment": "production"}, CONTEXT))
    assert view["blocks"][0]["text"]["text"] == (
        "*🔴 Production*: what is made here reaches real people."
    )
    calm = as_json(draw(SmsForm, SMS["message"] | {"environment": "sandbox"}, CONTEXT))
    assert calm["blocks"][0]["label"]["text"] == "Environment"


def test_the_chosen_environment_is_kept_in_the_private_metadata() -> None:
    view = draw(SmsForm, SMS["message"] | {"environment": "sandbox"}, CONTEXT)
    context = FormContext.model_validate_json(view.private_metadata or "")
    assert read({}, context)["environment"] == "sandbox"


def test_an_environment_that_was_not_chosen_is_read_as_empty() -> None:
    assert read({}, CONTEXT)["environment"] == ""


def test_a_campaign_of_another_environment_is_refused() -> None:
    ref = f"sandbox/{ID} Spring sale"
    there = ScheduleForm.parse(SCHEDULE["Daily"] | {"environment": "sandbox", "campaign": ref}, NOW)
    assert there.environment == "sandbox"
    elsewhere = SCHEDULE["Daily"] | {"environment": "production", "campaign": ref}
    with pytest.raises(FormErrors) as refused:
        ScheduleForm.parse(elsewhere, NOW)
    assert refused.value.by_field == {"campaign": "This campaign is in sandbox, not in production."}


def test_a_card_names_the_environment_only_if_it_is_given() -> None:
    quiet = card(CardFacts(snapshot=snapshot(), checked_at=NOW))
    assert not [text for text in formatted(quiet) if "Production" in text]
    loud = card(CardFacts(snapshot=snapshot(), checked_at=NOW, environment=PRODUCTION))
    assert f"*:white_circle: Ready* · `{ID}` · 🔴 Production" in formatted(loud)[1]
    assert loud.text == f"🔴 Production: Campaign Spring sale: Ready. ID {ID}."


@pytest.mark.parametrize("certain", [True, False])
def test_a_failure_begins_with_the_environment(*, certain: bool) -> None:
    failed = Failed(
        action=Action.CREATE,
        name="Spring sale",
        failure=Failure(reason=Reason.UNREACHABLE, certain=certain),
        reference="V1",
        environment=SANDBOX,
    )
    assert failure_message(failed).text.startswith("Sandbox: ")
    assert failure_pointer(failed).text.startswith("Sandbox: ")


def test_the_message_for_a_missing_card_names_the_environment() -> None:
    text = card_not_shown("Spring sale", PRODUCTION).text
    assert text.startswith("🔴 Production: Your request for “Spring sale” is done")


def test_lists_and_choices_name_the_environment_of_each_campaign() -> None:
    rows = [snapshot(environment="production"), snapshot(environment="sandbox")]
    listed = formatted(campaign_list(rows, "", 0, more=False, read=AsRead(), environments=BOTH))
    assert listed[2].startswith("*Spring sale*\n🔴 Production · Voice")
    assert listed[3].startswith("*Spring sale*\nSandbox · Voice")
    question = formatted(choices("Spring sale", rows, BOTH))
    assert question[2:] == [
        f"🔴 Production · `{ID}` :white_circle: Ready",
        f"Sandbox · `{ID}` :white_circle: Ready",
    ]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_the_question_for_the_environment_carries_the_campaign(text: str) -> None:
    ref = CampaignRef(id=ID, name=text)
    view = as_json(environment_question(Action.STOP, "Stop", ref, CONTEXT))
    assert view_faults(view) == []
    assert view["callback_id"] == Action.STOP
    assert [block["type"] for block in view["blocks"]] == ["section", "input"]
    assert "<" not in view["blocks"][0]["text"]["text"]
    kept = FormContext.load(view["private_metadata"])
    assert CampaignRef.parse(kept.carried("campaign")).id == ID
    assert kept.environments == BOTH.choices
