"""The emergency stop: what its review names, and its report."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from blocks.environments import environment_name, in_environment
from blocks.failures import cause
from blocks.ids import Button
from blocks.kit import Message, button, buttons, code, escape, header, section
from bot.campaigns.campaign import Snapshot
from bot.campaigns.environment import Environment
from bot.campaigns.notifications import StopReport
from bot.campaigns.stop_all import Stopped

_SHOWN = 20


def home_blocks(environments: Sequence[Environment]) -> list[Block]:
    """Return a button for each environment in which the person may stop everything."""
    if not environments:
        return []
    press = [
        button(
            f"Stop all campaigns in {environment_name(each)}",
            Button.STOP_ALL,
            each.name,
            style="danger",
        )
        for each in environments[:_SHOWN]
    ]
    return [header("In an emergency"), buttons(*press)]


def running_blocks(running: Sequence[Snapshot]) -> list[Block]:
    """Return the campaigns that the emergency stop will stop, as far as they are known."""
    lines = [f"• {escape(each.name)} {code(each.id)}" for each in running[:_SHOWN]]
    return [section(f"*{_count(len(running))}*\n" + "\n".join([*lines, *_more(running)]))]


def report(told: StopReport, author: str, where: Environment | None) -> Message:
    """Build the report of what stopped and what did not."""
    failed = [each for each in told.campaigns if each.failure]
    stopped = [each for each in told.campaigns if not each.failure]
    text = (
        f":octagonal_sign: *Emergency stop* by <@{author}>. {in_environment(where)}"
        f"{len(stopped)} of {_count(len(told.campaigns))} stopped."
    )
    blocks: list[Block] = [section(text)]
    if failed:
        lines = [_failed_line(each) for each in failed[:_SHOWN]]
        todo = "Stop these in Kore.ai's console now:"
        blocks.append(section(f"*Not stopped*\n{todo}\n" + "\n".join([*lines, *_more(failed)])))
    if stopped:
        lines = [f"• {escape(each.name)} {code(each.id)}" for each in stopped[:_SHOWN]]
        blocks.append(section("*Stopped*\n" + "\n".join([*lines, *_more(stopped)])))
    if not told.complete:
        blocks.append(section(NOT_ALL_READ))
    return Message(text=f"{text} {'' if told.complete else NOT_ALL_READ}".strip(), blocks=blocks)


NOT_ALL_READ = (
    ":warning: The bot could not read every campaign from Kore.ai, so others may still run. Look "
    "at Kore.ai's console."
)


def _failed_line(each: Stopped) -> str:
    why = cause(each.failure) if each.failure else ""
    return f"• {escape(each.name)} {code(each.id)}: {why}"


def _count(number: int) -> str:
    return f"{number} running campaign{'' if number == 1 else 's'}"


def _more(all_: Sequence[object]) -> list[str]:
    return [f"… and {len(all_) - _SHOWN} more"] if len(all_) > _SHOWN else []
