"""Files that accounts lay into their folder: taken once and whole, or refused with the reason beside them."""

import os
import time
from datetime import timedelta

import pytest
from django.utils import timezone
from test_exchange_agreed import agreed

from house import signed_in
from vitalfew.accounts.products import product_codes
from vitalfew.exchange import dropping, folders, taking
from vitalfew.exchange.models import DataExchange, DataFile, DataRow
from vitalfew.exchange.words import Way
from vitalfew.people.models import AuditEntry

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def row(house, tmp_path, settings):
    settings.EXCHANGE_FOLDER = str(tmp_path)
    made = agreed(house, way=Way.FOLDER)
    dropping.look()
    return made


def later():
    return time.time() + folders.QUIET + 1


def csv(*lines):
    head = "date,product,sold,stock"
    return "\n".join([head, *(",".join(map(str, line)) for line in lines)]).encode()


def day(back):
    return timezone.localdate() - timedelta(days=back)


def names(folder, place):
    return sorted(each.name.split("-", 2)[-1] for each in (folder / place).iterdir())


def test_a_file_is_taken_once_nobody_writes_it_any_more(house, client, row):
    folder, a = folders.of(row), min(product_codes())
    assert folder.name == f"{row.pk}-{house.mine}"
    (folder / "week.csv").write_bytes(csv((day(2), a, 5, 40), (day(1), "NO-SUCH", 1, 1)))
    os.utime(folder / "week.csv", (1, 1))

    assert dropping.look() == 0
    assert dropping.look(later()) == 1
    file = DataFile.objects.get()
    assert (file.way, file.by_them, file.rows_taken, file.rows_refused) == (Way.FOLDER, True, 1, 1)
    assert names(folder, "taken") == ["week.csv", "week.csv.txt"]
    assert "NO-SUCH" in next((folder / "taken").glob("*.txt")).read_text()
    assert dropping.look(later()) == 0
    (folder / "again.csv").write_bytes(csv((day(2), a, 5, 40)))
    assert dropping.look(later()) == 1
    assert DataRow.objects.filter(current=True).count() == 2
    assert str(folder) in signed_in(house, client, "manager").get(row.get_absolute_url()).content.decode()
    assert str(folder) not in signed_in(house, client, "analyst").get(row.get_absolute_url()).content.decode()
    (folder / "taken" / "old.csv").write_text("x")
    dropping.look(time.time() + folders.KEPT + 1)
    assert list((folder / "taken").iterdir()) == []


def test_what_is_refused_lies_apart_with_its_reason(row):
    folder, a = folders.of(row), min(product_codes())
    (folder / "a.pdf").write_bytes(b"%PDF-")
    (folder / "b.csv").write_bytes(b"a,b\n1,2\n")
    (folder / "c.csv").write_bytes(b"x" * (taking.LARGEST + 1))
    (folder / "d.xlsx").write_bytes(b"PK\x03\x04 broken")
    (folder / "e.csv").write_bytes(csv((day(1), "NO-SUCH", 1, 1)))
    long = f"{'长' * 80}.csv"
    (folder / long).write_bytes(csv((day(2), a, 1, 1)))
    (folder / "f.csv").write_bytes(csv((day(1), a, 1, 1)))

    assert dropping.look(later()) == 7
    refused = names(folder, "refused")
    assert [each for each in refused if not each.endswith(".txt")] == ["a.pdf", "b.csv", "c.csv", "d.xlsx", "e.csv"]
    assert all(each.read_text().strip() for each in (folder / "refused").glob("*.txt"))
    assert [each for each in names(folder, "taken") if each.startswith("f.csv")] == ["f.csv", "f.csv.txt"]
    assert len(names(folder, "taken")) == 4
    assert AuditEntry.objects.filter(action="data-refuse", who="SFTP").count() == 2
    assert [each.name for each in folder.iterdir() if each.is_file()] == []


def test_links_hidden_and_unfinished_files_are_left_alone(row, tmp_path):
    folder, secret = folders.of(row), tmp_path / "secret.csv"
    secret.write_bytes(csv((day(1), min(product_codes()), 1, 1)))
    (folder / "link.csv").symlink_to(secret)
    (folder / "hard.csv").hardlink_to(secret)
    (folder / "dir.csv").mkdir()
    os.mkfifo(folder / "pipe.csv")
    for name in (".hidden.csv", "week.csv.part", "week.csv.FILEPART"):
        (folder / name).write_bytes(b"x")

    assert dropping.look(later()) == 0
    assert DataFile.objects.count() == 0


def test_a_look_that_was_cut_off_goes_on_and_stores_nothing_twice(row, monkeypatch):
    folder, a = folders.of(row), min(product_codes())
    (folder / "week.csv").write_bytes(csv((day(2), a, 5, 40)))
    with monkeypatch.context() as cut:
        cut.setattr(folders, "lay", _cut_off)
        with pytest.raises(KeyboardInterrupt):
            dropping.look(later())
    assert DataFile.objects.count() == 1
    assert [each.name for each in (folder / ".work").iterdir()] == ["week.csv"]

    assert dropping.look() == 1
    assert (DataFile.objects.count(), names(folder, "taken")) == (1, ["week.csv", "week.csv.txt"])


def _cut_off(*_asked):
    raise KeyboardInterrupt


def test_only_running_agreements_of_this_way_are_looked_at(row):
    folder = folders.of(row)
    (folder / "week.csv").write_bytes(csv((day(2), min(product_codes()), 5, 40)))
    DataExchange.objects.update(until=day(1))
    assert dropping.look(later()) == 0
    DataExchange.objects.update(until=None, way=Way.UPLOAD)
    assert dropping.look(later()) == 0
    DataExchange.objects.update(way=Way.FOLDER)
    assert dropping.look(later()) == 1
