"""The people of the sandbox, and the settings that its bot gets."""

from dataclasses import astuple
from pathlib import Path

import pytest

from bot.campaigns.roles import Role
from bot.settings import Settings, load_settings
from sandbox import story
from sandbox.clock import Clock
from sandbox.kore import PretendKore
from sandbox.slack import PretendSlack
from sandbox.story import Secrets
from tests.sandbox.kore.conftest import ACCOUNT, CLIENT_ID, SECRET, STREAM
from tests.sandbox.stage import fresh_slack

KORE_URL, SLACK_URL = "http://127.0.0.1:1", "http://127.0.0.1:2"


@pytest.fixture
def slack() -> PretendSlack:
    return fresh_slack(Clock())


@pytest.fixture
def settings(slack: PretendSlack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The sandbox's settings as the bot reads them."""
    given = Secrets.made_up()
    story.write_settings(tmp_path, story.tell(slack.workspace), KORE_URL)
    for name, value in story.environment(given, SLACK_URL).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    return load_settings()


def test_secrets_are_long_and_new_each_time() -> None:
    first, second = astuple(Secrets.made_up()), astuple(Secrets.made_up())
    assert len({*first, *second}) == 8
    assert all(len(each) >= 32 for each in first)


def test_the_bot_accepts_its_settings(settings: Settings) -> None:
    assert settings.slack_api_url == f"{SLACK_URL}/api/"
    (environment,) = settings.environments
    assert environment.environment.name == "sandbox"
    assert settings.database_url.get_secret_value() == "sqlite:///campaign-bot.sqlite"
    assert settings.slack_app_token is None


def test_each_person_has_a_role(slack: PretendSlack, settings: Settings) -> None:
    (environment,) = settings.environments
    grants, users = environment.environment.grants, slack.workspace
    roles = {
        name: grants.role_of(users.user_named(name).id, frozenset(), None)
        for name in ("ana", "ravi", "vera")
    }
    assert roles == {"ana": Role.AUTHOR, "ravi": Role.ADMIN, "vera": Role.VIEWER}
    approvals = slack.workspace.channel_named("approvals")
    assert environment.environment.policy.approvers_channel == approvals.id


def test_the_settings_file_has_no_secrets(slack: PretendSlack, tmp_path: Path) -> None:
    given = Secrets.made_up()
    story.write_settings(tmp_path, story.tell(slack.workspace), KORE_URL)
    written = (tmp_path / story.CONFIG).read_text()
    assert not [each for each in astuple(given) if each in written]
    assert "client_secret_env" in written


def test_the_guide_describes_each_person(slack: PretendSlack) -> None:
    kore = PretendKore(
        clock=Clock(),
        stream_id=STREAM,
        account_id=ACCOUNT,
        client_id=CLIENT_ID,
        client_secret=SECRET,
    )
    told = story.tell(slack.workspace)
    guide = story.guide(told, slack.workspace, kore)
    assert (guide.author, guide.approver, guide.approvals) == (
        "Ana Lopez",
        "Ravi Iyer",
        "approvals",
    )
    assert guide.parts == {
        "Ana Lopez": "author · New York",
        "Ravi Iyer": "approver, admin · Kolkata",
        "Vera Novak": "looks on · Berlin",
    }
    hints = {each.label: list(each.values) for each in guide.hints}
    assert hints["Contact lists"] == ["Spring leads", "VIP customers", "Renewals June"]
    assert all(hints.values())


def test_each_person_is_in_the_right_channels(slack: PretendSlack) -> None:
    told = story.tell(slack.workspace)
    approvals = slack.workspace.channels[told.approvals]
    assert approvals.members == {told.approver, slack.workspace.bot.id}
    assert slack.person("Vera Novak").channels == ["#campaigns", "#marketing"]
    assert "#approvals" not in slack.person("Ana Lopez").channels
    assert "#approvals" in slack.person("Ravi Iyer").channels
