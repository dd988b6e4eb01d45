"""Environments come and go in the settings, and `check` tries each of them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.flows.conftest import SIMPLE
from tests.flows.two_environments import (
    SANDBOX,
    Two,
    asked,
    send,
    two_environments,
)


@pytest.fixture
async def stopped(tmp_path: Path) -> AsyncIterator[Two]:
    async with two_environments(tmp_path) as made:
        yield made


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
        await stopped.ana.wait_message(containing="` · Sandbox")
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
