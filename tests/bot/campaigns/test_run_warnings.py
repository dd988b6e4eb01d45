"""What speaks against a run that was scheduled when things were different."""

import pytest

from bot.campaigns.run_warnings import GrownList, RunWarning
from tests.blocks.samples import snapshot

THEN = snapshot("Spring sale", contact_lists=("Leads",), dnc_list="Do not call", priority=5)


def warning(sizes: dict[str, int], was: int | None = 80, **fields: object) -> RunWarning | None:
    now = THEN.model_copy(update=fields)
    return RunWarning.between(THEN, {"Leads": was}, now, sizes)


@pytest.mark.parametrize(
    ("sizes", "was", "found"),
    [
        ({"Leads": 80}, 80, None),
        ({}, 80, None),
        ({"Leads": 0}, 80, RunWarning(empty=("Leads",))),
        ({"Leads": 799}, 80, None),
        ({"Leads": 800}, 80, RunWarning(grown=(GrownList(name="Leads", was=80, now=800),))),
        ({"Leads": 800}, 0, None),
        ({"Leads": 800}, None, None),
    ],
)
def test_a_list_that_is_empty_or_has_grown_tenfold_is_a_reason(
    sizes: dict[str, int], was: int | None, found: RunWarning | None
) -> None:
    assert warning(sizes, was) == found


def test_a_dnc_list_that_is_gone_and_settings_that_differ_are_reasons() -> None:
    assert warning({}, dnc_list=None) == RunWarning(dnc_gone="Do not call")
    found = warning({}, priority=1)
    assert found
    assert found.change
    assert (found.change.was, found.change.became) == ({"priority": 5}, {"priority": 1})


def test_a_status_is_no_reason() -> None:
    assert warning({}, status="Scheduled") is None
