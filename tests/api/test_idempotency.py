from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from vitalfew.api.models import KeptAnswer
from vitalfew.imports.models import Import
from vitalfew.people.actions import set_role

from .test_imports import ROWS, file, send

pytestmark = pytest.mark.database


def test_same_key_and_body_is_worked_on_once(own_facts, ask):  # noqa: ARG001  (facts may change)
    before = Import.objects.count()
    first = send(ask("analyst", idempotency_key="k1"))
    again = send(ask("analyst", idempotency_key="k1"))

    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json() == again.json()
    assert first.headers["Location"] == again.headers["Location"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Import.objects.count() == before + 1
    assert DBTaskResult.objects.count() == 1


def test_same_key_with_another_body_is_refused(own_facts, ask):  # noqa: ARG001  (facts may change)
    send(ask("analyst", idempotency_key="k1"))

    assert send(ask("analyst", idempotency_key="k1"), file=file(text=ROWS + "NEW-3,x\n")).status_code == 422
    assert send(ask("analyst", idempotency_key="k1"), kind="products").status_code == 422
    assert send(ask("analyst", idempotency_key="k1"), file=file("other.csv")).status_code == 422


def test_key_belongs_to_its_user(own_facts, ask):  # noqa: ARG001  (facts may change)
    first = send(ask("analyst", idempotency_key="k1"))
    other = send(ask("administrator", idempotency_key="k1"))

    assert other.json()["id"] != first.json()["id"]


def test_second_of_two_at_once_is_asked_to_wait(own_facts, ask):  # noqa: ARG001  (facts may change)
    send(ask("analyst", idempotency_key="k1"))
    KeptAnswer.objects.update(status=None)
    second = send(ask("analyst", idempotency_key="k1"))

    assert second.status_code == 409
    assert second.headers["Retry-After"] == "1"


def test_claim_of_a_process_that_is_gone_is_taken_over(own_facts, ask):  # noqa: ARG001  (facts may change)
    send(ask("analyst", idempotency_key="k1"))
    KeptAnswer.objects.update(status=None, begun_at=timezone.now() - timedelta(hours=1))

    assert send(ask("analyst", idempotency_key="k1")).status_code == 202
    assert KeptAnswer.objects.get().status == 202


def test_refusal_frees_its_key(own_facts, ask):  # noqa: ARG001  (facts may change)
    assert send(ask("analyst", idempotency_key="k1"), kind="nothing").status_code == 422
    assert send(ask("analyst", idempotency_key="k1")).status_code == 202


def test_kept_answer_is_not_for_one_who_lost_the_right(own_facts, ask):
    send(ask("analyst", idempotency_key="k1"))
    set_role("test", own_facts.user("analyst"), "executive")

    assert send(ask("analyst", idempotency_key="k1")).status_code == 403


def test_old_answers_are_forgotten(own_facts, ask):  # noqa: ARG001  (facts may change)
    send(ask("analyst", idempotency_key="k1"))
    KeptAnswer.objects.update(begun_at=timezone.now() - timedelta(days=8))

    assert "Idempotency-Replayed" not in send(ask("analyst", idempotency_key="k1")).headers


def test_key_too_long_is_refused(ask):
    assert send(ask("analyst", idempotency_key="k" * 256)).status_code == 422
