"""Each row of a file becomes a campaign, or is refused with every problem and its column."""

import csv
from datetime import UTC, datetime, time
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaigns.campaign_files import (
    CAMPAIGNS_MAX,
    CampaignFile,
    Column,
    Problem,
    RefusedRow,
)
from bot.campaigns.campaign_files.reading import Reading, read_campaigns
from bot.campaigns.campaign_import import CampaignRow
from bot.campaigns.csv_files import FileFault, Unreadable
from bot.campaigns.hours import WORKDAYS, CallingHours, Weekday
from bot.campaigns.phones import Senders
from bot.campaigns.schedule import Recurrence
from bot.campaigns.values import NAME_MAX, Format

README = Path(__file__).parents[4] / "README.md"
BERLIN = "Europe/Berlin"
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
GOOD = {
    "Name": "Spring sale",
    "Message": "Hello",
    "Contact lists": "Leads; VIP|Gold",
    "Caller ID": "+1 202-555-0100",
}
CELL = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"]) | st.sampled_from(";|,\"'\n"), max_size=60
)


def written(rows: list[dict[str, str]], delimiter: str = ",") -> bytes:
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = StringIO(newline="")
    writer = csv.DictWriter(out, names, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def read(*rows: dict[str, str], delimiter: str = ",") -> CampaignFile:
    reading = Reading(BERLIN, NOW, Senders(region="US"))
    return read_campaigns(written([*rows], delimiter), reading)


def good(**cells: str) -> CampaignRow:
    """Return the campaign of a good row with some cells changed."""
    (row,) = read(GOOD | {name.replace("_", " "): text for name, text in cells.items()}).rows
    return row


def refused(**cells: str) -> list[tuple[Column, Problem, str]]:
    """Return the problems of a row with some cells changed."""
    (row,) = read(GOOD | {name.replace("_", " "): text for name, text in cells.items()}).refused
    return [(each.column, each.problem, each.detail) for each in row.problems]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_row_with_what_is_needed_is_a_campaign(delimiter: str) -> None:
    (row,) = read(GOOD, delimiter=delimiter).rows
    campaign = row.campaign
    assert (row.line, row.schedule) == (2, None)
    assert (campaign.name, campaign.description) == ("Spring sale", "Spring sale")
    assert (campaign.format, campaign.message, campaign.flow) == (Format.MESSAGE, "Hello", None)
    assert campaign.contact_lists == ("Leads", "VIP", "Gold")
    assert campaign.caller_id == "+12025550100"
    assert campaign.dnc_list is None
    assert campaign.priority == 5
    assert campaign.hours == CallingHours.same_every_day(BERLIN, WORKDAYS, time(9), time(18))


def test_every_column_is_read() -> None:
    row = good(
        Message="",
        Flow="Welcome",
        Description="For the spring",
        DNC_list="Do not call",
        Priority="2",
        Calling_days="Mon - Wed, sat",
        Calling_hours="8:30 AM\u20138 pm",
        Schedule="every Tuesday 10 am until Dec 31",
    )
    campaign, schedule = row.campaign, row.schedule
    assert (campaign.format, campaign.message, campaign.flow) == (Format.FLOW, None, "Welcome")
    assert (campaign.description, campaign.dnc_list) == ("For the spring", "Do not call")
    assert campaign.priority == 2
    days = (Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.SATURDAY)
    assert campaign.hours == CallingHours.same_every_day(BERLIN, days, time(8, 30), time(20))
    assert schedule is not None
    assert (schedule.recurrence, schedule.every) == (Recurrence.WEEKLY, 1)
    assert (schedule.days, schedule.zone) == ((Weekday.TUESDAY,), BERLIN)
    assert f"{schedule.start} {schedule.end}" == "2026-12-01 10:00:00 2026-12-31 18:00:00"


def test_a_text_can_be_that_of_a_template() -> None:
    campaign = good(Template="Welcome").campaign
    assert (campaign.format, campaign.template) == (Format.TEMPLATE, "Welcome")
    assert campaign.message == "Hello"


def test_a_schedule_without_a_time_starts_at_nine_on_a_day_to_come() -> None:
    schedule = good(Schedule="every day until Dec 10").schedule
    assert schedule is not None
    assert f"{schedule.start}" == "2026-11-29 09:00:00"


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"Name": ""}, (Column.NAME, Problem.MISSING, "")),
        ({"Name": "n" * 49}, (Column.NAME, Problem.LONG, str(NAME_MAX))),
        ({"Type": "Voice"}, (Column.KIND, Problem.VOICE, "")),
        ({"Type": "Fax"}, (Column.KIND, Problem.INVALID, "")),
        ({"Message": ""}, (Column.MESSAGE, Problem.MISSING, "")),
        ({"Flow": "Welcome"}, (Column.FLOW, Problem.BOTH, "")),
        ({"Message": "", "Template": "Sale"}, (Column.MESSAGE, Problem.MISSING, "")),
        ({"Message": "m" * 1601}, (Column.MESSAGE, Problem.LONG, "1600")),
        ({"Contact_lists": " ; | "}, (Column.CONTACT_LISTS, Problem.MISSING, "")),
        (
            {"Contact_lists": ";".join(f"List {n}" for n in range(11))},
            (Column.CONTACT_LISTS, Problem.MANY, "10"),
        ),
        ({"Caller_ID": ""}, (Column.CALLER_ID, Problem.MISSING, "")),
        ({"Caller_ID": "+1 2"}, (Column.CALLER_ID, Problem.NUMBER, "")),
        ({"Caller_ID": "a sender too long"}, (Column.CALLER_ID, Problem.SENDER, "")),
        ({"Priority": "6"}, (Column.PRIORITY, Problem.INVALID, "")),
        ({"Priority": "high"}, (Column.PRIORITY, Problem.INVALID, "")),
        ({"Calling_days": "Mon-Fry"}, (Column.CALLING_DAYS, Problem.NOT_UNDERSTOOD, "mon-fry")),
        ({"Calling_hours": "9-5"}, (Column.CALLING_HOURS, Problem.NOT_UNDERSTOOD, "9-5")),
        ({"Calling_hours": "9 pm - 5 pm"}, (Column.CALLING_HOURS, Problem.ORDER, "")),
        ({"Schedule": "soon"}, (Column.SCHEDULE, Problem.NOT_UNDERSTOOD, "soon")),
        (
            {"Schedule": "every day 10 am until Dec 31 except Dec 25"},
            (Column.SCHEDULE, Problem.NOT_UNDERSTOOD, "except Dec 25"),
        ),
        ({"Schedule": "10 am until Dec 31"}, (Column.SCHEDULE, Problem.NO_RECURRENCE, "")),
        ({"Schedule": "every day 10 am"}, (Column.SCHEDULE, Problem.NO_END, "")),
        (
            {"Schedule": "every day 10 am from Dec 20, 2026 until Dec 1, 2026"},
            (Column.SCHEDULE, Problem.ORDER, ""),
        ),
        (
            {"Schedule": "every day 2:30 am from Mar 28, 2027 until Mar 29, 2027"},
            (Column.SCHEDULE, Problem.SKIPPED, ""),
        ),
    ],
)
def test_a_row_is_refused_for_what_is_wrong(
    cells: dict[str, str], problem: tuple[Column, Problem, str]
) -> None:
    assert refused(**cells) == [problem]


