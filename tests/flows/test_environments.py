"""Two environments side by side: a request for one never affects the other."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from sandbox.clock import Clock
from sandbox.kore import FaultKind, Operation, PretendKore
from sandbox.server import listen, serving
from sandbox.slack import Modal, OutcomeKind, Person
from tests.flows.conftest import SIMPLE, Answers, in_days
from tests.process import Installation, installation
from tests.reviewing import confirm_review

PRODUCTION, SANDBOX = "🔴 Production", "Sandbox"
FILE = """
[environments.production]
host = "{production}"
stream_id = "st-production"
account_id = "acc-production"
client_id = "cs-production"
client_secret_file = "production.secret"
calls_per_minute = 10000

[environments.sandbox]
host = "{sandbox}"
stream_id = "st-sandbox"
account_id = "acc-sandbox"
client_id = "cs-sandbox"
client_secret_env = "SANDBOX_SECRET"
calls_per_minute = 10000
channels = ["{trials}"]
production = false
"""


@dataclass(frozen=True, slots=True)
class Two:
    """A bot with two environments, and Ana, who is in the sandbox environment's channel."""

    installed: Installation
    production: PretendKore
    sandbox: PretendKore
    ana: Person

    async def form(self, command: str, title: str, channel: str = "campaigns") -> Modal:
        await self.ana.command(command, channel)
        return await self.ana.wait_modal(title)

    async def make(self, name: str, environment: str) -> None:
        """Make an SMS campaign, and wait for its card."""
        form = await self.form(f"/campaign sms {name}", "New SMS campaign")
        await send(self.ana, form, {**SIMPLE, "Environment": environment})
        await self.ana.wait_message(containing=f"*Environment*\n{environment}")


async def send(person: Person, form: Modal, answers: Answers) -> None:
    await form.fill(answers)
    if (await form.submit()).kind is not OutcomeKind.CLOSED:
        await confirm_review(person)


async def offered(form: Modal, expected: list[str]) -> None:
    """Type into the contact lists field until it offers these, as the bot may still read them."""
    async with asyncio.timeout(5):
        while await form.suggestions("Contact lists", "VIP") != expected:
            pass


def names(kore: PretendKore) -> list[str]:
    return [each.name for each in kore.state.campaigns.values()]


def asked(kore: PretendKore) -> list[Operation | None]:
    return [each.operation for each in kore.requests]


@pytest.fixture
async def stopped(tmp_path: Path) -> AsyncIterator[Two]:
    production = PretendKore(
        clock=Clock(),
        stream_id="st-production",
        account_id="acc-production",
        client_id="cs-production",
        client_secret="pretend-production-secret-of-thirty-two-bytes",
    )
    production.rate_limit = None
    async with installation(tmp_path) as one, serving(production.app, listen()) as url:
        ana = one.slack.person("Ana Lopez")
        trials = one.slack.workspace.add_channel("trials", ana.user)
        hosts = {"production": url, "sandbox": one.env["KORE_HOST"], "trials": trials.id}
        (tmp_path / "campaign-bot.toml").write_text(FILE.format_map(hosts))
        (tmp_path / "production.secret").write_text(
            "pretend-production-secret-of-thirty-two-bytes\n"
        )
        plain = {name: value for name, value in one.env.items() if not name.startswith("KORE_")}
        secret = {"SANDBOX_SECRET": one.env["KORE_CLIENT_SECRET"]}
        installed = replace(one, env=plain | secret)
        yield Two(installed, production, one.kore, ana)


@pytest.fixture
async def two(stopped: Two) -> AsyncIterator[Two]:
    async with stopped.installed.running():
        yield stopped


async def test_a_campaign_is_made_only_in_the_chosen_environment(two: Two) -> None:
    form = await two.form("/campaign sms Spring sale", "New SMS campaign")
    assert form.labels[0] == "Environment"
    assert form.value("Environment") is None
    await send(two.ana, form, {**SIMPLE, "Environment": SANDBOX})
    card = await two.ana.wait_message(containing="Created by")
    assert "*Environment*\nSandbox" in card.words
    assert (names(two.sandbox), names(two.production)) == (["Spring sale"], [])
    assert asked(two.production) == []


async def test_an_environment_must_be_chosen(two: Two) -> None:
    form = await two.form("/campaign sms Spring sale", "New SMS campaign")
    await form.fill(SIMPLE)
    assert (await form.submit(unchecked=True)).kind is OutcomeKind.ERRORS
    assert form.errors == {"Environment": "Fill this in."}
    assert names(two.sandbox) == names(two.production) == []


