"""A person is handed out whole and erased from everything, while sums, versions and the trail stay."""

import gzip
import io
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.db import connection
from django.utils import timezone
from openpyxl import Workbook

from house import signed_in
from vitalfew.accounts.models import Account, AccountFile, SavedView
from vitalfew.activities import actions as activities
from vitalfew.contacts import actions, erasing
from vitalfew.contacts.models import Forgotten, Person, Post
from vitalfew.documents import actions as documents
from vitalfew.documents.models import DocumentText
from vitalfew.documents.words import Reading
from vitalfew.handover import actions as handovers
from vitalfew.handover.models import Handover
from vitalfew.imports.actions import Job, receive
from vitalfew.imports.models import Import, ImportState
from vitalfew.imports.uploads import upload_of
from vitalfew.imports.work import bring_in, give_facts, refresh_now
from vitalfew.imports.worklist import waiting
from vitalfew.outlets.today import tasks_for
from vitalfew.people import audit
from vitalfew.people.models import AuditEntry
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import Stale
from vitalfew.presence import name_here
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.known import facts
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

pytestmark = [pytest.mark.database, pytest.mark.django_db]
NAME, PHONE, EMAIL, WECHAT, NUMBER = "欧阳鹤鸣", "139-7654-3210", "heming@ouyang.example", "oyhm_wx", "KT-778"
WORDS = (NAME, PHONE, EMAIL, WECHAT, NUMBER)


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def ouyang(own_facts, tmp_path):
    """Imported twice (the second time with another title), then worked on."""
    for title in ("科长", "采购总监"):
        file = tmp_path / f"{title}.csv"
        row = f"{NUMBER},{own_facts.mine},{NAME},{title},{PHONE},{EMAIL},high"
        wrong = f",{own_facts.mine},{NAME},x,{PHONE},{EMAIL},high"
        head = "contact_id,customer,name,title,phone,email,influence"
        file.write_text(f"{head}\n{row}\n{wrong}", encoding="utf-8")
        receive(Job("contacts", file, "test"), own_facts.home)
    refresh_now(own_facts.home)
    person = Person.objects.get(name=NAME)
    return actions.change_person(own_facts.user("manager"), person.pk, person.version, {"wechat": WECHAT})


@pytest.fixture
def account(house):
    return Account.objects.get(code=house.mine)


@pytest.fixture
def worked_on(house, ouyang, account):
    manager, today = house.user("manager"), timezone.localdate()
    said = {"way": "visit", "day": today, "person": ouyang, "text": f"{NAME}要求提前备货", "pinned": False}
    activities.log(manager, account, said)
    activities.log(manager, account, {"way": "note", "day": today, "text": f"周五给{NAME}回电 {PHONE}"})
    wish = handovers.Wish(house.user("director"), "reassigned", today + timedelta(days=9), f"先见{NAME}")
    handovers.start(house.user("director"), [account], wish)
    SavedView.objects.create(user=manager, listing="contacts", name="v", query="q=%E6%AC%A7%E9%98%B3%E9%B9%A4%E9%B8%A3")
    return ouyang


def everything_in(folder: Path):
    """Every text of every file below a folder, Parquet unpacked."""
    for place in folder.rglob("*"):
        if place.suffix == ".parquet":
            yield place, str(pq.read_table(place, partitioning=None).to_pydict())
        elif place.is_file():
            yield place, place.read_bytes().decode("utf-8", "replace")


