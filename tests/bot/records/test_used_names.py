"""Names that people typed before are suggested again."""

from bot.records import Records


async def test_names_are_found_in_any_case_of_any_alphabet(records: Records) -> None:
    for name in ("Überfällige Kunden", "ΑΘΉΝΑ", "Straße", "100%"):
        await records.remember_names("queues", [name])
    assert await records.names("queues", "überFÄLLIGE") == ["Überfällige Kunden"]
    assert await records.names("queues", "αθή") == ["ΑΘΉΝΑ"]
    assert await records.names("queues", "STRASSE") == ["Straße"]
    assert await records.names("queues", "%") == ["100%"]
    assert await records.names("queues", limit=2) == ["100%", "Straße"]
    assert await records.names("flows", "100") == []
