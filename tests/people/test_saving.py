"""What a form or a button does, when all is well and when not."""

from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, QueryDict
from django.test import RequestFactory

from vitalfew.people.records import NotPossible, Stale
from vitalfew.people.saving import done, tried, version_read
from vitalfew.terms import gettext_noop

RECORD = SimpleNamespace(pk=7, version=4, subject="record:7", get_absolute_url=lambda: "/record/7/")


class Form(forms.Form):
    version = forms.IntegerField()
    text = forms.CharField()
    ticks = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")])
    paper = forms.FileField(required=False)


def sent(**more):
    return Form(QueryDict("version=1&text=word&ticks=a&ticks=b"), **more)


def asked(**headers):
    request = RequestFactory().post("/", {"version": "12"}, **headers)
    request._messages = CookieStorage(request)
    return request


def raising(what):
    def act():
        raise what

    return act


def test_who_was_overtaken_keeps_what_was_typed_and_may_send_it_again():
    form = sent()

    assert tried(form, raising(Stale(RECORD))) is None
    assert form.non_field_errors()
    assert form["version"].value() == 4
    assert form["ticks"].value() == ["a", "b"]


def test_a_refusal_stands_beside_its_field():
    form = sent()

    assert tried(form, raising(NotPossible(gettext_noop("This day lies ahead"))), beside="text") is None
    assert list(form.errors) == ["text"]


def test_a_full_disk_is_said_beside_the_file():
    form = sent()

    assert tried(form, raising(OSError())) is None
    assert list(form.errors) == ["paper"]


def test_nothing_is_done_by_a_form_that_is_not_whole():
    form = Form(QueryDict("version=1"))

    assert tried(form, lambda: pytest.fail("it was not whole")) is None


def test_what_is_not_seen_is_not_there():
    with pytest.raises(Http404):
        done(asked(), raising(ObjectDoesNotExist()), "/")


def test_a_button_says_how_it_is_undone_and_goes_on():
    request = asked()

    answer = done(request, lambda: RECORD, said=lambda row: f"done {row.pk}", undo=lambda row: f"/undo/{row.pk}/")

    (message,) = get_messages(request)
    assert (message.message, message.extra_tags) == ("done 7", "undo:/undo/7/")
    assert (answer.status_code, answer["Location"]) == (302, "/record/7/")


def test_a_script_stays_on_its_page():
    assert done(asked(headers={"X-Requested-With": "fetch"}), lambda: RECORD).status_code == 204


@pytest.mark.parametrize("why", [NotPossible("not now"), Stale(RECORD)], ids=["not-possible", "stale"])
def test_a_button_that_is_refused_says_why_and_leads_back(why):
    request = asked()

    answer = done(request, raising(why), "/on/", back="/back/")

    (message,) = get_messages(request)
    assert message.level_tag == "error"
    assert answer["Location"] == "/back/"


@pytest.mark.parametrize(
    ("given", "version"), [("12", 12), ("", None), ("x", None), ("٣", None), ("9" * 30, None)],
    ids=["number", "none", "word", "other-digits", "too-long"],
)  # fmt: skip
def test_the_version_that_was_read(given, version):
    assert version_read(RequestFactory().post("/", {"version": given})) == version
