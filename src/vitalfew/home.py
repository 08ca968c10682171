"""The home: the one folder in which vitalfew keeps all its state.

work.sqlite3   what the department does
database.url   in its place, once the work was moved to PostgreSQL; DATABASE_URL goes before both
facts/         the ledgers        imports/   what came with each import: its rejects, its report
files/         documents of accounts   mails/   mails as they came, until they are decided
exchange/      what accounts lay into their folders, where VITALFEW_EXCHANGE names no other
secret.key     signs sessions; made on first use, readable by its owner only
"""

import os
import secrets
from functools import cached_property
from pathlib import Path


class Home:
    """One home and the places in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def named(cls, folder: str | None = None) -> "Home":
        """The folder asked for, else VITALFEW_HOME, else the platform's data folder."""
        chosen = folder or os.environ.get("VITALFEW_HOME")
        if chosen:
            return cls(Path(chosen).expanduser().absolute())
        from platformdirs import user_data_path

        return cls(user_data_path("vitalfew", appauthor=False))

    @property
    def facts(self) -> Path:
        return self.folder / "facts"

    @property
    def imports(self) -> Path:
        return self.folder / "imports"

    @property
    def files(self) -> Path:
        return self.folder / "files"

    @property
    def mails(self) -> Path:
        return self.folder / "mails"

    @property
    def static(self) -> Path:
        return self.folder / "static"

    @property
    def database(self) -> Path:
        return self.folder / "work.sqlite3"

    @property
    def database_url(self) -> str:
        """The database the work is in; empty where it is the home's own file."""
        return os.environ.get("DATABASE_URL") or self.remembered_url

    @property
    def remembered_url(self) -> str:
        place = self.folder / "database.url"
        return place.read_text().strip() if place.exists() else ""

    def remember_database(self, url: str) -> None:
        """From now on the work is in that database; in the home's own file where the URL is empty."""
        place = self.folder / "database.url"
        if not url:
            place.unlink(missing_ok=True)
            return
        fresh = place.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(url + "\n")
        fresh.rename(place)

    @property
    def exists(self) -> bool:
        return (self.folder / "secret.key").exists()

    def make(self) -> None:
        """Create the folder and its secret; what is there already stays."""
        for place in (self.folder, self.facts, self.imports, self.files, self.static):
            place.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._make_secret(self.folder / "secret.key")

    def _make_secret(self, path: Path) -> None:
        if path.exists():
            return
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()

    @cached_property
    def secret(self) -> str:
        self.make()
        return (self.folder / "secret.key").read_text().strip()
