"""Workers that end, requests that come twice, clocks that jump."""

import contextlib
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from vitalfew.accounts.models import Account, TeamMember
from vitalfew.imports import work
from vitalfew.imports.actions import settle
from vitalfew.imports.models import Import, ImportState
from vitalfew.imports.worker import Interrupted
from vitalfew.people import audit
from vitalfew.people.models import User
from vitalfew.presence import name_here, one_at_a_time
from vitalfew.reviews.models import Review
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Refresh, RefreshState, Scorecard

pytestmark = pytest.mark.database
GONE = "999999999:1"
ROWS = b"order_id,line_no,ordered_on,customer,quantity,amount\nFIRE-1,1,2025-01-05,C1,1,10\n"


def waiting(home, state=ImportState.WAITING, content=ROWS):
    """An uploaded file whose import is waiting, or was left in some state."""
    row = Import.objects.create(kind="order-lines", file="a.csv", who="test", state=state, process=GONE)
    work.lay_down(home, row, [content])
    return row


def claimed_by(*workers):
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, worker_ids=list(workers))


def states():
    return set(DBTaskResult.objects.values_list("status", flat=True))


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(("workers", "state"), [
    ([GONE], "READY"), ([GONE, GONE], "READY"), ([GONE, GONE, GONE], "FAILED"), ([], "READY"), (["of another kind"], "READY"),
])  # fmt: skip
def test_what_a_worker_that_ended_had_begun_is_begun_again_but_not_for_ever(own_facts, workers, state):
    waiting(own_facts.home)
    claimed_by(*workers)

    assert work.take_up(own_facts.home) == 1
    assert states() == {state}


@pytest.mark.usefixtures("db")
def test_what_a_living_worker_does_is_left_to_it(own_facts):
    waiting(own_facts.home)
    claimed_by(GONE, name_here(own_facts.home.folder))

    assert work.take_up(own_facts.home) == 0
    assert states() == {"RUNNING"}


@pytest.mark.usefixtures("db")
def test_an_upload_whose_worker_ended_in_the_middle_is_read_after_all(own_facts):
    row = waiting(own_facts.home, ImportState.READING)
    claimed_by(GONE)
    settle(own_facts.home)
    assert Import.objects.get(pk=row.pk).state == ImportState.FAILED

    work.bring_in.call(row.pk)

    assert Import.objects.get(pk=row.pk).state == ImportState.DONE
    assert not work.upload_of(own_facts.home, row).exists()


@pytest.mark.usefixtures("db")
def test_an_upload_whose_worker_ended_after_its_commit_is_tidied_up_and_computed(own_facts):
    row = waiting(own_facts.home)
    work.bring_in.call(row.pk)
    (work.upload_of(own_facts.home, row)).write_bytes(ROWS)
    DBTaskResult.objects.all().delete()

    work.bring_in.call(row.pk)

    assert not work.upload_of(own_facts.home, row).exists()
    assert [task.task_path for task in DBTaskResult.objects.all()] == [work.refresh.module_path]
    assert Import.objects.get(pk=row.pk).report["rows_accepted"] == 1


def twice(client, path, **sent):
    return [client.post(path, sent) for _ in range(2)]


