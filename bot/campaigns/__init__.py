"""The domain: what a campaign, its calling hours and its schedule are.

Pure values and rules; nothing here knows Slack, HTTP or SQL.
"""