async def test_production_looks_different_as_soon_as_it_is_chosen(two: Two) -> None:
    form = await two.form("/campaign sms Spring sale", "New SMS campaign")
    assert "reaches real people" not in form.text
    await form.fill({"Message": "Hello", "Environment": PRODUCTION})
    form = await two.ana.wait_modal("New SMS campaign", containing="reaches real people")
    assert form.value("Message") == "Hello"
    await send(two.ana, form, SIMPLE)
    card = await two.ana.wait_message(containing="Created by")
    assert f"*Environment*\n{PRODUCTION}" in card.words
    assert (names(two.sandbox), names(two.production)) == ([], ["Spring sale"])


async def test_a_form_in_a_channel_has_the_channels_environment(two: Two) -> None:
    form = await two.form("/campaign sms Trial", "New SMS campaign", "trials")
    assert form.value("Environment") == SANDBOX
    await send(two.ana, form, SIMPLE)
    await two.ana.wait_message("trials", containing="Created by")
    assert names(two.sandbox) == ["Trial"]
    assert asked(two.production) == []


async def test_typeaheads_offer_what_the_chosen_environment_has(two: Two) -> None:
    for each in two.production.state.contact_lists.values():
        each.name = f"Real {each.name}"
    form = await two.form("/campaign sms", "New SMS campaign")
    assert await form.suggestions("Contact lists", "VIP") == ["VIP"]
    await form.fill({"Environment": SANDBOX})
    await offered(form, ["VIP customers", "VIP"])
    assert asked(two.production) == []
    await form.fill({"Environment": PRODUCTION})
    await offered(form, ["Real VIP customers", "VIP"])


async def test_a_schedule_is_for_the_environment_of_its_card(two: Two) -> None:
    await two.make("Spring sale", PRODUCTION)
    await two.make("Spring sale", SANDBOX)
    card = two.ana.messages()[-1]
    await two.ana.click(card, "Schedule")
    form = await two.ana.wait_modal("Schedule a campaign")
    assert form.value("Environment") == SANDBOX
    await send(two.ana, form, {"Start date": in_days(2), "End date": in_days(9)})
    await two.ana.wait_message(containing="Scheduled by")
    assert [each.schedule is None for each in two.sandbox.state.campaigns.values()] == [False]
    assert not {Operation.SCHEDULE, Operation.GET} & set(asked(two.production))


async def test_a_campaign_of_another_environment_cannot_be_scheduled_here(two: Two) -> None:
    await two.make("Spring sale", PRODUCTION)
    form = await two.form("/campaign schedule Spring sale", "Schedule a campaign")
    assert form.value("Environment") == PRODUCTION
    await form.fill({"Environment": SANDBOX, "Start date": in_days(2), "End date": in_days(9)})
    assert (await form.submit()).kind is OutcomeKind.ERRORS
    assert form.errors == {"Campaign": "This campaign is in production, not in sandbox."}


async def test_for_a_name_in_both_environments_the_bot_asks_which_one(two: Two) -> None:
    await two.make("Spring sale", PRODUCTION)
    await two.make("Spring sale", SANDBOX)
    await two.ana.command("/campaign status Spring sale")
    question = await two.ana.wait_message(containing="Which one do you mean?")
    assert f"{PRODUCTION} · " in question.words
    assert "Sandbox · " in question.words
    await two.ana.click(question, "Show", block_id=question.blocks[-1]["block_id"])
    card = await two.ana.wait_message(containing="Requested by")
    assert "*Environment*\nSandbox" in card.words
    assert Operation.GET not in asked(two.production)


async def test_names_are_looked_up_first_in_the_channels_environment(two: Two) -> None:
    await two.make("Spring sale", PRODUCTION)
    await two.make("Spring sale", SANDBOX)
    await two.make("Only real", PRODUCTION)
    await two.ana.command("/campaign status Spring sale", "trials")
    card = await two.ana.wait_message("trials", containing="Requested by")
    assert "*Environment*\nSandbox" in card.words
    await two.ana.command("/campaign status Only real", "trials")
    other = await two.ana.wait_message("trials", containing="Only real")
    assert f"*Environment*\n{PRODUCTION}" in other.words


async def test_after_a_fault_in_the_channels_environment_no_other_is_searched(two: Two) -> None:
    await two.make("Spring sale", PRODUCTION)
    two.sandbox.faults.add(Operation.SEARCH, FaultKind.UNAUTHORIZED_401, times=4)
    await two.ana.command("/campaign status Spring sale", "trials")
    notice = await two.ana.wait_message("trials", containing="could not be looked up")
    assert "does not accept the bot's credentials" in notice.words


