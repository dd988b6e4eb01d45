"""The results of a voice campaign's run, in words and as a picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from blocks import times
from blocks.environments import in_environment
from blocks.ids import Button
from blocks.kit import Message, button, buttons, context, escape, facts, notice, section
from bot.campaigns.environment import Environment
from bot.campaigns.refs import CampaignRef
from bot.campaigns.results import Count, ResultCounts

# A smaller share is not shown as nothing.
SMALLEST_SHARE = 0.005
OTHERS = "others"
REACHED, NOT_REACHED, NOT_CALLED = "Reached", "Called, not reached", "Not called"
# Of each kind of word, so many are in the picture.
BARS_MAX = 6
ALT_TEXT_MAX = 1000
# Dark text on an opaque light ground can be read in a dark theme too. Every bar has its label and
# its number, so that no color means anything.
GROUND, INK, BAR = "#f7f7f8", "#1d1c1d", "#1264a3"
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_BAR_HEIGHT = 30
_WIDTH = 420


@dataclass(frozen=True, slots=True)
class ShownResults:
    """The results of a campaign; `environment` is set only if they must name it."""

    ref: CampaignRef
    counts: ResultCounts
    environment: Environment | None = None

    @property
    def title(self) -> str:
        """Return a heading in plain text."""
        return f"Results of “{self.ref.label}”"

    @property
    def subtitle(self) -> str:
        """Return of how many contacts, and where, in plain text."""
        where = f" in {self.environment.name}" if self.environment else ""
        return f"{_contacts(self.counts.contacts)}{where}"


def results_message(shown: ShownResults) -> Message:
    """Show the counts with their shares, and a button for the results by contact."""
    counts = shown.counts
    title = f"{in_environment(shown.environment)}Results of “{escape(shown.ref.label)}”"
    lines = [f"{label}: {escape(_share(number, counts))}" for label, number in _groups(counts)]
    text = f"{title}: {_contacts(counts.contacts)}. {'. '.join(lines)}."
    said = "\n".join([f"*{title}*: {_contacts(counts.contacts)}", *(f"• {line}" for line in lines)])
    file = button("CSV for me", Button.RESULTS_FILE, str(shown.ref))
    blocks = [section(said), *facts(_details(counts)), context(_small_print(counts)), buttons(file)]
    return Message(text=text, blocks=blocks)


def results_notice(name: str, read: int, total: int) -> Message:
    """Say that many results are being read."""
    return notice(
        f"“{escape(name)}” has results of {_contacts(total)}; the bot has read {read:,} of them so "
        "far. That takes a while, as Kore.ai takes few requests a minute. Nothing is lost: the "
        "results follow."
    )


def file_comment(shown: ShownResults) -> str:
    """Return what is said beside the file with the results by contact."""
    where, name = in_environment(shown.environment), escape(shown.ref.label)
    return (
        f"{where}Results of “{name}” by contact: {_contacts(shown.counts.contacts)}. "
        f"{_small_print(shown.counts)} The file has their phone numbers. Only you got it."
    )


def file_lost(name: str) -> Message:
    """Say that the file could not be shared, and how to get another."""
    return notice(
        f"Slack no longer has the file with the results of “{escape(name)}”. Nobody got it. Press "
        "*CSV for me* again."
    )


def alt_text(shown: ShownResults) -> str:
    """Return the picture in words: every number in it."""
    counts = shown.counts
    said = [f"{label} {_share(number, counts)}" for label, number in _groups(counts)]
    parts = [f"Bar chart. {shown.title}, {shown.subtitle}: {', '.join(said)}."]
    if counts.call_statuses:
        ends = [f"{_word(each)} {_share(each.contacts, counts)}" for each in _shown(counts)]
        parts.append(f"How calls ended: {', '.join(ends)}.")
    return " ".join(parts)[:ALT_TEXT_MAX]


def chart(shown: ShownResults) -> dict[str, Any]:
    """Return the picture as a Vega-Lite specification: vega.github.io/vega-lite/docs/spec.html."""
    counts = shown.counts
    charts = [_bars("Contacts", _groups(counts), counts)]
    if counts.call_statuses:
        ends = [(_word(each), each.contacts) for each in _shown(counts)]
        charts.append(_bars("How calls ended", ends, counts))
    return {
        "$schema": _SCHEMA,
        "background": GROUND,
        "padding": 16,
        "title": {"text": shown.title, "subtitle": shown.subtitle, "anchor": "start"},
        "vconcat": charts,
        "config": _LOOK,
    }


_LOOK = {
    "view": {"stroke": None},
    "title": {"color": INK, "subtitleColor": INK, "fontSize": 18, "subtitleFontSize": 14},
    "axis": {
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": 14,
        "labelLimit": 260,
        "labelPadding": 8,
    },
}


def _bars(title: str, rows: Sequence[tuple[str, int]], counts: ResultCounts) -> dict[str, Any]:
    """Return horizontal bars, each with its label before it and its number behind it."""
    values = [
        {"label": label, "contacts": number, "said": _share(number, counts)}
        for label, number in rows
    ]
    return {
        "data": {"values": values},
        "title": {"text": title, "anchor": "start", "frame": "group", "fontSize": 14},
        "width": _WIDTH,
        "height": {"step": _BAR_HEIGHT},
        "encoding": {"y": _LABELS, "x": _lengths(max(1, *(number for _, number in rows)))},
        "layer": [{"mark": {"type": "bar", "color": BAR}}, _NUMBERS],
    }


_LABELS = {
    "field": "label",
    "type": "nominal",
    "sort": None,
    "axis": {"title": None, "domain": False, "ticks": False},
}
_NUMBERS = {
    "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 14, "color": INK},
    "encoding": {"text": {"field": "said", "type": "nominal"}},
}


def _lengths(longest: int) -> dict[str, Any]:
    """Return the scale of the bars, which leaves room for a number behind the longest."""
    domain = [0, longest * 1.35]
    return {
        "field": "contacts",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": domain},
    }


def _groups(counts: ResultCounts) -> list[tuple[str, int]]:
    """Return the three groups that every contact is in."""
    return [
        (REACHED, counts.reached),
        (NOT_REACHED, counts.not_reached),
        (NOT_CALLED, counts.not_called),
    ]


def _details(counts: ResultCounts) -> list[tuple[str, str]]:
    found = [
        ("How calls ended", counts.call_statuses),
        ("Agents' dispositions", counts.dispositions),
        ("Attempts", counts.attempts),
    ]
    return [(label, _listed(words, counts)) for label, words in found if words]


def _listed(words: Sequence[Count], counts: ResultCounts) -> str:
    lines = (f"{escape(_word(each))}: {escape(_share(each.contacts, counts))}" for each in words)
    return "\n".join(lines)


def _shown(counts: ResultCounts) -> Sequence[Count]:
    """Return the ends of calls that are in the picture."""
    named = [each for each in counts.call_statuses if each.word]
    rest = sum(each.contacts for each in counts.call_statuses) - sum(
        each.contacts for each in named[:BARS_MAX]
    )
    others = [Count(word="", contacts=rest)] if rest else []
    return [*named[:BARS_MAX], *others]


def _word(count: Count) -> str:
    return count.word or OTHERS


def _share(number: int, counts: ResultCounts) -> str:
    """Return a number of contacts and their share in plain text, as `40 (70%)`."""
    share = number / counts.contacts if counts.contacts else 0.0
    percent = "<1" if 0 < share < SMALLEST_SHARE else f"{share * 100:.0f}"
    return f"{number:,} ({percent}%)"


def _contacts(number: int) -> str:
    return f"{number:,} contact{'' if number == 1 else 's'}"


def _small_print(counts: ResultCounts) -> str:
    """Return as of when this is true, and how far."""
    said = [f"The latest run in Kore.ai, as of {times.readers_time(counts.as_of)}."]
    if counts.is_running:
        said.append("It is not over, so these are the numbers so far.")
    if not counts.is_complete:
        said.append(
            f"Kore.ai counts {counts.total:,}, and the bot found {counts.contacts:,} different "
            "ones: some may be missing."
        )
    said.append("Reached: Kore.ai's dialer has completed the contact.")
    return " ".join(said)
