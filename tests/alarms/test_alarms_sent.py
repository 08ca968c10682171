"""Mails and posts go out once they are due, signed, to where they may go, and are tried again where that failed."""

import base64
import hashlib
import hmac
import logging
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from receiver import receiving

from vitalfew.accounts.models import Account
from vitalfew.alarms import actions, mailing, wire
from vitalfew.alarms.delivering import AGAIN, deliver_now
from vitalfew.alarms.models import Alarm, Hook, Post, Telling
from vitalfew.alarms.posting import LONGEST, Said, shortened, written
from vitalfew.alarms.raising import look_now
from vitalfew.alarms.smtp import smtp
from vitalfew.alarms.wire import Unsent, is_public, parted
from vitalfew.outbox import server
from vitalfew.people.models import AuditEntry
from vitalfew.promises import actions as promises

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)
SECRET = "SEC-of-the-robot"


@pytest.fixture
def receiver():
    with receiving() as told:
        yield told


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def administrator(house):
    return house.user("administrator")


@pytest.fixture
def manager(house):
    user = house.user("manager")
    user.email, user.language = "manager@house.example", "en"
    user.save()
    return user


@pytest.fixture
def raised(house, director, manager):
    """An urgent alarm, told to the manager."""

    def made(hooks=(), now=None, **said):
        usual = {"urgency": "urgent", "threshold": 0, "key_only": False, "to": ["manager"], "mail": True, "after": None}
        actions.switch_on(director, "promise-overdue", {**usual, "hooks": list(hooks), "higher": [], **said})
        today = timezone.localdate()
        promises.promise(manager, Account.objects.get(code=house.mine), {
            "text": "样机", "origin": "visit", "owner": manager, "made_on": today - 9 * DAY, "due": today - DAY,
        })  # fmt: skip
        look_now(now)
        return Alarm.objects.get()

    return made


def hook(user, receiver, way="json", **said):
    fields = {
        "name": "群",
        "way": way,
        "url": receiver.url,
        "secret": SECRET,
        "inside": True,
        "names": True,
        "language": "en",
    }
    return actions.add_hook(user, {**fields, **said})


def anytime(user):
    said = {
        "urgent": "at-once",
        "normal": "digest",
        "low": "page",
        "digest_at": 8,
        "workdays_only": False,
        "breaks": True,
    }
    return actions.wish(user, 0, {**said, "quiet_from": "20:00", "quiet_until": "07:30"})


def sign(key, message):
    return base64.b64encode(hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()).decode()


def test_our_own_json_is_signed_and_carries_the_same_key_however_often_it_is_sent(administrator, receiver, raised):
    row = hook(administrator, receiver)
    alarm = raised([row.pk], mail=False)

    assert deliver_now() == 1
    Post.objects.update(sent_at=None, due_at=timezone.now())  # as if the worker had died before it could note it
    assert deliver_now() == 1

    first, again = receiver.came
    assert first["headers"]["Idempotency-Key"] == again["headers"]["Idempotency-Key"]
    assert len(receiver.seen) == 1
    moment = first["headers"]["X-Vitalfew-Timestamp"].encode()
    expected = hmac.new(SECRET.encode(), moment + b"." + first["raw"], hashlib.sha256).hexdigest()
    assert first["headers"]["X-Vitalfew-Signature"] == f"sha256={expected}"
    told = first["json"]
    assert (told["kind"], told["account"], told["id"]) == ("promise-overdue", alarm.account.code, alarm.pk)
    assert deliver_now() == 0


def test_dingtalk_gets_its_signature_in_the_address(administrator, receiver, raised):
    raised([hook(administrator, receiver, "dingtalk").pk])
    deliver_now()

    [came] = receiver.came
    moment = came["query"]["timestamp"]
    assert len(moment) == 13
    assert came["query"]["sign"] == sign(SECRET, f"{moment}\n{SECRET}")
    assert came["query"]["key"] == "deep-secret"
    assert came["json"]["msgtype"] == "text"


def test_feishu_gets_its_signature_in_the_body(administrator, receiver, raised):
    raised([hook(administrator, receiver, "feishu").pk])
    deliver_now()

    [came] = receiver.came
    moment = came["json"]["timestamp"]
    assert len(moment) == 10
    assert came["json"]["sign"] == sign(f"{moment}\n{SECRET}", "")
    assert came["json"]["msg_type"] == "text"
    assert "text" in came["json"]["content"]


@pytest.mark.parametrize(("way", "shape"), [("wecom", {"msgtype", "text"}), ("slack", {"text"})])
def test_wecom_and_slack_check_the_address_alone(administrator, receiver, raised, way, shape):
    raised([hook(administrator, receiver, way).pk])
    deliver_now()

    assert set(receiver.came[0]["json"]) == shape
    assert Post.objects.get().sent_at is not None


