"""The bot's log, as a test reads it."""

import json
from io import StringIO


class Log:
    """The lines logged after this object is created."""

    def __init__(self, stream: StringIO) -> None:
        self._stream, self._begin = stream, len(stream.getvalue())

    @property
    def text(self) -> str:
        return self._stream.getvalue()[self._begin :]

    def malformed(self) -> list[tuple[str, str]]:
        """Return the kind of each malformed request and the place of its fault."""
        lines = [json.loads(line) for line in self.text.splitlines()]
        found = [line for line in lines if line["event"] == "request.malformed"]
        return [(line["kind"], line["place"]) for line in found]

    def events(self) -> list[str]:
        """Return the event name of each line."""
        return [json.loads(line)["event"] for line in self.text.splitlines()]
