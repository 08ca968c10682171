"""Mails come in, stand at their account or wait in the tray, are matched, taken back, put away; nothing is lost."""

import errno
import shutil
import ssl
import subprocess
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from imap import MailServer
from written import hostile, mail, nested

from house import signed_in
from vitalfew.accounts.models import Account, AccountFile
from vitalfew.accounts.parts import timeline
from vitalfew.activities import questions as activities
from vitalfew.activities.models import Activity
from vitalfew.complaints.models import Complaint
from vitalfew.contacts import actions as contacts
from vitalfew.contacts import erasing
from vitalfew.contacts.models import Person
from vitalfew.mails import actions, matching, questions
from vitalfew.mails.mailbox import Unfetched, address_of
from vitalfew.mails.models import Mail, Mailbox
from vitalfew.mails.words import MailState, Why
from vitalfew.mails.work import ask_for_fetch, fetch_now
from vitalfew.outbox.models import OutgoingMail
from vitalfew.outlets.cli.trouble import sentence
from vitalfew.outlets.today import tasks_for
from vitalfew.people.models import AuditEntry, User
from vitalfew.people.records import NotPossible

pytestmark = [pytest.mark.database, pytest.mark.django_db]
WANG, LI = "wang@customer.example", "li@house.example"


@pytest.fixture
def manager(house):
    user = house.user("manager")
    user.email = LI.title()
    user.save()
    return user


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def administrator(house):
    return house.user("administrator")


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


@pytest.fixture
def foreign(house):
    return Account.objects.get(code=house.foreign)


@pytest.fixture
def wang(manager, mine):
    return contacts.add(manager, mine, {"name": "王晓峰", "email": WANG.upper()}, {}).person


@pytest.fixture
def server(settings):
    with MailServer() as made:
        settings.MAILBOX = made.url
        yield made


@pytest.fixture
def take_in(house):
    return lambda *raws, **more: [actions.take_in(raw, house.home, **more) for raw in raws]


def test_from_a_contact_it_stands_in_the_timeline_with_its_files(house, manager, mine, wang, take_in):
    files = [("报价.pdf", b"%PDF-1.4 x"), ("bad.exe", b"MZ"), ("bomb.xlsx", b"MZ not a zip")]

    row = take_in(mail(files=files))[0]

    done = Activity.objects.get()
    assert (done.account, done.person, done.who, done.way, done.side) == (mine, wang, manager, "mail", "in")
    assert done.text == "交期\n\n什么时候发货？"
    assert [file.name for file in done.files.all()] == ["报价.pdf"]
    assert (house.home.files / AccountFile.objects.get(name="报价.pdf").place).read_bytes() == b"%PDF-1.4 x"
    assert [(file["name"], bool(file["file"])) for file in row.files] == [
        ("报价.pdf", True), ("bad.exe", False), ("bomb.xlsx", False),
    ]  # fmt: skip
    line = next(touch for touch in timeline(manager, mine) if touch.kind == "activity")
    assert line.about["side"] == "in"


def test_a_mail_becomes_a_complaint_once(house, manager, mine, wang, take_in, client):  # noqa: ARG001
    row = take_in(mail())[0]
    browser = signed_in(house, client, "manager")

    browser.post(f"/mails/{row.pk}/complain/")

    made = Complaint.objects.get(channel="mail")
    assert (made.account, made.email, made.text) == (mine, WANG, "交期\n\n什么时候发货？")
    assert OutgoingMail.objects.get().about == f"complaint:{made.pk}"
    assert made.number in browser.get(f"/mails/{row.pk}/").text
    with pytest.raises(NotPossible, match="already"):
        actions.complain(manager, row.pk)


def test_what_we_wrote_is_no_complaint(manager, wang, take_in):  # noqa: ARG001
    row = take_in(mail(sender=LI, to=WANG))[0]

    with pytest.raises(NotPossible):
        actions.complain(manager, row.pk)
    assert not Complaint.objects.filter(channel="mail").exists()


