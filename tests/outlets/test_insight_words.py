"""The page of an analysis speaks the reader's language throughout."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils.html import escape

import vitalfew
from house import signed_in
from vitalfew.catalogue import catalogue
from vitalfew.language import translate
from vitalfew.outlets import insight
from vitalfew.outlets.beside import BESIDE
from vitalfew.outlets.templatetags.figures import method
from vitalfew.people.models import AuditEntry


@pytest.mark.parametrize("name", list(catalogue()))
def test_method_options_and_columns_are_translated(house, client, name):
    asked = catalogue()[name]
    page = signed_in(house, client, "director").get(f"/insight/{name}/").content.decode()
    told = method(translate(asked.description, "zh-hans"))
    assert told in page
    assert "`" not in told
    marked = [asked.title, asked.question, *(each.choice.label for each in asked.options.values())]
    shown = [each.meaning for each in asked.columns] if "<table" in page else []

    for text in (*marked, *shown):
        assert escape(translate(text, "zh-hans")) in page, text
        assert translate(text, "zh-hans") != text


def test_rows_below_the_last_shown_are_a_click_away_for_who_may_export(house, client, monkeypatch):
    monkeypatch.setattr(insight, "SHOWN", 5)
    link = '<a href="?format=csv">'

    page = signed_in(house, client, "director").get("/insight/pareto/").content.decode()
    rows = client.get("/insight/pareto/?format=csv").content.decode().strip().splitlines()
    exported = AuditEntry.objects.latest("number")
    refused = signed_in(house, client, "executive").get("/insight/pareto/").content.decode()

    assert link in page
    assert len(rows) > 6
    assert (exported.action, exported.subject) == ("export", "analysis:pareto")
    assert "format=csv" not in refused
    assert re.search(r"此处为前\d+行；另有\d+行", refused)


WORDS = Path(vitalfew.__file__).parent / "locale/zh_Hans/LC_MESSAGES/django.po"
SPEAKING = ("/analyses/", "/phrases/", "/proposals.py", "/terms.py")
FIGURE, CODE = re.compile(r"\{\w+[^}]*\}"), re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b|`[^`]*`")


def test_no_sentence_names_a_table_or_a_column():
    methods = {each.description for each in catalogue().values()}
    with WORDS.open("rb") as file:
        words = [each for each in read_po(file) if each.id and each.id not in methods]
    sentences = [
        each for each in words if any(part in f"/{place}" for place, _line in each.locations for part in SPEAKING)
    ]

    assert len(sentences) > 500
    assert not [each.id for each in sentences for text in (each.id, each.string) if CODE.search(FIGURE.sub("", text))]


@pytest.mark.parametrize("name", list(BESIDE))
def test_what_another_page_counts_otherwise_is_said_beside_the_figure(house, client, name):
    page = signed_in(house, client, "director").get(f"/insight/{name}/").content.decode()

    assert escape(translate(BESIDE[name], "zh-hans")) in page


def test_our_own_shelves_lead_to_no_account(house, client):
    page = signed_in(house, client, "director").get("/insight/safety-stock/").content.decode()

    assert '<td class="held">–</td>' in page
    assert "/accounts/%E2%80%93/" not in page
