"""An account is told what it agreed to pay of joint promotions, and nothing that it did not agree to."""

from datetime import timedelta

import pytest
from django.utils import timezone
from test_exchange_agreed import agreed

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.exchange import offering
from vitalfew.exchange.models import DataGiven
from vitalfew.people.records import NotPossible
from vitalfew.plans.models import Plan, SharedSection

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def day(back):
    return timezone.localdate() - timedelta(days=back)


def shown(code, name, answer, *, until=-30, section="promotions"):
    plan = Plan.objects.create(
        account=Account.objects.get(code=code),
        title="年度计划",
        since=day(90),
        until=day(-90),
        review_on=day(-60),
        currency="CNY",
    )
    line = {"text": name, "since": str(day(400)), "until": str(day(until)), "ours": 60.0, "theirs": 40.0}
    SharedSection.objects.create(
        plan=plan, section=section, content=[line], shared_by="director", agreed=answer,
        answered_at=timezone.now() if answer is not None else None,
    )  # fmt: skip


def test_only_what_it_agreed_to_is_told_and_only_where_that_is_agreed_on(house, client):
    shown(house.mine, "AGREED", True)
    shown(house.mine, "OBJECTED", False)
    shown(house.mine, "ASKED", None)
    shown(house.mine, "LONG-AGO", True, until=380)
    shown(house.foreign, "THEIRS", True)
    row = agreed(house, offers=["costs"])

    (told,) = offering.offered(row, "costs").rows
    assert (told["promotion"], told["ours"], told["theirs"], told["currency"]) == ("AGREED", "60.00", "40.00", "CNY")
    assert told["agreed_on"] == day(0)
    page = signed_in(house, client, "manager")
    listed = page.get(f"/exchange/{row.pk}/gives/").content.decode()
    assert "AGREED" in listed
    assert not any(word in listed for word in ("OBJECTED", "ASKED", "THEIRS"))
    assert "60.00" in page.get(f"/exchange/{row.pk}/gives/costs/").content.decode()
    assert DataGiven.objects.get().offer == "costs"
    with pytest.raises(NotPossible):
        offering.offered(agreed(house, house.foreign, offers=["prices"]), "costs")
