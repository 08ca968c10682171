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


@pytest.mark.parametrize("name", list(catalogue()))
def test_method_options_and_columns_are_translated(house, client, name):
    asked = catalogue()[name]
    page = signed_in(house, client, "director").get(f"/insight/{name}/").content.decode()
    marked = [asked.title, asked.question, asked.description, *(each.choice.label for each in asked.options.values())]
    shown = [each.meaning for each in asked.columns] if "<table" in page else []

    for text in (*marked, *shown):
        assert escape(translate(text, "zh-hans")) in page, text
        assert translate(text, "zh-hans") != text


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
