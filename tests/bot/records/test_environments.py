"""Stored campaigns and calls belong to an environment, even those stored without one."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from bot.campaigns.campaign import Snapshot
from bot.campaigns.values import Kind
from bot.records import Records, open_database


def campaign(id_: str, environment: str | None, name: str = "Spring sale") -> Snapshot:
    return Snapshot(id=id_, name=name, status="Ready", environment=environment)


@pytest.fixture
async def records(url: str) -> AsyncIterator[Records]:
    kept = Records(open_database(url))
    yield kept
    await kept.close()


async def found(records: Records, environment: str | None) -> set[tuple[str, str | None]]:
    rows = await records.campaigns.search(text="spring", environments=environment and [environment])
    return {(each.snapshot.id, each.snapshot.environment) for each in rows}


async def test_campaigns_are_found_by_their_environment(records: Records) -> None:
    await records.campaigns.remember(campaign("cd-1", "production"))
    await records.campaigns.remember(campaign("cd-2", "sandbox"))
    assert await found(records, "sandbox") == {("cd-2", "sandbox")}
    assert await found(records, None) == {("cd-1", "production"), ("cd-2", "sandbox")}


async def test_dnc_lists_are_those_of_an_environments_campaigns(records: Records) -> None:
    for number, name in enumerate(["Do not call", "Do not call", "Überall 100%", None, ""]):
        seen = campaign(f"cd-{number}", "production").model_copy(update={"dnc_list": name})
        await records.campaigns.remember(seen)
    await records.campaigns.remember(campaign("cd-9", "sandbox"))
    assert await records.campaigns.dnc_lists("production") == {"Do not call", "Überall 100%"}
    assert await records.campaigns.dnc_lists("sandbox") == frozenset()


async def test_caller_ids_are_those_of_an_environments_campaigns_of_a_kind(
    records: Records,
) -> None:
    async def see(id_: str, environment: str, kind: Kind, sender: str | None) -> None:
        uses = {"caller_id": sender, "kind": kind}
        await records.catalog.saw([campaign(id_, environment).model_copy(update=uses)])

    for number, sender in enumerate(["72345", "72345", "+12025550100", None, ""]):
        await see(f"cd-{number}", "production", Kind.SMS, sender)
    await see("cd-7", "production", Kind.VOICE, "agent-7.example")
    await see("cd-8", "sandbox", Kind.SMS, "SPRINGCO")
    caller_ids = records.campaigns.caller_ids
    assert await caller_ids("production", Kind.SMS) == {"72345", "+12025550100"}
    assert await caller_ids("production", Kind.VOICE) == {"agent-7.example"}
    assert await caller_ids("sandbox", Kind.SMS) == {"SPRINGCO"}
    assert await caller_ids("sandbox", Kind.VOICE) == frozenset()


async def test_a_dnc_list_that_its_only_campaign_no_longer_has_is_forgotten(
    records: Records,
) -> None:
    had = campaign("cd-1", "production").model_copy(update={"dnc_list": "Do not call"})
    await records.campaigns.remember(had)
    await records.campaigns.remember(campaign("cd-1", "production"))
    assert await records.campaigns.dnc_lists("production") == frozenset()


async def test_campaigns_without_an_environment_get_the_first_one(records: Records) -> None:
    await records.campaigns.remember(campaign("cd-1", None))
    await records.campaigns.remember(campaign("cd-2", "sandbox"))
    assert await found(records, "production") == set()
    await records.campaigns.adopt("production")
    assert await found(records, "production") == {("cd-1", "production")}
    assert await found(records, "sandbox") == {("cd-2", "sandbox")}


async def test_one_accounts_calls_do_not_count_for_another(records: Records) -> None:
    for _ in range(5):
        assert await records.take_call("acc-1", 5) == 0
    assert await records.take_call("acc-1", 5) > 0
    assert await records.take_call("acc-2", 5) == 0


async def test_environments_of_one_account_count_their_calls_together(
    records: Records,
) -> None:
    for _ in range(5):
        assert await records.take_call("acc-1", 10) == 0
    assert await records.take_call("acc-1", 5) > 0
    assert await records.take_call("acc-1", 10) == 0


async def test_an_older_versions_calls_count_for_every_account(records: Records) -> None:
    await records.take_call("acc-1", 5)
    with records.engine.begin() as db:
        db.execute(text("UPDATE calls SET account = NULL"))
    assert await records.take_call("acc-2", 1) > 0
