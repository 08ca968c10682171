"""What a page shows is of one refresh."""

from datetime import timedelta

import pytest

from house import signed_in
from vitalfew.outlets.steady import SteadyMiddleware
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Refresh, RefreshState

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def a_later_one(before):
    return Refresh.objects.create(
        as_of=before.as_of + timedelta(days=1), state=RefreshState.DONE, steps=1, versions=before.versions
    )


@pytest.mark.usefixtures("house")
def test_a_request_keeps_the_refresh_it_began_with(rf):
    begun = scorecards.current()
    seen = []

    def answer(_request):
        seen.append(scorecards.current())
        seen.append(a_later_one(begun))
        seen.append(scorecards.current())

    SteadyMiddleware(answer)(rf.get("/"))

    assert seen[0] == seen[2] == begun
    assert scorecards.current() == seen[1] != begun


def test_today_asks_for_the_refresh_once(house, client, django_assert_max_num_queries):
    visitor = signed_in(house, client, "director")
    visitor.get("/")

    with django_assert_max_num_queries(82) as asked:
        visitor.get("/")

    assert sum('NOT "warehouse_refresh"."looks_back"' in query["sql"] for query in asked.captured_queries) == 1
