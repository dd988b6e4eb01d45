"""The clock and Kore.ai's console on the page; time stands still between the steps."""

import re
from datetime import datetime, timedelta

import httpx
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import Clock
from sandbox.kore import Campaign, Kind, PretendKore
from sandbox.kore.seed import add_campaigns
from sandbox.page import Backstage, Guide, build_page
from sandbox.page.backstage import CONSOLE_ROWS, STEPS
from sandbox.slack import PretendSlack
from tests.sandbox.kore.account import MONDAY, NINE_TO_SIX, Asking, daily
from tests.sandbox.kore.conftest import ACCOUNT, CLIENT_ID, SECRET, STREAM
from tests.sandbox.page.browser import Browser
from tests.sandbox.page.conftest import Theater

HOUR = timedelta(hours=1)
AT_NINE = MONDAY + HOUR


@pytest.fixture
def asking() -> Asking:
    """Creates and schedules campaigns in the account without HTTP."""
    return Asking()


@pytest.fixture
def clock(asking: Asking) -> Clock:
    return asking.clock


@pytest.fixture
def kore(asking: Asking) -> PretendKore:
    kore = PretendKore(
        clock=asking.clock,
        stream_id=STREAM,
        account_id=ACCOUNT,
        client_id=CLIENT_ID,
        client_secret=SECRET,
    )
    asking.account = kore
    asking.fill(People=24)
    return kore


@pytest.fixture
def campaign(asking: Asking, kore: PretendKore) -> Campaign:
    """A campaign that reaches 24 people in two minutes."""
    assert asking.account is kore
    return asking.sms("Spring sale", "People", when=NINE_TO_SIX)


def clock_shown(browser: Browser) -> str:
    found = re.search(r'datetime="[^"]+">([^<]+)</time>', browser.html)
    assert found
    return found[1]


async def version(browser: Browser) -> str:
    return (await browser.http.get("/version", params=browser.whereabouts)).text


async def row_shown(browser: Browser) -> list[str]:
    """Return the words of the only row of Kore.ai's console."""
    await browser.look(panel="kore")
    (body,) = re.findall(r"<tbody>(.*)</tbody>", browser.words, re.DOTALL)
    return re.sub(r"<[^>]+>", " ", body).split()


@pytest.mark.parametrize(
    ("step", "by", "shown"),
    [
        ("1 min", timedelta(minutes=1), "Mon, Mar 23, 4:01 AM"),
        ("1 hour", timedelta(hours=1), "Mon, Mar 23, 5:00 AM"),
        ("1 day", timedelta(days=1), "Tue, Mar 24, 4:00 AM"),
        ("1 week", timedelta(days=7), "Mon, Mar 30, 4:00 AM"),
    ],
)
async def test_the_clock_goes_forward_by_a_step(
    browser: Browser, clock: Clock, step: str, by: timedelta, shown: str
) -> None:
    await browser.look()
    assert clock_shown(browser) == "Mon, Mar 23, 4:00 AM"
    assert f'name="step" value="{step}"' in browser.html
    await browser.post("/clock", step=step)
    assert clock.now() == MONDAY + by
    assert clock_shown(browser) == shown
    assert browser.alerts == []


def test_the_clock_has_these_steps() -> None:
    assert list(STEPS) == ["1 min", "1 hour", "1 day", "1 week"]


async def test_everybody_has_the_same_clock(browser: Browser) -> None:
    await browser.post("/clock", step="1 hour")
    browser.person = "Ravi Iyer"
    await browser.look()
    assert clock_shown(browser) == "Mon, Mar 23, 2:30 PM"


async def test_the_page_leaves_setting_the_clock_to_its_backstage(
    slack: PretendSlack, kore: PretendKore, clock: Clock, http: httpx.AsyncClient, theater: Theater
) -> None:
    told: list[timedelta] = []

    async def forward(by: timedelta) -> None:
        told.append(by)

    guide = Guide("Ana Lopez", "Ravi Iyer", "leads")
    theater.page.app = build_page(Backstage(clock, slack, kore, forward), guide)
    await http.post("/clock", data={"step": "1 day"})
    assert told == [timedelta(days=1)]
    assert clock.now() == MONDAY


