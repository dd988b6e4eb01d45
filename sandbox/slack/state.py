"""All parts of one pretend Slack."""

from dataclasses import dataclass

from sandbox.clock import Clock
from sandbox.slack.changes import Changes
from sandbox.slack.courier import Courier
from sandbox.slack.faults import DELIVERY, FaultPlan
from sandbox.slack.files import Files
from sandbox.slack.journal import Journal
from sandbox.slack.manifest import Manifest
from sandbox.slack.response_url import ResponseUrls
from sandbox.slack.sockets import Sockets
from sandbox.slack.triggers import Triggers
from sandbox.slack.views import Views
from sandbox.slack.workspace import seeded


@dataclass(frozen=True, slots=True)
class Credentials:
    """The secrets that the app got when it was installed."""

    bot_token: str
    signing_secret: str
    app_token: str


class State:
    """Creates and connects the parts."""

    def __init__(self, clock: Clock, credentials: Credentials, manifest: Manifest) -> None:
        self.clock = clock
        self.credentials = credentials
        self.manifest = manifest
        self.scopes = set(manifest.bot_scopes)
        self.changes = Changes()
        self.faults = FaultPlan()
        self.journal = Journal()
        self.workspace = seeded(clock)
        self.files = Files()
        self.views = Views()
        self.triggers = Triggers(clock)
        self.response_urls = ResponseUrls(clock, self.workspace)
        self.sockets = Sockets(self.journal, self.changes, self.workspace.app_id)
        self.courier = Courier(
            clock=clock,
            signing_secret=credentials.signing_secret,
            sockets=self.sockets,
            journal=self.journal,
            fault=lambda: self.faults.take(DELIVERY),
        )

    @property
    def base_url(self) -> str:
        """Return where the bot reaches this Slack."""
        return self.workspace.base_url
