"""The way in: what Slack sends is verified, read and typed here, before Bolt and the handlers."""
