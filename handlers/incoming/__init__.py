"""The way in: Slack's requests are verified, read and typed before Bolt and the handlers."""
