"""Both Chinese languages as they are written: wide punctuation, no words that only the conversion leaves."""

import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import messages  # noqa: E402  (a tool, not of the package)


def sentences(locale):
    with (ROOT / f"src/vitalfew/locale/{locale}/LC_MESSAGES/django.po").open("rb") as file:
        return [str(each.string) for each in read_po(file, locale=locale) if each.id]


@pytest.mark.parametrize("locale", ["zh_Hans", "zh_Hant"])
def test_no_narrow_mark_stands_between_chinese_characters(locale):
    assert [each for each in sentences(locale) if "://" not in each and messages.NARROW.search(each)] == []


def test_traditional_chinese_has_no_word_of_the_conversion_alone():
    found = [each for each in sentences("zh_Hant") if messages.corrected(each) != each]

    assert found == []


def test_a_correction_holds_for_a_sentence_that_was_translated_by_hand():
    assert messages.corrected("“合同”的賬期沒有采購的水平") == "「合約」的帳期沒有採購的水準"


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("Juran， J. M. （1951）. JASA 33(1）； Gini， C.", "Juran, J. M. (1951). JASA 33(1); Gini, C."),
        ("贴近度 = d− / （d+ + d−）（TOPSIS，逼近理想解）", "贴近度 = d− / (d+ + d−)（TOPSIS，逼近理想解）"),
        ("Kogan Page（除规模外以潜力为选择依据）", "Kogan Page（除规模外以潜力为选择依据）"),
        (
            "更好（BIC），或者（M）BG/CNBD-k；乘以（Teunter, Babai）",
            "更好（BIC），或者(M)BG/CNBD-k；乘以（Teunter, Babai）",
        ),
        ("max（3 × 间隔， 180天）", "max（3 × 间隔，180天）"),
    ],
    ids=["references", "formula", "remark", "short names", "space"],
)
def test_latin_text_within_chinese_keeps_its_own_punctuation(written, right):
    assert messages.set_as_latin(written) == right
    assert messages.set_as_latin(right) == right
