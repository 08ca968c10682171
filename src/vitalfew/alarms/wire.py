"""A message goes to another machine by HTTPS: only where it may go, with patience, and no further than that address.

The name is looked up once, and the connection is made to the very address that was looked at: a name that changes its address
in between leads nowhere else. No redirect is followed; of the answer only the first bytes are read.
"""

import socket
import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, Final, NamedTuple
from urllib.parse import SplitResult, urlsplit

from vitalfew.alarms.words import Trouble

PATIENCE: Final = 10.0
MOST: Final = 64 * 1024
GOOD: Final = range(200, 300)


class Unsent(Exception):
    """Why nothing arrived."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(trouble.value)
        self.trouble, self.detail = trouble, detail


class Answer(NamedTuple):
    """What the host said."""

    status: int
    body: bytes


def parted(url: str, *, inside: bool) -> SplitResult:
    """The parts of an address that may be posted to; without encryption inside our own network alone."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Unsent(Trouble.ADDRESS) from None
    schemes = {"https", "http"} if inside else {"https"}
    if parts.scheme not in schemes or not parts.hostname or parts.username or parts.fragment or port == 0:
        raise Unsent(Trouble.ADDRESS)
    if not url.isascii() or any(letter.isspace() or not letter.isprintable() for letter in url):
        raise Unsent(Trouble.ADDRESS)
    return parts


def post(url: str, body: bytes, headers: Mapping[str, str], *, inside: bool) -> Answer:
    """Send it, and give the answer; refuses with the reason."""
    parts = parted(url, inside=inside)
    connection = _connection(parts, inside=inside)
    target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    try:
        connection.request("POST", target, body, {"Content-Type": "application/json; charset=utf-8", **headers})
        response = connection.getresponse()
        answer = Answer(response.status, response.read(MOST))
    except TimeoutError:
        raise Unsent(Trouble.SLOW) from None
    except (OSError, HTTPException, UnicodeError):
        raise Unsent(Trouble.UNREACHED) from None
    finally:
        connection.close()
    if answer.status not in GOOD:
        raise Unsent(Trouble.ANSWER, str(answer.status))
    return answer


def _connection(parts: SplitResult, *, inside: bool) -> HTTPConnection:
    host = parts.hostname or ""
    address = _looked_up(host, parts.port or (443 if parts.scheme == "https" else 80), inside=inside)
    if parts.scheme == "http":
        return _Plain(host, parts.port, timeout=PATIENCE, address=address)
    context = ssl.create_default_context()
    return _Encrypted(host, parts.port, timeout=PATIENCE, context=context, address=address)


Address = tuple[Any, ...]


def _looked_up(host: str, port: int, *, inside: bool) -> Address:
    """The first address of the host; every one of them must be one that may be reached."""
    try:
        found = [each[4] for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise Unsent(Trouble.UNKNOWN) from None
    if not found:
        raise Unsent(Trouble.UNKNOWN)
    if not inside and not all(is_public(str(each[0])) for each in found):
        raise Unsent(Trouble.INSIDE)
    return found[0]


def is_public(text: str) -> bool:
    """Whether an address lies in the open network; one wrapped in another kind counts as what is within."""
    address = ip_address(text.partition("%")[0])
    return all(each.is_global and not each.is_multicast and not each.is_reserved for each in _meant(address))


def _meant(address: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    if isinstance(address, IPv4Address):
        return [address]
    wrapped = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address.exploded.startswith("0064:ff9b:"):
        wrapped.append(IPv4Address(int(address) & 0xFFFFFFFF))
    found: list[IPv4Address | IPv6Address] = [each for each in wrapped if each is not None]
    return found if address.ipv4_mapped else [address, *found]


class _Plain(HTTPConnection):
    """Connects to an address that was looked at."""

    def __init__(self, host: str, port: int | None, *, timeout: float, address: Address) -> None:
        super().__init__(host, port, timeout=timeout)
        self.address = address

    def connect(self) -> None:
        self.sock = socket.create_connection(self.address[:2], self.timeout)


class _Encrypted(HTTPSConnection):
    """The same, encrypted; the certificate must be the host's."""

    def __init__(
        self, host: str, port: int | None, *, timeout: float, context: ssl.SSLContext, address: Address
    ) -> None:
        super().__init__(host, port, timeout=timeout, context=context)
        self.address, self.trusted = address, context

    def connect(self) -> None:
        plain = socket.create_connection(self.address[:2], self.timeout)
        self.sock = self.trusted.wrap_socket(plain, server_hostname=self.host)
