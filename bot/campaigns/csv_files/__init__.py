"""CSV files as people export them: `tables` reads bytes into a header and numbered records."""

from bot.campaigns.csv_files.faults import FileFault, Unreadable
from bot.campaigns.csv_files.headers import places_of
from bot.campaigns.csv_files.tables import Table, read_table

__all__ = ["FileFault", "Table", "Unreadable", "places_of", "read_table"]
