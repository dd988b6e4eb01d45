"""What the bot remembers. The only room with SQL."""

from bot.records.database import open_database
from bot.records.store import Known, Post, Records, State, Submission

__all__ = ["Known", "Post", "Records", "State", "Submission", "open_database"]
