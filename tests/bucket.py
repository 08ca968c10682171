"""A server of one bucket that speaks as much of S3 as a ledger needs: files put whole, or only where there is none yet,
read in parts, listed, taken away; large ones sent in pieces.

``VITALFEW_MOTO`` names an interpreter that has moto's server; then that is used in its place.
"""

import hashlib
import os
import re
import subprocess
import sys
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape, unescape

NAME = "facts"
PAGE = 100


class Handler(BaseHTTPRequestHandler):
    """One request; the files are the server's."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_args):
        pass

    @property
    def key(self):
        return unquote(urlsplit(self.path).path).removeprefix(f"/{NAME}").lstrip("/")

    @property
    def query(self):
        return {name: values[0] for name, values in parse_qs(urlsplit(self.path).query, keep_blank_values=True).items()}

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def answer(self, status, content=b"", **headers):
        length = headers.pop("length", str(len(content)))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", length)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def do_PUT(self):
        content, files = self.body(), self.server.files
        if not self.key:
            return self.answer(200)
        if "partNumber" in self.query:
            self.server.pieces[self.query["uploadId"]][int(self.query["partNumber"])] = content
            return self.answer(200, ETag=tag(content))
        with self.server.lock:
            if self.headers.get("If-None-Match") == "*" and self.key in files:
                return self.answer(412)
            files[self.key] = content
        return self.answer(200, ETag=tag(content))

    def do_POST(self):
        content = self.body()
        if "uploads" in self.query:
            number = f"upload-{len(self.server.pieces)}"
            self.server.pieces[number] = {}
            told = f"<InitiateMultipartUploadResult><UploadId>{number}</UploadId></InitiateMultipartUploadResult>"
            return self.answer(200, told.encode())
        if "delete" in self.query:
            keys = re.findall("<Key>(.*?)</Key>", content.decode())
            for key in keys:
                self.server.files.pop(unescape(key), None)
            told = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
            return self.answer(200, f"<DeleteResult>{told}</DeleteResult>".encode())
        pieces = self.server.pieces.pop(self.query["uploadId"])
        self.server.files[self.key] = b"".join(pieces[number] for number in sorted(pieces))
        whole = tag(self.server.files[self.key])
        told = f"<CompleteMultipartUploadResult><ETag>{escape(whole)}</ETag></CompleteMultipartUploadResult>"
        return self.answer(200, told.encode())

    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        if not self.key:
            return self.answer(200, self.listed().encode(), Content_Type="application/xml")
        content = self.server.files.get(self.key)
        if content is None:
            return self.answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
        told = {"ETag": tag(content), "Last_Modified": "Tue, 25 Nov 2025 10:00:00 GMT"}
        if self.command == "HEAD":
            return self.answer(200, length=str(len(content)), **told)
        if "Range" not in self.headers:
            return self.answer(200, content, **told)
        first, _dash, last = self.headers["Range"].removeprefix("bytes=").partition("-")
        start = int(first) if first else len(content) - int(last)
        end = min(int(last), len(content) - 1) if first and last else len(content) - 1
        return self.answer(206, content[start : end + 1], Content_Range=f"bytes {start}-{end}/{len(content)}", **told)

    def do_DELETE(self):
        self.server.files.pop(self.key, None)
        self.answer(204)

    def listed(self):
        prefix, mark = self.query.get("prefix", ""), self.query.get("delimiter", "")
        after = self.query.get("continuation-token") or self.query.get("start-after", "")
        names = sorted(name for name in self.server.files if name.startswith(prefix) and name > after)
        folders = (
            sorted(
                {
                    prefix + name[len(prefix) :].partition(mark)[0] + mark
                    for name in names
                    if mark in name[len(prefix) :]
                }
            )
            if mark
            else []
        )
        files = [name for name in names if not mark or mark not in name[len(prefix) :]]
        page, more = files[:PAGE], len(files) > PAGE
        rows = "".join(
            f"<Contents><Key>{escape(name)}</Key><LastModified>2025-11-25T10:00:00.000Z</LastModified>"
            f"<ETag>{escape(tag(self.server.files[name]))}</ETag><Size>{len(self.server.files[name])}</Size></Contents>"
            for name in page
        )
        rows += "".join(f"<CommonPrefixes><Prefix>{escape(folder)}</Prefix></CommonPrefixes>" for folder in folders)
        rest = f"<NextContinuationToken>{escape(page[-1])}</NextContinuationToken>" if more else ""
        return f"<ListBucketResult><IsTruncated>{str(more).lower()}</IsTruncated>{rest}{rows}</ListBucketResult>"


def tag(content):
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


class BucketServer:
    """A server with one empty bucket, and what the environment must say to reach it."""

    def __init__(self):
        from servers import free_port

        self.port = free_port()
        self.address = f"s3://{NAME}/house"
        endpoint = f"http://127.0.0.1:{self.port}"
        self.environment = {
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_ALLOW_HTTP": "true",
            "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
        }
        self.moto = os.environ.get("VITALFEW_MOTO")
        own = [sys.executable, __file__, str(self.port)]
        self._start([self.moto, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)] if self.moto else own)
        self._make(f"{endpoint}/{NAME}")

    def _start(self, words):
        """A process of its own: who asks may hold the interpreter meanwhile."""
        self.process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603

    def _make(self, bucket):
        for _try in range(100):
            try:
                urllib.request.urlopen(urllib.request.Request(bucket, method="PUT")).close()  # noqa: S310  (our own server)
            except OSError:
                time.sleep(0.2)
            else:
                return
        raise RuntimeError("the bucket's server does not answer")

    def stop(self):
        self.process.terminate()
        self.process.wait()


def main(port):
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.files, server.pieces, server.lock = {}, {}, threading.Lock()
    server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]))
