"""The page of an analysis speaks the reader's language throughout."""

import pytest
from django.utils.html import escape

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
