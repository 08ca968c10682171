"""What a refresh keeps is what the analyses said, whole and by account."""

import pytest

from vitalfew.catalogue import Refusal, catalogue
from vitalfew.outlets.insight import run_now
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Refresh, RefreshState


@pytest.mark.parametrize("name", list(catalogue()))
def test_a_kept_result_is_the_answer(house, name):
    refresh = scorecards.current()
    options = scorecards.YEARLY.get(name, {})
    try:
        fresh = run_now(catalogue()[name], options)
    except Refusal as refused:
        with pytest.raises(Refusal, match=str(refused)[:20]):
            scorecards.result(house.home, refresh, name)
        return

    kept = scorecards.result(house.home, refresh, name)

    assert kept.table.equals(fresh.table)
    assert kept.meta["figures"] == fresh.meta["figures"]
    assert [each.say() for each in kept.warnings] == [each.say() for each in fresh.warnings]


def test_an_accounts_rows_come_in_their_order(house):
    refresh = scorecards.current()
    table = scorecards.result(house.home, refresh, "forecast").table
    code = table["customer"][0].as_py()

    rows = scorecards.of_account(house.home, refresh, "forecast", code)

    assert [row["period"] for row in rows] == [row["period"] for row in table.to_pylist() if row["customer"] == code]


def test_looking_back_fills_the_quarters_and_is_never_shown(own_facts):
    shown = scorecards.current()

    added = scorecards.look_back(own_facts.home)

    assert added == Refresh.objects.filter(looks_back=True, state=RefreshState.DONE).count() > 0
    assert scorecards.current() == shown
    assert scorecards.look_back(own_facts.home) == 0
