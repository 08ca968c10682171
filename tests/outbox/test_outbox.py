"""Letters to customers: written once, sent in the background, refused by who does not want them, readable on the screen."""

from datetime import timedelta
from email import message_from_string, policy

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.accounts.parts import all_touches
from vitalfew.contacts.models import Person
from vitalfew.outbox import layout, personal, refusing, sending, server, work, writing
from vitalfew.outbox.models import OutgoingMail, Refusal
from vitalfew.outbox.words import Kind, LetterState, Trouble
from vitalfew.outbox.writing import Letter, write
from vitalfew.people.models import AuditEntry
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible
from vitalfew.rooms import Traces

pytestmark = [pytest.mark.database, pytest.mark.django_db]
READER = "zhang@kehu.example"


@pytest.fixture
def handler(house):
    return house.user("complaints")


@pytest.fixture
def letter(house, handler):
    """Written as a room would."""

    def made(**said):
        usual = {
            "kind": Kind.ANSWER, "account": Account.objects.get(code=house.mine), "address": READER, "name": "张伟",
            "language": "zh-hans", "subject": "您的投诉已受理",
            "paragraphs": ("我们已收到。", "三日内答复。"), "about": "complaint:1",
        }  # fmt: skip
        return write(Letter(**{**usual, **said}), handler)

    return made


def test_a_letter_goes_out_once_as_text_and_as_html(letter, settings):
    settings.ADDRESS = "https://crm.example"
    row = letter(button="查看进展", url="/voice/k/")

    assert (row.state, sending.deliver_now(), sending.deliver_now()) == (LetterState.WAITING, 1, 0)

    [sent] = mail.outbox
    assert (sent.subject, sent.to) == ("您的投诉已受理", ["=?utf-8?b?5byg5Lyf?= <zhang@kehu.example>"])
    assert sent.body == "张伟，您好：\n\n我们已收到。\n\n三日内答复。\n\n查看进展\nhttps://crm.example/voice/k/"
    [(html, kind)] = sent.alternatives
    assert kind == "text/html"
    assert '<html lang="zh-hans">' in html
    assert 'href="https://crm.example/voice/k/"' in html
    assert "List-Unsubscribe" not in sent.extra_headers
    row.refresh_from_db()
    assert row.state == LetterState.SENT
    assert row.sent_at is not None
    assert AuditEntry.objects.get(action="outgoingmail-add").changes == {"fields": ["about", "kind"]}


def test_nothing_in_a_subject_or_a_name_is_read_as_a_header(letter):
    letter(subject="Hi\r\nBcc: all@x.example", name="Zhang\nBcc: b@x.example", language="en")

    assert sending.deliver_now() == 1

    sent = message_from_string(mail.outbox[0].message().as_string(), policy=policy.default)
    assert sent["Bcc"] is None
    assert sent["Subject"] == "Hi Bcc: all@x.example"
    assert [each.addr_spec for each in sent["To"].addresses] == [READER]


@pytest.mark.parametrize("address", ["", "zhang", "a@b.example\nBcc: c@d.example", "a@b.example, c@d.example"])
def test_what_is_no_address_is_refused(letter, address):
    with pytest.raises(NotPossible):
        letter(address=address)

    assert not OutgoingMail.objects.exists()


def test_without_a_mail_server_a_letter_is_kept_and_sent_once_there_is_one(letter, settings, house):
    director = house.user("director")
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, server.NOWHERE
    row = letter()
    assert (row.state, row.due_at) == (LetterState.KEPT, None)
    with pytest.raises(NotPossible, match="No mail server"):
        writing.send_again(director, row.pk)

    settings.EMAIL_BACKEND = backend
    assert writing.send_again(director, row.pk).state == LetterState.WAITING
    assert sending.deliver_now() == 1
    with pytest.raises(NotPossible):
        writing.send_again(director, row.pk)


def test_one_that_is_refused_is_tried_ever_later_and_then_it_is_said(letter, monkeypatch):
    def refuse(_message):
        raise server.NotTaken

    monkeypatch.setattr(server, "send", refuse)
    row, now = letter(), timezone.now() + timedelta(seconds=1)
    for minutes in sending.AGAIN:
        assert sending.deliver_now(now) == 0
        row.refresh_from_db()
        assert (row.state, row.trouble, row.due_at) == (
            LetterState.WAITING,
            Trouble.SERVER,
            now + timedelta(minutes=minutes),
        )
        assert sending.next_due() == row.due_at
        now = row.due_at
    sending.deliver_now(now)
    row.refresh_from_db()
    assert (row.state, row.due_at) == (LetterState.FAILED, None)


