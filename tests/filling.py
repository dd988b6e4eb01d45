"""Fill in a form as a person does, who unfolds its options to change one of them."""

import re
from collections.abc import Mapping

from blocks.forms import FORMS
from sandbox.slack import Modal

OPTIONS = {
    field.label for form in FORMS.values() for field in form.fields().values() if field.folds
}
# As in "Mon-Fri 9:00 AM-6:00 PM (America/New_York)".
_ZONE = re.compile(r"M \((.+?)\)")


async def fill_in(form: Modal, answers: Mapping[str, str | list[str] | None]) -> None:
    """Fill in the fields with these labels; first press "More options" if one of them is folded."""
    options = {label: answer for label, answer in answers.items() if label in OPTIONS}
    if not options.keys() <= set(form.labels):
        await form.click("More options")
    await form.fill(options)
    await form.fill({label: answer for label, answer in answers.items() if label not in options})


def zone_in(form: Modal) -> str | list[str] | None:
    """Return the time zone that a form shows: in its field, or in the line of folded options."""
    if "Time zone" in form.labels:
        return form.value("Time zone")
    (zone,) = _ZONE.findall(form.text)
    return str(zone)
