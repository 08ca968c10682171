"""The trail is paged by number and walked when somebody asks for it, not whenever the administration is looked at."""

import pytest

from house import signed_in
from vitalfew.outlets import admin
from vitalfew.people import audit
from vitalfew.people.models import AuditEntry

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def root(house, client):
    return signed_in(house, client, "administrator")


def numbers(answer):
    return [entry.number for entry in answer.context["entries"]]


def test_pages_follow_each_other_both_ways(root, monkeypatch):
    monkeypatch.setattr(admin, "PAGE", 4)
    for n in range(10):
        audit.record("test", "export", "of-it", {"n": n})
    every = list(AuditEntry.objects.filter(subject="of-it").order_by("-number").values_list("number", flat=True))

    first = root.get("/admin/trail/", {"subject": "of-it"})
    second = root.get("/admin/trail/", {"subject": "of-it", "before": every[3]})
    last = root.get("/admin/trail/", {"subject": "of-it", "before": every[7]})
    back = root.get("/admin/trail/", {"subject": "of-it", "after": every[8]})

    assert [numbers(each) for each in (first, second, last)] == [every[:4], every[4:8], every[8:]]
    assert numbers(back) == every[4:8]
    assert [(each.context["newer"], each.context["older"]) for each in (first, second, last)] == [
        (False, True), (True, True), (True, False),
    ]  # fmt: skip
    assert f"before={every[3]}" in first.content.decode()


@pytest.mark.parametrize("said", ["", "x", "-1", "1" * 40, "²"])
def test_a_number_that_is_none_gives_the_first_page(root, said):
    assert root.get("/admin/trail/", {"before": said}).status_code == 200


def test_the_administration_does_not_walk_the_trail(root, monkeypatch):
    monkeypatch.setattr(audit, "verify", lambda: pytest.fail("walked"))

    assert root.get("/admin/").status_code == 200


def test_it_is_walked_when_asked_for(root):
    assert "审计日志完整" in root.post("/admin/trail/check/", follow=True).content.decode()

    AuditEntry.objects.filter(pk=AuditEntry.objects.order_by("number").first().pk).update(who="another")

    broken = AuditEntry.objects.order_by("number").first().number
    assert f"审计日志在第{broken}条处断链" in root.post("/admin/trail/check/", follow=True).content.decode()
