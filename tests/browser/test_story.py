"""The whole story of a campaign, played by two people."""

import pytest

from tests.browser.doors import Doors
from tests.browser.story import story


@pytest.mark.drill
async def test_a_campaign_goes_from_its_form_to_its_last_contact(later_doors: Doors) -> None:
    ana = await later_doors.let_in()
    ravi = await later_doors.let_in("Ravi Iyer", "approvals")
    scenes = [scene.name async for scene in story(ana, ravi, "Spring sale")]
    assert scenes[-1] == "completed"