def rows_of_tables():
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608  (our own tables' names)
            for row in cursor.fetchall():
                yield name, " ".join(map(str, row))


def named(own_facts):
    """Where a word that tells of the person still stands."""
    files = [
        (str(place), word) for place, text in everything_in(own_facts.home.folder) for word in WORDS if word in text
    ]
    tables = [(name, word) for name, text in rows_of_tables() for word in WORDS if word in text]
    return files + tables


def test_no_trace_is_left_and_the_trail_is_whole(own_facts, director, worked_on):
    versions = dict(Store(own_facts.home.facts).versions())
    lines = facts(own_facts.home, DuckEngine()).frame("contacts", None).collect("pyarrow").shape[0]
    assert {Path(place).name for place, _word in named(own_facts) if "rejects" in place}

    erasing.erase(director, worked_on, worked_on.version)

    assert named(own_facts) == []
    assert not Person.objects.filter(pk=worked_on.pk).exists()
    assert dict(Store(own_facts.home.facts).versions()) == versions
    assert facts(own_facts.home, DuckEngine()).frame("contacts", None).collect("pyarrow").shape[0] == lines
    assert audit.verify().broken_at is None
    entry = AuditEntry.objects.get(action="person-erase")
    assert entry.subject == f"person:{worked_on.pk}"


def test_what_was_done_stays_without_the_name(director, worked_on, account):
    erasing.erase(director, worked_on, worked_on.version)

    texts = sorted(account.activities.values_list("text", flat=True))
    assert texts == ["▇▇要求提前备货", "周五给▇▇回电 ▇▇"]
    assert Handover.objects.get(account=account).note == "先见▇▇"


def test_every_past_state_of_the_facts_can_still_be_read(own_facts, director, worked_on):
    ledger = Store(own_facts.home.facts).ledger(TABLES["contacts"])
    latest = ledger.snapshot().version

    erasing.erase(director, worked_on, worked_on.version)

    for version in range(1, latest + 1):
        rows = DuckEngine().current(ledger.snapshot(version), None).collect("pyarrow").to_native()
        assert NAME not in str(rows.to_pydict())


def test_who_is_named_the_same_stays(house, own_facts, director, worked_on):
    other = Account.objects.get(code=house.foreign)
    theirs = actions.add(director, other, {"name": NAME}, {"title": "会计"})
    activities.log(director, other, {"way": "note", "day": timezone.localdate(), "text": f"{NAME}是会计"})
    give_facts(own_facts.home)

    erasing.erase(director, worked_on, worked_on.version)

    assert Person.objects.get(pk=theirs.person_id).name == NAME
    assert other.activities.get().text == f"{NAME}是会计"
    rows = facts(own_facts.home, DuckEngine()).frame("contacts", None).collect("pyarrow").to_native()
    assert rows["name"].to_pylist().count(NAME) == 1


def test_a_later_import_of_the_same_number_is_erased_again(own_facts, director, worked_on, tmp_path):
    erasing.erase(director, worked_on, worked_on.version)
    file = tmp_path / "again.csv"
    file.write_text(f"contact_id,customer,name,phone\n{NUMBER},{own_facts.mine},{NAME},{PHONE}\n", encoding="utf-8")

    receive(Job("contacts", file, "test"), own_facts.home)
    refresh_now(own_facts.home)

    assert not Person.objects.filter(name=NAME).exists()
    assert [found for found in named(own_facts) if "again" not in found[0]] == []
    assert Forgotten.objects.count() == 1


def test_what_is_kept_is_handed_out_whole(house, client, worked_on):
    browser = signed_in(house, client, "director")

    kept = browser.get(f"/contacts/{worked_on.pk}/hand-out/").json()

    assert kept["person"][0]["name"] == NAME
    assert kept["posts"][0]["title"] == "采购总监"
    assert {each["kind"] for each in kept["elsewhere"]} == {"activity", "handover", "rejected row"}
    assert AuditEntry.objects.filter(action="person-hand-out").exists()


def test_only_heads_erase_and_only_with_the_name_written(house, client, own_facts, director, worked_on):
    with pytest.raises(Forbidden):
        erasing.erase(house.user("manager"), worked_on, worked_on.version)
    with pytest.raises(Stale):
        erasing.erase(director, worked_on, worked_on.version + 1)
    path = f"/contacts/{worked_on.pk}/erase/"
    assert signed_in(house, client, "manager").get(path).status_code == 403
    browser = signed_in(house, client, "director")
    assert browser.get(path).status_code == 200
    assert browser.post(path, {"name": "王", "version": worked_on.version}).status_code == 422

    assert browser.post(path, {"name": NAME, "version": worked_on.version}).headers["Location"] == "/contacts/"
    assert browser.get(path).status_code == 404
    assert named(own_facts) == []


def test_interrupted_it_can_be_done_again(own_facts, director, worked_on, monkeypatch):
    def stop(_traces):
        raise OSError("disk")

    with monkeypatch.context() as patched:
        patched.setattr(erasing, "_drop_kept", stop)
        with pytest.raises(OSError, match="disk"):
            erasing.erase(director, worked_on, worked_on.version)

    erasing.erase(director, Person.objects.get(pk=worked_on.pk), worked_on.version)

    assert named(own_facts) == []


def test_consent_has_its_day_and_retention_its_task(house, client, director, ouyang):
    browser = signed_in(house, client, "director")
    form = {
        "name": NAME,
        "version": ouyang.version,
        "basis": "consent",
        "phones-TOTAL_FORMS": 0,
        "phones-INITIAL_FORMS": 0,
    }
    path = f"/contacts/{ouyang.pk}/edit/"
    assert browser.post(path, form).status_code == 422
    yesterday = timezone.localdate() - timedelta(days=1)
    given = {**form, "agreed_on": str(yesterday), "purpose": "售后联络", "keep_until": str(yesterday)}

    assert browser.post(path, given).status_code == 302

    told = [task for task in tasks_for(director) if task.what == "Erase or keep on"]
    assert told[0].url == "/contacts/?retention=over"
    assert NAME in browser.get(told[0].url).content.decode()
    assert NAME not in browser.get("/contacts/?retention=unsaid").content.decode()


@pytest.mark.usefixtures("ouyang")
def test_exports_do_not_put_what_was_searched_into_the_trail(house, client):
    browser = signed_in(house, client, "director")

    b"".join(browser.get(f"/contacts/?q={NAME}&present=here&format=csv").streaming_content)

    assert AuditEntry.objects.filter(action="export").latest("number").changes["query"] == "present=here&format=csv"


def test_over_the_api(house, client, own_facts, ouyang):
    post = Post.objects.get(person=ouyang)
    sent = {"authorization": f"Bearer {house.tokens['director']}"}
    shown = client.get(f"/api/v1/contacts/{post.pk}", headers=sent)
    assert client.get(f"/api/v1/contacts/{post.pk}/kept", headers=sent).json()["person"][0]["name"] == NAME
    assert client.delete(f"/api/v1/contacts/{post.pk}", headers=sent).status_code == 428

    gone = client.delete(f"/api/v1/contacts/{post.pk}", headers={**sent, "if-match": shown.headers["ETag"]})

    assert gone.json() == {"erased": post.pk}
    assert named(own_facts) == []


def upload(own_facts, name, content, state=ImportState.WAITING):
    row = Import.objects.create(kind="contacts", file=name, who="manager", state=state)
    place = upload_of(own_facts.home, row)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    return row


def workbook():
    book, target = Workbook(), io.BytesIO()
    book.active.append(["姓名", NAME, "电话", PHONE])
    book.save(target)
    return target.getvalue()


def parquet():
    target = io.BytesIO()
    pq.write_table(pa.table({"name": [NAME], "email": [EMAIL]}), target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "state"),
    [
        ("a.csv", f"name,phone\n{NAME},{PHONE}\n".encode("gb18030"), ImportState.WAITING),
        ("a.csv", f"name,phone\n{NAME},{PHONE}\n".encode("utf-16"), ImportState.CHECKED),
        ("a.csv.gz", gzip.compress(f"mail\n{EMAIL.upper()}\n".encode()), ImportState.REFUSED),
        ("a.xlsx", workbook(), ImportState.FAILED),
        ("a.parquet", parquet(), ImportState.WAITING),
        ("a.xlsx", b"PK\x03\x04 no workbook at all", ImportState.CHECKED),
    ],
    ids=["gb18030", "utf-16", "packed", "workbook", "parquet", "no workbook"],
)
def test_a_waiting_file_that_names_the_person_is_set_aside(own_facts, director, ouyang, name, content, state):
    row = upload(own_facts, name, content, state)
    other = upload(own_facts, "b.csv", "name,phone\n孟庆来,021-5555\n".encode(), state)
    assert [each["import"] for each in erasing.kept_of(ouyang)["elsewhere"] if each["kind"] == "waiting file"] == [
        row.pk
    ]

    erasing.erase(director, ouyang, ouyang.version)

    assert not upload_of(own_facts.home, row).exists()
    assert upload_of(own_facts.home, other).exists()
    assert named(own_facts) == []
    row.refresh_from_db()
    assert (row.state, row.report["reason"]) == (ImportState.REFUSED, "names_erased")
    [task] = [each for each in waiting(own_facts.user("administrator")) if "Send the file again" in each.what]
    assert task.url.endswith(f"/{row.pk}/")
    bring_in.call(row.pk)
    assert not Person.objects.filter(name=NAME).exists()


