"""Reading a mailbox by IMAP: what came since the last time, one mail after the other.

The address is ``imaps://user:password@host/INBOX``, from VITALFEW_MAIL; ``imap://`` without encryption is for this machine only.
"""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from vitalfew.terms import gettext_noop as _

LARGEST: Final = 40 * 1024 * 1024
PATIENCE: Final = 30
HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
SIZE: Final = re.compile(rb"RFC822\.SIZE (\d+)")
BROKEN: Final = (imaplib.IMAP4.error, OSError, EOFError)
UID: Final = re.compile(rb"\d+")


class Unfetched(Exception):
    """Why nothing could be fetched, in a sentence."""


@dataclass(frozen=True)
class Address:
    """Where the mailbox is."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    encrypted: bool

    @property
    def name(self) -> str:
        """Which mailbox it is, without what opens it."""
        return f"{self.user}@{self.host}:{self.port}/{self.folder}"


def address_of(url: str) -> Address:
    """The parts of the address, or why it is none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Unfetched(_("VITALFEW_MAIL is no address like imaps://user:password@host/INBOX")) from None
    if parts.scheme not in {"imap", "imaps"} or not parts.hostname or not parts.username:
        raise Unfetched(_("VITALFEW_MAIL is no address like imaps://user:password@host/INBOX"))
    encrypted = parts.scheme == "imaps"
    if not encrypted and parts.hostname not in HERE:
        raise Unfetched(_("A mailbox on another machine is read over imaps:// only"))
    folder = unquote(parts.path.strip("/")) or "INBOX"
    return Address(
        parts.hostname, port or (993 if encrypted else 143), unquote(parts.username), unquote(parts.password or ""),
        folder, encrypted,
    )  # fmt: skip


@dataclass(frozen=True)
class Came:
    """A mail as the server gives it: whole, or its headers where it is too large."""

    uid: int
    raw: bytes
    huge: bool = False


@contextmanager
def _unbroken() -> Iterator[None]:
    """What the server does while it is asked; what fails here beside it, a full disk for instance, is not its fault."""
    try:
        yield
    except BROKEN as failure:
        raise Unfetched(_("The mail server broke off; what came until then is kept: fetch again")) from failure


class Box:
    """An open mailbox."""

    def __init__(self, server: Any, validity: int) -> None:
        self.server = server
        self.validity = validity
        """Numbers of mails count within it."""

    def after(self, uid: int) -> Iterator[Came]:
        """What came after the mail of that number."""
        with _unbroken():
            found = _asked(self.server.uid("SEARCH", None, f"UID {uid + 1}:*"))
        numbers = sorted({int(number) for line in found for number in UID.findall(line or b"")})
        for number in numbers:
            if number > uid and (came := self._fetched(number)):
                yield came

    @_unbroken()
    def _fetched(self, uid: int) -> Came | None:
        """None where somebody has deleted it meanwhile."""
        told = b"".join(_pieces(_asked(self.server.uid("FETCH", str(uid), "(RFC822.SIZE)"))))
        size = SIZE.search(told)
        if size is None:
            return None
        huge = int(size[1]) > LARGEST
        wanted = "(BODY.PEEK[HEADER])" if huge else "(BODY.PEEK[])"
        parts = _asked(self.server.uid("FETCH", str(uid), wanted))
        raw = next((part[1] for part in parts if isinstance(part, tuple)), None)
        return None if raw is None else Came(uid, raw, huge)

    def seen(self, uid: int) -> None:
        """Mark it as read, where the mailbox can be written to."""
        with _unbroken(), suppress(imaplib.IMAP4.error):
            self.server.uid("STORE", str(uid), "+FLAGS", r"(\Seen)")


@contextmanager
def opened(where: Address) -> Iterator[Box]:
    """Sign in and open the folder; whatever fails on the way is said in a sentence."""
    server = _signed_in(where)
    try:
        yield _folder_of(server, where)
    finally:
        with suppress(*BROKEN):
            server.logout()


@_unbroken()
def _folder_of(server: Any, where: Address) -> Box:
    folder = where.folder.replace("\\", "\\\\").replace('"', '\\"')
    state, _told = server.select(f'"{folder}"')
    if state != "OK":
        raise Unfetched(_("The mailbox has no folder of this name"))
    _name, validity = server.response("UIDVALIDITY")
    return Box(server, int((validity or [b"0"])[0] or 0))


def _signed_in(where: Address) -> Any:
    try:
        server = _reached(where)
    except ssl.SSLError as failure:
        raise Unfetched(_("The mail server's certificate is not one this machine trusts")) from failure
    except BROKEN as failure:
        raise Unfetched(_("The mail server cannot be reached")) from failure
    try:
        server.login(where.user, where.password)
    except (imaplib.IMAP4.error, OSError, EOFError, UnicodeError) as failure:
        with suppress(OSError):
            server.shutdown()
        raise Unfetched(_("The mail server refuses the user name or the password")) from failure
    return server


def _reached(where: Address) -> Any:
    if not where.encrypted:
        return imaplib.IMAP4(where.host, where.port, timeout=PATIENCE)
    trusted = ssl.create_default_context()  # without one, imaplib believes every certificate
    return imaplib.IMAP4_SSL(where.host, where.port, ssl_context=trusted, timeout=PATIENCE)


def _asked(answer: tuple[str, list[Any]]) -> list[Any]:
    state, told = answer
    if state != "OK":
        raise imaplib.IMAP4.error(state)
    return told


def _pieces(told: list[Any]) -> Iterator[bytes]:
    for part in told:
        yield b"".join(part) if isinstance(part, tuple) else part or b""
