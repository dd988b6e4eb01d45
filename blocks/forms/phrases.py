"""What the line of a campaign form's folded fields says, formatted, whatever was typed."""

from collections.abc import Iterable
from datetime import time

from blocks import times
from blocks.fields import is_empty, texts
from blocks.form import Values
from blocks.forms.typed_hours import read_windows
from blocks.kit import clamp, escape, shorten
from bot.campaigns.hours import CallingHours, Weekday
from bot.campaigns.saved_forms import SavedFor
from bot.campaigns.values import Kind

HOURS_MAX = 1000
TYPED_MAX = 75


def calling_hours(
    zone: str, days: Iterable[Weekday], start: time, end: time, by_day: str
) -> CallingHours:
    """Return the calling hours of a form; those typed by day replace the days and hours.

    Raises:
        UnreadableHours: the hours by day cannot be read.
        ValueError: there are no hours, they end before they begin, or they overlap.
    """
    if by_day:
        return CallingHours(zone=zone, windows=read_windows(by_day))
    return CallingHours.same_every_day(zone, days, start, end)


def hours(values: Values) -> str:
    """Return the calling hours with their zone."""
    try:
        return clamp(times.calling_hours(_read(values)), HOURS_MAX)
    except ValueError:
        return f"{_typed_hours(values)} ({typed(values, 'zone')})"


def hours_field(values: Values) -> str:
    """Return the field that the phrase about the hours is under: an empty one, if one is required.

    That one is not folded, so the line does not speak of the hours until it is filled in.
    """
    if not is_empty(values.get("hours_by_day")):
        return "hours_by_day"
    required = ("zone", "hours_from", "hours_to")
    return next((name for name in required if is_empty(values.get(name))), "zone")


def dnc_list(values: Values, kind: Kind) -> str:
    """Return the DNC list; its lack stands out for SMS, where Kore.ai checks no global list."""
    if values.get("dnc_list"):
        return f"DNC: {typed(values, 'dnc_list')}"
    return "*no DNC list*" if kind is Kind.SMS else "no DNC list"


def description(values: Values) -> str:
    """Return the start of the description, or what is sent without one."""
    if said := typed(values, "description"):
        return f"description: {said}"
    return "description: same as the name"


def saved(values: Values) -> dict[str, str]:
    """Return under which name the form is saved; nothing if it is not."""
    if is_empty(values.get("saved_name")):
        return {}
    whom = "everybody" if values.get("saved_for") == SavedFor.EVERYBODY else "the channel"
    return {"saved_name": f"saved for {whom} as “{typed(values, 'saved_name')}”"}


def typed(values: Values, name: str) -> str:
    """Return what is in a field, escaped, in one line; "…" stands for what is too long for it."""
    text = " ".join(" ".join(texts(values.get(name))).split())
    return escape(shorten(text, TYPED_MAX))


def _read(values: Values) -> CallingHours:
    start, end = (time.fromisoformat(str(values.get(name))) for name in ("hours_from", "hours_to"))
    days = [Weekday(int(day)) for day in texts(values.get("calling_days"))]
    by_day = str(values.get("hours_by_day") or "").strip()
    return calling_hours(str(values.get("zone")), days, start, end, by_day)


def _typed_hours(values: Values) -> str:
    if by_day := typed(values, "hours_by_day"):
        return by_day
    days = [day.short for day in Weekday if str(int(day)) in texts(values.get("calling_days"))]
    named = ", ".join(days) or "no calling days"
    return f"{named} {typed(values, 'hours_from')}-{typed(values, 'hours_to')}"
