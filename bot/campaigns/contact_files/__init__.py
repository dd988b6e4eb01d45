"""Files of contacts, as people export them: their columns and rows.

`bot.campaigns.csv_files` reads bytes into a header and numbered records, `columns` guesses what
each column is, and `rows` checks each record.
"""

from bot.campaigns.contact_files.columns import Columns, ContactField, guess_columns
from bot.campaigns.contact_files.faults import RowFault
from bot.campaigns.contact_files.review import FileReview, columns_of, review_file
from bot.campaigns.contact_files.rows import ContactRow, Tally, contact_rows, tally

__all__ = [
    "Columns",
    "ContactField",
    "ContactRow",
    "FileReview",
    "RowFault",
    "Tally",
    "columns_of",
    "contact_rows",
    "guess_columns",
    "review_file",
    "tally",
]