async def test_scripts_learn_how_far_the_clock_is_ahead(browser: Browser, clock: Clock) -> None:
    async def ahead() -> float:
        await browser.look()
        return float(browser.html.split('data-ahead="')[1].split('"')[0])

    before = await ahead()
    clock.forward(HOUR)
    # Real time passes between the two.
    assert HOUR.total_seconds() - 60 < await ahead() - before <= HOUR.total_seconds()


async def test_without_a_coming_run_the_clock_stays_and_the_page_says_why(
    browser: Browser, clock: Clock
) -> None:
    await browser.look()
    assert "To the next run" not in browser.html
    await browser.post("/clock", step="next run")
    assert browser.alerts == ["No run is to come: schedule a campaign first."]
    assert clock.now() == MONDAY


async def test_the_clock_goes_to_the_next_run(
    asking: Asking, campaign: Campaign, browser: Browser, clock: Clock
) -> None:
    asking.schedule(campaign, daily(AT_NINE, AT_NINE + timedelta(days=2)))
    await browser.look()
    assert 'id="step-next"\n        title="Mon, Mar 23, 5:00 AM">To the next run' in browser.html
    assert await row_shown(browser) == words("Spring sale SMS Scheduled 0 of 24 Mon, Mar 23, 5:00")
    begun: list[datetime] = []
    for _ in range(3):
        await browser.post("/clock", step="next run")
        begun.append(clock.now() - timedelta(seconds=1))
        assert (await row_shown(browser))[3] == "Active"
    assert begun == [AT_NINE, AT_NINE + timedelta(days=1), AT_NINE + timedelta(days=2)]
    await browser.post("/clock", step="next run")
    assert browser.alerts == ["No run is to come: schedule a campaign first."]


async def test_the_console_follows_a_run(
    asking: Asking, campaign: Campaign, browser: Browser
) -> None:
    await browser.look(panel="kore")
    assert "Spring sale" in browser.html
    asking.schedule(campaign, daily(AT_NINE, AT_NINE + HOUR))
    await browser.post("/clock", step="next run")
    await browser.post("/clock", step="1 min")
    assert await row_shown(browser) == words("Spring sale SMS Active 12 of 24 none")
    await browser.post("/clock", step="1 min")
    assert await row_shown(browser) == words("Spring sale SMS Completed 24 of 24 none")


def words(row: str) -> list[str]:
    """Return a row as `row_shown` does, with AM after a time."""
    return [*row.split(), *(["AM"] if ":" in row else [])]


async def test_an_empty_console_says_so(browser: Browser) -> None:
    await browser.look(panel="kore")
    assert "None yet: they appear when the bot makes them." in browser.html


def calls_shown(browser: Browser) -> list[str]:
    """Return the numbers of calls in the last minute and in all."""
    return [" ".join(each.split()) for each in re.findall(r"<dd>([^<]*)</dd>", browser.html)]


async def test_the_console_shows_the_calls_to_kore_ai(
    browser: Browser, clock: Clock, asking_kore: httpx.AsyncClient
) -> None:
    browser.panel = "kore"
    await browser.look()
    assert calls_shown(browser) == ["0 (60 are allowed)", "0"]
    before = await version(browser)
    await asking_kore.post("/contactlist/all", json={})
    await asking_kore.get("/no/such/path")
    assert await version(browser) != before
    await browser.look()
    assert calls_shown(browser) == ["2 (60 are allowed)", "2"]
    clock.forward(timedelta(seconds=59))
    await asking_kore.get("/no/such/path")
    clock.forward(timedelta(seconds=1))
    await browser.look()
    assert calls_shown(browser) == ["1 (60 are allowed)", "3"]


