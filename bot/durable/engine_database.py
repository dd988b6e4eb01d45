"""Where the durable engine stores its tables: beside the records' SQLite file, or with them."""

from contextlib import closing

from bot.records.database import engine_file, sqlite_driver, sqlite_file


def engine_url(url: str) -> str:
    """Return the URL of the engine's SQLite file, or of the same PostgreSQL database."""
    file = sqlite_file(url)
    return f"sqlite:///{engine_file(file)}" if file else url


def use_wal(url: str) -> None:
    """Enable WAL before DBOS opens the file, which keeps the setting."""
    if file := sqlite_file(url):
        with closing(sqlite_driver().connect(engine_file(file))) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
