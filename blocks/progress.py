"""How far a run is, as a bar with its numbers, and what came of it in the end."""

from collections.abc import Iterator

from blocks import times
from blocks.ids import Button
from blocks.kit import Message, button, buttons, section
from bot.campaigns.notifications import RunEnded
from bot.campaigns.results import ResultCounts
from bot.campaigns.values import Status

_BARS = 10
_FULL, _EMPTY = "\N{FULL BLOCK}", "\N{LIGHT SHADE}"


def progress_line(counts: ResultCounts, status: str, on_lists: int) -> str:
    """Return how far a run is, or what came of the last one; empty if nothing is known of it.

    `on_lists` is how many contacts its lists have, as far as known: Kore.ai may have results only
    of the contacts that it has called.
    """
    runs = status in {Status.ACTIVE, Status.PAUSED}
    # While it runs, the counts of an earlier run are of no use.
    if not counts.contacts or (runs and not counts.is_running):
        return ""
    if not runs:
        return f"Last run: {'; '.join(_ends(counts))}"
    called, every = counts.estimated(counts.called), max(counts.total, on_lists)
    reached = f"{counts.reached / counts.called:.0%} of them reached" if counts.called else ""
    return ", ".join(
        filter(
            None,
            [
                f"{_bar(called, every)} {_about(counts)}{called:,} of {every:,} contacts called",
                reached,
                times.readers_time(counts.as_of),
            ],
        )
    )


def run_ended(told: RunEnded) -> Message:
    """Tell below a card what came of a run."""
    text = f"The run is over: {'; '.join(_ends(told.counts))}."
    more = button("Results", Button.OPEN_RESULTS, str(told.campaign))
    return Message(text=text, blocks=[section(text), buttons(more)])


def _ends(counts: ResultCounts) -> Iterator[str]:
    """Yield how many contacts were reached, and how many not, if there are such."""
    groups = [
        (counts.reached, "reached"),
        (counts.not_reached, "called and not reached"),
        (counts.not_called, "not called"),
    ]
    for number, words in groups:
        if number or words == "reached":
            share = f"{number / counts.contacts:.0%}"
            yield f"{_about(counts)}{counts.estimated(number):,} contacts {words} ({share})"


def _about(counts: ResultCounts) -> str:
    """Return a word before a number that is estimated from the results of some contacts."""
    return "" if counts.contacts == counts.total else "about "


def _bar(part: int, every: int) -> str:
    full = _BARS * part // every
    return _FULL * full + _EMPTY * (_BARS - full)
