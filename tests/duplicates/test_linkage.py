"""Likely pairs among names: planted ones, real ones with true ids, and what a branch or another code says."""

import csv
import gzip
import random

import numpy as np
import pytest

from vitalfew.duplicates.features.records import company_records, person_records
from vitalfew.duplicates.linkage.companies import COMPANIES
from vitalfew.duplicates.linkage.linking import levels_of, linked
from vitalfew.duplicates.linkage.persons import PERSONS
from vitalfew.outlets.bench.measured.duplicates import chinese, judged, latin, planted

FIRMS = chinese(300)


def chance(*names, model=COMPANIES, **others):
    """How likely the last two of many firms are one; 0 where they are not even compared."""
    told = {name: [each[0] * 0] * len(FIRMS) + each for name, each in others.items()}
    found = linked(company_records([*FIRMS, *names], **told), model, likely=0.0)
    pairs = dict(zip(zip(found.pairs["left"].to_pylist(), found.pairs["right"].to_pylist(), strict=True),
                     found.pairs["probability"].to_pylist(), strict=True))  # fmt: skip
    return pairs.get((len(FIRMS), len(FIRMS) + 1), 0.0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("苏州澄岚电器有限公司", "苏州澄岚电器有限责任公司"),
        ("苏州澄岚电器有限公司", "蘇州市澄嵐電器有限公司"),
        ("苏州澄岚电器有限公司", "澄岚电器（苏州）有限公司"),
        ("苏州澄岚电器有限公司", "苏州澄岚电器销售有限公司"),
        ("苏州澄岚电器有限公司", "苏州呈岚电器有限公司"),
        ("Akzo Nobel N.V.", "AKZO NOBEL NV"),
        ("Robert Bosch GmbH", "BOSCH GMBH ROBERT"),
        ("Koninklijke Philips Electronics N.V.", "Koninklijke Phillips Electronic NV"),
        ("Müller Maschinenbau GmbH", "Mueler Maschinenbau AG"),
    ],
)
def test_two_ways_of_writing_one_firm_are_likely(one, other):
    assert chance(one, other) > 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("苏州澄岚电器有限公司", "广州澄岚教育科技有限公司"),
        ("苏州澄岚电器有限公司", "苏州澄岚电器有限公司无锡分公司"),
        ("苏州恒信电器有限公司", "苏州瑞丰电器有限公司"),
        ("Shell Canada Ltd.", "Chevron Canada Ltd."),
    ],
)
def test_two_firms_with_much_in_common_are_not(one, other):
    assert chance(one, other) < 0.5


def test_the_credit_code_and_numbers_speak():
    names = ("苏州澄岚电器有限公司", "澄岚商贸")
    code = "91320505MA1AAAAAX1"

    alone, equal = chance(*names), chance(*names, uscc=[code, code])
    called = chance(*names, phones=[["0512666677"], ["0512666677"]])
    apart = chance("苏州澄岚电器有限公司", "苏州澄岚电器有限公司", uscc=[code, "91320505MA1BBBBBX2"])

    assert equal > 0.99
    assert alone < called
    assert apart < chance("苏州澄岚电器有限公司", "苏州澄岚电器有限公司")


def test_planted_twins_are_found_among_chinese_and_latin_names():
    names, twins = planted(20_000)

    found = judged(linked(company_records(names), COMPANIES).pairs, twins)

    assert found["recall"] > 0.95
    assert found["precision"] > 0.98


