"""What our screens and exports call a field is understood as a heading, in each language."""

import pytest

from vitalfew.language import LANGUAGES, translate
from vitalfew.warehouse.readers.headings import fold, labels, names_of
from vitalfew.warehouse.tables import TABLES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TABLES)
def test_a_field_is_known_by_its_label(name, language):
    known = names_of(TABLES[name])

    for column in TABLES[name].columns:
        said = translate(column.meaning, language)
        assert column.name in [field for _rank, field in known.get(fold(said), ())], said


def test_a_label_is_also_known_without_what_stands_beside_it():
    assert {"Payment terms in days", "账期（天）", "账期"} <= labels("Payment terms in days")


def test_better_names_go_before_a_label():
    known = names_of(TABLES["order_lines"])

    assert known[fold("成本")] < known[fold("整行成本")]
