"""A company's name taken apart; how many brand words of real-looking names are found."""

import pytest

from vitalfew.duplicates.features.company_name import parsed
from vitalfew.duplicates.features.records import company_records, digits_of, reach
from vitalfew.duplicates.features.sounds import sound


@pytest.mark.parametrize(
    ("name", "place", "core", "trade", "form", "branch"),
    [
        ("苏州澜禾电器销售有限公司", "3205", "澜禾", "电器销售", "limited", ""),
        ("江苏省苏州市昆山市澜禾电器有限责任公司", "320583", "澜禾", "电器", "limited", ""),
        ("昆山澜禾电器", "320583", "澜禾", "电器", "", ""),
        ("蘇州瀾禾電器銷售有限公司", "3205", "澜禾", "电器销售", "limited", ""),
        ("灵动传媒科技（绍兴）有限公司", "3306", "灵动", "传媒科技", "limited", ""),
        ("常州途畅互联网科技有限公司合肥分公司", "3204", "途畅", "互联网科技", "limited", "合肥分公司"),
        ("贵州民族酒业（集团）销售有限公司", "52", "民族", "酒业销售", "limited", ""),
        ("海尔集团", "", "海尔", "", "group", ""),
        ("力赛佳管道支架技术上海有限公司", "31", "力赛佳", "管道支架技术", "limited", ""),
        ("永康医药有限公司", "", "永康", "医药", "limited", ""),
        ("ＡＢＢ（中国）有限公司", "00", "abb", "", "limited", ""),
        ("Koninklijke Philips Electronics N. V.", "", "koninklijke philips", "electronics", "shares", ""),
        ("N.V. PHILIPS' GLOEILAMPENFABRIEKEN", "", "philips", "gloeilampenfabrieken", "shares", ""),
        ("Unilever Naamloze Vennootschap", "", "unilever", "", "shares", ""),
        ("Société Générale S.A.", "", "societe generale", "", "shares", ""),
        ("AB SKF", "", "skf", "", "shares", ""),
        ("Müller & Söhne GmbH & Co. KG", "", "muller sohne", "", "limited", ""),
    ],
)
def test_a_name_is_taken_apart(name, place, core, trade, form, branch):
    found = parsed(name)

    assert (found.place, found.core, found.trade, found.form, found.branch) == (place, core, trade, form, branch)


@pytest.mark.parametrize("name", ["", "---", "GmbH", "有限公司", "中国", "科技", "𠮷野家", "a" * 300, "(((", "N.V."])
def test_what_is_hardly_a_name_is_taken_as_it_is(name):
    assert parsed(name) == parsed(name.upper())


@pytest.mark.parametrize(
    ("name", "short"), [("中国石油化工股份有限公司", "中石化"), ("International Business Machines Corp.", "ibm")]
)
def test_short_names_are_made_of_first_characters(name, short):
    assert parsed(name).abbreviation == short


def test_names_that_are_heard_alike_sound_the_same():
    assert sound("恒达") == sound("衡达") == sound("hengda")
    assert sound("phillips") == sound("philips")


def test_brand_words_of_real_looking_names_are_found(shared):
    lines = (shared / "data" / "cn_company_names" / "groundtruth.txt").read_text(encoding="utf-8").splitlines()
    marked = [line.split() for line in lines if len(line.split()) == 2]

    found = [parsed(name).core == brand for name, brand in marked]

    assert len(marked) == 456
    assert sum(found) / len(found) > 0.90


def test_records_have_a_row_each_and_numbers_without_signs():
    table = company_records(["苏州澜禾电器有限公司", "Akzo Nobel N.V."], uscc=["A", ""], phones=[["1"], []])

    assert table["stem"].to_pylist() == ["3205|澜禾|电器|", "|akzo nobel||"]
    assert table["latin"].to_pylist() == [False, True]
    assert reach(["+86 138-0000-1111", "021 555"], ["a@Hengda.com", "b@qq.com"]) == (("13800001111",), ("hengda.com",))
    assert digits_of("0512-6666 7777") == "051266667777"