def test_patent_applicants_are_found_by_their_names(shared):
    with gzip.open(
        shared / "data" / "company_names_patstat" / "patstat_reference.csv.gz", "rt", encoding="utf-8"
    ) as file:
        rows = list(csv.DictReader(file))
    truth = np.array([int(row["leuven_id"]) for row in rows])
    _ids, sizes = np.unique(truth, return_counts=True)

    pairs = linked(company_records([row["person_name"] for row in rows]), COMPANIES).pairs
    right = truth[np.asarray(pairs["left"])] == truth[np.asarray(pairs["right"])]

    assert right.mean() > 0.99
    assert right.sum() / (sizes * (sizes - 1) // 2).sum() > 0.81


def test_short_names_lead_to_real_looking_full_ones(shared):
    """Each brand word alone, among all full names: the pairs are those of its own line."""
    lines = (shared / "data" / "cn_company_names" / "groundtruth.txt").read_text(encoding="utf-8").splitlines()
    full = [line.split()[0] for line in lines]
    marked = [(place, line.split()[1]) for place, line in enumerate(lines) if len(line.split()) == 2]

    pairs = linked(company_records([*full, *(brand for _place, brand in marked)]), COMPANIES, likely=0.2).pairs
    truth = {(place, len(full) + number) for number, (place, _brand) in enumerate(marked)}
    across = [
        (a, b) for a, b in zip(pairs["left"].to_pylist(), pairs["right"].to_pylist(), strict=True) if a < len(full) <= b
    ]
    right = sum(pair in truth for pair in across)

    assert right / len(across) > 0.9
    assert right / len(truth) > 0.8


def test_people_are_one_by_number_and_name():
    names = ["王晓峰", "王小锋", "李娜", "李娜", "赵敏"]
    strangers = [name[2:4] + place for name, place in zip(FIRMS, "东西南北中" * 60, strict=True)]
    phones = [["13800001111"], ["13800001111"], ["13911112222"], ["13733334444"], [], *([] for _each in strangers)]
    accounts = [["A"], ["A"], ["A"], ["B"], ["B"], *([str(number // 3)] for number, _each in enumerate(strangers))]

    found = linked(person_records([*names, *strangers], phones=phones, accounts=accounts), PERSONS).pairs

    assert list(zip(found["left"].to_pylist(), found["right"].to_pylist(), strict=True)) == [(0, 1)]
    assert levels_of(np.asarray(found["code"]), PERSONS).tolist() == [[1, 0, -1, -1, 0]]


@pytest.mark.parametrize("size", [0, 1, 2])
def test_hardly_any_records_are_no_trouble(size):
    assert linked(company_records(FIRMS[:size]), COMPANIES).pairs.num_rows == 0
    assert linked(person_records(["王"] * size), PERSONS).compared in {0, 1}


def levels(*names):
    """How the last two of many firms agree: the level of each feature that says anything."""
    found = linked(company_records([*FIRMS, *names]), COMPANIES, likely=0.0).pairs.to_pylist()
    code = next(row["code"] for row in found if (row["left"], row["right"]) == (len(FIRMS), len(FIRMS) + 1))
    told = zip(COMPANIES.features, levels_of(np.array([code]), COMPANIES)[0], strict=True)
    return {feature.name: feature.levels[level].name for feature, level in told if level >= 0}


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("苏州恒信达电器有限公司", "苏州恒瑞达电器有限公司", "character"),
        ("苏州恒信达电器有限公司", "苏州恒信达利电器有限公司", "character"),
        ("苏州恒信达电器有限公司", "苏州衡信达电器有限公司", "heard"),
        ("苏州恒信电器有限公司", "苏州衡鑫电器有限公司", "sound"),
        ("Gorbiahein Foods AG", "Gobriahein Foods AG", "moved-9"),
        ("Gorbiah Foods AG", "Gorbah Foods AG", "moved-5"),
        ("Gorbiahein Foods AG", "Gorbiaheim Foods AG", "another-9"),
    ],
)
def test_a_character_or_a_letter_apart_is_told(one, other, level):
    assert levels(one, other)["name"] == level


def test_a_letter_swapped_is_likelier_one_firm_than_a_letter_in_place_of_another():
    assert chance("Gorbiahein Foods AG", "Gobriahein Foods AG") > chance("Gorbiahein Foods AG", "Dorbiahein Foods AG")


def test_the_same_word_for_the_legal_form_says_more_than_the_same_kind():
    assert levels("Gorbiahein AG", "Gobriahein AG")["latin-form"] == "word"
    assert levels("Gorbiahein AG", "Gobriahein S.A.")["latin-form"] == "same"
    strangers = latin(random.Random(3), 300)  # noqa: S311  (made-up names)
    assert chance("Gorbiahein AG", "Gobriahein AG", *strangers) > chance("Gorbiahein AG", "Gobriahein S.A.", *strangers)


def test_a_common_trade_says_less_than_a_rare_one():
    common, rare = (
        ("苏州澄岚电器有限公司", "广州澄岚电器有限公司"),
        ("苏州澄岚殡葬用品有限公司", "广州澄岚殡葬用品有限公司"),
    )

    assert chance(*common) < chance(*rare)
