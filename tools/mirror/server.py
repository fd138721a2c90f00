"""The mirror itself: an HTTP server on loopback."""

import contextlib
import http.server
import re
import sqlite3
import sys
import threading
from urllib.parse import unquote

from mirror import upstream
from mirror.upstream import Failed

FAILED = "mirror: failed:"
PATIENCE_SECONDS = 15
IDLE_SECONDS = 120
BLOCK = 1 << 18
BY_HASH = re.compile(r"/by-hash/SHA256/([0-9a-f]{64})$")
INDEX = re.compile(r"^(.+?)/dists/.+/binary-[^/]+/(?:Packages(?:\.[a-z0-9]+)?|by-hash/SHA256/[0-9a-f]{64})$")
RANGE = re.compile(r"bytes=([0-9]+)-([0-9]*)")
CONDITIONS = ("If-Modified-Since", "If-None-Match", "Range", "If-Range")
DESCRIPTIONS = ("Content-Type", "Content-Range", "Last-Modified", "ETag")


class Mirror(http.server.ThreadingHTTPServer):
    """Serves the archives that ``route`` leads to, from the store where an index has told a file's digest."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address, store, catalogue):
        super().__init__(address, Handler)
        self.route = None  # is made with our own address
        self.store = store
        self.catalogue = catalogue
        self.proxies = upstream.proxies()
        self._lock = threading.Lock()
        self._counted = {"archive": [0, 0], "store": [0, 0]}

    def count(self, origin, size):
        """One more answer of so many bytes from the archive or the store."""
        with self._lock:
            self._counted[origin][0] += 1
            self._counted[origin][1] += size

    def summary(self):
        """How much came from where so far."""
        return "; ".join(f"{origin}: {number} answers, {size} bytes" for origin, (number, size) in self._counted.items())

    def handle_error(self, request, client_address):
        """A client that goes away, or sends nothing for long, is no error."""
        if not isinstance(sys.exc_info()[1], (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)


class Handler(http.server.BaseHTTPRequestHandler):
    """One connection, with any number of requests."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = IDLE_SECONDS

    def setup(self):
        super().setup()
        self._upstream = upstream.Upstream(self.server.proxies)

    def finish(self):
        self._upstream.close()
        super().finish()

    def do_GET(self):  # noqa: N802
        self._begun = False
        try:
            self._answer()
        except Failed as error:
            self.log_message("%s %s", FAILED, error)
            if self._begun:
                self.close_connection = True  # before what was promised has come, so nobody takes it for the whole
            else:
                self.send_error(502, explain=str(error))

    do_HEAD = do_GET  # noqa: N815

    def log_request(self, code="-", size="-"):
        """Is told by :meth:`_count`, which knows more."""

    def _answer(self):
        address = self.server.route.back(self.path)
        if address is None:
            self.send_error(404, explain="not below an address of the host's apt sources")
            return
        digest = self._digest(address)
        if digest:
            self._answer_kept(address, digest)
        elif "/dists/" in address and self.command == "GET":
            self._answer_list(address)
        else:
            self._relay(address)

    def _digest(self, address):
        """What the file there must have, if that is known."""
        by_hash = BY_HASH.search(address)
        if by_hash:
            return by_hash.group(1)
        with self._catalogue() as catalogue:
            return catalogue.digest(unquote(address))

    def _answer_kept(self, address, digest):
        """A file that never changes: from the store, or into it on its way through."""
        if self._answer_from_store(address, digest):
            return
        if self.command == "HEAD" or "Range" in self.headers:
            self._relay(address)
            return
        with self.server.store.turn(digest, PATIENCE_SECONDS) as partial:
            if self._answer_from_store(address, digest):
                return  # somebody else was fetching it
            if partial is None:
                self._relay(address)
                return
            with self._upstream.ask("GET", address, {}) as answer:
                self._pass_on(answer, partial, lambda: self._keep(address, digest, partial))

    def _answer_from_store(self, address, digest):
        file = self.server.store.open(digest)
        if file is None:
            return False
        with file:
            self._learn(address, digest, file)
            self._send(address, file, {"ETag": f'"{digest}"'})
        return True

    def _keep(self, address, digest, partial):
        if partial.digest() != digest:
            raise Failed(f"{address} has not the SHA-256 that its index names, {digest}")
        with partial.content() as file:
            self._learn(address, digest, file)
        partial.keep()

    def _answer_list(self, address):
        """A file that may change: asked for each time; kept if the archive can tell that it is still the same."""
        note, file = self.server.store.noted(address)
        with contextlib.ExitStack() as open_files:
            if file:
                open_files.enter_context(file)
            conditions = note.conditions() if note else self._conditions("If-Modified-Since", "If-None-Match")
            answer = open_files.enter_context(self._upstream.ask("GET", address, conditions))
            if file and answer.status == 304:
                self._learn(address, note.digest, file)
                self._send(address, file, note.headers)
                return
            partial = open_files.enter_context(self.server.store.spool())
            self._pass_on(answer, partial, lambda: self._keep_list(address, answer, partial))

    def _keep_list(self, address, answer, partial):
        with partial.content() as file:
            self._learn(address, partial.digest(), file)
        headers = {name: answer.headers[name] for name in ("Last-Modified", "ETag") if name in answer.headers}
        if headers:
            partial.keep()
            self.server.store.note(address, partial.digest(), headers)

    def _learn(self, address, digest, file):
        index = INDEX.match(address)
        if index:
            with self._catalogue() as catalogue:
                catalogue.learn(index.group(1), digest, file)

    @contextlib.contextmanager
    def _catalogue(self):
        """Without it nothing is kept, which is no reason to answer nothing."""
        try:
            yield self.server.catalogue
        except sqlite3.Error as error:
            self.log_message("catalogue: %s", error)

    def _conditions(self, *names):
        return {name: self.headers[name] for name in names if name in self.headers}

    def _relay(self, address):
        with self._upstream.ask(self.command, address, self._conditions(*CONDITIONS)) as answer:
            self._pass_on(answer)

    def _pass_on(self, answer, partial=None, finish=None):
        """
        Sends an answer on, and what is a whole file into ``partial`` as well. That goes one block ahead, so that ``finish`` can
        still refuse it: nobody gets the whole of it then.
        """
        whole = answer.status == 200
        last = b""
        size = 0
        has_body = self.command == "GET" and answer.status not in (204, 304)
        for block in answer.blocks() if has_body else ():
            if partial and whole:
                partial.write(block)
            if last:
                self._begin(answer)
                self.wfile.write(last)
            last = block
            size += len(block)
        if finish and whole:
            finish()
        self._begin(answer)
        self.wfile.write(last)
        self._count("archive", answer.status, size, answer.address)

    def _begin(self, answer):
        if self._begun:
            return
        self._begun = True
        self.send_response(answer.status)
        if answer.length is not None:
            self.send_header("Content-Length", answer.length)
        elif answer.status != 304:
            self.send_header("Connection", "close")
        for name in DESCRIPTIONS:
            if name in answer.headers:
                self.send_header(name, answer.headers[name])
        self.end_headers()

    def _send(self, address, file, headers):
        """A file of the store, whole or the part that was asked for."""
        self._begun = True
        file.seek(0, 2)
        size = file.tell()
        status, first, end = self._part(size, headers)
        self.send_response(status)
        if status == 206:
            self.send_header("Content-Range", f"bytes {first}-{end - 1}/{size}")
        elif status == 416:
            self.send_header("Content-Range", f"bytes */{size}")
        if status != 304:
            self.send_header("Content-Length", end - first)
        self.send_header("Accept-Ranges", "bytes")
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET" and end > first:
            self.connection.sendfile(file, first, end - first)
        self._count("store", status, end - first, address)

    def _part(self, size, headers):
        """Status, first byte and the one behind the last."""
        tag, date = headers.get("ETag", ""), headers.get("Last-Modified", "")
        if "If-None-Match" in self.headers:
            unchanged = self.headers["If-None-Match"] == tag
        else:
            unchanged = date and self.headers.get("If-Modified-Since") == date
        if unchanged:
            return 304, 0, 0
        asked = RANGE.fullmatch(self.headers.get("Range", ""))
        if not asked or self.headers.get("If-Range", tag) not in (tag, date):
            return 200, 0, size
        first = int(asked.group(1))
        if first >= size:
            return 416, 0, 0
        return 206, first, min(int(asked.group(2) or size) + 1, size)

    def _count(self, origin, status, size, address):
        self.server.count(origin, size)
        self.log_message("%s %s %s %s %s", origin, self.command, status, size, address)
