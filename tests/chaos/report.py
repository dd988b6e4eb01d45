"""What came of a drill: a row of the table, and the story of each submission that went wrong."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.table import Table

from tests.chaos.asked import Asked
from tests.chaos.site import Site
from tests.chaos.toll import RIGHT, Fate

_WRONG = tuple(fate for fate in Fate if fate not in RIGHT)
# A traceback's last line: the error. The lines before it are indented.
_TRACEBACK = re.compile(
    r"^ *Traceback \(most recent call last\):\n(?:\s.*\n|\n)*(.*)", re.MULTILINE
)
_LINES_MAX, _WIDTH = 12, 240


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one drill in one place."""

    name: str
    where: str
    faults: Counter[str]
    fates: Counter[Fate]
    tracebacks: Counter[str]
    findings: Sequence[str]
    stories: Sequence[str]
    log: str
    seconds: float

    @property
    def passed(self) -> bool:
        """Return whether nothing was wrong."""
        return not (self.stories or self.tracebacks or self.findings)

    def details(self) -> str:
        """Return everything that was wrong."""
        tracebacks = [f"{n} tracebacks: {error}" for error, n in self.tracebacks.most_common()]
        faults = ", ".join(f"{n} {what}" for what, n in self.faults.items())
        head = f"{self.name}, {self.where}: {faults}"
        findings = [f"{n} times {what}" for what, n in Counter(self.findings).most_common()]
        return "\n\n".join([head, *tracebacks, *findings, *self.stories])


def result_of(site: Site, name: str, where: str, seconds: float) -> Result:
    """Judge a drill after its end, when the bots have stopped."""
    fates = site.toll.fates()
    log = "\n".join(site.fleet.logs)
    limits = [f"a call of {each} inside its Retry-After" for each in site.limits.broken.elements()]
    return Result(
        name=name,
        where=where,
        faults=site.faults,
        fates=Counter(fates.values()),
        tracebacks=Counter(_TRACEBACK.findall(log)),
        findings=[*site.findings, *limits, *site.installed.slack.complaints],
        stories=[_story(site, each, fate) for each, fate in fates.items() if fate not in RIGHT],
        log=log,
        seconds=seconds,
    )


def table_of(results: Iterable[Result]) -> Table:
    """Return the table of all drills."""
    table = Table("drill", "where", "faults", "submissions", "done", "not done", "unknown")
    for fate in _WRONG:
        table.add_column(fate)
    for column in ("tracebacks", "other", "result", "seconds"):
        table.add_column(column)
    for each in results:
        right = (each.fates[fate] for fate in (Fate.DONE, Fate.NOT_DONE, Fate.UNKNOWN))
        counts = [
            each.faults.total(),
            each.fates.total(),
            *right,
            *(each.fates[fate] for fate in _WRONG),
        ]
        last = [each.tracebacks.total(), len(each.findings)]
        passed = "passed" if each.passed else "FAILED"
        row = [each.name, each.where, *map(str, counts + last), passed, f"{each.seconds:.0f}"]
        table.add_row(*row)
    return table


def _story(site: Site, asked: Asked, fate: Fate) -> str:
    found = site.toll.found(asked)
    told = [str(each) for each in (*found.cards, *found.notices, *found.requests)]
    logged = [
        line
        for log in site.fleet.logs
        for line in log.splitlines()
        if any(each in line for each in asked.references)
    ]
    head = f"{fate}: {asked.flow} {asked.name}, in Kore.ai {found.sent} times"
    return "\n  ".join(
        [head, *told, *asked.history, *(line[:_WIDTH] for line in logged[-_LINES_MAX:])]
    )
