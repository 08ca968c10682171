"""A small IMAP server on the loopback: signs in, opens a folder, searches, hands mails over, marks them as read."""

import asyncio
import re
import threading
from dataclasses import dataclass, field

UID = re.compile(r"UID (SEARCH|FETCH|STORE) (.*)", re.IGNORECASE)


@dataclass
class MailServer:
    """Mails by number; ``drop_after`` breaks the line after so many were handed over, ``slow`` waits before each."""

    mails: dict[int, bytes] = field(default_factory=dict)
    sizes: dict[int, int] = field(default_factory=dict)
    """What is said of a mail's size, where that is not its own."""
    vanished: set[int] = field(default_factory=set)
    validity: int = 1
    drop_after: int | None = None
    slow: float = 0.0
    handed: int = 0
    seen: set[int] = field(default_factory=set)
    port: int = 0
    secured: object = None
    """The certificate's context, for imaps."""

    def __enter__(self):
        self.loop = asyncio.new_event_loop()
        started = threading.Event()
        self.thread = threading.Thread(target=self._run, args=(started,), daemon=True)
        self.thread.start()
        assert started.wait(10)
        return self

    def __exit__(self, *_failure):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)

    @property
    def url(self):
        scheme, host = ("imaps", "localhost") if self.secured else ("imap", "127.0.0.1")
        return f"{scheme}://crm%40house.example:s%2Fecret@{host}:{self.port}/INBOX"

    def add(self, *raws):
        for raw in raws:
            self.mails[max(self.mails, default=0) + 1] = raw

    def _run(self, started):
        asyncio.set_event_loop(self.loop)
        server = self.loop.run_until_complete(
            asyncio.start_server(self._talk, "127.0.0.1", 0, limit=1 << 26, ssl=self.secured)
        )
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        self.loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self.loop):
            task.cancel()
        self.loop.run_until_complete(asyncio.sleep(0))
        self.loop.close()

    async def _talk(self, reader, writer):
        writer.write(b"* OK ready\r\n")
        try:
            while line := (await reader.readline()).decode().strip():
                tag, _space, words = line.partition(" ")
                if not await self._answer(writer, tag, words):
                    break
                await writer.drain()
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _answer(self, writer, tag, words):
        command = words.partition(" ")[0].upper()
        if command == "CAPABILITY":
            writer.write(b"* CAPABILITY IMAP4rev1\r\n")
        elif command == "LOGIN" and words.split(" ")[2].strip('"') != "s/ecret":
            writer.write(f"{tag} NO wrong\r\n".encode())
            return True
        elif command == "SELECT" and "INBOX" not in words:
            writer.write(f"{tag} NO no such folder\r\n".encode())
            return True
        elif command == "SELECT":
            writer.write(f"* {len(self.mails)} EXISTS\r\n* OK [UIDVALIDITY {self.validity}] ok\r\n".encode())
        elif (found := UID.match(words)) and not await self._of_mails(writer, found[1].upper(), found[2]):
            return False
        writer.write(f"{tag} OK done\r\n".encode())
        return command != "LOGOUT"

    async def _of_mails(self, writer, command, rest):
        if command == "SEARCH":
            first = int(re.search(r"UID (\d+):\*", rest)[1])
            numbers = [uid for uid in self.mails if uid >= first] or [max(self.mails, default=0)]
            writer.write(f"* SEARCH {' '.join(map(str, numbers))}\r\n".encode())
            return True
        uid = int(rest.split(" ")[0])
        if command == "STORE":
            self.seen.add(uid)
        elif uid in self.vanished:
            pass
        elif "RFC822.SIZE" in rest:
            size = self.sizes.get(uid, len(self.mails[uid]))
            writer.write(f"* 1 FETCH (UID {uid} RFC822.SIZE {size})\r\n".encode())
        else:
            return await self._hand_over(writer, uid, rest)
        return True

    async def _hand_over(self, writer, uid, rest):
        if self.drop_after is not None and self.handed >= self.drop_after:
            return False
        await asyncio.sleep(self.slow)
        raw = self.mails[uid]
        if "HEADER" in rest:
            raw = raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        writer.write(f"* 1 FETCH (UID {uid} BODY[] {{{len(raw)}}}\r\n".encode() + raw + b")\r\n")
        self.handed += 1
        return True