def test_from_us_in_bcc_it_is_ours_to_the_contact(manager, mine, wang, take_in):
    row = take_in(mail(sender=LI, to=f"someone@else.example, {WANG}"))[0]

    done = Activity.objects.get()
    assert (done.account, done.person, done.who, done.side) == (mine, wang, manager, "out")
    assert list(row.ours.all()) == [manager]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"sender": "stranger@x.example"}, Why.UNKNOWN),
        ({"sender": "stranger@x.example", "to": f"{LI}, {WANG}"}, Why.SENDER),
        ({"sender": LI, "to": "stranger@x.example"}, Why.UNKNOWN),
        ({"results": "mx; dmarc=fail"}, Why.UNPROVEN),
        ({"sender": LI, "to": ", ".join([WANG, *(f"a{n}@x.example" for n in range(101))])}, Why.CROWD),
    ],
)
def test_what_is_not_plain_waits_with_its_reason(manager, wang, take_in, given, why):  # noqa: ARG001
    row = take_in(mail(**given))[0]

    assert (row.state, row.why) == (MailState.WAITING, why)
    assert not Activity.objects.exists()


def test_a_person_at_two_accounts_is_asked_about(director, manager, mine, foreign, wang, take_in):
    contacts._post(director, wang, foreign, {})

    row = take_in(mail())[0]

    assert row.why == Why.SEVERAL
    assert questions.offered(manager, row) == [mine]
    assert set(questions.offered(director, row)) == {mine, foreign}


@pytest.mark.usefixtures("manager", "mine")
def test_who_has_left_the_customer_is_at_no_account_any_more(wang, take_in):
    wang.posts.update(left_on=timezone.localdate())

    assert take_in(mail())[0].why == Why.UNKNOWN


@pytest.mark.usefixtures("manager", "wang")
def test_an_address_that_two_of_ours_have_is_nobodys():
    User.objects.create_user("twin", email=LI, role="manager")

    assert matching.users_of([LI]) == {}


@pytest.mark.usefixtures("manager", "wang")
def test_the_same_message_id_is_never_taken_in_twice(take_in):
    assert take_in(mail(number=1), mail(number=1, text="anders"), mail(number=2))[1] is None
    assert Mail.objects.count() == Activity.objects.count() == 2


@pytest.mark.usefixtures("manager", "wang")
def test_a_date_ahead_or_none_is_today(take_in):
    ahead = (timezone.now() + timedelta(days=400)).strftime("%a, %d %b %Y %H:%M:%S +0000")

    days = {row.day for row in take_in(mail(number=1, date=ahead), mail(number=2, date="gestern"))}

    assert days == {timezone.localdate()}


@pytest.mark.usefixtures("manager", "wang")
def test_every_hostile_mail_has_an_outcome_and_stops_no_other(house, server):
    bad = hostile()
    for n, data in enumerate(bad.values()):
        server.add(data.replace(b"<hostile@", f"<hostile{n}@".encode()))
    server.add(mail(number="good"))

    done = fetch_now(house.home)

    assert done.read == len(bad) + 1
    assert Mail.objects.count() == done.read - done.known
    assert Mail.objects.filter(title="交期", state=MailState.MATCHED).exists()
    for row in Mail.objects.filter(state=MailState.WAITING):
        assert row.why
        assert (house.home.mails / row.place).is_file()


@pytest.mark.usefixtures("manager", "wang")
def test_a_mail_too_large_leaves_its_headers_and_stays_in_the_mailbox(house, server):
    server.add(mail())
    server.sizes[1] = 41 * 1024 * 1024

    fetch_now(house.home)

    row = Mail.objects.get()
    assert (row.state, row.why, row.title) == (MailState.WAITING, Why.HUGE, "交期")
    assert row.text == ""


