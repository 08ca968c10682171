import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from vitalfew.api import routes
from vitalfew.imports.models import Import, ImportState
from vitalfew.imports.work import bring_in
from vitalfew.people.models import AuditEntry

pytestmark = pytest.mark.database
PATH = "/api/v1/imports"
ROWS = "customer,name\nNEW-1,新客户\nNEW-2,\n"


def file(name="客户.csv", text=ROWS):
    return SimpleUploadedFile(name, text.encode(), content_type="text/csv")


def send(client, **sent):
    return client.post(PATH, {"kind": "customers", "file": file(), **sent})


def test_file_is_brought_in_seen_and_taken_back(own_facts, ask):
    client = ask("analyst")
    started = send(client)
    assert started.status_code == 202
    assert (started.json()["state"], started.json()["who"]) == ("waiting", "analyst")

    bring_in.func(started.json()["id"])
    done = client.get(started.headers["Location"]).json()
    assert done["state"] == "done"
    assert (done["report"]["rows_accepted"], done["report"]["rows_rejected"]) == (1, 1)
    assert str(own_facts.home.folder) not in str(done)
    rejects = client.get(done["report"]["rejects_file"])
    assert "NEW-2" in b"".join(rejects.streaming_content).decode("utf-8-sig")

    undone = client.post(f"{started.headers['Location']}/undo")
    assert undone.json() == {"id": done["id"], "state": "undone", "rows_gone": 1}
    again = client.post(f"{started.headers['Location']}/undo")
    assert again.status_code == 409
    actions = list(AuditEntry.objects.filter(subject=f"import:{done['id']}").values_list("who", "action"))
    assert set(actions) == {
        ("analyst", "import"), ("analyst", "import-upload"), ("analyst", "import-undo"), ("analyst", "export"),
    }  # fmt: skip


def test_delete_takes_back_and_minds_the_version_named(own_facts, ask):  # noqa: ARG001  (facts may change)
    number = Import.objects.get(kind="referrals").pk
    etag = ask("analyst").get(f"{PATH}/{number}").headers["ETag"]

    assert ask("analyst", if_match='"old"').delete(f"{PATH}/{number}").status_code == 412
    assert ask("analyst", if_match=etag).delete(f"{PATH}/{number}").status_code == 200
    assert Import.objects.get(pk=number).state == ImportState.UNDONE


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"kind": "nothing"}, 422), ({"file": "no file"}, 422), ({"mapping": "unknown"}, 422), ({"file": file("a.exe")}, 415),
        ({"file": file("a.xls")}, 415), ({"file": file("no-ending")}, 415),
    ],
)  # fmt: skip
def test_what_is_not_taken_leaves_nothing(own_facts, ask, sent, status):
    before = Import.objects.count()

    assert send(ask("analyst"), **sent).status_code == status
    assert Import.objects.count() == before
    assert not list(own_facts.home.imports.glob("upload-*"))


def test_file_too_large_is_413(ask, monkeypatch):
    monkeypatch.setattr(routes, "LARGEST", 100)

    answer = send(ask("analyst"), file=file(text=ROWS * 100))

    assert answer.status_code == 413


def test_json_body_too_large_is_413(ask, settings, house):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = ask("manager", if_match='"1"').patch(
        f"/api/v1/accounts/{house.mine}", {"name": "x" * 200}, content_type="application/json"
    )

    assert answer.status_code == 413


def test_name_of_a_file_is_never_a_path(own_facts, ask):
    answer = send(ask("analyst"), file=file("../../x.csv"))

    assert answer.status_code == 202
    assert [path.parent for path in own_facts.home.folder.rglob("upload-*")] == [own_facts.home.imports]


def test_list_is_paged_from_the_latest(ask):
    seen, after = [], ""
    while after is not None:
        page = ask("director").get(f"{PATH}?limit=5" + (f"&after={after}" if after else "")).json()
        seen += [row["id"] for row in page["items"]]
        after = page["next"]

    assert seen == list(Import.objects.order_by("-pk").values_list("pk", flat=True))


@pytest.mark.parametrize("number", ["0", "99999", "9" * 30])
def test_import_that_is_not_there_is_404(ask, number):
    assert ask("director").get(f"{PATH}/{number}").status_code == 404
