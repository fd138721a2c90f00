"""Files by their SHA-256, kept between runs and shared by all mirrors of a machine."""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import stat
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

DAY = 86400
# What tests keep here: distributions that were made, and root directories.
OF_TESTS = ("distributions/*.tar", "trees/*")
BLOCK = 1 << 18


class Store:
    """
    Below ``directory``: ``sha256/ab/…`` the files, ``notes`` which of them an address had, ``partial`` what is under way.
    Whatever is read is checked first; a damaged file is removed. Writers write beside and rename, so any number of mirrors may
    share it.
    """

    def __init__(self, directory):
        self.directory = directory
        directory.mkdir(mode=0o755, parents=True, exist_ok=True)
        found = directory.stat()
        if found.st_uid != os.geteuid() or stat.S_IMODE(found.st_mode) & 0o022:
            raise PermissionError(f"{directory} must be yours and writable by nobody else; its mode and owner say otherwise")
        for name in ("sha256", "notes", "partial"):
            (directory / name).mkdir(mode=0o755, exist_ok=True)

    def open(self, digest):
        """The file, checked and at its beginning, or None when it is not there or damaged."""
        path = self.path(digest)
        try:
            file = path.open("rb")
        except FileNotFoundError:
            return None
        if _digest(file) != digest:
            file.close()
            path.unlink(missing_ok=True)
            return None
        os.utime(file.fileno())  # used: that is what its age counts from
        file.seek(0)
        return file

    @contextlib.contextmanager
    def turn(self, digest, patience):
        """
        The right to fetch the file, as a :class:`Partial`, so that it is fetched once. Whoever else is fetching it is waited
        for, ``patience`` seconds at most; then it is None.
        """
        path = self.directory / "partial" / digest
        with contextlib.ExitStack() as held:
            file = _locked(path, time.monotonic() + patience)
            if file:
                held.enter_context(file)
                held.callback(_remove_ours, path, file)
            yield Partial(file, path, self) if file else None

    @contextlib.contextmanager
    def spool(self):
        """A :class:`Partial` whose digest is not known yet."""
        with tempfile.NamedTemporaryFile(dir=self.directory / "partial", delete=False) as file:
            path = Path(file.name)
            try:
                yield Partial(file, path, self)
            finally:
                path.unlink(missing_ok=True)

    def noted(self, address):
        """What was last noted of the address and its file, checked and open; or None for both."""
        try:
            fields = json.loads(self._note_path(address).read_text())
            note = Note(fields["digest"], fields["headers"])
        except (OSError, ValueError, KeyError, TypeError):
            return None, None
        file = self.open(note.digest)
        return (note, file) if file else (None, None)

    def note(self, address, digest, headers):
        """That the file last got from the address has this digest; ``headers`` are what the archive recognizes it by."""
        path = self._note_path(address)
        with tempfile.NamedTemporaryFile("w", dir=self.directory / "partial", delete=False) as file:
            json.dump({"address": address, "digest": digest, "headers": headers}, file)
        os.rename(file.name, path)

    def tidy(self, days, size):
        """Removes what was not used for some days and, oldest first, what is more than ``size`` bytes."""
        now = time.time()
        for pattern, age in (("partial/*", 1), ("notes/*", days), *((pattern, days) for pattern in OF_TESTS)):
            for path in self.directory.glob(pattern):
                with contextlib.suppress(FileNotFoundError):
                    if now - path.stat().st_mtime > age * DAY:
                        _remove(path)
        found = []
        for path in self.directory.glob("sha256/*/*"):
            with contextlib.suppress(FileNotFoundError):  # another mirror tidies as well
                status = path.stat()
                found.append((status.st_mtime, status.st_size, path))
        total = sum(length for _, length, _ in found)
        for used, length, path in sorted(found):
            if now - used > days * DAY or total > size:
                path.unlink(missing_ok=True)
                total -= length

    def _note_path(self, address):
        return self.directory / "notes" / hashlib.sha256(address.encode()).hexdigest()

    def path(self, digest):
        """Where the file is, or would be."""
        return self.directory / "sha256" / digest[:2] / digest


class Note(NamedTuple):
    """What is known of a file that may change: its digest, and ``Last-Modified`` and ``ETag`` as the archive sent them."""

    digest: str
    headers: dict

    def conditions(self):
        """The headers of a request for it only if it has changed."""
        names = {"Last-Modified": "If-Modified-Since", "ETag": "If-None-Match"}
        return {names[name]: value for name, value in self.headers.items()}


class Partial:
    """A file under way. :meth:`keep` puts it into the store."""

    def __init__(self, file, path, store):
        self._file = file
        self._path = path
        self._store = store
        self._hash = hashlib.sha256()

    def write(self, block):
        self._hash.update(block)
        self._file.write(block)

    def digest(self):
        """Of what was written so far."""
        return self._hash.hexdigest()

    def content(self):
        """The file written so far, opened for reading."""
        self._file.flush()
        return self._path.open("rb")

    def keep(self):
        """Into the store, by its digest."""
        self._file.flush()
        target = self._store.path(self.digest())
        target.parent.mkdir(mode=0o755, exist_ok=True)
        os.fchmod(self._file.fileno(), 0o644)
        self._path.rename(target)


def _digest(file):
    sha256 = hashlib.sha256()
    while block := file.read(BLOCK):
        sha256.update(block)
    return sha256.hexdigest()


def _locked(path, end):
    """The file, made if need be, empty and locked; None when ``end`` has come."""
    while time.monotonic() < end:
        file = open(path, "ab")
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_at(path, file):  # and was neither finished nor given up since it was opened
                file.truncate(0)
                return file
        file.close()
        time.sleep(0.02)
    return None


def _remove_ours(path, file):
    if _is_at(path, file):
        path.unlink()


def _is_at(path, file):
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def _remove(path):
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
