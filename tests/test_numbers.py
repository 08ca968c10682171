"""Figures that papers and textbooks print come out of this house's code, and the page that shows them is current."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent.parent / "tools"))
from known_figures import PAGE, page, rows
from printed_figures import FIGURES, SECTIONS


@pytest.fixture(scope="module")
def found():
    return list(rows())


def test_every_figure_is_as_near_as_it_is_printed(found):
    assert [row for row in found if not row.near] == []


def test_each_name_has_its_figure():
    for each in FIGURES:
        assert len(each.names.split("; ")) == len(each.printed.split())
        assert each.section in SECTIONS


def test_who_computes_a_figure_exists():
    package = Path(__file__).parent.parent / "src" / "vitalfew"

    assert [each.by for each in FIGURES if not (package / each.by).exists()] == []


def test_the_page_is_what_the_code_says():
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make docs`"


def test_a_figure_that_is_off_is_seen(monkeypatch):
    import known_figures

    wrong = FIGURES[0]._replace(ours=lambda: [0.6, 3])
    monkeypatch.setattr(known_figures, "FIGURES", (wrong,))

    assert [row.near for row in rows()] == [False, True]
