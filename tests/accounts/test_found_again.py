"""Accounts that only orders know are a list of their own; a family is counted from its top; nothing is noted twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts import actions, questions
from vitalfew.accounts.models import Account, AccountFile
from vitalfew.accounts.worklist import waiting
from vitalfew.people.models import AuditEntry
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.mark.parametrize("order", ["name", "-revenue_12m"])
def test_the_task_leads_to_those_known_from_orders_only(house, client, order):
    (task,) = [each for each in waiting(house.user("director")) if each.what == "Complete accounts"]
    stubs = set(Account.objects.filter(stub=True).values_list("code", flat=True))
    assert stubs

    url = task.url.replace("order=name", f"order={order}")
    page = signed_in(house, client, "director").get(url).context["page"]

    assert {line.account.code for line in page.lines} == stubs


def test_the_api_knows_that_filter_and_no_other_word_of_it(house, client):
    director = signed_in(house, client, "director")

    items = director.get("/api/v1/accounts", {"stub": "1"}).json()["items"]

    assert {item["code"] for item in items} == set(Account.objects.filter(stub=True).values_list("code", flat=True))
    assert director.get("/api/v1/accounts", {"stub": "0"}).status_code == 422


def test_a_family_is_all_below_an_account_and_its_money_is_that_of_its_list(house, client):
    refresh, director = scorecards.current(), house.user("director")
    parents = Account.objects.exclude(parent_code="").values("parent_code")
    free = Account.objects.filter(stub=False, parent_code="").exclude(code__in=parents).order_by("code")
    top, child, grandchild = free[:3]
    Account.objects.filter(pk=child.pk).update(parent_code=top.code)
    Account.objects.filter(pk=grandchild.pk).update(parent_code=child.code)
    family = {each.code for each in (top, child, grandchild)}
    sales = Scorecard.objects.filter(refresh=refresh, customer__in=family).values_list("revenue_12m", flat=True)

    of_top, of_last = (
        questions.group_of(director, Account.objects.get(pk=each.pk), refresh) for each in (top, grandchild)
    )
    listed = signed_in(house, client, "director").get(f"/accounts/?group={top.code}").content.decode()

    assert of_top.revenue == pytest.approx(sum(each or 0 for each in sales))
    assert [each.code for each in of_last.parents] == [top.code, child.code]
    assert all(f"/accounts/{code}/" in listed for code in family)


def test_who_is_in_the_team_already_is_not_noted_again(house):
    account = Account.objects.get(code=house.mine)
    for _again in range(2):
        actions.add_member(house.user("director"), account, house.user("analyst"), "finance")

    assert AuditEntry.objects.filter(action="team-add", subject=f"account:{account.code}").count() == 1


def test_a_document_that_went_for_good_by_itself_is_noted(house):
    account = Account.objects.get(code=house.mine)
    long_ago = timezone.now() - timedelta(days=400)
    AccountFile.everything.create(account=account, name="old.pdf", place="0" * 32, size=1, put_away_at=long_ago)

    actions.drop_old_files(house.home)

    (entry,) = AuditEntry.objects.filter(action="file-drop")
    assert (entry.who, entry.changes) == ("system", {"file": "old.pdf"})
