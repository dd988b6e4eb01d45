"""Which names of a line belong to campaigns and contact lists that exist."""

from bot.campaigns.campaign import Snapshot
from bot.campaigns.contacts import ContactList
from bot.records import Records

HERE, THERE = "production", "sandbox"


async def remember(records: Records, name: str, environment: str) -> str:
    id_ = f"cd-{environment}-{name}"
    seen = Snapshot(id=id_, name=name, status="Ready", environment=environment)
    await records.campaigns.remember(seen)
    return id_


async def test_campaigns_are_found_by_any_of_many_names(records: Records) -> None:
    await remember(records, "Spring Sale", HERE)
    await remember(records, "SPRING  sale", THERE)
    await remember(records, "Autumn", THERE)
    gone = await remember(records, "Winter", HERE)
    await records.campaigns.gone(gone)
    names = {"spring sale", "autumn", "winter", "spring", *(f"no {each}" for each in range(75))}
    called = records.campaigns.called
    assert await called(names, None) == {"spring sale", "autumn"}
    assert await called(names, HERE) == {"spring sale"}
    assert await called(set(), None) == frozenset()


async def test_contact_lists_are_found_as_they_are_spelled(records: Records) -> None:
    stored = records.catalog
    here = [ContactList(id="1", name="Gold"), ContactList(id="2", name="Spring Leads")]
    await stored.contact_lists.saw(HERE, here, complete=True)
    await stored.contact_lists.saw(THERE, [ContactList(id="3", name="GOLD")], complete=True)
    names = {"gold", "spring leads", *(f"no {each}" for each in range(960))}
    assert sorted(await stored.contact_lists.called(names, None)) == [
        "GOLD",
        "Gold",
        "Spring Leads",
    ]
    assert await stored.contact_lists.called(names, HERE) == ("Gold", "Spring Leads")
    assert await stored.contact_lists.called({"silver"}, HERE) == ()
