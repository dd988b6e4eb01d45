"""Checks that the bot would work, and suggests a remedy for each fault."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from bot.app import kore_client, slack_client
from bot.campaigns.roles import Role
from bot.environments import EnvironmentSettings
from bot.kore import BadCredentials, KoreError, NotAllowed, UnknownRoute, Unreachable
from bot.settings import Settings
from bot.slack import SCOPES, InvalidResponse, NoAnswer, ServerFault, SlackError
from bot.slack import Unreachable as SlackUnreachable

# Faults of the network, or of a server that responds in Slack's place.
_NOT_SLACK = (SlackUnreachable, NoAnswer, ServerFault, InvalidResponse)


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check. An empty remedy means that it passed."""

    subject: str
    found: str
    remedy: str = ""


async def check(settings: Settings) -> AsyncIterator[Finding]:
    """Check Slack and each environment's Kore.ai, without changing anything there."""
    yield Finding("Settings", f"complete; {_transport(settings)}")
    async for finding in _check_slack(settings):
        yield finding
    several = len(settings.environments) > 1
    for place in settings.environments:
        subject = f"Kore.ai, {place.environment.name}" if several else "Kore.ai"
        yield await _check_kore(subject, place)
        if nobody := _check_approvers(place):
            yield nobody


def _check_approvers(place: EnvironmentSettings) -> Finding | None:
    """Report a policy without approvers: its requests would wait until they expire."""
    environment = place.environment
    if not environment.policy.asks or environment.grants.whom_to_ask(Role.APPROVER):
        return None
    remedy = f"Name approvers in [environments.{environment.name}.roles]."
    return Finding(f"Approval, {environment.name}", "asked for, and nobody may approve", remedy)


def _transport(settings: Settings) -> str:
    if settings.slack_app_token:
        return "requests from Slack arrive over Socket Mode"
    return f"requests from Slack arrive on {settings.host}:{settings.port}, at /slack/events"


async def _check_slack(settings: Settings) -> AsyncIterator[Finding]:
    async with slack_client(settings) as slack:
        try:
            identity = await slack.identify()
            if settings.slack_app_token:
                await slack.try_socket(settings.slack_app_token.get_secret_value())
        except _NOT_SLACK as error:
            remedy = "Check the network and SLACK_API_URL."
            yield Finding("Slack", f"cannot be reached ({error.reason})", remedy)
        except SlackError as error:
            remedy = "Copy the tokens again from the app's settings in Slack."
            yield Finding("Slack", error.reason, remedy)
        else:
            yield Finding("Slack", f"the bot is {identity.user_id} in {identity.team_id}")
            yield _check_scopes(identity.scopes)


def _check_scopes(granted: frozenset[str]) -> Finding:
    if missing := sorted(SCOPES - granted):
        remedy = "Paste manifest.yml into the app's settings and install the app again."
        return Finding("Slack scopes", f"missing: {', '.join(missing)}", remedy)
    return Finding("Slack scopes", "all granted")


_REMEDIES: dict[type[KoreError], str] = {
    Unreachable: "Check the network and {host}.",
    BadCredentials: "Check {client_id}, {client_secret}, {account_id}, {stream_id}.",
    NotAllowed: "Give the JWT app the scope Campaign Management and publish the app.",
    UnknownRoute: "Check {host}: it responds, but not like Kore.ai's campaign API.",
}


async def _check_kore(subject: str, place: EnvironmentSettings) -> Finding:
    async with kore_client(place) as kore:
        try:
            lists = await kore.list_contact_lists()
        except KoreError as error:
            remedy = _REMEDIES.get(type(error), "Try again; if it persists, ask Kore.ai's support.")
            return Finding(subject, str(error), remedy.format_map(place.set_by))
    return Finding(subject, f"answers; {len(lists.rows)} contact lists are visible")
