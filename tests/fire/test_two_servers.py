"""Two web servers and two workers on one database and one home: one house."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from serving import PASSWORD, Browser, House, answers, lines, until

from bucket import BucketServer
from servers import Postgres
from vitalfew.warehouse.engines.duck import connect, current_sql
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import ORDER_LINES

DONE = {"done", "refused", "failed"}


@pytest.fixture(scope="module")
def postgres():
    server = Postgres()
    yield server
    server.remove()


@pytest.fixture(scope="module", params=["folder", pytest.param("bucket", marks=pytest.mark.nightly)])
def house(postgres, tmp_path_factory, request):
    """A house whose facts lie in its home, or in a bucket."""
    with pytest.MonkeyPatch.context() as patched, ExitStack() as servers:
        if request.param == "bucket":
            bucket = BucketServer()
            servers.callback(bucket.stop)
            for name, value in {**bucket.environment, "VITALFEW_FACTS": bucket.address}.items():
                patched.setenv(name, value)
        made = House(tmp_path_factory.mktemp("house") / "home", postgres.new())
        servers.callback(made.stop)
        made.open()
        yield made


@pytest.fixture(scope="module")
def ports(house):
    """Two servers started at the same moment, and two workers."""
    both = (house.serve(workers=2), house.serve(workers=1))
    house.start("worker")
    house.start("worker")
    until(lambda: all(map(answers, both)))
    return both


def total(house):
    snapshot = Store(house.home / "facts").ledger(ORDER_LINES).snapshot()
    return connect().execute(current_sql(snapshot, "count(*), coalesce(sum(amount), 0)")).fetchall()[0]


def settled(house, port):
    """Every import is closed, and nothing waits in the queue."""
    return lambda: all(row["state"] in DONE for row in house.imports(port))


def test_who_signed_in_at_one_is_signed_in_at_the_other_until_he_signs_out(ports):
    first, second = ports
    browser = Browser()
    assert browser.post(first, "/sign-in/login/", login="director", password=PASSWORD)[0] == 200

    status, _headers, page = browser.get(second, "/accounts/")
    assert (status, 'name="login"' in page) == (200, False)
    browser.post(second, "/sign-in/logout/")
    assert 'name="login"' in browser.get(first, "/accounts/")[2]


def test_a_form_of_one_is_taken_by_the_other(ports):
    browser = Browser()
    browser.get(ports[0], "/sign-in/login/")

    assert 'name="login"' not in browser.post(ports[1], "/sign-in/login/", login="director", password=PASSWORD)[2]


def test_the_same_request_at_both_at_once_is_worked_on_once(house, ports):
    before = len(house.imports(ports[0]))
    content = lines("key", 3)
    with ThreadPoolExecutor(8) as pool:
        sent = [pool.submit(house.uploads, ports[n % 2], "key.csv", content, Idempotency_Key="k1") for n in range(8)]
    statuses = [each.result()[0] for each in sent]

    assert set(statuses) <= {202, 409}
    assert 202 in statuses
    again = house.uploads(ports[1], "key.csv", content, Idempotency_Key="k1")
    assert (again[0], again[1]["Idempotency-Replayed"]) == (202, "true")
    assert len(house.imports(ports[1])) == before + 1


def test_a_record_changed_at_one_is_not_overwritten_at_the_other(house, ports):
    house.uploads(ports[0], "accounts.csv", lines("account", 20))
    until(settled(house, ports[1]))
    until(lambda: house.asks(ports[0], "/api/v1/accounts/C1", by="director")[0] == 200)
    version = house.asks(ports[0], "/api/v1/accounts/C1", by="director")[1]["ETag"]
    sent = json.dumps({"region": "华东"}).encode()
    change = {
        "method": "PATCH",
        "body": sent,
        "Content_Type": "application/json",
        "If_Match": version,
        "by": "director",
    }

    assert house.asks(ports[1], "/api/v1/accounts/C1", **change)[0] == 200
    assert house.asks(ports[0], "/api/v1/accounts/C1", **change)[0] == 412
    assert json.loads(house.asks(ports[0], "/api/v1/accounts/C1", by="director")[2])["region"] == "华东"


@pytest.mark.parametrize("files", [8, pytest.param(100, marks=pytest.mark.nightly(long=True))])
def test_files_sent_to_both_are_brought_in_and_nothing_is_lost_or_doubled(house, ports, files):
    until(settled(house, ports[0]))
    rows, before = 2_000, total(house)
    with ThreadPoolExecutor(4) as pool:
        for number in range(files):
            pool.submit(house.uploads, ports[number % 2], f"{files}-{number}.csv", lines(f"{files}-{number}", rows))
    until(settled(house, ports[1]), 300)
    mine = [row for row in house.imports(ports[0]) if row["file"].startswith(f"{files}-")]

    assert [row["state"] for row in mine] == ["done"] * files
    assert total(house) == (before[0] + files * rows, before[1] + files * rows * 10)
    until(lambda: computed(house), 300)
    assert len(workers_of(house)) == 2
    assert "audit" in house.command("doctor", "--json")


def workers_of(house):
    """Which workers took a task: while one brings files in, the other may be at a refresh."""
    return {
        name for (names,) in house.ask("SELECT worker_ids FROM django_tasks_database_dbtaskresult") for name in names
    }


def computed(house):
    """The latest refresh that is shown knows the facts as they are, and no other is left on the way.

    What comes again every day waits always.
    """
    [(waiting,)] = house.ask(
        "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status IN ('READY', 'RUNNING') "
        "AND task_path <> 'vitalfew.complaints.background.group' "
        "AND split_part(task_path, '.', 2) NOT IN "
        "('alarms', 'incentives', 'club', 'channel', 'journeys', 'surveys', 'exchange', 'reports')"
    )
    if waiting:
        return False
    states = house.ask("SELECT state, versions FROM warehouse_refresh WHERE NOT looks_back ORDER BY id DESC")
    assert states[0][0] == "done"
    assert {state for state, _versions in states} == {"done"}
    return states[0][1] == dict(Store(house.home / "facts").versions())
