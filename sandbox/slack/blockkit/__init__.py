"""Checks what an app sends: views, messages and suggested options.

The rules are Slack's documented rules (https://docs.slack.dev/reference/block-kit and
https://docs.slack.dev/reference/views). Types that the sandbox cannot draw are refused, never
ignored.
"""

from sandbox.slack.blockkit.checks import Fault
from sandbox.slack.blockkit.state import initial_state
from sandbox.slack.blockkit.surfaces import message_faults, options_faults, view_faults

__all__ = ["Fault", "initial_state", "message_faults", "options_faults", "view_faults"]