@pytest.mark.usefixtures("manager", "wang")
def test_a_fetch_goes_on_where_the_line_broke(house, server):
    server.add(*(mail(number=n) for n in range(5)))
    server.drop_after = 3
    with pytest.raises(Unfetched):
        fetch_now(house.home)
    assert Mail.objects.count() == 3

    server.drop_after = None
    done = fetch_now(house.home)

    assert (done.read, done.matched, Mail.objects.count()) == (2, 2, 5)
    assert server.seen >= {1, 2, 4, 5}
    assert fetch_now(house.home).read == 0


def test_a_full_disk_is_not_told_as_the_mail_servers_fault(house, server, monkeypatch):
    def full(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    server.add(mail(number=1))
    monkeypatch.setattr(actions, "keep_raw", full)

    with pytest.raises(OSError, match="No space left") as failure:
        fetch_now(house.home)

    assert sentence(failure.value, house.home).startswith("The disk is full")
    assert not Mail.objects.exists()


@pytest.mark.usefixtures("manager", "wang")
def test_what_was_deleted_meanwhile_is_passed_over(house, server):
    server.add(mail(number=1), mail(number=2))
    server.vanished = {1}

    assert fetch_now(house.home).read == 1


@pytest.mark.usefixtures("manager", "wang")
def test_a_mailbox_that_was_made_anew_is_read_anew_without_doubles(house, server):
    server.add(mail(number=1))
    fetch_now(house.home)
    server.validity, server.mails = 2, {}
    server.add(mail(number=1), mail(number=2))

    done = fetch_now(house.home)

    assert (done.read, done.known, Mail.objects.count()) == (2, 1, 2)
    assert Mailbox.objects.get().validity == 2


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "No mailbox is named"),
        ("http://a@b/", "no address"),
        ("imaps://host/INBOX", "no address"),
        ("imaps://a:b@host:99999999/", "no address"),
        ("imap://a:b@mail.example/INBOX", "imaps:// only"),
        ("imap://a:b@127.0.0.1:1/INBOX", "cannot be reached"),
    ],
)
def test_a_mailbox_that_cannot_be_read_is_told_in_a_sentence(house, settings, url, said):
    settings.MAILBOX = url

    with pytest.raises(Unfetched, match=said):
        fetch_now(house.home)


def test_a_wrong_password_or_folder_is_told(house, settings, server):
    for url, said in (
        (server.url.replace("s%2Fecret", "wrong"), "refuses"),
        (server.url.replace("INBOX", "Nowhere"), "no folder"),
    ):
        settings.MAILBOX = url
        with pytest.raises(Unfetched, match=said):
            fetch_now(house.home)


@pytest.fixture
def certificate(tmp_path):
    """A certificate for localhost that nobody else has signed, and its server's side."""
    made, key = tmp_path / "localhost.pem", tmp_path / "localhost.key"
    words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    names = ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(made)]
    subprocess.run(["openssl", *words, *names], check=True, capture_output=True)  # noqa: S603, S607
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    return made, context


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed here")
def test_a_certificate_that_nobody_trusts_opens_nothing_and_one_that_is_trusted_does(
    house, settings, monkeypatch, certificate
):
    place, context = certificate
    with MailServer(secured=context) as server:
        server.add(mail())
        settings.MAILBOX = server.url
        with pytest.raises(Unfetched, match="certificate"):
            fetch_now(house.home)

        monkeypatch.setenv("SSL_CERT_FILE", str(place))

        assert fetch_now(house.home).read == 1


def test_an_address_keeps_its_password_out_of_its_name():
    where = address_of("imaps://crm%40x.example:p%40ss@mail.example/Sent%20Items")

    assert (where.user, where.password, where.folder, where.port) == ("crm@x.example", "p@ss", "Sent Items", 993)
    assert "p@ss" not in where.name


