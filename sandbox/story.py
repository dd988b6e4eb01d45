"""Sets up what a visitor finds in the sandbox: people with roles, channels, bot settings."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from sandbox.kore import PretendKore
from sandbox.page import Guide, Hint
from sandbox.slack.workspace import User, Workspace

ENVIRONMENT = "sandbox"
CONFIG = "campaign-bot.toml"
STREAM_ID, ACCOUNT_ID, CLIENT_ID = "st-sandbox", "sandbox-account", "cs-sandbox"


@dataclass(frozen=True, slots=True)
class Secrets:
    """Secrets that are made up for each run."""

    bot_token: str
    signing_secret: str
    app_token: str
    client_secret: str

    @classmethod
    def made_up(cls) -> "Secrets":
        """Return new random secrets."""
        return cls(
            bot_token=f"xoxb-{secrets.token_hex(16)}",
            signing_secret=secrets.token_hex(16),
            app_token=f"xapp-{secrets.token_hex(16)}",
            client_secret=secrets.token_hex(32),
        )


@dataclass(frozen=True, slots=True)
class Story:
    """The Slack ids that the bot's settings contain."""

    author: str
    approver: str
    approvals: str


def tell(workspace: Workspace) -> Story:
    """Give people roles: Ana is author, Ravi approver and admin, and Vera, who is new, viewer.

    Approval requests go to a private channel that only the approver and the bot are in.
    """
    ana, ravi = workspace.user_named("ana"), workspace.user_named("ravi")
    workspace.add_user("Vera Novak", name="vera", tz="Europe/Berlin")
    vera = workspace.user_named("vera")
    for name in ("campaigns", "marketing"):
        workspace.channel_named(name).members.add(vera.id)
    approvals = workspace.add_channel("approvals", ravi, workspace.bot, private=True)
    return Story(ana.id, ravi.id, approvals.id)


def write_settings(folder: Path, story: Story, kore_url: str) -> None:
    """Write the bot's settings; whatever contacts people needs another person's approval."""
    (folder / CONFIG).write_text(
        f"""
[environments.{ENVIRONMENT}]
host = "{kore_url}"
stream_id = "{STREAM_ID}"
account_id = "{ACCOUNT_ID}"
client_id = "{CLIENT_ID}"
client_secret_env = "CAMPAIGN_BOT_SANDBOX_SECRET"
production = false

[environments.{ENVIRONMENT}.roles]
viewers = ["everyone"]
authors = ["{story.author}"]
approvers = ["{story.approver}"]
admins = ["{story.approver}"]

[environments.{ENVIRONMENT}.policy]
approval_for = ["schedule", "start"]
approvers_channel = "{story.approvals}"
remind_after_hours = 4
expires_after_hours = 24
"""
    )


def environment(given: Secrets, slack_url: str) -> dict[str, str]:
    """Return the environment variables for the bot."""
    return {
        "SLACK_BOT_TOKEN": given.bot_token,
        "SLACK_SIGNING_SECRET": given.signing_secret,
        "SLACK_API_URL": f"{slack_url}/api/",
        "CAMPAIGN_BOT_CONFIG": CONFIG,
        "CAMPAIGN_BOT_SANDBOX_SECRET": given.client_secret,
        "LOG_LEVEL": "WARNING",
    }


def guide(story: Story, workspace: Workspace, kore: PretendKore) -> Guide:
    """Return what the page says about the people and the names in the Kore.ai account."""
    roles = {story.author: "author", story.approver: "approver, admin"}
    people = [user for user in workspace.users.values() if not user.is_bot]
    return Guide(
        author=workspace.users[story.author].real_name,
        approver=workspace.users[story.approver].real_name,
        approvals=workspace.channels[story.approvals].name,
        parts={
            user.real_name: f"{roles.get(user.id, 'looks on')} · {city(user)}" for user in people
        },
        hints=_hints(kore),
    )


def city(user: User) -> str:
    """Return the city in a person's time zone, such as New York."""
    return user.tz.partition("/")[2].replace("_", " ")


def _hints(kore: PretendKore) -> list[Hint]:
    state = kore.state
    return [
        Hint("Contact lists", tuple(each.name for each in state.contact_lists.values())),
        Hint("DNC lists", tuple(state.dnc_lists)),
        Hint("Queues", tuple(state.queues)),
        Hint("Experience flows", tuple(state.experience_flows)),
        Hint("Templates", tuple(state.sms_templates)),
        Hint("Caller IDs", tuple(state.caller_ids)),
    ]
