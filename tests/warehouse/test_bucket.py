"""Facts in a bucket: read through a folder, the same as those of a folder alone."""

import shutil

import pytest

from bucket import BucketServer
from house import signed_in
from vitalfew.home import Home
from vitalfew.imports.actions import Job, receive, undo
from vitalfew.imports.models import Import, ImportState
from vitalfew.outlets import keeping
from vitalfew.outlets.cli.trouble import sentence
from vitalfew.warehouse import sending
from vitalfew.warehouse.compaction import MANY, compact
from vitalfew.warehouse.engines.duck import connect, current_sql
from vitalfew.warehouse.ledger import ROWS, Ledger, Overtaken
from vitalfew.warehouse.storage import Unreachable, bucket_of
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import ORDER_LINES

pytestmark = pytest.mark.django_db
HEAD = "order_id,line_no,ordered_on,customer,quantity,amount"


@pytest.fixture(scope="module")
def server():
    started = BucketServer()
    yield started
    started.stop()


@pytest.fixture
def address(server, request, monkeypatch):
    """A prefix of its own for each test."""
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    return f"{server.address}/{abs(hash(request.node.name))}"


@pytest.fixture
def away(home, address):
    """A home whose facts are in the bucket."""
    sending.mark(home.facts, address)
    return home


def file_of(folder, number, amount=10, lines=3):
    path = folder / f"{number}.csv"
    rows = [f"O{number},{line},2025-01-0{line},C{line},1,{amount}" for line in range(1, lines + 1)]
    path.write_text("\n".join([HEAD, *rows]))
    return Job("order-lines", path, "test", given_name=path.name)


def rows_in(home, columns="count(*), coalesce(sum(amount), 0)"):
    snapshot = Store(home.facts).ledger(ORDER_LINES).snapshot()
    return connect().execute(current_sql(snapshot, columns)).fetchall()


def elsewhere(home, folder):
    """Another machine's folder of copies, empty at first."""
    other = Home(folder)
    other.make()
    sending.mark(other.facts, bucket_of(home.facts))
    return other


def test_imports_restatements_and_undoing_are_seen_by_every_machine(away, tmp_path):
    other = elsewhere(away, tmp_path / "other")
    receive(file_of(tmp_path, 1), away)
    second = receive(file_of(tmp_path, 1, amount=20), away)
    receive(file_of(tmp_path, 2), away)
    everything = "order_id, line_no, amount, _import ORDER BY ALL"

    assert rows_in(away) == rows_in(other) == [(6, 90)]
    undo(second.id, away, "test")
    assert rows_in(away) == rows_in(other) == [(6, 60)]
    assert rows_in(other, everything.replace(" ORDER BY ALL", "")) != []
    shutil.rmtree(away.facts / "order_lines")
    assert rows_in(away) == [(6, 60)]
    assert Store(other.facts).ledger(ORDER_LINES).snapshot(1).version == 1


def test_no_log_lies_in_the_folder(away, tmp_path):
    receive(file_of(tmp_path, 1), away)

    assert not list(away.facts.rglob("_delta_log"))


def test_many_small_files_become_one(away, tmp_path):
    for number in range(MANY):
        receive(file_of(tmp_path, number), away)

    assert compact(Store(away.facts)) == MANY
    assert len(Store(away.facts).ledger(ORDER_LINES).snapshot().rows) == 1
    assert rows_in(elsewhere(away, tmp_path / "other")) == [(3 * MANY, 30 * MANY)]


@pytest.mark.parametrize("where", ["folder", "bucket"])
def test_of_two_who_commit_on_the_same_state_one_is_refused_and_leaves_nothing(home, address, tmp_path, where):
    if where == "bucket":
        sending.mark(home.facts, address)
    receive(file_of(tmp_path, 1), home)
    ledger = Ledger(home.facts, ORDER_LINES)
    seen = ledger.snapshot()
    receive(file_of(tmp_path, 2), home)
    place = ledger.place(ROWS, 77)
    shutil.copy(seen.rows[0], place)

    with pytest.raises(Overtaken):
        ledger.commit(seen, {place: 3}, {"import": "77"})
    ledger.forget(77)
    assert rows_in(home) == [(6, 60)]
    assert not list(home.facts.rglob("*import-00000077*"))


