"""What a mail says is read from any bytes: encodings, HTML, invitations, quotations, files; and what is none is told."""

import time
from datetime import date

import pytest
from written import HEAD, hostile, mail, raw

from vitalfew.mails.letters import Unreadable, decoded, read
from vitalfew.mails.markup import words_of
from vitalfew.mails.quoting import new_part


def test_a_well_made_mail_is_read_whole():
    letter = read(mail(sender="王晓峰 <Wang@Customer.example>", cc="a@b.example", files=[("报价.pdf", b"%PDF-1.4")]))

    assert (letter.sender, letter.sender_name, letter.subject) == ("wang@customer.example", "王晓峰", "交期")
    assert letter.recipients == ("li@house.example", "a@b.example")
    assert (letter.day, letter.text) == (date(2026, 3, 5), "什么时候发货？")
    assert [(file.name, file.data) for file in letter.files] == [("报价.pdf", b"%PDF-1.4")]
    assert letter.proven


@pytest.mark.parametrize(
    ("codec", "named"),
    [
        ("gb18030", "gb2312"), ("gb18030", "gbk"), ("gb18030", ""), ("gb18030", "us-ascii"), ("big5", "big5"),
        ("big5", ""), ("utf-8", ""), ("utf-8", "iso-2022-what"), ("utf-16", "utf-16"),
    ],
)  # fmt: skip
def test_chinese_is_read_whatever_encoding_is_named(codec, named):
    text = (
        "您好，貴公司的產品報價已經收到，請於星期五前寄出。"
        if codec == "big5"
        else "您好，贵公司的产品报价已经收到，请在星期五前发货。"
    )
    kind = f"Content-Type: text/plain{f'; charset={named}' if named else ''}"

    assert read(raw([*HEAD, "Subject: x", kind], text.encode(codec))).text == text


def test_headers_in_raw_bytes_and_in_encoded_words_are_read():
    encoded = read(raw([*HEAD, "Subject: =?gb2312?B?" + "u9i4tKO6sai82w==" + "?="], b"x"))
    bare = read(raw([*HEAD, "Subject: 报价单".encode("gb18030")], b"x"))

    assert encoded.subject == "回复：报价"
    assert bare.subject == "报价单"


def test_html_is_read_as_its_words_and_loads_nothing():
    body = "<html><head><title>t</title><style>p{}</style></head><body><p>第一段</p>第二段<br>第三段</body></html>"

    letter = read(raw([*HEAD, "Subject: x", "Content-Type: text/html; charset=utf-8"], body.encode()))

    assert [line for line in letter.text.splitlines() if line] == ["第一段", "第二段", "第三段"]
    assert words_of("<script>alert(1)</script>a") == "a"


def test_an_invitation_is_read_as_what_it_says():
    body = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:季度\r\n 会\r\nDTSTART;TZID=X:20260305T100000\r\nEND:VEVENT"

    letter = read(raw([*HEAD, "Subject: x", "Content-Type: text/calendar; charset=utf-8"], body.encode()))

    assert letter.text == "Summary: 季度会\nDtstart: 20260305T100000"


@pytest.mark.parametrize(
    "quoted",
    [
        "在 2026年3月5日 星期四 10:00，王晓峰 <wang@customer.example> 写道：\n> 旧",
        "-----原始邮件-----\n发件人: 王\n旧",
        "------------------ 原始邮件 ------------------\n旧",
        "发件人：王晓峰\n发送时间：2026年3月5日\n收件人：李\n主题：旧\n\n旧",
        "寄件者: 王\n寄件日期: 2026年3月5日\n旧",
        "On Thu, 5 Mar 2026 at 10:00, Wang <w@c.example> wrote:\n> old",
        "-----Original Message-----\nold",
        "From: Wang\nSent: Thursday\nTo: Li\nSubject: old\n\nold",
        "________________________________\nFrom: x",
        "> 旧\n> 更旧",
        "-- \n王晓峰\n电话",
    ],
)
def test_the_mail_that_is_answered_is_left_out(quoted):
    assert new_part(f"好的，周五发货。\n\n{quoted}") == "好的，周五发货。"


@pytest.mark.parametrize(
    "text",
    ["From: 上海到北京的运费是多少？", "> 这一条我同意\n那一条不行", "他写道：不行，价格太高了", "在途货物已到"],
)
def test_what_only_looks_like_a_quotation_stays(text):
    assert new_part(text) == text


def test_a_text_that_is_all_quotation_stays():
    assert new_part("> 旧") == "> 旧"


def test_a_name_of_a_file_is_never_a_path():
    names = ["../../etc/passwd", "C:\\x\\报价.xlsx", "..", "a\x00b.pdf"]
    letter = read(mail(files=[(name.replace("\x00", ""), b"x") for name in names]))

    assert [file.name for file in letter.files] == ["passwd", "报价.xlsx", "file", "ab.pdf"]


def test_a_mail_inside_a_mail_is_a_file():
    inner = mail(subject="inner", text="secret")
    body = (
        b"--b\r\nContent-Type: text/plain\r\n\r\nouter\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
        + inner
        + b"\r\n--b--"
    )

    letter = read(raw([*HEAD, "Subject: x", 'Content-Type: multipart/mixed; boundary="b"'], body))

    assert letter.text == "outer"
    assert [file.name for file in letter.files] == ["message.eml"]


@pytest.mark.parametrize(
    ("results", "proven"),
    [
        ("mx.house.example; dmarc=pass header.from=customer.example; spf=fail", True),
        ("mx.house.example; dmarc=fail header.from=customer.example", False),
        ("mx.house.example; spf=none", True),
        ("", True),
    ],
)
def test_what_the_server_says_of_the_sender_counts(results, proven):
    assert read(mail(results=results)).proven == proven


@pytest.mark.parametrize("what", list(hostile()))
def test_hostile_bytes_are_read_or_told_to_be_no_mail_in_a_moment(what):
    begun = time.monotonic()
    try:
        letter = read(hostile()[what])
    except Unreadable:
        letter = None

    assert time.monotonic() - begun < 10
    if letter:
        assert "\0" not in letter.subject + letter.text + letter.sender
        (letter.subject + letter.text).encode()
        assert len(letter.subject) <= 300


def test_any_bytes_become_text():
    for data in (b"\xff\xfe\xfa", bytes(range(256)), b""):
        decoded(data, "gb2312").encode()
