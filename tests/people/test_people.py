from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from vitalfew.accounts.models import Account, TeamMember
from vitalfew.people import audit
from vitalfew.people.actions import (
    LastAdministrator,
    NotAPerson,
    UsernameTaken,
    add_user,
    bearer,
    make_token,
    revoke_token,
    set_active,
    set_password,
    set_role,
)
from vitalfew.people.models import ApiToken, AuditEntry, User
from vitalfew.people.permissions import Right

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def person(username="zhou", role="manager"):
    return add_user("test", username=username, name="周慧敏", role=role, password="a-long-password")


def test_added_user_signs_in_and_is_audited():
    user = person()

    assert user.check_password("a-long-password")
    assert AuditEntry.objects.get().changes == {"name": "周慧敏", "role": "manager"}


def test_user_name_is_taken_once():
    person()
    with pytest.raises(UsernameTaken):
        person()

    assert User.objects.count() == AuditEntry.objects.count() == 1


def test_changes_of_a_user_are_audited_without_the_password():
    user = person()
    set_role("boss", user, "director")
    set_password("boss", user, "another-long-password")
    set_active("boss", user, active=False)

    assert [entry.action for entry in AuditEntry.objects.order_by("number")] == [
        "user-add", "user-role", "user-password", "user-active",
    ]  # fmt: skip
    assert "another-long-password" not in str(list(AuditEntry.objects.values()))


def test_inactive_user_has_no_right_and_sees_no_account():
    user = person(role="director")
    Account.objects.create(code="A", name="a")
    assert Account.objects.visible_to(user).count() == 1
    set_active("test", user, active=False)

    assert not user.may(Right.TODAY)
    assert Account.objects.visible_to(user).count() == 0


def test_manager_sees_what_he_manages_and_what_he_helps_with_once():
    user, other = person(), person("other")
    his, helped, foreign = (Account.objects.create(code=code, name=code) for code in "ABC")
    Account.objects.filter(pk=his.pk).update(manager=user)
    Account.objects.filter(pk=foreign.pk).update(manager=other)
    for role in ("sales", "service"):
        TeamMember.objects.create(account=helped, user=user, role=role)

    assert [account.code for account in Account.objects.visible_to(user)] == ["A", "B"]
    assert [account.code for account in Account.objects.visible_to(other)] == ["C"]


def test_customer_on_the_portal_sees_no_account():
    Account.objects.create(code="A", name="a")

    assert Account.objects.visible_to(person(role="portal")).count() == 0


def test_token_is_kept_as_its_digest_only():
    token = make_token("test", person(), "erp")

    assert token not in str(list(ApiToken.objects.values()))
    assert token not in str(list(AuditEntry.objects.values()))
    assert bearer(token) == User.objects.get()


def test_token_ends_with_its_revocation_and_with_its_user():
    user = person()
    first, second = make_token("test", user, "a"), make_token("test", user, "b")
    revoke_token("test", ApiToken.objects.get(name="a"))

    assert bearer(first) is None
    assert bearer(second) == user
    set_active("test", user, active=False)
    assert bearer(second) is None
    assert bearer("") is None


def test_use_of_a_token_is_written_once_a_minute():
    token = make_token("test", person(), "a")

    def noted():
        with CaptureQueriesContext(connection) as queries:
            bearer(token)
        return sum(query["sql"].startswith("UPDATE") for query in queries)

    assert (noted(), noted()) == (1, 0)
    ApiToken.objects.update(used_at=timezone.now() - timedelta(minutes=1))
    assert noted() == 1


def trail(length=4):
    return [audit.record("who", "did", f"thing:{number}", {"n": [number, number + 1]}) for number in range(length)]


def test_whole_trail_is_verified():
    trail()

    assert audit.verify() == audit.Verdict(4, None)


@pytest.mark.parametrize("field", ["who", "action", "subject", "at", "changes", "digest", "previous"])
def test_changed_entry_is_found(field):
    entries = trail()
    values = {"at": timezone.now(), "changes": {"n": [7, 8]}}
    AuditEntry.objects.filter(pk=entries[2].pk).update(**{field: values.get(field, "x")})

    assert audit.verify().broken_at == entries[2].number


def test_removed_entry_is_found():
    entries = trail()
    AuditEntry.objects.filter(pk=entries[1].pk).delete()

    assert audit.verify().broken_at == entries[2].number


def test_entries_are_never_changed_nor_deleted_one_by_one():
    entry = trail(1)[0]

    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()


def test_only_what_differs_is_told():
    assert audit.changed({"a": 1, "b": 2}, {"a": 1, "b": 3, "c": 4}) == {"b": [2, 3], "c": [None, 4]}


@pytest.mark.skipif(not connection.features.has_select_for_update, reason="SQLite writes one at a time anyway")
def test_administrators_are_held_while_one_of_them_is_demoted():
    for name in ("root", "second"):
        add_user("test", username=name, name=name, role="administrator", password="a-long-password")

    with CaptureQueriesContext(connection) as asked:
        set_role("test", User.objects.get(username="root"), "analyst")

    assert any("FOR UPDATE" in query["sql"] and "is_active" in query["sql"] for query in asked.captured_queries)


def test_who_was_demoted_meanwhile_does_not_count_as_one_that_stays():
    root, second = (
        add_user("test", username=name, name=name, role="administrator", password="a-long-password")
        for name in ("root", "second")
    )
    set_role("test", root, "analyst")

    stale = User(pk=second.pk, username="second", role="analyst")
    with pytest.raises(LastAdministrator):
        set_active("test", stale, active=False)


def test_the_last_administrator_stays_one():
    alone = add_user("test", username="root", name="Root", role="administrator", password="a-long-password")

    with pytest.raises(LastAdministrator):
        set_role("test", alone, "analyst")
    with pytest.raises(LastAdministrator):
        set_active("test", alone, active=False)

    second = add_user("test", username="second", name="Second", role="administrator", password="a-long-password")
    set_role("test", alone, "analyst")
    set_role("test", second, "administrator")
    assert User.objects.get(username="root").role == "analyst"


def test_what_is_wrong_with_a_person_is_said_by_the_field_s_name():
    with translation.override("zh-hans"), pytest.raises(NotAPerson, match="姓名"):
        add_user("test", username="nobody", name="", role="manager", password="a-long-password")
