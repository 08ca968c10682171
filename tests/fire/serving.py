"""A house on PostgreSQL with web servers and workers as processes of their own, spoken to over HTTP."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from http.cookiejar import CookieJar

import psycopg

from servers import free_port

PASSWORD = "a-long-password"
HEAD = "order_id,line_no,ordered_on,customer,quantity,amount"


class House:
    """A home and what runs on it."""

    def __init__(self, home, url):
        self.home = home
        self.environment = {**os.environ, "VITALFEW_HOME": str(home), "DATABASE_URL": url, "VITALFEW_COLLECTED": ""}
        self.running = []

    def command(self, *words, given=""):
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "vitalfew", "--lang", "en", *words],
            input=given, capture_output=True, text=True, env=self.environment, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode == 0, done.stderr
        return done.stdout

    def open(self):
        """Made, with a director and an analyst who have a password and a token."""
        self.command("init")
        self.tokens = {}
        for role in ("director", "analyst"):
            self.command("user", "add", role, "--role", role, "--password", "-", given=PASSWORD + "\n")
            self.tokens[role] = self.command("user", "token", role).strip()

    def ask(self, query):
        """The database itself."""
        with psycopg.connect(self.environment["DATABASE_URL"]) as connection:
            return connection.execute(query).fetchall()

    def start(self, *words):
        log = (self.home.parent / f"log-{len(self.running)}").open("wb")
        process = subprocess.Popen([sys.executable, "-m", "vitalfew", *words], env=self.environment, stderr=log)  # noqa: S603
        self.running.append(process)
        return process

    def serve(self, workers=2):
        """A web server without a worker; gives its port at once."""
        port = free_port()
        self.start("serve", "--port", str(port), "--workers", str(workers), "--no-background")
        return port

    def stop(self):
        for process in self.running:
            process.terminate()
        for process in self.running:
            process.wait(20)

    def log(self):
        return "".join(path.read_text(errors="replace") for path in sorted(self.home.parent.glob("log-*")))

    def asks(self, port, path, method="GET", body=None, by="analyst", **headers):
        """A request of a program's; gives status, headers and what came back."""
        told = {
            "Authorization": f"Bearer {self.tokens[by]}",
            **{name.replace("_", "-"): v for name, v in headers.items()},
        }
        return answered(urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, told, method=method))

    def uploads(self, port, name, content, **headers):
        boundary = uuid.uuid4().hex
        parts = f'--{boundary}\r\nContent-Disposition: form-data; name="kind"\r\n\r\norder-lines\r\n--{boundary}\r\n'
        parts += (
            f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n{content}\r\n--{boundary}--\r\n'
        )
        form = f"multipart/form-data; boundary={boundary}"
        return self.asks(port, "/api/v1/imports", "POST", parts.encode(), Content_Type=form, **headers)

    def imports(self, port):
        return json.loads(self.asks(port, "/api/v1/imports?limit=200")[2])["items"]


class Browser:
    """Somebody with cookies, at any of the servers: they have one name."""

    def __init__(self):
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, port, path):
        return answered(f"http://localhost:{port}{path}", self.opener)

    def post(self, port, path, **sent):
        """A form, with the token of the page it stands on."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(port, path)[2])[1]
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **sent}).encode()
        return answered(urllib.request.Request(f"http://localhost:{port}{path}", body), self.opener)


def answered(request, opener=urllib.request):
    ask = opener.urlopen if opener is urllib.request else opener.open
    try:
        with ask(request, timeout=60) as response:
            return response.status, response.headers, response.read().decode(errors="replace")
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers, refused.read().decode(errors="replace")


def until(true, seconds=120):
    """Wait for it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = true()
        if found:
            return found
        time.sleep(0.3)
    raise AssertionError("it did not come true in time")


def answers(port):
    try:
        return answered(f"http://127.0.0.1:{port}/healthz")[0] == 200
    except OSError:
        return False


def lines(number, rows, amount=10):
    """A file's text: lines that no other file has."""
    own = (f"O{number}-{row},1,2025-{row % 12 + 1:02d}-05,C{row % 20},1,{amount}" for row in range(rows))
    return "\n".join([HEAD, *own])
