"""The bot's process in the sandbox: the bot as it is, on a clock that can be set forward.

Started as `python -m sandbox.launch ARGUMENTS`. Each line of its standard input says how many
seconds the clock is to go forward, and is echoed when it has. It ends when its input does, so that
no bot outlives its sandbox.
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
    """An event loop whose timers, too, go by the clock that is set forward."""

    ahead = 0.0

    def time(self) -> float:
        """Seconds on a clock that never goes back."""
        return super().time() + Loop.ahead


class Loops(asyncio.DefaultEventLoopPolicy):
    """Makes such loops, and knows which there are."""

    def __init__(self) -> None:
        super().__init__()
        self._made: WeakSet[Loop] = WeakSet()

    def new_event_loop(self) -> Loop:
        """A loop for a thread of the bot's."""
        loop = Loop()
        self._made.add(loop)
        return loop

    def wake(self) -> None:
        """Let every loop look which of its timers are due."""
        for loop in list(self._made):
            if not loop.is_closed():
                loop.call_soon_threadsafe(lambda: None)


def main() -> None:
    """Run the bot's command line with the arguments of this one."""
    loops = Loops()
    asyncio.set_event_loop_policy(loops)
    # The library sets what Python tells of the time; the monotonic clock is `Loop`'s part.
    clock = time_machine.travel(time.time()).start()
    threading.Thread(target=follow, args=(clock, loops), daemon=True).start()
    runpy.run_module("bot", run_name="__main__", alter_sys=True)


def follow(clock: time_machine.Traveller, loops: Loops) -> None:
    """Set the clock forward as standard input says, and end the bot when that ends."""
    for line in sys.stdin:
        seconds = float(line)
        clock.shift(timedelta(seconds=seconds))
        Loop.ahead += seconds
        loops.wake()
        print(line, end="", flush=True)  # noqa: T201 # the answer
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