@pytest.mark.usefixtures("house", "server")
def test_the_worker_asks_once_and_only_where_a_mailbox_is_named(settings):
    for _time in range(3):
        ask_for_fetch()
    assert DBTaskResult.objects.filter(task_path__endswith="mails.work.fetch").count() == 1

    DBTaskResult.objects.all().delete()
    settings.MAILBOX = ""
    ask_for_fetch()
    assert not DBTaskResult.objects.exists()


def test_one_sees_his_own_mails_and_administrators_all(house, client, manager, director, administrator, take_in):
    row = take_in(mail(sender="stranger@x.example"))[0]
    stray = take_in(mail(number=9, sender="stranger@x.example", to="nobody@x.example"))[0]

    assert set(questions.mails(manager)) == {row}
    assert set(questions.mails(director)) == set()
    assert set(questions.mails(administrator)) == {row, stray}
    assert set(questions.waiting(administrator)) == {stray}
    assert [task.what for task in tasks_for(manager)].count("Say where these mails belong") == 1
    browser = signed_in(house, client, "director")
    assert browser.get(f"/mails/{row.pk}/").status_code == 404
    for path in ("", "part/", "put-away/", "fetch-back/"):
        assert browser.post(f"/mails/{row.pk}/{path}", {"account": house.mine}).status_code == 404, path
    assert not questions.mails(house.user("portal")).exists()


@pytest.mark.usefixtures("manager")
def test_in_the_tray_it_is_matched_and_its_sender_becomes_a_contact(house, client, mine, take_in):
    row = take_in(mail(sender="赵 <zhao@customer.example>", files=[("a.pdf", b"%PDF-1.4")]))[0]
    browser = signed_in(house, client, "manager")
    assert "赵" in browser.get(f"/mails/{row.pk}/").content.decode()
    assert browser.post(f"/mails/{row.pk}/", {"account": house.foreign}).status_code == 422

    answer = browser.post(f"/mails/{row.pk}/", {"account": mine.code, "name": "赵敏"})

    assert answer.status_code == 302
    done = Activity.objects.get()
    assert (done.account, done.person.name, done.person.email) == (mine, "赵敏", "zhao@customer.example")
    assert [file.name for file in done.files.all()] == ["a.pdf"]
    assert take_in(mail(number=2, sender="zhao@customer.example"))[0].state == MailState.MATCHED


@pytest.mark.usefixtures("wang")
def test_wrongly_matched_it_goes_back_and_nothing_stays_at_the_account(house, client, manager, mine, take_in):
    row = take_in(mail(files=[("a.pdf", b"%PDF-1.4")]))[0]
    browser = signed_in(house, client, "manager")

    assert browser.post(f"/mails/{row.pk}/part/").status_code == 302

    row.refresh_from_db()
    assert (row.state, row.account, row.activity) == (MailState.WAITING, None, None)
    assert not activities.activities(manager).exists()
    assert not AccountFile.objects.exists()
    actions.match(manager, row.pk, mine)
    assert [file.name for file in activities.activities(manager).get().files.all()] == ["a.pdf"]
    with pytest.raises(NotPossible):
        actions.match(manager, row.pk, mine)


def test_put_away_it_waits_no_more_and_comes_back(house, client, manager, take_in):
    row = take_in(mail())[0]
    browser = signed_in(house, client, "manager")
    browser.post(f"/mails/{row.pk}/put-away/")
    assert not questions.waiting(manager).exists()

    assert browser.post(f"/mails/{row.pk}/fetch-back/", headers={"X-Requested-With": "fetch"}).status_code == 204

    assert questions.waiting(manager).get() == row


def test_a_contact_that_becomes_known_gets_the_mails_that_waited(house, manager, mine, server):
    server.add(mail())
    assert fetch_now(house.home).waiting == 1
    contacts.add(manager, mine, {"name": "王晓峰", "email": WANG}, {})

    done = fetch_now(house.home)

    assert done.matched_later == 1
    assert Activity.objects.get().account == mine


