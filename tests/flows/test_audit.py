"""The audit keeps who did what, the values before and after, and the outcome."""

from bot.records import AuditRecord
from tests.flows.conftest import Author, in_days


async def entries(ana: Author, name: str) -> list[AuditRecord]:
    trail = ana.world.services.records.audit
    return [each async for each in trail.entries(campaign=name)]


async def test_a_campaign_made_and_scheduled_twice(ana: Author) -> None:
    name = ana.world.name("Audited")
    await ana.person.click(await ana.sms(name), "Schedule")
    form = await ana.person.wait_modal("Schedule a campaign")
    await ana.send(form, {"Start date": in_days(2), "End date": in_days(9)})
    await ana.person.click(await ana.card(name, "Scheduled by"), "Reschedule")
    again = await ana.person.wait_modal("Schedule a campaign")
    await ana.send(again, {"Repeat every": "2"})
    await ana.card(name, "Every 2 days")
    found = await entries(ana, name)
    assert [(each.action, each.event) for each in found] == [
        *[("create", event) for event in ("accepted", "sending", "done")],
        *[("schedule", event) for event in ("accepted", "sending", "done")] * 2,
    ]
    assert {each.actor for each in found} == {ana.person.user.id}
    assert found[2].campaign_id == ana.campaign_id(name)
    assert isinstance(found[0].after, dict)
    assert found[0].after["campaign"]["name"] == name  # type: ignore[index, call-overload] # as it was sent
    assert found[0].after["environment"] == "production"
    assert found[4].before is None
    assert isinstance(found[7].before, dict)
    assert found[7].before["every"] == 1
    assert (await ana.world.services.records.audit.verify()).broken is None
