"""What indexes of packages say: which SHA-256 the file at an address has. Kept between runs."""

import contextlib
import gzip
import lzma
import re
import sqlite3
import time

DAY = 86400
DIGEST = re.compile(r"[0-9a-f]{64}")
SCHEMA = """
CREATE TABLE IF NOT EXISTS indexes (number INTEGER PRIMARY KEY, archive TEXT, digest TEXT, used REAL, UNIQUE (archive, digest));
CREATE TABLE IF NOT EXISTS packages (address TEXT PRIMARY KEY, digest TEXT, number INTEGER) WITHOUT ROWID;
"""


class Catalogue:
    """A database that any number of mirrors may share; of several indexes that name a file, the last one learnt counts."""

    def __init__(self, file):
        self._file = file
        try:
            self._make()
        except sqlite3.OperationalError:  # locked for long, or no space: not damaged
            raise
        except sqlite3.DatabaseError:  # nothing in it is worth more than reading the indexes again
            for name in (file.name, file.name + "-journal"):
                file.with_name(name).unlink(missing_ok=True)
            self._make()

    def digest(self, address):
        """The SHA-256 of the file at this address, in hexadecimal digits, or None."""
        with self._database() as database:
            row = database.execute("SELECT digest FROM packages WHERE address = ?", (address,)).fetchone()
        return row[0] if row else None

    def learn(self, archive, digest, content):
        """Reads the index with this digest, a file, plain or packed, of the archive at this address. Once is enough."""
        with self._database() as database:
            update = "UPDATE indexes SET used = ? WHERE archive = ? AND digest = ?"
            if database.execute(update, (time.time(), archive, digest)).rowcount:
                return
        pairs = list(read(content))
        with self._database() as database:
            row = (archive, digest, time.time())
            insert = "INSERT OR REPLACE INTO indexes (archive, digest, used) VALUES (?, ?, ?)"
            number = database.execute(insert, row).lastrowid
            database.executemany(
                "INSERT OR REPLACE INTO packages VALUES (?, ?, ?)",
                ((f"{archive}/{name}", sha256, number) for name, sha256 in pairs),
            )

    def tidy(self, days):
        """Forgets indexes that were not seen for some days."""
        with self._database() as database:
            database.execute("DELETE FROM indexes WHERE used < ?", (time.time() - days * DAY,))
            database.execute("DELETE FROM packages WHERE number NOT IN (SELECT number FROM indexes)")

    def _make(self):
        with self._database() as database:
            if database.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("damaged")
            database.executescript(SCHEMA)

    @contextlib.contextmanager
    def _database(self):
        with contextlib.closing(sqlite3.connect(self._file, timeout=30)) as connection, connection:
            yield connection


def read(content):
    """Pairs of Filename and SHA256 of an index of packages; none when it is something else."""
    name = sha256 = ""
    for line in _unpacked(content):
        if line.startswith(b"Filename: "):
            name = line[10:].strip().decode(errors="replace")
        elif line.startswith(b"SHA256: "):
            sha256 = line[8:].strip().decode(errors="replace")
        elif line == b"\n":
            if name and DIGEST.fullmatch(sha256):
                yield name, sha256
            name = sha256 = ""
    if name and DIGEST.fullmatch(sha256):
        yield name, sha256


def _unpacked(content):
    magic = content.read(6)
    content.seek(0)
    try:
        if magic.startswith(b"\x1f\x8b"):
            yield from gzip.GzipFile(fileobj=content)
        elif magic == b"\xfd7zXZ\x00":
            yield from lzma.LZMAFile(content)
        else:
            yield from content
    except (OSError, EOFError, lzma.LZMAError):
        return  # not what it seemed, or cut off: whoever asked for it will say so
