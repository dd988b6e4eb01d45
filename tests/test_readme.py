"""The README says of each operation of Kore.ai's API, and of each subcommand, where it is."""

import re
from pathlib import Path

from blocks.actions import USAGES
from blocks.ids import COMMAND
from bot.kore import Operation

README = (Path(__file__).parent.parent / "README.md").read_text()
ROWS = [line.strip("|").split(" | ") for line in README.splitlines() if line.startswith("| ")]
CODE = re.compile("`([^`]+)`")


def test_each_operation_is_beside_its_place_in_slack() -> None:
    named = [code for row in ROWS for code in CODE.findall(row[0])]
    operations = [each for each in named if each in set(Operation)]
    assert sorted(operations) == sorted(Operation)


def test_the_commands_beside_the_operations_exist() -> None:
    places = [row[1] for row in ROWS if set(CODE.findall(row[0])) & set(Operation)]
    words = {each.removeprefix(f"{COMMAND} ") for text in places for each in CODE.findall(text)}
    assert words <= USAGES.keys()
    assert len(words) > len(places) // 2


def test_each_subcommand_is_in_the_table_of_commands() -> None:
    first = [match for row in ROWS for match in CODE.findall(row[0]) if match.startswith(COMMAND)]
    words = {each.split()[1] for each in first if len(each.split()) > 1}
    assert words >= USAGES.keys()
