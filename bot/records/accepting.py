"""Accepts a submission, with what is kept of its form."""

from sqlalchemy import Connection

from bot.campaigns.saved_forms import Kept
from bot.records import saved_forms
from bot.records.submissions import Submission
from bot.records.tables import submissions
from bot.records.writing import add_new


def accept(submission: Submission, kept: Kept | None, db: Connection) -> bool:
    """Store both; return False, and store nothing, if the key was already accepted."""
    if not add_new(db, submissions, submission.row()):
        return False
    if kept:
        saved_forms.keep(kept, db)
    return True