def test_one_due_soon_does_not_wait_for_a_look_that_is_far_off(letter):
    now = timezone.now()
    late, soon = (OutgoingMail.objects.filter(pk=letter().pk) for _each in range(2))
    late.update(due_at=now + timedelta(hours=12))
    soon.update(due_at=None)
    DBTaskResult.objects.all().delete()
    work.ask_for_next()
    soon.update(due_at=now + timedelta(minutes=1))

    work.ask_for_next()
    work.ask_for_next()

    asked = DBTaskResult.objects.filter(task_path=work.deliver.module_path)
    assert sorted(asked.values_list("run_after", flat=True)) == [now + timedelta(minutes=1), now + timedelta(hours=12)]


def test_a_link_into_the_house_needs_its_address(letter, settings):
    settings.ADDRESS = ""
    row = letter(button="查看", url="/voice/k/")

    assert sending.deliver_now() == 0

    row.refresh_from_db()
    assert (row.state, row.trouble) == (LetterState.FAILED, Trouble.ADDRESS)
    assert not mail.outbox


def test_the_way_to_refuse_mail_needs_it_too(letter, settings):
    settings.ADDRESS = ""
    row = letter(kind=Kind.SURVEY)

    assert sending.deliver_now() == 0

    row.refresh_from_db()
    assert (row.state, row.trouble) == (LetterState.FAILED, Trouble.ADDRESS)


def test_what_was_stopped_before_its_time_is_not_sent(letter, house):
    row = letter()

    assert writing.stop(house.user("director"), row.pk).state == LetterState.STOPPED
    assert sending.deliver_now() == 0
    with pytest.raises(NotPossible):
        writing.stop(house.user("director"), row.pk)


def test_who_sees_the_account_sees_the_letter(letter, house):
    own, foreign = letter(), letter(account=Account.objects.get(code=house.foreign))
    nobodys = letter(account=None)

    seen = {role: set(OutgoingMail.objects.visible_to(house.user(role))) for role in ("manager", "complaints")}

    assert seen == {"manager": {own}, "complaints": {own, foreign, nobodys}}
    with pytest.raises(OutgoingMail.DoesNotExist):
        writing.stop(house.user("manager"), foreign.pk)


def test_one_click_refuses_a_kind_that_can_be_done_without(letter, settings):
    settings.ADDRESS = "https://crm.example"
    letter(kind=Kind.SURVEY)
    sending.deliver_now()
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>").removeprefix(settings.ADDRESS)

    answer = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 204
    assert READER not in Refusal.objects.get().mark
    again = letter(kind=Kind.SURVEY, address=READER.upper())
    assert (again.state, again.due_at) == (LetterState.UNWANTED, None)
    assert [letter(kind=kind).state for kind in (Kind.NEWS, Kind.ANSWER)] == [LetterState.WAITING] * 2


def test_what_waits_is_not_sent_when_its_reader_refuses_it_meanwhile(letter):
    row = letter(kind=Kind.CAMPAIGN)
    refusing.refuse(refusing.mark(READER), [Kind.CAMPAIGN.value])

    assert sending.deliver_now() == 0

    row.refresh_from_db()
    assert row.state == LetterState.UNWANTED


def test_the_page_of_wishes_takes_back_what_was_refused(letter):
    row, browser = letter(kind=Kind.SURVEY), Client(headers={"Accept-Language": "en"})
    page = layout.wishes(row)

    browser.post(page, {"kind": ["news"]})
    assert refusing.unwanted(refusing.mark(READER)) == {"survey", "campaign"}
    shown = browser.get(page)
    assert shown.context["kinds"] == [(Kind.SURVEY, False), (Kind.NEWS, True), (Kind.CAMPAIGN, False)]
    assert READER not in shown.text
    browser.post(page, {"kind": ["survey", "news", "campaign", "answer"]})

    assert refusing.unwanted(refusing.mark(READER)) == set()