def test_whoever_was_overtaken_commits_on_what_there_is_now(home, tmp_path, monkeypatch):
    receive(file_of(tmp_path, 1), home)
    commit, tried = Ledger._commit, []

    def overtaken_once(*given):
        tried.append(given)
        if len(tried) == 1:
            raise Overtaken("order_lines")
        return commit(*given)

    monkeypatch.setattr(Ledger, "_commit", overtaken_once)
    receive(file_of(tmp_path, 2), home)

    assert len(tried) == 2
    assert rows_in(home) == [(6, 60)]


def test_a_bucket_that_does_not_answer_fails_the_import_and_leaves_nothing(away, tmp_path, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    with pytest.raises(Unreachable) as refused:
        receive(file_of(tmp_path, 1), away)
    assert "The store of the facts cannot be reached" in str(sentence(refused.value, away))

    monkeypatch.undo()
    assert not list(away.facts.rglob("*.parquet"))


def test_facts_are_sent_whole_and_read_from_there(home, address, tmp_path):
    receive(file_of(tmp_path, 1), home)
    receive(file_of(tmp_path, 1, amount=20), home)
    before = rows_in(home, "order_id, line_no, amount, _import")
    sent = sending.send(home.facts, address, lambda _name, _share: None)

    assert sent.files >= 5
    assert bucket_of(home.facts) == address
    assert sorted(rows_in(home, "order_id, line_no, amount, _import")) == sorted(before)
    assert rows_in(elsewhere(home, tmp_path / "other")) == [(3, 60)]
    receive(file_of(tmp_path, 2), home)
    assert rows_in(elsewhere(home, tmp_path / "third")) == [(6, 90)]


def test_a_sending_that_was_interrupted_is_completed(home, address, tmp_path, monkeypatch):
    receive(file_of(tmp_path, 1), home)
    receive(file_of(tmp_path, 2), home)

    def interrupted(_folder, _url):
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr("vitalfew.warehouse.sending.mark", interrupted)
        with pytest.raises(OSError):  # noqa: PT011  (the one above)
            sending.send(home.facts, address, lambda _name, _share: None)
    assert bucket_of(home.facts) == ""

    sending.send(home.facts, address, lambda _name, _share: None)
    assert rows_in(home) == [(6, 60)]


def test_a_bucket_with_other_facts_is_refused(home, address, tmp_path):
    other = Home(tmp_path / "other")
    other.make()
    sending.mark(other.facts, address)
    receive(file_of(tmp_path, 1), other)
    receive(file_of(tmp_path, 2), home)

    with pytest.raises(sending.NotEmpty):
        sending.send(home.facts, address, lambda _name, _share: None)
    assert rows_in(home) == [(3, 30)]
    assert bucket_of(home.facts) == ""


def test_a_backup_holds_the_facts_of_the_bucket(away, tmp_path, monkeypatch):
    monkeypatch.setattr(keeping, "_add_database", lambda *_given: None)  # tests/fire/test_moving.py has that
    receive(file_of(tmp_path, 1), away)
    shutil.rmtree(away.facts / "order_lines")
    keeping.save(away, tmp_path / "b.tgz")
    restored = Home(tmp_path / "restored")
    keeping.load(tmp_path / "b.tgz", restored)

    assert bucket_of(restored.facts) == ""
    assert rows_in(restored) == [(3, 30)]


def test_an_import_that_was_killed_before_its_commit_leaves_nothing_in_the_bucket(away, tmp_path, monkeypatch):
    def killed(*_args, **_options):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("vitalfew.warehouse.ledger.DeltaTable.create_write_transaction", killed)
        with pytest.raises(KeyboardInterrupt):
            receive(file_of(tmp_path, 1), away)

    assert Import.objects.get().state == ImportState.FAILED
    there = sending.Bucket(away.facts, bucket_of(away.facts)).names()
    assert not [name for name in there if name.endswith(".parquet")]


def test_a_page_says_that_the_bucket_is_away(own_facts, client, address, monkeypatch):
    sending.mark(own_facts.home.facts, address)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    client.raise_request_exception = False
    told = {"accept-language": "en"}
    page = signed_in(own_facts, client, "director").get(f"/accounts/{own_facts.mine}/", headers=told)

    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert "The store of the facts does not answer just now" in page.content.decode()
