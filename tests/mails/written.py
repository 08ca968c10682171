"""Mails as programs write them, and as nobody should."""

from email.message import EmailMessage


def mail(sender="wang@customer.example", to="li@house.example", subject="交期", text="什么时候发货？", **more):
    """A well made mail; ``files`` are pairs of name and bytes, ``number`` makes its Message-ID."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, to, subject
    made["Message-ID"] = f"<{more.get('number') or subject.encode().hex()}@customer.example>"
    made["Date"] = more.get("date", "Thu, 05 Mar 2026 10:00:00 +0800")
    if more.get("cc"):
        made["Cc"] = more["cc"]
    if more.get("results"):
        made["Authentication-Results"] = more["results"]
    made.set_content(text)
    for name, data in more.get("files", ()):
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def raw(headers, body=b""):
    """A mail made by hand, byte for byte."""
    lines = [each if isinstance(each, bytes) else each.encode() for each in headers]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


HEAD = ["From: wang@customer.example", "To: li@house.example", "Message-ID: <hostile@customer.example>"]


def nested(depth):
    """Multiparts in multiparts."""
    head = [*HEAD, 'Content-Type: multipart/mixed; boundary="b0"']
    body = b""
    for level in range(depth):
        body += f'--b{level}\r\nContent-Type: multipart/mixed; boundary="b{level + 1}"\r\n\r\n'.encode()
    return raw(head, body + f"--b{depth}\r\nContent-Type: text/plain\r\n\r\ndeep\r\n".encode())


def hostile():
    """By what is wrong: the bytes."""
    crowd = ", ".join(f"a{n}@crowd.example" for n in range(10_000))
    plain = [*HEAD, "Subject: x"]
    return {
        "nothing": b"",
        "no mail at all": bytes(range(256)) * 40,
        "no headers": b"\r\n\r\nhello",
        "only a subject": raw(["Subject: hello"]),
        "ten thousand recipients": raw([HEAD[0], HEAD[2], f"To: {crowd}", "Subject: x"], b"hello"),
        "nested thrice a thousand times": nested(3000),
        "a part that never ends": raw([*plain, 'Content-Type: multipart/mixed; boundary="b"'], b"--b\r\nno end"),
        "no boundary": raw([*plain, "Content-Type: multipart/mixed"], b"text"),
        "an unknown charset": raw([*plain, "Content-Type: text/plain; charset=klingon"], "你好".encode()),
        "the wrong charset": raw(
            [*plain, "Content-Type: text/plain; charset=us-ascii"], "请报价，谢谢".encode("gb18030")
        ),
        "broken base64": raw([*plain, "Content-Transfer-Encoding: base64"], b"====%%%"),
        "a broken word in the subject": raw([*HEAD, "Subject: =?utf-8?B?####?= =?klingon?Q?=FF?="], b"x"),
        "a date that never was": raw([*plain, "Date: Thu, 99 Foo 99999 99:99:99 +9999"], b"x"),
        "a date before computers": raw([*plain, "Date: Thu, 01 Jan 0001 00:00:00 +0000"], b"x"),
        "no date": raw(plain, b"x"),
        "nul and half characters": raw([*HEAD, b"Subject: a\x00b \xed\xa0\x80"], b"x\x00y\xed\xa0\x80"),
        "a header of a megabyte": raw([*HEAD, "Subject: " + "x" * 1_000_000], b"x"),
        "a thousand headers": raw([*plain, *(f"X-{n}: {n}" for n in range(1000))], b"x"),
        "html that is all brackets": raw([*plain, "Content-Type: text/html"], b"<" * 500_000),
        "two thousand parts": raw(
            [*plain, 'Content-Type: multipart/mixed; boundary="b"'],
            b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * 2000 + b"--b--",
        ),
        "an address that is none": raw(["From: <<>@>", "To: @,@;:", HEAD[2], "Subject: x"], b"x"),
        "a message-id of ten thousand": raw([*HEAD[:2], f"Message-ID: <{'x' * 10_000}@y>", "Subject: x"], b"x"),
    }
