"""The firm's own words around letters: of a kind and a language, marks checked, the house's own ones a click away."""

from email import message_from_string, policy

import pytest
from django.core import mail
from django.test import Client

from vitalfew.accounts.models import Account
from vitalfew.outbox import sending, word_actions
from vitalfew.outbox.models import LetterWords, OutgoingMail
from vitalfew.outbox.words import Kind
from vitalfew.outbox.writing import Letter, write
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible

pytestmark = [pytest.mark.database, pytest.mark.django_db]
OWN = {"sender": "{firm}大客户部", "opening": "尊敬的{name}：", "closing": "{firm}敬上\n电话 400-1"}


@pytest.fixture
def director(house, settings):
    settings.FIRM, settings.ADDRESS = "恒达", "https://crm.hengda.example"
    settings.DEFAULT_FROM_EMAIL = "House <crm@hengda.example>"
    return house.user("director")


@pytest.fixture
def browser(director):
    client = Client()
    client.force_login(director)
    return client


def letter(house, **said):
    usual = {
        "kind": Kind.ANSWER, "account": Account.objects.get(code=house.mine), "address": "zhang@kehu.example", "name": "张伟",
        "language": "zh-hans", "subject": "已受理", "paragraphs": ("已收到。",),
    }  # fmt: skip
    return write(Letter(**{**usual, **said}), house.user("director"))


def came(sent):
    """As a mail program reads it."""
    return message_from_string(sent.message().as_string(), policy=policy.default)


def test_letters_of_that_kind_and_language_begin_and_end_in_the_firms_words(house, director):
    before = letter(house)
    row = word_actions.write(director, "answer", "zh-hans", OWN)
    letter(house)
    letter(house, kind=Kind.NEWS, language="zh-hans")
    letter(house, language="en", name="Zhang")
    letter(house, name="")
    word_actions.change(director, row.pk, row.version, {**OWN, "closing": "改了"})

    sending.deliver_now()

    old, own, other_kind, other_language, nameless = mail.outbox
    assert own.body == "尊敬的张伟：\n\n已收到。\n\n恒达敬上\n电话 400-1"
    assert "恒达敬上<br>电话 400-1" in own.alternatives[0][0]
    assert (
        message_from_string(own.message().as_string(), policy=policy.default)["From"].addresses[0].display_name
        == "恒达大客户部"
    )
    assert "crm@hengda.example" in own.from_email
    assert old.body == "张伟，您好：\n\n已收到。"
    assert old.from_email == "House <crm@hengda.example>"
    assert "尊敬" not in other_kind.body + other_language.body
    assert nameless.body.startswith("已收到。")
    assert before.opening == ""


def test_the_way_back_is_the_houses_own_words_and_can_be_undone(house, director, browser):
    row = word_actions.write(director, "answer", "zh-hans", OWN)
    with pytest.raises(NotPossible):
        word_actions.write(director, "answer", "zh-hans", OWN)

    browser.post(f"/letter-words/{row.pk}/away/")
    assert letter(house).opening == ""
    browser.post(f"/letter-words/{row.pk}/back/")
    assert letter(house).opening == "尊敬的张伟："
    browser.post(f"/letter-words/{row.pk}/away/")
    word_actions.write(director, "answer", "zh-hans", {**OWN, "opening": "您好"})
    with pytest.raises(NotPossible):
        word_actions.fetch_back(director, row.pk)


def test_marks_that_stand_for_nothing_are_refused_by_name(browser, settings):
    asked = {
        "kind": "survey",
        "language": "en",
        "sender": "",
        "opening": "Dear {name} of {account}",
        "closing": "{name} {",
    }

    page = browser.post("/letter-words/new/", asked)

    assert page.status_code == 422
    assert page.context["form"].errors == {
        "opening": ["这里不能使用：{account}"], "closing": ["这里不能使用：{name}、{"],
    }  # fmt: skip
    settings.FIRM = ""
    page = browser.post("/letter-words/new/", {**asked, "opening": "", "closing": "Yours, {firm}"})
    assert "VITALFEW_FIRM" in page.context["form"].errors["closing"][0]
    assert browser.post("/letter-words/new/", {**asked, "opening": "", "closing": ""}).status_code == 422
    assert not LetterWords.objects.exists()


def test_nothing_in_a_senders_name_is_a_header(house, director, browser):
    asked = {
        "kind": "answer",
        "language": "zh-hans",
        "sender": "A\r\nBcc: all@x.example",
        "opening": "",
        "closing": "再见",
    }
    assert "sender" in browser.post("/letter-words/new/", asked).context["form"].errors
    word_actions.write(director, "answer", "zh-hans", {**OWN, "sender": "A\r\nBcc: all@x.example"})
    letter(house)

    sending.deliver_now()

    sent = came(mail.outbox[0])
    assert sent["Bcc"] is None
    assert [each.addr_spec for each in sent["From"].addresses] == ["crm@hengda.example"]


def test_words_are_looked_at_before_they_are_kept_and_then_as_html(browser):
    asked = {"kind": "survey", "language": "en", "sender": "", "opening": "Hello {name}!", "closing": "Yours"}

    looked = browser.post("/letter-words/new/", {**asked, "look": "1"})
    assert (looked.status_code, LetterWords.objects.count()) == (200, 0)
    assert "Hello Zhang Wei!" in looked.text
    made = browser.post("/letter-words/new/", asked, follow=True)
    assert "Hello Zhang Wei!" in made.text
    row = LetterWords.objects.get()
    html = browser.get(f"/letter-words/{row.pk}/html/")

    assert "Hello Zhang Wei!" in html.text
    assert "style-src 'unsafe-inline'" in html.headers["Content-Security-Policy"]
    changed = {"version": row.version, "sender": "", "opening": "Hi {name}", "closing": ""}
    assert "Hi Zhang Wei" in browser.post(f"/letter-words/{row.pk}/edit/", {**changed, "look": "1"}).text
    assert browser.post(f"/letter-words/{row.pk}/edit/", changed).status_code == 302
    assert browser.post(f"/letter-words/{row.pk}/edit/", changed).status_code == 409
    assert LetterWords.objects.get().opening == "Hi {name}"
    assert not OutgoingMail.objects.exists()


def test_the_list_tells_the_words_as_they_are_written(director, browser):
    word_actions.write(director, "news", "en", {"sender": "Key accounts", "opening": "Dear {name},", "closing": ""})

    page = browser.get("/letter-words/").text

    assert "Key accounts" in page
    assert "Dear {name}," in page


def test_only_heads_set_them(house, director):
    row = word_actions.write(director, "answer", "zh-hans", OWN)
    for role in ("manager", "complaints"):
        client = Client()
        client.force_login(house.user(role))
        assert client.get("/letter-words/").status_code == 403
        assert client.post(f"/letter-words/{row.pk}/away/").status_code == 403
        with pytest.raises(Forbidden):
            word_actions.write(house.user(role), "news", "en", OWN)