@pytest.mark.usefixtures("wang")
def test_decided_for_thirty_days_it_is_no_longer_kept_as_it_came(house, manager, take_in):
    row, waits = take_in(mail(), mail(number=2, sender="x@y.example"))
    Mail.objects.filter(pk=row.pk).update(decided_at=timezone.now() - timedelta(days=31))

    assert actions.let_go(house.home) == 1

    assert not (house.home.mails / row.key).exists()
    assert (house.home.mails / waits.key).exists()
    with pytest.raises(NotPossible):
        actions.part(manager, row.pk)


@pytest.mark.usefixtures("manager", "wang")
def test_the_trail_keeps_what_was_written_out(take_in):
    row = take_in(mail(subject="秘密", text="更秘密"))[0]

    entries = AuditEntry.objects.filter(subject__in=[f"mail:{row.pk}", f"activity:{row.activity_id}"])
    assert {entry.action for entry in entries} == {"mail-add", "mail-match", "activity-add"}
    assert {entry.who for entry in entries} == {"mail"}
    assert not AuditEntry.objects.filter(subject__contains="秘密").exists()
    assert not any("秘密" in str(entry.changes) for entry in entries)


@pytest.mark.usefixtures("manager")
def test_a_person_is_handed_out_and_forgotten_from_mails(own_facts, director, mine, wang):
    raws = mail(text="王晓峰要降价"), mail(number=2, sender="boss@customer.example", text=f"cc {WANG}")
    rows = [actions.take_in(raw, own_facts.home) for raw in raws]
    told = [each["text"] for each in erasing.kept_of(wang)["elsewhere"] if each["kind"] == "mail"]
    assert len(told) == 2

    wang.refresh_from_db()
    erasing.erase(director, wang, wang.version)

    for row in rows:
        row.refresh_from_db()
        assert WANG not in f"{row.sender} {row.recipients} {row.text}".lower()
        assert "王晓峰" not in row.text + row.sender_name
        assert row.place == ""
    assert not {row.key for row in rows} & {place.name for place in own_facts.home.mails.iterdir()}
    assert not Person.objects.filter(pk=wang.pk).exists()
    assert "王晓峰" not in Activity.objects.get(account=mine).text


@pytest.mark.usefixtures("manager")
def test_the_api_matches_once_and_with_its_version(house, client, mine, take_in):
    row = take_in(mail())[0]
    headers = {"authorization": f"Bearer {house.tokens['manager']}", "idempotency-key": "m1"}
    address = f"/api/v1/mails/{row.pk}"
    read = client.get(address, headers=headers)
    assert (read.json()["why"], read.json()["recipients"]) == ("unknown", [LI])
    given = {**headers, "if-match": read.headers["ETag"]}
    kind = {"content_type": "application/json"}

    done = [client.post(f"{address}/match", {"account": mine.code}, headers=given, **kind) for _time in range(2)]

    assert [each.status_code for each in done] == [200, 200]
    assert done[0].json()["account"] == mine.code
    assert Activity.objects.count() == 1
    late = {**headers, "idempotency-key": "m2", "if-match": read.headers["ETag"]}
    assert client.post(f"{address}/part", headers=late).status_code == 412
    foreign = {**headers, "idempotency-key": "m3", "if-match": done[0].headers["ETag"]}
    assert client.post(f"{address}/match", {"account": house.foreign}, headers=foreign, **kind).status_code == 404


@pytest.mark.usefixtures("manager")
def test_many_mails_cost_as_many_queries_as_one(house, client, take_in, django_assert_max_num_queries):
    take_in(*(mail(number=n) for n in range(60)))
    browser = signed_in(house, client, "manager")

    with django_assert_max_num_queries(20):
        page = browser.get("/mails/?state=waiting").content.decode()
    assert page.count("/mails/") > 50


def test_depth_breaks_nothing(take_in):
    assert take_in(nested(5000))[0].why in {Why.UNREADABLE, Why.UNKNOWN}
