"""Many names in processes of their own are taken apart as one after another."""

from vitalfew.duplicates.features import records
from vitalfew.outlets.bench.measured.duplicates import planted


def test_side_by_side_is_one_after_another(monkeypatch, tmp_path):
    names, _twins = planted(1001)
    monkeypatch.setattr(records, "PROCESSES", 3)

    assert records._side_by_side(names, tmp_path).equals(records.one_after_another(names))
