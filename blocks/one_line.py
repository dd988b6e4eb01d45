"""Forms filled in from a line or a message: the values of fields, and what is said at the top."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time

from blocks.fields import TextField
from blocks.form import Form, Values
from blocks.kit import clamp, escape
from bot.campaigns.one_line import CampaignLine, ScheduleValues
from bot.campaigns.values import Format

# The note is in the form's hidden data, which has little room.
_PIECES_MAX = 5
_PIECE_MAX = 120
_NOTE_MAX = 1200
NO_TEXT = "That message has no text that the bot can take. Write one below."


@dataclass(frozen=True, slots=True)
class FromLine:
    """Values for a form, the pieces of a line that were not understood, and a remark."""

    values: Values = field(default_factory=dict)
    not_understood: Sequence[str] = ()
    remark: str = ""

    def note(self, form: type[Form]) -> str:
        """Return what to say at the top of the form, formatted; empty if there is nothing."""
        notes = (_not_understood(self.not_understood), *_cut(form, self.values), self.remark)
        return clamp("\n".join(filter(None, notes)), _NOTE_MAX)


def from_campaign_line(line: CampaignLine) -> FromLine:
    """Return what a line says of a new campaign."""
    values: Values = {
        "name": line.name,
        "message": line.message,
        "template": line.template,
        "flow": line.flow,
        "queue": line.queue,
        "dialing_mode": line.dialing_mode,
        "contact_lists": list(line.contact_lists),
        "dnc_list": line.dnc_list,
        "caller_id": line.caller_id,
    }
    has = Format.TEMPLATE if line.template else Format.FLOW if line.flow else None
    return FromLine(_said(values | {"format": has}), line.not_understood)


def from_schedule(said: ScheduleValues) -> FromLine:
    """Return what a line says of a schedule."""
    values: Values = {
        "recurrence": said.recurrence,
        "every": str(said.every or ""),
        "days": [str(int(day)) for day in said.days or ()],
        "zone": said.zone,
        "start_date": _picked(said.start_date),
        "start_time": _picked(said.start_time),
        "end_date": _picked(said.end_date),
        "end_time": _picked(said.end_time),
    }
    return FromLine(_said(values), said.not_understood)


def _picked(moment: date | time | None) -> str | None:
    """Return a date or time as Slack's pickers have it."""
    if isinstance(moment, time):
        return f"{moment:%H:%M}"
    return moment.isoformat() if moment else None


def _said(values: Values) -> Values:
    return {name: value for name, value in values.items() if value}


def _not_understood(pieces: Sequence[str]) -> str:
    if not pieces:
        return ""
    lines = (clamp(" ".join(each.split()), _PIECE_MAX) for each in pieces[:_PIECES_MAX])
    shown = ", ".join(f"“{escape(line)}”" for line in lines)
    more = f" and {len(pieces) - _PIECES_MAX} more" if len(pieces) > _PIECES_MAX else ""
    return f"Not understood: {shown}{more}. Fill it in below."


def _cut(form: type[Form], values: Values) -> list[str]:
    """Return a sentence for each text that is longer than its field."""
    return [
        f"{each.label}: only the first {limit} characters fit. The rest was left out."
        for name, each in form.fields().items()
        if isinstance(each, TextField)
        and (limit := form.limits()[name].get("maxLength"))
        and len(str(values.get(name) or "")) > limit
    ]