async def test_a_fault_in_one_environment_does_not_hide_anothers_campaigns(two: Two) -> None:
    await two.make("Spring sale", PRODUCTION)
    two.sandbox.faults.add(Operation.SEARCH, FaultKind.UNAUTHORIZED_401, times=4)
    await two.ana.command("/campaign status Spring sale", "marketing")
    card = await two.ana.wait_message("marketing", containing="Requested by")
    assert f"*Environment*\n{PRODUCTION}" in card.words


async def test_a_schedule_is_removed_only_in_the_chosen_environment(two: Two) -> None:
    await two.make("Spring sale", PRODUCTION)
    await two.make("Spring sale", SANDBOX)
    await two.ana.command("/campaign unschedule Spring sale")
    question = await two.ana.wait_modal("Remove schedule")
    assert question.labels == ["Environment"]
    await send(two.ana, question, {"Environment": SANDBOX})
    notice = await two.ana.wait_message("@campaign-bot", containing="It has no schedule")
    assert notice.words.startswith("Sandbox: The schedule of “Spring sale” was not removed.")
    assert Operation.UNSCHEDULE not in asked(two.production)


async def test_the_question_before_a_removal_names_production(two: Two) -> None:
    await two.make("Spring sale", PRODUCTION)
    await two.ana.command("/campaign unschedule Spring sale")
    question = await two.ana.wait_modal("Remove schedule")
    assert question.text.startswith(f"{PRODUCTION}: Remove the schedule of “Spring sale”?")
    assert question.labels == []


async def test_lists_name_the_environment_of_each_campaign(two: Two) -> None:
    await two.make("Spring sale", PRODUCTION)
    await two.make("Summer sale", SANDBOX)
    await two.ana.command("/campaign list")
    listed = two.ana.messages()[-1]
    assert f"*Spring sale*\n{PRODUCTION} · SMS" in listed.words
    assert "*Summer sale*\nSandbox · SMS" in listed.words


async def test_a_request_for_a_removed_environment_is_refused(stopped: Two) -> None:
    async with stopped.installed.running():
        await stopped.make("Spring sale", SANDBOX)
    file = stopped.installed.folder / "campaign-bot.toml"
    file.write_text(file.read_text().partition("[environments.sandbox]")[0])
    async with stopped.installed.running():
        await stopped.ana.click(stopped.ana.messages()[-1], "Refresh")
        notice = await stopped.ana.wait_message(containing="no longer have this environment")
    assert "“Spring sale” could not be looked up." in notice.words
    assert asked(stopped.production) == []


async def test_campaigns_made_before_the_settings_file_are_found_later(stopped: Two) -> None:
    file = stopped.installed.folder / "campaign-bot.toml"
    text = file.read_text()
    file.unlink()
    kore = {"KORE_HOST": text.split('host = "')[2].partition('"')[0]}
    kore |= {"KORE_STREAM_ID": "st-sandbox", "KORE_ACCOUNT_ID": "acc-sandbox"}
    kore |= {"KORE_CLIENT_ID": "cs-sandbox", "KORE_ENVIRONMENT": "sandbox"}
    kore["KORE_CLIENT_SECRET"] = stopped.installed.env["SANDBOX_SECRET"]
    async with stopped.installed.running(**kore):
        form = await stopped.form("/campaign sms Old sale", "New SMS campaign")
        assert "Environment" not in form.labels
        await send(stopped.ana, form, SIMPLE)
        card = await stopped.ana.wait_message(containing="Created by")
        assert "Environment" not in card.words
    file.write_text(text)
    async with stopped.installed.running():
        await stopped.ana.click(card, "Refresh")
        await stopped.ana.wait_message(containing="*Environment*\nSandbox")
    assert asked(stopped.production) == []


async def test_check_tries_each_environment(stopped: Two) -> None:
    stopped.sandbox.state.contact_lists.clear()
    ended = await stopped.installed.command("check")
    assert ended.status == 0, ended.output
    assert "Kore.ai, production: answers; 3 contact lists are visible" in ended.output
    assert "Kore.ai, sandbox: answers; 0 contact lists are visible" in ended.output
    ended = await stopped.installed.command("check", SANDBOX_SECRET="wrong" * 8)
    assert ended.status == 1
    assert "Kore.ai, production: answers" in ended.output
    assert "environments.sandbox.client_secret" in ended.output


async def test_check_reports_a_policy_without_approvers(stopped: Two) -> None:
    file = stopped.installed.folder / "campaign-bot.toml"
    policy = '[environments.sandbox.policy]\napproval_for = ["start"]\napprovers_channel = "C1"\n'
    file.write_text(file.read_text() + policy)
    ended = await stopped.installed.command("check")
    assert ended.status == 1
    assert "Approval, sandbox: asked for, and nobody may approve" in ended.output
    assert "Name approvers in [environments.sandbox.roles]." in ended.output
