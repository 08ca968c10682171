import json
import re

import pytest

from vitalfew.catalogue import VARIANTS, catalogue
from vitalfew.outlets.answers import described
from vitalfew.people.models import AuditEntry
from vitalfew.people.permissions import Right
from vitalfew.summaries import SUMMARIES
from vitalfew.warehouse.tables import TABLES

from .test_accounts import strictly

PATH = "/api/v1/analyses"


def test_registry_is_the_command_lines(ask):
    expected = [described(each, "en") for each in catalogue().values()]

    assert ask("director").get(PATH).json() == json.loads(json.dumps(expected))


def of_facts(analysis):
    """Whether it reads something that imports bring, and not only tables that people hand over."""
    known = {*TABLES, *SUMMARIES, *VARIANTS, *(each.replace("-", "_") for each in catalogue())}
    return bool(known & set(analysis.inputs))


HANDED_OVER = [name for name, each in catalogue().items() if not of_facts(each)]


@pytest.mark.parametrize("name", HANDED_OVER)
def test_what_only_people_can_hand_over_is_asked_for(ask, name):
    answer = ask("director").get(f"{PATH}/{name}")

    assert answer.status_code == 422
    assert re.search(r"\b(give|bring|import)\b", answer.json()["detail"])


@pytest.mark.parametrize("name", [each for each in catalogue() if each not in HANDED_OVER])
def test_every_analysis_answers_without_nan(ask, name):
    answer = ask("director").get(f"{PATH}/{name}")
    document = strictly(answer)

    if answer.status_code == 422:
        assert any(table in document["detail"] for table in brought_by_nobody_yet(name)), document
        return
    assert answer.status_code == 200
    assert document["meta"]["analysis"] == name
    assert [column["name"] for column in document["columns"]] == [c.name for c in catalogue()[name].columns]
    assert all(len(row) == len(document["columns"]) for row in document["rows"])


def brought_by_nobody_yet(name):
    """Tables that the analysis reads and no import brings: an answer may ask for one by its name."""
    known = {*TABLES, *SUMMARIES, *VARIANTS, *(each.replace("-", "_") for each in catalogue())}
    return set(catalogue()[name].inputs) - known


def test_whole_results_are_in_the_audit_trail(ask):
    ask("analyst").get(f"{PATH}/rfm?days=30")
    entry = AuditEntry.objects.latest("number")

    assert (entry.who, entry.action, entry.subject) == ("analyst", "export", "analysis:rfm")


def test_one_account_is_its_rows_and_nothing_of_the_others(house, ask):
    document = ask("manager").get(f"{PATH}/pareto?account={house.mine}").json()

    assert [row[0] for row in document["rows"]] == [house.mine]
    assert not {"figures", "fit", "headline"} & document["meta"].keys()
    assert document["meta"]["rows"] == 1


def test_options_and_day_reach_the_analysis(ask):
    whole = ask("director").get(f"{PATH}/pareto").json()
    early = ask("director").get(f"{PATH}/pareto?months=12&as_of=2026-03-31").json()

    assert early["meta"]["parameters"]["months"] == 12
    assert early["meta"]["as_of"] == "2026-03-31"
    assert early["meta"]["figures"] != whole["meta"]["figures"]


@pytest.mark.parametrize(
    "query",
    [
        "pareto?nothing=1", "pareto?months=x", "pareto?basis=profit", "pareto?a=nan", "pareto?a=inf",
        "pareto?months=" + "9" * 40,
        "retention?months=0", "trend?months=1000000", "pareto?as_of=31.12.2025", "pareto?currency=EURO",
        "retention?account={mine}",
    ],
)  # fmt: skip
def test_options_that_mean_nothing_are_refused_in_words(house, ask, query):
    answer = ask("director").get(f"{PATH}/{query.format(mine=house.mine)}")

    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "Traceback" not in answer.content.decode()


def test_analysis_that_is_not_there_is_404(ask):
    assert ask("director").get(f"{PATH}/nothing").status_code == 404


def test_those_with_insight_may_see_money():
    assert Right.INSIGHT.roles <= Right.MONEY.roles
