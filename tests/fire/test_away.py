"""The database server goes away under pages, uploads and a worker at work, and comes back: nothing is half, all goes on."""

import json
import signal
import threading
import time

import pytest
from serving import PASSWORD, Browser, House, answered, answers, lines, until

from servers import Postgres
from vitalfew.warehouse.engines.duck import connect, current_sql
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import ORDER_LINES

ROWS = 150_000
SAID = "The database does not answer just now"


@pytest.fixture(scope="module")
def postgres():
    server = Postgres()
    yield server
    server.remove()


@pytest.fixture(scope="module")
def house(postgres, tmp_path_factory):
    made = House(tmp_path_factory.mktemp("house") / "home", postgres.new())
    made.open()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def port(house):
    made = house.serve(workers=1)
    until(lambda: answers(made))
    return made


@pytest.fixture(scope="module")
def worker(house, port):  # noqa: ARG001  (the house stands)
    return house.start("worker")


def total(house):
    snapshot = Store(house.home / "facts").ledger(ORDER_LINES).snapshot()
    return connect().execute(current_sql(snapshot, "count(*), coalesce(sum(amount), 0)")).fetchall()[0]


def stopped_while_it_reads(house, port, worker, how):
    """Upload until the worker is caught between its first row and the ledger; gives how many files were sent."""
    for sent in range(1, 6):
        status, _headers, said = house.uploads(port, f"{how}.csv", lines(f"{how}{sent}", ROWS))
        assert status == 202
        number = json.loads(said)["id"]
        folder, ledger = house.home / "imports" / str(number), house.home / "facts" / "order_lines" / "_part=rows"
        soon(folder.exists)
        worker.send_signal(signal.SIGSTOP)
        if not list(ledger.glob(f"import-{number:08d}-*")) and house.imports(port)[0]["state"] == "reading":
            return sent
        worker.send_signal(signal.SIGCONT)
        until(lambda: house.imports(port)[0]["state"] == "done", 120)
    raise AssertionError("the worker was never caught while it read")


def soon(true):
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        time.sleep(0.005)


class Readers:
    """People and programs who ask on and on, and what they were answered."""

    def __init__(self, house, port):
        self.house, self.port = house, port
        self.seen, self.over = [], threading.Event()
        self.browser = Browser()
        self.browser.post(port, "/sign-in/login/", login="director", password=PASSWORD)
        self.threads = [threading.Thread(target=self.ask, args=(each,)) for each in (self.page, self.list, self.note)]
        for thread in self.threads:
            thread.start()

    def ask(self, what):
        while not self.over.is_set():
            self.seen.append(what())

    def page(self):
        return self.browser.get(self.port, "/accounts/")

    def list(self):
        return self.house.asks(self.port, "/api/v1/accounts", by="director", Accept_Language="en")

    def note(self):
        return answered(f"http://127.0.0.1:{self.port}/healthz")

    def stop(self):
        self.over.set()
        for thread in self.threads:
            thread.join(60)
        return self.seen


@pytest.mark.parametrize("how", ["fast", pytest.param("immediate", marks=pytest.mark.nightly)])
def test_a_database_that_is_restarted_under_work_loses_nothing(house, port, postgres, worker, how):
    before = total(house)
    readers = Readers(house, port)
    rows = ROWS * stopped_while_it_reads(house, port, worker, how)
    postgres.stop(how)
    worker.send_signal(signal.SIGCONT)
    time.sleep(3)
    postgres.start()
    until(lambda: answers(port), 30)
    until(lambda: house.imports(port)[0]["state"] == "done", 120)
    seen = readers.stop()

    assert {status for status, _headers, _page in seen} == {200, 503}
    for status, headers, page in seen:
        if status == 503:
            assert headers["Retry-After"] == "5"
            assert "Traceback" not in page
    said = [page for status, _headers, page in seen if status == 503 and page.startswith("{")]
    assert {json.loads(page)["type"] for page in said} == {"/api/v1/docs#away"}
    assert total(house) == (before[0] + rows, before[1] + rows * 10)
    assert readers.page()[0] == 200
    assert all(
        check["ok"] for check in json.loads(house.command("doctor", "--json"))["checks"] if check["check"] != "disk"
    )


def test_the_page_says_it_in_the_readers_language_and_offers_the_same_address_again(house, port, postgres):
    postgres.stop("fast")
    try:
        status, _headers, page = house.asks(port, "/sign-in/login/?next=/data/", Accept_Language="en")
        assert (status, SAID in page) == (503, True)
        assert 'href="/sign-in/login/?next=/data/"' in page
        assert "数据库" in house.asks(port, "/accounts/", Accept_Language="zh-CN")[2]
        refused = house.asks(port, "/api/v1/accounts", by="director", Accept_Language="en")
        assert (refused[0], json.loads(refused[2])["title"]) == (503, "Back in a moment")
    finally:
        postgres.start()
    until(lambda: answers(port), 30)


def test_a_command_says_that_the_database_is_away(house, port, postgres):  # noqa: ARG001  (a house that was opened)
    postgres.stop("fast")
    try:
        with pytest.raises(AssertionError, match=r"The database cannot be reached\. Nothing is half done"):
            house.command("imports")
    finally:
        postgres.start()
