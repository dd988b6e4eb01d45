"""Runs the unchanged bot on a clock that the sandbox can set forward.

Start it with `python -m sandbox.launch ARGUMENTS`. Each line of standard input is a number of
seconds: the clock goes forward by that much, and then the line is echoed. The process ends when
its input ends, so no bot outlives its sandbox.
"""

import asyncio
import os
import runpy
import signal
import sys
import threading
import time
from datetime import timedelta
from weakref import WeakSet

import time_machine


class Loop(asyncio.SelectorEventLoop):
    """An event loop whose timers also follow the clock that is set forward."""

    ahead = 0.0

    def time(self) -> float:
        """Return the seconds on a clock that never goes back."""
        return super().time() + Loop.ahead


class Loops(asyncio.DefaultEventLoopPolicy):
    """An event loop policy that creates these loops and remembers them."""

    def __init__(self) -> None:
        super().__init__()
        self._made: WeakSet[Loop] = WeakSet()

    def new_event_loop(self) -> Loop:
        """Return a new loop for one of the bot's threads."""
        loop = Loop()
        self._made.add(loop)
        return loop

    def wake(self) -> None:
        """Make every loop check which of its timers are due."""
        for loop in list(self._made):
            if not loop.is_closed():
                loop.call_soon_threadsafe(lambda: None)


def main() -> None:
    """Run the bot's command line with this process's arguments."""
    loops = Loops()
    asyncio.set_event_loop_policy(loops)
    # The library changes Python's time functions; `Loop` changes the monotonic clock.
    clock = time_machine.travel(time.time()).start()
    threading.Thread(target=follow, args=(clock, loops), daemon=True).start()
    runpy.run_module("bot", run_name="__main__", alter_sys=True)


def follow(clock: time_machine.Traveller, loops: Loops) -> None:
    """Set the clock forward as standard input says, and stop the bot when the input ends."""
    for line in sys.stdin:
        seconds = float(line)
        clock.shift(timedelta(seconds=seconds))
        Loop.ahead += seconds
        loops.wake()
        print(line, end="", flush=True)  # noqa: T201 # the echo
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
