"""Send thousands of broken requests, signed and unsigned, while people work."""

import asyncio
import itertools
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.app import SLACK_PATH
from sandbox.slack import PretendSlack
from sandbox.slack.courier import encoded
from sandbox.slack.ids import new_id
from sandbox.slack.journal import Packet
from tests.chaos.site import Site
from tests.flows.breaking import broken
from tests.flows.captured import name_of
from tests.flows.test_requests_not_from_slack import headers_of
from tests.flows.wire import Wire, wire_at

CONNECTIONS = 4
# One in so many requests is not signed as Slack's.
UNSIGNED = 5
# A broken copy must change none of the campaigns that people work on.
_CAMPAIGN = re.compile(r"Drill \d{5}|cd-[0-9a-f-]{35,36}")
_VIEW = re.compile(r"\bV[0-9A-Z]{8,}\b")


async def send_broken(site: Site) -> None:
    """Wait until people have used the bot, and send broken copies of what they sent."""
    while not site.enough:  # noqa: ASYNC110 # people change it
        await asyncio.sleep(0.1)
    sent = {name_of(each.packet): each.packet for each in site.installed.slack.deliveries}
    odd = broken(list(sent.values()), site.size.requests, Copy(site.installed.slack))
    members = itertools.cycle(site.fleet.members)
    connections = (_send(site, next(members).url, odd) for _ in range(CONNECTIONS))
    await asyncio.gather(*connections)


@dataclass(frozen=True, slots=True)
class Copy:
    """Copies a request as if a person did the same again to a campaign that does not exist."""

    slack: PretendSlack

    def __call__(self, packet: Packet) -> Packet:
        """Return the copy, with a new trigger, view and event."""
        text = _CAMPAIGN.sub("cd-0", json.dumps(packet.payload))
        payload = json.loads(_VIEW.sub(new_id("V"), text))
        if "trigger_id" in payload:
            ana = self.slack.workspace.user_named("Ana Lopez")
            payload["trigger_id"] = self.slack.state.triggers.issue(ana.id)
        if "event_id" in payload:
            payload["event_id"] = new_id("Ev")
        return replace(packet, payload=payload)


async def _send(site: Site, url: str, odd: Iterator[Packet]) -> None:
    """Send until there are no more, on a new connection if the bot closes one."""
    for packet in odd:
        try:
            async with wire_at(url + SLACK_PATH) as wire:
                await _send_on(site, wire, itertools.chain([packet], odd))
        except (ConnectionError, asyncio.IncompleteReadError):
            site.findings.append("the bot closed a connection without an answer")


async def _send_on(site: Site, wire: Wire, odd: Iterator[Packet]) -> None:
    for packet in odd:
        wrong = site.dice.randrange(UNSIGNED) == 0
        status = await (_unsigned(wire, packet, site.dice) if wrong else _signed(wire, packet))
        site.faults["unsigned" if wrong else "broken"] += 1
        if status not in ({401} if wrong else {200, 400}):
            site.findings.append(f"HTTP {status} for a {packet.name}, unsigned: {wrong}")


async def _signed(wire: Wire, packet: Packet) -> int:
    return (await wire.packet(packet)).status


async def _unsigned(wire: Wire, packet: Packet, dice: random.Random) -> int:
    kind, body = encoded(packet)
    headers = dice.choice(list(headers_of(body).values()))
    return (await wire.send(body, {"content-type": kind, **headers})).status