@pytest.mark.parametrize(("way", "messages"), [("wecom", 2), ("json", 12)])
def test_a_chat_is_told_several_in_one_message_and_a_program_one_by_one(administrator, receiver, raised, way, messages):
    row = hook(administrator, receiver, way)
    first = raised([row.pk], mail=False)
    more = [
        Alarm(
            kind="credit", matter=str(number), account=first.account, said=first.said, urgency="low", raised_at=timezone.now(),
            last_seen=timezone.localdate(), state="open" if number < 11 else "ended",
        ) for number in range(13)
    ]  # fmt: skip
    Post.objects.bulk_create(
        Post(alarm=each, hook=row, due_at=timezone.now()) for each in Alarm.objects.bulk_create(more)
    )

    assert deliver_now() == messages

    assert len(receiver.came) == messages
    texts = [came["json"]["text"] for came in receiver.came]
    assert "".join(text if way == "json" else text["content"] for text in texts).count("was promised") == 12
    assert Post.objects.exclude(sent_at=None).count() == 12
    assert not Post.objects.exclude(due_at=None).exists()


def test_slack_text_calls_nobody_and_long_texts_are_cut_between_letters():
    said = Said("<!channel> & 客户", {}, "k")
    body = written(Hook(way="slack", url="https://a.example/"), said, 0).body.decode()

    assert "&lt;!channel&gt; &amp; 客户" in body
    assert len(shortened("客" * 5000).encode()) <= LONGEST
    assert shortened("短") == "短"


def test_a_group_is_told_no_account_unless_the_administrator_says_so(administrator, receiver, raised):
    alarm = raised([hook(administrator, receiver, names=False).pk])
    deliver_now()

    said = receiver.came[0]["raw"].decode()
    assert alarm.account.name not in said
    assert alarm.account.code not in said
    assert f"/alarms/{alarm.pk}/" in said


@pytest.mark.parametrize(
    ("status", "body", "way", "trouble", "detail"),
    [
        (500, b"", "json", "answer", "500"), (302, b"", "json", "answer", "302"),
        (200, b'{"errcode": 93000}', "wecom", "refused", "93000"), (200, b'{"code": 19021}', "feishu", "refused", "19021"),
        (200, b"<html>", "dingtalk", "refused", ""), (200, b"[]", "wecom", "refused", ""),
    ],
    ids=["error", "redirect", "wecom says no", "feishu says no", "no json", "odd json"],
)  # fmt: skip
def test_what_is_not_taken_is_tried_again_ever_later_and_then_said(
    administrator, receiver, raised, status, body, way, trouble, detail
):
    receiver.status, receiver.body, receiver.headers = status, body, {"Location": "http://127.0.0.1:9/"}
    raised([hook(administrator, receiver, way).pk])
    now = timezone.now()
    for minutes in AGAIN:
        deliver_now(now)
        row = Post.objects.get()
        assert (row.trouble, row.detail, row.due_at) == (trouble, detail, now + timedelta(minutes=minutes))
        assert deliver_now(now) == 0
        now = row.due_at
    deliver_now(now)

    row = Post.objects.get()
    assert (row.failed, row.tries, len(receiver.came)) == (True, len(AGAIN) + 1, len(AGAIN) + 1)
    receiver.status, receiver.body = 200, b'{"errcode": 0}'
    actions.try_hook(administrator, row.hook_id)
    assert deliver_now() == 2  # what failed, and the trial


