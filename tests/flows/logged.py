"""The bot's log, as a test reads it."""

import json
from io import StringIO


class Log:
    """What is logged from now on."""

    def __init__(self, stream: StringIO) -> None:
        self._stream, self._begin = stream, len(stream.getvalue())

    @property
    def text(self) -> str:
        return self._stream.getvalue()[self._begin :]

    def malformed(self) -> list[tuple[str, str]]:
        """The kind and the place of each request that was not in its shape."""
        lines = [json.loads(line) for line in self.text.splitlines()]
        found = [line for line in lines if line["event"] == "request.malformed"]
        return [(line["kind"], line["place"]) for line in found]

    def events(self) -> list[str]:
        """The name of each."""
        return [json.loads(line)["event"] for line in self.text.splitlines()]
