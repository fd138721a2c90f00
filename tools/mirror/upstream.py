"""Asks the archives, within limits of time and size."""

import base64
import http.client
import subprocess
import time
import urllib.request
from urllib.parse import unquote, urljoin, urlsplit

STALL_SECONDS = 20  # below the 30 after which apt gives up on us
PAUSES_SECONDS = (0.5, 2)  # before an archive in trouble is asked again,
PATIENCE_SECONDS = 8  # unless it has taken so long to say so
BUSY = (429, 500, 502, 503, 504)
LIMIT_SECONDS = 1200
LIMIT_BYTES = 4 << 30
REDIRECTIONS = 5
BLOCK = 1 << 16
TROUBLE = (OSError, ValueError, http.client.HTTPException)


class Failed(Exception):
    """An archive did not give what was asked for; the text says why."""


class Answer:
    """What an archive said, whatever its status; to be closed."""

    def __init__(self, address, connection, response):
        self.address = address
        self.status = response.status
        self.headers = response.headers
        length = self.headers.get("Content-Length", "")
        self.length = int(length) if length.isdecimal() else None
        self._connection = connection
        self._response = response

    def blocks(self):
        """The body, piece by piece; it fails unless it comes whole and in time."""
        end = time.monotonic() + LIMIT_SECONDS
        done = 0
        while block := self._read():
            done += len(block)
            if done > LIMIT_BYTES or time.monotonic() > end:
                raise Failed(f"{self.address} is too big or too slow")
            yield block
        if self.length is not None and done != self.length:
            raise Failed(f"{self.address} ended after {done} of {self.length} bytes")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Leaves the connection open for the next question if all was read."""
        if self._response.length == 0:
            self._response.read()
        if not self._response.isclosed():
            self._connection.close()  # what was not read must not be taken for the next answer

    def _read(self):
        try:
            return self._response.read(BLOCK)
        except TROUBLE as error:
            raise Failed(f"{self.address}: {error or type(error).__name__}") from error


class Upstream:
    """Connections to archives, which stay open; for one thread and one question at a time. ``proxies`` is of :func:`proxies`."""

    def __init__(self, proxies):
        self._proxies = proxies
        self._connections = {}

    def ask(self, method, address, headers):
        """Redirections are followed; an archive that is busy or does not answer is asked again."""
        end = time.monotonic() + PATIENCE_SECONDS
        for pause in PAUSES_SECONDS:
            try:
                answer = self._ask_along(method, address, headers)
                if answer.status not in BUSY or time.monotonic() > end:
                    return answer
                answer.close()
            except Failed:
                if time.monotonic() > end:
                    raise
            time.sleep(pause)
        return self._ask_along(method, address, headers)

    def _ask_along(self, method, address, headers):
        for _ in range(REDIRECTIONS):
            answer = self._ask(method, address, headers)
            if answer.status not in (301, 302, 303, 307, 308):
                return answer
            with answer:
                address = urljoin(address, answer.headers.get("Location", ""))
        raise Failed(f"{address}: too many redirections")

    def close(self):
        for connection in self._connections.values():
            connection.close()

    def _ask(self, method, address, headers):
        try:
            parts = urlsplit(address)
            connection = self._connection(parts.scheme, parts.netloc)
            try:
                return Answer(address, connection, self._response(connection, method, parts, headers))
            except (http.client.RemoteDisconnected, ConnectionError):
                connection.close()  # it has been idle for too long; the next request opens it again
                return Answer(address, connection, self._response(connection, method, parts, headers))
        except TROUBLE as error:
            raise Failed(f"{address}: {error or type(error).__name__}") from error

    def _response(self, connection, method, parts, headers):
        sent = {"User-Agent": "stencil-test-mirror", **headers}
        target = parts._replace(scheme="", netloc="", fragment="").geturl()
        if parts.scheme == "http" and self._proxy("http", parts.netloc):
            target = parts.geturl()
            sent |= _credentials(self._proxy("http", parts.netloc))
        connection.request(method, target, headers=sent)
        return connection.getresponse()

    def _connection(self, scheme, server):
        if (scheme, server) not in self._connections:
            kind = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}[scheme]
            proxy = self._proxy(scheme, server)
            connection = kind(urlsplit(proxy).netloc.rpartition("@")[2] if proxy else server, timeout=STALL_SECONDS)
            if proxy and scheme == "https":
                connection.set_tunnel(server, headers=_credentials(proxy))
            self._connections[scheme, server] = connection
        return self._connections[scheme, server]

    def _proxy(self, scheme, server):
        return None if urllib.request.proxy_bypass(server) else self._proxies.get(scheme)


def proxies():
    """By scheme: the proxy that apt is configured to use, or else that of the environment."""
    found = urllib.request.getproxies()
    for scheme in ("http", "https"):
        command = ["apt-config", "shell", "proxy", f"Acquire::{scheme}::Proxy"]
        text = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
        if text:
            found[scheme] = text.removeprefix("proxy=").strip("'")
    return {scheme: address for scheme, address in found.items() if address.upper() != "DIRECT"}


def _credentials(proxy):
    user, at, _ = urlsplit(proxy).netloc.rpartition("@")
    return {"Proxy-Authorization": "Basic " + base64.b64encode(unquote(user).encode()).decode()} if at else {}