@pytest.mark.parametrize(
    "url",
    ["http://a.example/", "ftp://a.example/", "https://", "https://u:p@a.example/", "https://a.example/客", "https://a b/",
     "https://[::1", "//a.example", "javascript:1", "https://a.example:0/", "https://a.example/\nx"],
)  # fmt: skip
def test_addresses_are_https_and_plain(url):
    with pytest.raises(Unsent):
        parted(url, inside=False)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1", "::1",  # noqa: S104
     "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "255.255.255.255"],
)  # fmt: skip
def test_private_addresses_are_refused(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1"])
def test_public_addresses_are_not(address):
    assert is_public(address)


def test_a_host_that_leads_inside_is_not_reached_whatever_it_is_called(administrator, receiver, raised, monkeypatch):
    port = receiver.url.split(":")[2].split("/")[0]
    monkeypatch.setattr(wire.socket, "getaddrinfo", lambda *_a, **_k: [(2, 1, 6, "", ("127.0.0.1", int(port)))])
    raised([hook(administrator, receiver, inside=False, url="https://robot.example/hook").pk])

    deliver_now()

    assert Post.objects.get().trouble == "inside"
    assert receiver.came == []


def test_a_host_that_does_not_answer_or_is_not_there_is_said_so(administrator, receiver, raised, monkeypatch):
    monkeypatch.setattr(wire, "PATIENCE", 0.2)
    first = hook(administrator, receiver, url="http://127.0.0.1:1/")
    second = hook(administrator, receiver, url="https://nowhere.invalid/")
    raised([first.pk, second.pk])

    deliver_now()

    assert {row.hook_id: row.trouble for row in Post.objects.all()} == {first.pk: "unreached", second.pk: "unknown"}


def test_what_is_secret_stands_in_no_page_log_answer_or_trail(house, administrator, receiver, raised, client, caplog):
    caplog.set_level(logging.DEBUG)
    row = hook(administrator, receiver, way="dingtalk")
    receiver.status = 500
    alarm = raised([row.pk])
    deliver_now()
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")

    pages = [
        "/alarm-hooks/",
        f"/alarm-hooks/{row.pk}/",
        f"/alarms/{alarm.pk}/",
        "/alarm-hooks/?format=csv",
        "/alarm-rules/",
    ]
    said = [b"".join(page) if (page := client.get(each)).streaming else page.content for each in pages]
    program = {"authorization": f"Bearer {house.tokens['administrator']}"}
    said.append(client.get(f"/api/v1/alarms/{alarm.pk}", headers=program).content)
    told = b"".join(said).decode() + caplog.text + str(list(AuditEntry.objects.values_list("changes", flat=True)))

    assert "deep-secret" not in told
    assert SECRET not in told
    assert "127.0.0.1" in told  # the host is shown


def test_one_mail_tells_all_that_is_due_in_the_readers_language(manager, raised):
    anytime(manager)
    alarm = raised()
    Alarm.objects.filter(pk=alarm.pk).update(episode=2)

    assert deliver_now() == 1

    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["manager@house.example"], "Promise overdue (again)")
    assert "Keep it, or tell the customer before it asks" in sent.body
    assert alarm.account.name in sent.body
    assert f"/alarms/{alarm.pk}/" in sent.body
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert deliver_now() == 0


def test_the_digest_is_one_mail_with_all_alarms_the_most_urgent_first(manager, raised):
    now = timezone.localtime().replace(hour=9)
    alarm = raised(urgency="normal", now=now)
    other = Alarm.objects.create(
        kind="credit", matter="account:1", account=alarm.account, urgency="urgent", raised_at=now, last_seen=now.date(),
        said='[{"text": "Nobody looks after {account}", "figures": {"account": "甲"}}]',
    )  # fmt: skip
    due = Telling.objects.get().due_at
    Telling.objects.create(alarm=other, user=manager, due_at=due)

    assert deliver_now(due) == 1

    [sent] = mail.outbox
    assert sent.subject == "2 alarms: Credit needs a look and others"
    assert sent.body.index(f"/alarms/{other.pk}/") < sent.body.index(f"/alarms/{alarm.pk}/")
    assert sorted(Telling.objects.values_list("sent_at", flat=True)) == [due, due]


def test_a_mail_sent_twice_has_the_same_number(manager, raised):
    anytime(manager)
    alarm = raised()

    numbers = {mailing.mail(manager, [alarm]).extra_headers["Message-ID"] for _n in "ab"}

    assert len(numbers) == 1


def test_a_mail_waits_for_its_hour_and_is_dropped_where_it_was_answered_meanwhile(manager, raised):
    now = timezone.localtime().replace(hour=9)
    alarm = raised(urgency="normal", now=now)
    due = Telling.objects.get().due_at
    assert due > now
    assert deliver_now(now) == 0
    actions.acknowledge(manager, alarm.pk, alarm.version)

    assert deliver_now(due) == 0

    assert mail.outbox == []
    assert Telling.objects.get().due_at is None


def test_who_no_longer_sees_the_account_is_not_written_to(manager, raised):
    anytime(manager)
    alarm = raised()
    Account.objects.filter(pk=alarm.account_id).update(manager=None)

    assert deliver_now() == 0
    assert mail.outbox == []


def test_a_mail_server_that_does_not_take_it_is_asked_again(manager, raised, settings):
    anytime(manager)
    raised()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    now = timezone.now()

    assert deliver_now(now) == 0

    row = Telling.objects.get()
    assert (row.trouble, row.tries, row.due_at) == ("mail", 1, now + timedelta(minutes=1))


def test_without_mail_server_or_address_nothing_waits_to_be_sent(manager, raised, settings):
    settings.EMAIL_BACKEND = server.NOWHERE
    anytime(manager)
    raised()

    assert Telling.objects.get().due_at is None


def test_the_address_of_a_mail_server_is_read():
    told = smtp("smtps://a%40b.cn:p%3A@mail.b.cn")
    assert (told["EMAIL_HOST_USER"], told["EMAIL_HOST_PASSWORD"], told["EMAIL_USE_SSL"]) == ("a@b.cn", "p:", True)
    assert smtp("smtp://mail.b.cn")["EMAIL_USE_TLS"]
    assert not smtp("smtp://localhost:2525")["EMAIL_USE_TLS"]
    assert smtp("")["EMAIL_BACKEND"] == server.NOWHERE
    with pytest.raises(ValueError, match="VITALFEW_SMTP"):
        smtp("mail.b.cn")
