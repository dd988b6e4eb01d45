"""Defines the tables for both SQLite and PostgreSQL."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

metadata = MetaData()


class Moment(TypeDecorator[datetime]):
    """A time-zone-aware time, stored in UTC because SQLite would drop the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Convert the value to UTC."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Mark a naive value from the database as UTC."""
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


# Submissions, stored before Slack's request is acknowledged: the command, the typed form, `before`,
# the campaign's snapshot before the command was sent, `marked_at`, when its state was set by the
# database's clock, and `finished_at`, when nothing was left to do. `turn` counts how often it was
# begun.
submissions = Table(
    "submissions",
    metadata,
    Column("key", String(120), primary_key=True),
    Column("action", String(20), nullable=False),
    Column("author", String(40), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("asked_in", String(40), nullable=False),
    Column("response_url", Text),
    Column("command", JSON, nullable=False),
    Column("form", JSON),
    Column("review", JSON),
    Column("digest", String(64)),
    Column("state", String(20), nullable=False),
    Column("outcome", JSON),
    Column("before", JSON),
    Column("accepted_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Column("turn", Integer, nullable=False, default=0, server_default="0"),
    Column("environment", String(30)),
    Column("marked_at", Moment),
    Index("submissions_by_state", "state"),
    Index("submissions_by_end", "finished_at"),
    Index("submissions_by_author", "author", "accepted_at"),
)

# The campaigns of every environment, as last seen in Kore.ai. `folded` is the name in the form in
# which names are compared, `changed_at` is Kore.ai's time of its last change, `gone_at` is when it
# was found to be deleted, and `turned_at` when it was last seen with another status than before.
# `sent` are the settings that the bot last sent, if it did.
campaigns = Table(
    "campaigns",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("folded", Text, nullable=False),
    Column("kind", String(10)),
    Column("status", String(40), nullable=False),
    Column("snapshot", JSON, nullable=False),
    Column("schedule", JSON),
    Column("created_by", String(40)),
    Column("seen_at", Moment, nullable=False),
    Column("environment", String(30)),
    Column("changed_at", Moment, nullable=False),
    Column("gone_at", Moment),
    Column("dnc_list", Text),
    Column("sent", JSON),
    Column("queue", Text),
    Column("flow", Text),
    Column("caller_id", Text),
    Column("turned_at", Moment),
    Index("campaigns_by_turn", "turned_at"),
    Index("campaigns_by_name", "folded"),
    Index("campaigns_by_dnc_list", "dnc_list", "environment"),
    Index("campaigns_by_caller_id", "environment", "kind", "caller_id"),
    Index("campaigns_by_queue", "environment", "queue"),
    Index("campaigns_by_flow", "environment", "kind", "flow"),
)
# Everything that a list of campaigns is filtered by, so that it reads only the rows that it shows.
Index(
    "campaigns_by_change",
    campaigns.c.changed_at.desc(),
    campaigns.c.id,
    *(campaigns.c[name] for name in ("environment", "kind", "status", "folded")),
    postgresql_where=campaigns.c.gone_at.is_(None),
    sqlite_where=campaigns.c.gone_at.is_(None),
)

# The contact lists of every environment, as last seen in Kore.ai.
contact_lists = Table(
    "contact_lists",
    metadata,
    Column("environment", String(30), primary_key=True),
    Column("id", String(80), primary_key=True),
    Column("folded", Text, nullable=False),
    Column("value", JSON, nullable=False),
    Index("contact_lists_by_name", "environment", "folded"),
)

# The submissions that add contacts from a file: how many contacts the list had before, and each
# chunk of contacts that was sent. The contacts themselves are in the file alone.
contact_imports = Table(
    "contact_imports",
    metadata,
    Column("submission", String(120), primary_key=True),
    Column("before", Integer),
)
contact_chunks = Table(
    "contact_chunks",
    metadata,
    Column("submission", String(120), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("contacts", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", String(40), nullable=False),
)

# What became of each campaign of a submission that creates several: a row for each of its parts,
# the creation and the schedule, once it has begun.
campaign_parts = Table(
    "campaign_parts",
    metadata,
    Column("submission", String(120), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("part", String(20), primary_key=True),
    Column("state", String(20), nullable=False),
    Column("outcome", JSON),
    Column("before", JSON),
    Column("marked_at", Moment),
)

# The lists in Kore.ai that are read again and again: a row for each environment and list. `claims`
# numbers the readings, `claimed_until` is set during one, and `state` is where the next one begins.
readings = Table(
    "readings",
    metadata,
    Column("environment", String(30), primary_key=True),
    Column("list", String(30), primary_key=True),
    Column("due_at", Moment, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("claimed_until", Moment),
    Column("state", JSON, nullable=False),
)

# The live message of a campaign in a channel.
posts = Table(
    "posts",
    metadata,
    Column("campaign_id", String(80), primary_key=True),
    Column("channel", String(40), primary_key=True),
    Column("ts", String(40), nullable=False),
    Column("news", Text, nullable=False),
)

# How far the latest run of a voice campaign is, or was in the end.
run_progress = Table(
    "run_progress",
    metadata,
    Column("campaign_id", String(80), primary_key=True),
    Column("read_at", Moment, nullable=False),
    Column("counts", JSON, nullable=False),
)

# What each channel follows.
watches = Table(
    "watches",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("channel", String(40), nullable=False),
    Column("since", Moment, nullable=False),
    Column("content", JSON, nullable=False),
    Index("watches_by_channel", "channel"),
)

# When channels get their digest: `told_at` is when the one before was due.
digests = Table(
    "digests",
    metadata,
    Column("channel", String(40), primary_key=True),
    Column("due_at", Moment, nullable=False),
    Column("told_at", Moment, nullable=False),
    Column("content", JSON, nullable=False),
    Index("digests_by_time", "due_at"),
)

# Notifications for people. `due_at` is None once Slack has the message; `claims` numbers the
# attempts, and `claimed_until` is set during one. `version` counts the changes of what it shows.
# `file` is the ID in Slack of the file that it shares, and `thread` the message below which an
# attempt has posted it.
outbox = Table(
    "outbox",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("submission", String(120)),
    Column("campaign", String(80)),
    Column("kind", String(20), nullable=False),
    Column("content", JSON, nullable=False),
    Column("version", Integer, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("due_at", Moment),
    Column("claims", Integer, nullable=False),
    Column("claimed_until", Moment),
    Column("unsure", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("fault", String(80)),
    Column("channel", String(40)),
    Column("ts", String(40)),
    Column("file", String(40)),
    Column("thread", String(40)),
    Index("outbox_by_time", "due_at"),
    Index("outbox_by_submission", "submission"),
    Index("outbox_by_campaign", "campaign"),
)

# Names typed before, suggested again, of things that Kore.ai cannot list.
names = Table(
    "names",
    metadata,
    Column("field", String(40), primary_key=True),
    Column("name", String(200), primary_key=True),
    Column("used_at", Moment, nullable=False),
)

# The forms that people saved. `channel` is empty if people may start from it everywhere, and
# `folded` is the name in the form in which names are compared.
saved_forms = Table(
    "saved_forms",
    metadata,
    Column("channel", String(40), primary_key=True),
    Column("kind", String(10), primary_key=True),
    Column("folded", Text, primary_key=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("name", String(60), nullable=False),
    Column("author", String(40), nullable=False),
    Column("saved_at", Moment, nullable=False),
    Column("filled", JSON, nullable=False),
)

# What the latest accepted creation in a channel was filled in with, of the values that repeat.
last_used = Table(
    "last_used",
    metadata,
    Column("channel", String(40), primary_key=True),
    Column("environment", String(30), primary_key=True),
    Column("kind", String(10), primary_key=True),
    Column("used_at", Moment, nullable=False),
    Column("filled", JSON, nullable=False),
)

# Each person's time zone as Slack last reported it, to preset forms.
zones = Table(
    "zones",
    metadata,
    Column("person", String(40), primary_key=True),
    Column("zone", String(80), nullable=False),
)

# The audit trail, a chain of hashes. All columns, including times and JSON, are text: the hashes
# cover the exact stored values, and even a manipulated entry can be read.
audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("actor", String(40), nullable=False),
    Column("action", String(20), nullable=False),
    Column("submission", String(120), nullable=False),
    Column("reference", String(8), nullable=False),
    Column("event", String(20), nullable=False),
    Column("discriminator", String(120), nullable=False),
    Column("campaign_id", String(80)),
    Column("campaign_name", Text),
    Column("channel", String(40)),
    Column("before", Text),
    Column("after", Text),
    Column("outcome", Text),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("submission", "event", "discriminator", name="audit_once"),
)

# Times and accounts of the Kore.ai calls of the last minute, across all processes.
calls = Table(
    "calls",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("account", Text),
    Index("calls_by_time", "at"),
)

# The processes that share this database: `run` identifies one process run, `taken_at` is when
# another process began to take over its work. `version` is the migration that its code ends with.
executors = Table(
    "executors",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("life", String(32), key="run"),
    Column("seen_at", Moment, nullable=False),
    Column("taken_at", Moment),
    Column("version", String(20)),
)

# Drafts: one row per review modal under its `external_id` (`view`), and one row per form with its
# latest draft under the form's key.
drafts = Table(
    "drafts",
    metadata,
    Column("key", String(120), primary_key=True),
    Column("view", String(255), nullable=False),
    Column("draft", JSON, nullable=False),
    Column("made_at", Moment, nullable=False),
)

# Approvals: `decided_by` decided while it waited; `release_at` is when its hold ends.
approvals = Table(
    "approvals",
    metadata,
    Column("key", String(120), primary_key=True),
    Column("action", String(20), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("state", String(20), nullable=False),
    Column("asked_by", String(40), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("remind_at", Moment, nullable=False),
    Column("reminded_at", Moment),
    Column("decided_by", String(40)),
    Column("decided_at", Moment),
    Column("reason", Text),
    Column("release_at", Moment),
    Column("canceled_by", String(40)),
    Column("canceled_at", Moment),
    Column("card_channel", String(40)),
    Column("card_ts", String(40)),
    Index("approvals_by_state", "state"),
)
