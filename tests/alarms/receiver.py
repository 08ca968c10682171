"""A machine that takes posts: what came, and what it answers."""

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Receiver:
    """Its address; what came, and the status, body and headers it answers with."""

    url: str = ""
    came: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200
    body: bytes = b'{"errcode": 0, "code": 0}'
    headers: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    """The keys of what it took: the same is taken once."""


@contextmanager
def receiving():
    told = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            query = {name: many[0] for name, many in parse_qs(urlsplit(self.path).query).items()}
            told.came.append({"raw": raw, "json": json.loads(raw), "query": query, "headers": dict(self.headers)})
            told.seen.add(self.headers.get("Idempotency-Key", ""))
            self.send_response(told.status)
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(told.body)

        def log_message(self, *_given):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    told.url = f"http://127.0.0.1:{server.server_port}/hook?key=deep-secret"
    yield told
    server.shutdown()
    server.server_close()