def test_while_a_file_that_names_the_person_is_being_read_erasing_waits(own_facts, ouyang, client):
    row = upload(own_facts, "a.csv", f"name\n{NAME},{PHONE}\n".encode(), ImportState.READING)
    Import.objects.filter(pk=row.pk).update(process=name_here(own_facts.home.folder))

    sent = {"name": NAME, "version": ouyang.version}
    page = signed_in(own_facts, client, "director").post(f"/contacts/{ouyang.pk}/erase/", sent, follow=True)

    assert "导入完成后再删除" in page.content.decode()
    assert Person.objects.filter(pk=ouyang.pk).exists()
    assert upload_of(own_facts.home, row).exists()


def test_documents_are_read_before_others_have_to_wait(director, ouyang, account, monkeypatch):
    files = [AccountFile.objects.create(account=account, name=f"{each}.txt", place=each, size=3) for each in "yz"]
    depths = []

    def said(_place, _kind):
        depths.append(len(connection.savepoint_ids))
        return NAME, Reading.READ

    monkeypatch.setattr(documents, "words_of", said)
    outside = len(connection.savepoint_ids)

    erasing.hand_out(director, ouyang)
    DocumentText.objects.filter(file=files[0]).delete()
    erasing.erase(director, ouyang, ouyang.version)

    assert depths == [outside] * 3
    assert all(DocumentText.objects.get(file=file).names_erased for file in files)