async def test_without_a_rate_limit_the_console_names_none(
    browser: Browser, kore: PretendKore
) -> None:
    kore.rate_limit = None
    await browser.look(panel="kore")
    assert calls_shown(browser) == ["0", "0"]


async def test_calls_change_the_version_only_where_they_are_shown(
    browser: Browser, asking_kore: httpx.AsyncClient
) -> None:
    before = await version(browser)
    await asking_kore.get("/no/such/path")
    assert await version(browser) == before


async def test_of_many_campaigns_the_console_shows_those_that_were_changed_last(
    browser: Browser, kore: PretendKore
) -> None:
    made = add_campaigns(kore.state, Kind.SMS, [f"Number {at}." for at in range(CONSOLE_ROWS)])
    browser.panel = "kore"
    await browser.look()
    assert "changed last" not in browser.words
    oldest, before = made[-1], made[-2]
    [newest] = add_campaigns(kore.state, Kind.VOICE, ["Newest"])
    oldest.body["name"], oldest.updated_at = "Renamed", kore.state.now
    await browser.look()
    assert f"The 100 that were changed last, of {CONSOLE_ROWS + 1}." in browser.words
    assert before.name not in browser.words
    assert browser.words.index(oldest.name) < browser.words.index(newest.name)


async def test_a_campaign_changes_the_version_where_the_console_is_shown(
    asking: Asking, browser: Browser, kore: PretendKore
) -> None:
    assert asking.account is kore
    before, browser.panel = await version(browser), "kore"
    at_console = await version(browser)
    asking.sms("Spring sale", "People")
    assert await version(browser) != at_console
    browser.panel = ""
    assert await version(browser) == before


async def test_a_schedule_changes_the_version_everywhere(
    asking: Asking, campaign: Campaign, browser: Browser
) -> None:
    before = await version(browser)
    asking.schedule(campaign, daily(AT_NINE, AT_NINE + HOUR))
    assert await version(browser) != before


async def test_time_changes_the_version_while_a_run_is_shown(
    asking: Asking, campaign: Campaign, browser: Browser, clock: Clock
) -> None:
    asking.schedule(campaign, daily(AT_NINE, AT_NINE + HOUR))
    await browser.post("/clock", step="next run")
    browser.panel = "kore"
    before = await version(browser)
    clock.forward(timedelta(seconds=30))
    assert await version(browser) != before


async def test_the_version_changes_when_the_clock_is_set(browser: Browser) -> None:
    before = await version(browser)
    await browser.post("/clock", step="1 hour")
    assert await version(browser) != before


async def test_planned_faults_change_the_version_where_they_are_shown(
    slack: PretendSlack, kore: PretendKore, browser: Browser
) -> None:
    elsewhere, browser.panel = await version(browser), "faults"
    nothing = await version(browser)
    kore.faults.add("create", "reset")
    of_kore = await version(browser)
    slack.faults.add("views.open", "http_500")
    of_both = await version(browser)
    assert len({nothing, of_kore, of_both}) == 3
    slack.faults.take("views.open")
    assert await version(browser) == of_kore
    kore.faults.clear()
    assert await version(browser) == nothing
    kore.faults.add("create", "reset")
    browser.panel = ""
    assert await version(browser) == elsewhere


async def test_the_page_shows_what_slack_would_have_refused(
    slack: PretendSlack, web: AsyncWebClient, channel: str, browser: Browser
) -> None:
    before = await version(browser)
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await web.chat_postMessage(channel=channel, text="Card", blocks=[{"type": "<b>"}])
    assert await version(browser) != before
    await browser.look()
    (complaint,) = slack.complaints
    assert f"<li>{complaint}</li>" in browser.words
    assert "<b>" not in browser.html
    slack.complaints.clear()
    await browser.look()
    assert "Slack would have refused" not in browser.html
