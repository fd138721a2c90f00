"""The host's apt sources, and a copy of them that leads through the mirror."""

import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

ADDRESS = re.compile(r"\b(?:https?://|mirror\+file:)[^\s\]#]+")


class Route:
    """How an archive's address is written as one below the mirror's: http://host/debian is MIRROR/http/host/debian."""

    def __init__(self, mirror):
        self._mirror = mirror
        self._servers = set()

    def through(self, address):
        """The address below the mirror; one that names a user stays as it is, for its password is apt's to know."""
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or "@" in parts.netloc:
            return address
        self._servers.add((parts.scheme, parts.netloc))
        return f"{self._mirror}/{parts.scheme}/{parts.netloc}{parts.path}"

    def back(self, path):
        """The address that a path asked of the mirror means; None when it lies on no server of the host's sources."""
        _, scheme, server, *rest = path.split("/", 3) + [""]
        return f"{scheme}://{server}/{rest[0]}" if (scheme, server) in self._servers else None

    def is_needed(self):
        return bool(self._servers)


def copy(apt, target, route):
    """Copies the directory apt, /etc/apt, with all addresses of archives written as ``route`` says."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(apt, target, symlinks=True)
    parts = target / "sources.list.d"
    for file in [target / "sources.list", *sorted(parts.glob("*.list")), *sorted(parts.glob("*.sources"))]:
        original = apt / file.relative_to(target)
        if original.is_file():
            text = original.read_text(errors="surrogateescape")
            rewrite = _one_line if file.suffix == ".list" else _deb822
            file.unlink()  # it may be a link
            file.write_text("".join(rewrite(text.splitlines(keepends=True), route)), errors="surrogateescape")
    (target / "apt.conf.d").mkdir(exist_ok=True)
    (target / "apt.conf.d/99test-mirror").write_text('Acquire::http::Proxy::127.0.0.1 "DIRECT";\n')


def _one_line(lines, route):
    for line in lines:
        yield line if line.lstrip().startswith("#") else _replaced(line, route)


def _deb822(lines, route):
    field = ""
    for line in lines:
        if not line.startswith((" ", "\t", "#")):
            field = line.partition(":")[0].strip().lower()
        yield _replaced(line, route) if field == "uris" and not line.startswith("#") else line


def _replaced(line, route):
    return ADDRESS.sub(lambda match: route.through(_first_mirror(match.group())), line)


def _first_mirror(address):
    """A file with a list of mirrors, which images for clouds use, counts as its first; see apt-transport-mirror(1)."""
    scheme, _, name = address.partition(":")
    if scheme != "mirror+file":
        return address
    try:
        lines = Path("/" + name.lstrip("/")).read_text().splitlines()
    except OSError:
        return address
    mirrors = [line.split()[0] for line in lines if line.strip() and not line.lstrip().startswith("#")]
    return mirrors[0] if mirrors else address
