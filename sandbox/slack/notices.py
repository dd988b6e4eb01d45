"""Slack's own messages to a person when something does not work."""

TROUBLE = "We had some trouble connecting. Try again?"
READ_ONLY = "Sending messages to this app has been turned off."
"""Shown instead of the message field if an app's messages tab is read-only."""


def command_failed(command: str, error: str) -> str:
    """Return Slackbot's message about a command that the app did not acknowledge.

    https://docs.slack.dev/interactivity/implementing-slash-commands
    """
    return f"{command} failed with the error “{error}”"


def not_a_command(command: str) -> str:
    """Return Slackbot's answer to an unknown command.

    As quoted in https://github.com/samknight/slack_applescript/issues/33.
    """
    return (
        f"{command} is not a valid command. In Slack, all messages that start with the “/” "
        "character are interpreted as commands.\n"
        "If you are trying to send a message and not run a command, try preceding the “/” with an "
        "empty space."
    )


def not_in_threads(command: str) -> str:
    """Return Slackbot's answer to an app's command in a thread.

    As quoted in https://github.com/slackapi/bolt-python/issues/873.
    """
    return f"{command} is not supported in threads. Sorry!"
