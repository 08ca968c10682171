"""A refresh holds one answer at a time; the others lie in their files, and what memory does not hold in the home."""

from pathlib import Path

import pyarrow as pa
import pytest

from vitalfew.catalogue import VARIANTS, catalogue
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.engines import engine
from vitalfew.warehouse.engines.duck import DuckEngine, connect
from vitalfew.warehouse.models import Refresh, Scorecard
from vitalfew.warehouse.run import Run, after_their_inputs


def test_every_analysis_comes_after_those_it_reads():
    names = list(catalogue())

    ordered = after_their_inputs(names)

    assert sorted(ordered) == sorted(names)
    for place, name in enumerate(ordered):
        for given in catalogue()[name].inputs:
            needed, _options = VARIANTS.get(given, (given.replace("_", "-"), {}))
            assert needed not in ordered[place:]


def test_answers_lie_in_their_files_while_others_are_computed(own_facts, monkeypatch):
    held = []
    step = scorecards._step

    def watched(row, name, run, home):
        step(row, name, run, home)
        held.append({each for each, _options in run._results} - {name})

    monkeypatch.setattr(scorecards, "_step", watched)
    Refresh.objects.all().delete()

    scorecards.refresh(own_facts.home)

    assert len(held) == len(catalogue())
    assert set.union(*held) <= {"contribution"}, "over all months, which is no answer of the refresh"


def test_a_refresh_that_was_killed_reads_what_it_had_kept(own_facts, monkeypatch):
    whole = {card.customer: card.as_figures() for card in scorecards.current().scorecards.all()}
    Refresh.objects.all().delete()
    step = scorecards._step

    def killed(row, name, run, home):
        if name == "next-actions":
            raise KeyboardInterrupt
        step(row, name, run, home)

    monkeypatch.setattr(scorecards, "_step", killed)
    with pytest.raises(KeyboardInterrupt):
        scorecards.refresh(own_facts.home)
    computed = []
    compute = Run._compute
    monkeypatch.setattr(scorecards, "_step", step)
    monkeypatch.setattr(
        Run, "_compute", lambda run, each, chosen: computed.append(each.name) or compute(run, each, chosen)
    )

    row = scorecards.refresh(own_facts.home)

    assert "lifetime" not in computed
    assert {card.customer: card.as_figures() for card in Scorecard.objects.filter(refresh=row)} == whole


def test_what_memory_does_not_hold_goes_into_the_home(tmp_path):
    def spill(connection):
        return connection.sql("SELECT current_setting('temp_directory')").fetchall()[0][0]

    with engine("duckdb", tmp_path) as chosen:
        assert spill(chosen.connection) == str(tmp_path / ".spill")
    assert Path(spill(connect())).is_absolute()


def test_a_table_that_is_forgotten_is_let_go():
    duck = DuckEngine()
    duck.given("trend", pa.table({"customer": ["A"]}), None)

    duck.forget("trend")
    duck.forget("never_given")

    assert "given_trend" not in [row[0] for row in duck.connection.sql("SHOW TABLES").fetchall()]
