"""The domain: campaigns, calling hours, schedules, and the rules that apply to them.

Contains only values and rules, without Slack, HTTP or SQL.
"""
