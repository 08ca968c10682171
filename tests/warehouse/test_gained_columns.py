"""A result that was kept before its analysis gained a column stays readable, on every outlet."""

import pyarrow.parquet as pq
import pytest

from house import signed_in
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.known import state
from vitalfew.warehouse.run import Run
from vitalfew.warehouse.store import Store

GAINED = {"visit-need": "because", "forecast": "low", "tiers": "tier"}


@pytest.fixture
def older(own_facts):
    """A refresh of before those columns, as the version then kept it."""
    refresh = scorecards.current()
    for name, column in GAINED.items():
        path = scorecards.folder(own_facts.home, refresh) / f"{name}.parquet"
        table = pq.read_table(path).drop_columns(column)
        pq.write_table(table, path, row_group_size=1_000)
    return refresh


@pytest.mark.parametrize("name", GAINED)
def test_its_page_table_and_document_are_answered(own_facts, client, older, name):
    signed_in(own_facts, client, "director")
    code = scorecards.result(own_facts.home, older, name).table["customer"][0].as_py()
    pages = [f"/insight/{name}/", f"/insight/{name}/?format=csv", f"/api/v1/analyses/{name}", f"/accounts/{code}/"]

    assert [client.get(page).status_code for page in [*pages, f"/why/{name}/?account={code}"]] == [200] * 5


def test_the_gained_column_is_empty(own_facts, older):
    kept = scorecards.result(own_facts.home, older, "visit-need")
    code = kept.table["customer"][0].as_py()

    assert kept.table["because"].null_count == kept.table.num_rows > 0
    assert [row["because"] for row in scorecards.of_account(own_facts.home, older, "visit-need", code)] == [None]


def test_a_killed_refresh_computes_anew_what_gained_a_column(own_facts, older, monkeypatch):
    older.state, computed, compute = "running", [], Run._compute
    older.versions = state(Store(own_facts.home.facts))
    older.done_steps = [step for step in older.done_steps if step != "scorecards"]
    older.save()
    monkeypatch.setattr(
        Run, "_compute", lambda run, each, chosen: computed.append(each.name) or compute(run, each, chosen)
    )

    assert scorecards.refresh(own_facts.home).pk == older.pk
    assert set(GAINED) <= set(computed)
    assert "pareto" not in computed
