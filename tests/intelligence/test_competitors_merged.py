"""Two spellings of one competitor are made one and parted again, with all that is known of either."""

from datetime import timedelta

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.imports.actions import Job, receive
from vitalfew.intelligence import actions, merging, questions
from vitalfew.intelligence.models import Competitor, Intelligence
from vitalfew.intelligence.own_tables import own_tables
from vitalfew.people.models import AuditEntry
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.known import facts

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def director(house):
    return house.user("director")


def wrote(user, house, competitor, text):
    plain = {
        "competitor": competitor, "region": "", "category": "", "kind": "offer", "text": text, "attribute": "", "detail": "",
        "value": "", "source_kind": "customer", "source": "采购经理", "person": None, "day": timezone.localdate(),
        "reliability": "A", "credibility": 1, "valid_until": timezone.localdate() + timedelta(days=100),
    }  # fmt: skip
    return actions.write_down(user, Account.objects.get(code=house.mine), plain)


@pytest.fixture
def both(director, house):
    """Two of 美的集团, one of Midea."""
    pieces = [wrote(director, house, "美的集团", text) for text in ("柜机低三个点", "送展台")]
    return pieces[0].competitor, wrote(director, house, "Midea", "free shelves").competitor


def rivals():
    return sorted(row["competitor"] for row in own_tables()["competitor_offers"].to_pylist())


def test_both_are_one_everywhere_and_parted_as_before(director, house, both):
    stays, other = both

    merging.make_one(director, other.pk, other.version, stays.pk)

    [one] = questions.competitors(director)
    assert (one.pk, one.known) == (stays.pk, 3)
    assert rivals() == ["美的集团"] * 3
    assert len(questions.of_competitor(director, one)) == 3
    later = wrote(director, house, "MIDEA", "later")
    assert later.competitor == stays
    assert [row.pk for row in questions.found_competitors(questions.competitors(director), "midea")] == [stays.pk]
    assert questions.found(questions.pieces(director), "Midea").count() == 2

    merging.part(director, other.pk)

    assert {row.name: row.known for row in questions.competitors(director)} == {"美的集团": 3, "Midea": 1}
    assert questions.found(questions.pieces(director), "free").get().competitor == other
    assert rivals() == ["Midea", "美的集团", "美的集团", "美的集团"]
    changes = AuditEntry.objects.filter(action="competitor-change", subject=f"competitor:{other.pk}")
    assert changes.count() == 2


def test_what_was_moved_elsewhere_meanwhile_stays_there(director, both):
    stays, other = both
    merging.make_one(director, other.pk, other.version, stays.pk)
    piece = Intelligence.objects.get(text="free shelves")
    actions.change(director, piece.pk, piece.version, {"competitor": "Haier"})

    merging.part(director, other.pk)

    assert Intelligence.objects.get(pk=piece.pk).competitor.name == "Haier"


def test_one_after_the_other_they_lead_to_the_last(director, house, both):
    middle, other = both
    last = wrote(director, house, "美的", "third").competitor
    merging.make_one(director, other.pk, other.version, middle.pk)
    merging.make_one(director, middle.pk, middle.version, last.pk)

    assert rivals() == ["美的"] * 4
    assert Competitor.objects.get(pk=other.pk).standing == last

    merging.part(director, middle.pk)
    assert rivals() == ["美的", *["美的集团"] * 3]


def test_facts_that_name_either_are_read_under_the_name_that_stays(own_facts, tmp_path):
    director = own_facts.user("director")
    stays, other = (actions.competitor(director, name) for name in ("美的集团", "Midea"))
    file = tmp_path / "wallet.csv"
    rows = "".join(f"{own_facts.mine},2025-0{n},1000,{rival},300\n" for n, rival in ((1, "Midea"), (2, "美的集团")))
    file.write_text(f"customer,period,total_spend,competitor,competitor_spend\n{rows}", encoding="utf-8")
    receive(Job("wallet", file, "test"), own_facts.home)

    def named():
        table = facts(own_facts.home, DuckEngine()).frame("wallet", None).collect("pyarrow").to_native()
        return {row["competitor"] for row in table.to_pylist() if row["customer"] == own_facts.mine}

    assert named() >= {"Midea", "美的集团"}
    merging.make_one(director, other.pk, other.version, stays.pk)
    assert "Midea" not in named()
    merging.part(director, other.pk)
    assert "Midea" in named()


def test_who_may_not_or_comes_too_late_is_refused(director, house, both):
    stays, other = both
    with pytest.raises(Forbidden):
        merging.make_one(house.user("supply"), other.pk, other.version, stays.pk)
    with pytest.raises(Stale):
        merging.make_one(director, other.pk, other.version + 1, stays.pk)
    with pytest.raises(NotPossible):
        merging.make_one(director, other.pk, other.version, other.pk)


def test_the_page_makes_them_one_with_undo_and_names_both(house, client, both):
    stays, other = both
    browser = signed_in(house, client, "director")
    assert f"/competitors/{other.pk}/make-one/" in browser.get(f"/competitors/{other.pk}/").content.decode()

    page = browser.post(
        f"/competitors/{other.pk}/make-one/", {"version": other.version, "into": stays.pk}, follow=True
    ).content.decode()

    assert f"undo:/competitors/{other.pk}/part/" in page
    assert "Midea" in page
    assert browser.get(f"/competitors/{other.pk}/").status_code == 404
    assert browser.post(f"/competitors/{other.pk}/make-one/", {"into": "x"}).status_code == 404
    assert browser.post(f"/competitors/{other.pk}/part/", headers={"x-requested-with": "fetch"}).status_code == 204
    assert browser.post(f"/competitors/{other.pk}/part/").status_code == 404
    assert signed_in(house, client, "manager").post(f"/competitors/{other.pk}/make-one/").status_code in {403, 404}
