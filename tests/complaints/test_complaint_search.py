"""Complaints of the facts are found by what the customer said and by number, by whoever may see the account."""

import pytest

from house import signed_in
from vitalfew.complaints import personal, sync
from vitalfew.complaints.indexing import INDEX
from vitalfew.complaints.models import Complaint
from vitalfew.complaints.searchable import found
from vitalfew.imports import actions as imports
from vitalfew.imports.actions import Job, receive
from vitalfew.imports.work import bring_in_line
from vitalfew.rooms import Traces
from vitalfew.warehouse import known
from vitalfew.warehouse.engines.duck import DuckEngine

pytestmark = [pytest.mark.database, pytest.mark.django_db]
HEAD = "complaint_id,customer,received_on,text"
SAID = "冰箱压缩机异响，师傅欧阳说要换。Compressor Kronos rattles."


@pytest.fixture
def bring(own_facts, tmp_path):
    """Import complaints, each (number, customer, text), and bring the rooms in line; gives the import's number."""

    def brought(*rows):
        file = tmp_path / "complaints.csv"
        file.write_text("\n".join([HEAD, *(f"{n},{c},2026-03-05,{t}" for n, c, t in rows)]), encoding="utf-8")
        number = receive(Job("complaints", file, "test"), own_facts.home).id
        bring_in_line(own_facts.home)
        return number

    return brought


def numbers(user, text):
    return [hit.code for hit in found(user, text, 8)]


@pytest.mark.parametrize("text", ["压缩机", "壓縮機", "yasuoji", "ysj", "kron", "K-77/9", "异响 kronos"])
def test_found_by_characters_pinyin_initials_words_and_number(own_facts, bring, text):
    bring(("K-77/9", own_facts.mine, SAID))

    assert numbers(own_facts.user("manager"), text) == ["K-77/9"]


def test_the_box_shows_day_and_words_and_leads_to_the_complaint(own_facts, bring, client):
    bring(("K-77/9", own_facts.mine, SAID))

    box = signed_in(own_facts, client, "manager").get("/search/", {"q": "压缩机"}).content.decode()

    assert f'data-url="{Complaint.objects.get(number="K-77/9").get_absolute_url()}"' in box
    assert "2026-03-05 冰箱压缩机异响" in box


def test_a_foreign_account_s_complaint_is_not_found(own_facts, bring):
    bring(("K-77/9", own_facts.foreign, SAID))

    assert numbers(own_facts.user("manager"), "kronos") == []
    assert numbers(own_facts.user("complaints"), "kronos") == ["K-77/9"]
    assert numbers(own_facts.user("portal"), "kronos") == []


def test_a_restated_complaint_is_found_by_its_new_words_alone(own_facts, bring):
    bring(("K-77/9", own_facts.mine, SAID))
    bring(("K-77/9", own_facts.mine, "风扇停转"))

    assert numbers(own_facts.user("manager"), "压缩机") == []
    assert numbers(own_facts.user("manager"), "风扇") == ["K-77/9"]


def test_an_import_taken_back_takes_its_complaints_out_of_the_search(own_facts, bring):
    number = bring(("K-77/9", own_facts.mine, SAID))
    row = Complaint.objects.get(number="K-77/9")

    imports.undo(number, own_facts.home, "test")
    bring_in_line(own_facts.home)

    assert not Complaint.objects.filter(number="K-77/9").exists()
    assert row.pk not in {pk for some in INDEX.rows() for pk, _pieces in some}


def test_facts_as_they_were_are_not_read_again(own_facts, bring, monkeypatch):
    bring(("K-77/9", own_facts.mine, SAID))
    monkeypatch.setattr(sync, "_bring", lambda _rows: pytest.fail("read again"))

    bring_in_line(own_facts.home)

    Complaint.objects.filter(number="K-77/9").delete()
    with pytest.raises(pytest.fail.Exception):
        bring_in_line(own_facts.home)


def test_what_comes_in_while_complaints_are_read_is_found_after_the_next_reading(own_facts, bring, tmp_path):
    bring(("K-77/9", own_facts.mine, SAID))
    before = known.facts(own_facts.home, DuckEngine())
    file = tmp_path / "meanwhile.csv"
    file.write_text(f"{HEAD}\nK-78,{own_facts.mine},2026-03-06,风扇停转", encoding="utf-8")
    receive(Job("complaints", file, "test"), own_facts.home)
    Complaint.objects.filter(number="K-77/9").delete()
    sync.sync(before)
    assert numbers(own_facts.user("manager"), "风扇") == []

    bring_in_line(own_facts.home)

    assert numbers(own_facts.user("manager"), "风扇") == ["K-78"]


def test_a_person_s_name_leaves_the_search(own_facts, bring):
    bring(("K-77/9", own_facts.mine, SAID))
    traces = Traces(frozenset(), frozenset(), frozenset(), frozenset({"欧阳"}), frozenset({own_facts.mine}))

    personal.forget(traces)

    assert numbers(own_facts.user("manager"), "欧阳") == numbers(own_facts.user("manager"), "ouyang") == []
    assert "▇▇" in Complaint.objects.get(number="K-77/9").text
    assert numbers(own_facts.user("manager"), "压缩机") == ["K-77/9"]