def test_every_problem_of_a_row_is_named() -> None:
    found = refused(Name="", Caller_ID="", Priority="0", Schedule="soon")
    assert [column for column, _, _ in found] == [
        Column.CALLER_ID,
        Column.NAME,
        Column.PRIORITY,
        Column.SCHEDULE,
    ]


def test_a_name_is_taken_by_the_first_row_that_has_it() -> None:
    file = read(GOOD, GOOD | {"Name": "SPRING SALE"}, GOOD | {"Name": "Other"})
    assert [row.line for row in file.rows] == [2, 4]
    (row,) = file.refused
    assert (row.line, row.name) == (3, "SPRING SALE")
    assert [(each.problem, each.detail) for each in row.problems] == [(Problem.TWICE, "2")]


def test_a_row_with_more_values_than_columns_is_refused() -> None:
    data = b"Name,Message,Contact lists,Caller ID\nA,Hi,Leads,+1 202-555-0100,Gold\n"
    file = read_campaigns(data, Reading(BERLIN, NOW, Senders()))
    assert [each.problem for row in file.refused for each in row.problems] == [Problem.WIDE]


def test_columns_that_say_nothing_are_named() -> None:
    assert read(GOOD | {"Budget": "12", "Shedule": "daily"}).left_out == ("Budget", "Shedule")


def test_a_file_has_at_most_fifty_campaigns() -> None:
    rows = [GOOD | {"Name": f"Sale {n}"} for n in range(CAMPAIGNS_MAX)]
    assert len(read(*rows).rows) == CAMPAIGNS_MAX
    with pytest.raises(Unreadable) as error:
        read(*rows, GOOD)
    assert (error.value.fault, error.value.line) == (FileFault.CAMPAIGNS, CAMPAIGNS_MAX + 2)


def test_a_file_needs_a_column_for_the_names() -> None:
    with pytest.raises(Unreadable) as error:
        read({"Message": "Hello"})
    assert error.value.fault is FileFault.NO_NAME_COLUMN


@given(st.lists(st.fixed_dictionaries(dict.fromkeys((*GOOD, "Schedule"), CELL)), max_size=5))
def test_every_row_becomes_a_campaign_or_is_refused(rows: list[dict[str, str]]) -> None:
    given = [GOOD, *rows]
    file = read(*given)
    # Rows without any value are no rows, as in a spreadsheet.
    there = sum(any(cell.strip() for cell in row.values()) for row in given)
    found: list[CampaignRow | RefusedRow] = [*file.rows, *file.refused]
    assert len(found) == there
    assert len({row.line for row in found}) == there
    assert all(row.problems for row in file.refused)
    assert all(row.campaign.contact_lists for row in file.rows)


def test_the_example_in_the_readme_is_two_campaigns() -> None:
    example = README.read_text().partition("\nName,Message")[2].partition("\n```")[0]
    file = read_campaigns(f"Name,Message{example}".encode(), Reading(BERLIN, NOW, Senders()))
    assert (file.refused, file.left_out) == ((), ())
    assert [row.campaign.name for row in file.rows] == ["Spring sale", "Spring reminder"]
    assert [row.schedule is not None for row in file.rows] == [True, False]