@pytest.mark.usefixtures("db")
def test_a_form_sent_twice_is_done_once(own_facts):
    client = Client()
    client.force_login(own_facts.user("administrator"), backend="django.contrib.auth.backends.ModelBackend")
    account = Account.objects.get(code=own_facts.mine)
    supply = own_facts.user("supply")

    twice(client, "/admin/users/", username="twice", name="两", role="manager")
    twice(client, f"/accounts-team/{account.pk}/add/", user=supply.pk, role="service")
    twice(client, "/tier-review/open/")
    sent = {
        "name": "新名",
        "kind": "",
        "region": "华东",
        "country": "",
        "industry": "",
        "uscc": "",
        "manager": "",
        "version": account.version,
    }
    answers = twice(client, f"/accounts-edit/{account.pk}/", **sent)

    assert User.objects.filter(username="twice").count() == 1
    assert TeamMember.objects.filter(account=account, user=supply).count() == 1
    assert Review.objects.count() == 1
    assert [answer.status_code for answer in answers] == [302, 409]
    review = Review.objects.get()
    answers = twice(client, f"/tier-review/{review.pk}/submit/", since=timezone.localdate())
    assert [answer.status_code for answer in answers] == [302, 404]
    client.force_login(own_facts.user("executive"), backend="django.contrib.auth.backends.ModelBackend")
    answers = twice(client, f"/tier-review/{review.pk}/approve/", since=timezone.localdate())
    assert [answer.status_code for answer in answers] == [302, 404]
    assert audit.verify().broken_at is None


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(days=400)])
def test_a_clock_that_jumps_loses_nothing(own_facts, monkeypatch, jump):
    now = timezone.now
    monkeypatch.setattr("django.utils.timezone.now", lambda: now() + jump)
    before = audit.latest()
    row = waiting(own_facts.home)
    work.bring_in.call(row.pk)

    assert Import.objects.get(pk=row.pk).report["rows_accepted"] == 1
    assert audit.latest() > before
    assert audit.verify().broken_at is None


@pytest.mark.usefixtures("db")
def test_a_clock_set_back_before_the_book_says_why_it_takes_no_row(own_facts, monkeypatch):
    monkeypatch.setattr("time.time", lambda: datetime(2001, 1, 1, tzinfo=UTC).timestamp())
    row = waiting(own_facts.home)
    work.bring_in.call(row.pk)

    assert Import.objects.get(pk=row.pk).report["reasons"] == {"out-of-range": 1}


@pytest.mark.usefixtures("db")
def test_the_figures_shown_until_now_stay_for_who_reads_them_whatever_the_clock_says(own_facts, monkeypatch):
    shown = scorecards.current()
    cards = Scorecard.objects.filter(refresh=shown).count()
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2020, 1, 1, tzinfo=UTC))
    work.refresh_now(own_facts.home)

    assert scorecards.current() != shown
    assert Scorecard.objects.filter(refresh=shown).count() == cards > 0
    work.refresh_now(own_facts.home)
    assert not Scorecard.objects.filter(refresh=shown).exists()
    assert Refresh.objects.filter(state=RefreshState.DONE, looks_back=False).count() >= 3


@pytest.mark.usefixtures("db")
def test_refreshes_asked_for_meanwhile_are_one(own_facts):  # noqa: ARG001  (the house works on it)
    before = Refresh.objects.count()
    work.refresh.enqueue()

    assert work.refresh.call() is None
    assert Refresh.objects.count() == before
    assert states() == {"READY"}


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("task", [work.refresh, work.look_back])
def test_what_another_process_computes_is_asked_for_again_later_once(own_facts, task):
    before = Refresh.objects.count()
    with one_at_a_time(own_facts.home.folder, work.COMPUTING):
        assert not task.call()
        assert not task.call()

    [waiting] = DBTaskResult.objects.all()
    assert (waiting.task_path, waiting.status) == (task.module_path, "READY")
    assert waiting.run_after > timezone.now()
    assert Refresh.objects.count() == before


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(("error", "state"), [
    (OperationalError("server closed the connection unexpectedly"), "READY"), (ValueError("another thing"), "FAILED"),
])  # fmt: skip
def test_a_task_under_which_the_database_went_away_is_begun_again(own_facts, monkeypatch, error, state):
    if connection.vendor == "postgresql":
        pytest.skip("the worker closes the connection that holds the house; test_away restarts the server itself")

    def fail(*_args, **_options):
        raise error

    waiting(own_facts.home)
    monkeypatch.setattr("vitalfew.imports.work.receive", fail)
    with contextlib.suppress(Interrupted):
        call_command("db_worker", interval=0, batch=True, startup_delay=False, verbosity=0)

    assert DBTaskResult.objects.get(task_path=work.bring_in.module_path).status == state