@pytest.mark.parametrize("change", ["f" * 80, "", "short"])
def test_a_key_that_the_house_did_not_write_opens_nothing(change):
    key = refusing.key(READER)
    for bad in (change or "0", key[:40] + key[40:][::-1], key[:-1]):
        assert Client().get(f"/mail-wishes/{bad}/").status_code == 404
        assert Client().post(f"/mail-wishes/{bad}/survey/").status_code == 404
    assert Client().post(f"/mail-wishes/{key}/answer/").status_code == 404
    assert not Refusal.objects.exists()


def test_the_timeline_tells_of_letters_that_were_sent(letter, house):
    letter(subject="已发出")
    sending.deliver_now()
    letter(subject="待发送")
    told = all_touches(house.user("director"), Account.objects.get(code=house.mine))

    assert [each.what.figures["text"] for each in told if each.kind == "letter"] == ["已发出"]


def test_a_person_is_told_of_the_letters_and_forgotten_in_them(letter, house):
    person = Person.objects.create(name="张伟", email=READER)
    row = letter(person=person, paragraphs=("张伟先生：您的机器已修好。",), button="查看", url="/voice/secret/")
    traces = Traces(
        frozenset({person.pk}), frozenset(), frozenset({READER}), frozenset({"张伟"}), frozenset({house.mine})
    )
    assert [each["to"] for each in personal.told(traces)] == [f"张伟 <{READER}>"]

    personal.forget(traces)

    row.refresh_from_db()
    kept = " ".join((row.name, row.address, row.title, *row.paragraphs, row.url))
    assert "张伟" not in kept
    assert READER not in kept
    assert "secret" not in kept
    assert (row.person, row.due_at, row.state) == (None, None, LetterState.STOPPED)


def test_a_person_is_forgotten_in_letters_to_others(letter, house):
    theirs = letter(address="li@kehu.example", name="李强", paragraphs=("请与张伟联系。",))
    elsewhere = letter(
        account=Account.objects.get(code=house.foreign), address="w@kehu.example", paragraphs=("张伟已到。",)
    )
    traces = Traces(frozenset(), frozenset(), frozenset({READER}), frozenset({"张伟"}), frozenset({house.mine}))

    personal.forget(traces)

    theirs.refresh_from_db()
    elsewhere.refresh_from_db()
    assert "张伟" not in theirs.paragraphs[0]
    assert (theirs.name, theirs.state) == ("李强", LetterState.WAITING)
    assert elsewhere.paragraphs == ["张伟已到。"]
    assert sending.deliver_now() == 2
    assert ["li@kehu.example"] in [[each.split("<")[-1].rstrip(">") for each in sent.to] for sent in mail.outbox]


def test_only_who_may_stops_letters(letter, house):
    row = letter()

    for role, may in (("supply", False), ("marketing", True)):
        client = Client()
        client.force_login(house.user(role))
        assert client.get(f"/outbox/{row.pk}/").status_code == 200
        assert client.post(f"/outbox/{row.pk}/stop/").status_code == (302 if may else 403)
    with pytest.raises(Forbidden):
        writing.stop(house.user("supply"), row.pk)


def test_links_are_for_their_readers(letter, house, settings):
    """Whoever opens an invitation, a survey, a complaint or a page of wishes there would be him."""
    settings.ADDRESS = "https://crm.example"
    rows = [letter(kind=kind, button="b", url="/secret/x/") for kind in Kind]
    rows.append(letter(button="b", url="https://crm.example/secret/x/"))
    for role in ("director", "supply"):
        client = signed_in(house, Client(), role)
        for row in rows:
            page = client.get(f"/outbox/{row.pk}/").text
            told = client.get(
                f"/api/v1/letters/{row.pk}", headers={"authorization": f"Bearer {house.tokens[role]}"}
            ).text
            for shown in (page, told):
                assert "secret" not in shown, (role, row.kind)
                assert refusing.key(READER) not in shown, (role, row.kind)

    elsewhere = letter(button="b", url="https://map.example/way/")
    assert (
        signed_in(house, Client(), "director").get(f"/outbox/{elsewhere.pk}/").text.count("https://map.example/way/")
        == 2
    )
    assert all("/secret/x/" in layout.text(row) for row in rows)
