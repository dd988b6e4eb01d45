"""Logs an outage of a service that the bot uses: a line when it begins, and one when it is over."""

import threading
import time

import structlog

log = structlog.get_logger()


class Outage:
    """The outages of one service, as its callers notice them; any thread may report.

    Calls overlap, so one that was made before the last change proves nothing: it may have failed on
    a connection that was lost then, or have succeeded on one that was still there.
    """

    def __init__(self, service: str) -> None:
        self._service = service
        self._lock = threading.Lock()
        self._began: float | None = None
        self._ended = 0.0
        self._failed = 0

    @property
    def is_on(self) -> bool:
        """Return whether the service does not answer now."""
        return self._began is not None

    def failed(self, reason: str, made_at: float | None = None) -> None:
        """Count a failed call, made at a time of `time.monotonic`, or just now; log the first."""
        with self._lock:
            if self._began is None:
                if made_at is not None and made_at < self._ended:
                    return
                self._began, self._failed = time.monotonic(), 0
                log.error("outage.began", service=self._service, reason=reason)
            self._failed += 1

    def over(self, made_at: float | None = None) -> None:
        """Note a successful call; if there was an outage until then, log how long it lasted."""
        with self._lock:
            now = time.monotonic()
            if self._began is None or (made_at or now) < self._began:
                return
            lasted, self._began, self._ended = now - self._began, None, now
            seconds = round(lasted, 1)
            log.warning(
                "outage.over", service=self._service, seconds=seconds, failed_calls=self._failed
            )
