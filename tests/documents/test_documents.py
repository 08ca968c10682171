"""Documents kept at an account are read by a process of its own and found by their words."""

import io
import zipfile
from datetime import timedelta

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from house import signed_in
from vitalfew.accounts import actions as accounts
from vitalfew.accounts import recurring
from vitalfew.accounts.models import Account, AccountFile
from vitalfew.documents import actions, work
from vitalfew.documents.indexing import INDEX
from vitalfew.documents.models import DocumentText
from vitalfew.documents.personal import forget, ready, told
from vitalfew.documents.searchable import found
from vitalfew.documents.words import Reading
from vitalfew.documents.worklist import waiting
from vitalfew.people.models import AuditEntry
from vitalfew.people.permissions import Forbidden
from vitalfew.rooms import Traces

pytestmark = [pytest.mark.database, pytest.mark.django_db]
SAID = "年度框架合同：返利按季结算，欧阳鹤鸣签字。Kronos clause applies."
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAW = "http://schemas.openxmlformats.org/drawingml/2006/main"


def zipped(**parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return data.getvalue()


def docx(text=SAID):
    half = len(text) // 2
    body = "".join(f"<w:r><w:t>{piece}</w:t></w:r>" for piece in (text[:half], text[half:]))
    return zipped(word__document=f'<w:document xmlns:w="{WORD}"><w:p>{body}</w:p><w:p/></w:document>')


def pptx():
    slide = f'<a:x xmlns:a="{DRAW}"><a:p><a:r><a:t>{SAID}</a:t></a:r></a:p></a:x>'
    return zipped(ppt__slides__slide1=slide, ppt__theme__theme1="<nothing/>")


def xlsx():
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        book.add_worksheet().write_row(0, 0, ["条款", SAID])
    return data.getvalue()


def pdf(password=None):
    """One page with a line of Latin text, written out by hand."""
    stream = b"BT /F1 12 Tf 72 700 Td (Rebates are settled by quarter. Kronos clause applies.) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        rows,
        len(out),
    )
    return out if password is None else locked(out, password)


def locked(data, password):
    from pypdf import PdfReader, PdfWriter

    writer, out = PdfWriter(PdfReader(io.BytesIO(data))), io.BytesIO()
    writer.encrypt(password, algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


@pytest.fixture
def mine(own_facts):
    return Account.objects.get(code=own_facts.mine)


@pytest.fixture
def kept(own_facts, mine):
    def keep(name, data):
        return accounts.keep_file(own_facts.user("manager"), mine, own_facts.home, name, data)

    return keep


def numbers(user, text):
    return [int(hit.code) for hit in found(user, text, 8)]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("合同.docx", docx()), ("合同.pptx", pptx()), ("合同.xlsx", xlsx()), ("合同.txt", SAID.encode()),
        ("合同.csv", SAID.encode("gb18030")), ("合同.txt", SAID.encode("utf-16")),
    ],
)  # fmt: skip
def test_the_words_of_each_kind_are_found(own_facts, kept, name, data):
    row = actions.read(kept(name, data))

    assert (row.reading, row.text) == (Reading.READ, SAID if not name.endswith("xlsx") else f"条款\n{SAID}")
    for text in ("按季结算", "框架合同", "fanli", "kronos clause"):
        assert numbers(own_facts.user("manager"), text) == [row.pk], text


def test_a_pdf_is_read(own_facts, kept):
    row = actions.read(kept("terms.pdf", pdf()))

    assert row.text == "Rebates are settled by quarter. Kronos clause applies."
    assert numbers(own_facts.user("director"), "rebates kronos") == [row.pk]


@pytest.mark.parametrize(
    ("name", "data", "reading"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n", Reading.PICTURE),
        ("a.pdf", b"%PDF-1.7 nothing more", Reading.BROKEN),
        ("a.docx", b"PK\x03\x04 nothing more", Reading.BROKEN),
        ("a.docx", zipped(word__document="<w>" * 9), Reading.BROKEN),
        ("a.docx", zipped(word__document='<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), Reading.BROKEN),
        ("a.docx", zipped(word__other="<x/>"), Reading.PICTURE),
        ("a.txt", b"", Reading.PICTURE),
        ("a.pdf", pdf("secret"), Reading.LOCKED),
    ],
)
def test_what_cannot_be_read_is_said_and_found_by_name(own_facts, kept, name, data, reading):
    row = actions.read(kept(name, data))

    assert (row.reading, row.text) == (reading, "")
    assert numbers(own_facts.user("manager"), "a") == [row.pk]


def test_a_bomb_takes_neither_time_nor_memory(kept):
    """A part is read no further than is kept, or than words may be expected."""
    huge = f"<w:document xmlns:w='{WORD}'>" + f"<w:p><w:t>{'很' * 4000}</w:t></w:p>" * 40_000
    row = actions.read(kept("bomb.docx", zipped(word__document=huge + "</w:document>")))
    endless = actions.read(kept("endless.docx", zipped(word__document="<a>" + "<b/>" * 5_000_000)))

    assert (row.reading, len(row.text)) == (Reading.READ, 20_000)
    assert endless.reading == Reading.PICTURE


def test_a_file_added_on_the_page_is_read_in_the_background(
    own_facts, mine, client, django_capture_on_commit_callbacks
):
    browser = signed_in(own_facts, client, "manager")
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("file-add", args=[mine.pk]), {"file": SimpleUploadedFile("合同.txt", SAID.encode())})
    file = AccountFile.objects.get(account=mine)
    work.read.call(file.pk)

    box = browser.get("/search/", {"q": "按季结算"}).content.decode()

    assert "合同.txt" in box
    assert f'data-url="/accounts/{mine.code}/?tab=files"' in box


def test_a_foreign_document_is_not_found(own_facts, kept):
    row = actions.read(kept("合同.docx", docx()))

    assert numbers(own_facts.user("complaints"), "按季结算") == [row.pk]
    assert numbers(own_facts.user("portal"), "按季结算") == []
    mine = Account.objects.get(code=own_facts.mine)
    mine.manager = None
    mine.save()
    assert numbers(own_facts.user("manager"), "按季结算") == []


def test_a_document_removed_is_found_no_more(own_facts, kept):
    file = kept("合同.docx", docx())
    row = actions.read(file)
    accounts.drop_file(own_facts.user("manager"), file, own_facts.home)

    assert row.pk not in {pk for some in INDEX.rows() for pk, _pieces in some}
    work.read.call(row.pk)
    assert not DocumentText.objects.exists()


def test_a_removed_document_can_be_fetched_back_for_a_while(
    own_facts, kept, client, django_capture_on_commit_callbacks
):
    content = docx()  # a package carries the second in which it was written
    file = kept("合同.docx", content)
    actions.read(file)
    browser = signed_in(own_facts, client, "manager")
    tab = f"/accounts/{own_facts.mine}/?tab=files"

    browser.post(f"/accounts-files/{file.pk}/remove/")
    assert numbers(own_facts.user("manager"), "按季结算") == []
    assert browser.get(f"/accounts-files/{file.pk}/").status_code == 404
    assert f"/accounts-files/{file.pk}/fetch-back/" in browser.get(tab).content.decode()

    browser.post(f"/accounts-files/{file.pk}/fetch-back/")
    assert numbers(own_facts.user("manager"), "按季结算") == [file.pk]
    assert b"".join(browser.get(f"/accounts-files/{file.pk}/")) == content

    browser.post(f"/accounts-files/{file.pk}/remove/")
    AccountFile.everything.update(put_away_at=timezone.now() - timedelta(days=31))
    with django_capture_on_commit_callbacks(execute=True):
        recurring.begin()
    assert not AccountFile.everything.exists()
    assert not (own_facts.home.files / file.place).exists()
    assert browser.post(f"/accounts-files/{file.pk}/fetch-back/").status_code == 404


def test_what_was_kept_before_is_asked_for_once(kept, django_capture_on_commit_callbacks):
    file = kept("合同.docx", docx())
    with django_capture_on_commit_callbacks() as asked:
        work.ask_for_all()
    actions.read(file)
    with django_capture_on_commit_callbacks() as again:
        work.ask_for_all()

    assert (len(asked), len(again)) == (1, 0)


def test_a_missing_file_says_so(own_facts, kept):
    file = kept("合同.docx", docx())
    (own_facts.home.files / file.place).unlink()

    assert actions.read(file).reading == Reading.GONE


@pytest.fixture
def traces(own_facts):
    return Traces(frozenset(), frozenset(), frozenset(), frozenset({"欧阳鹤鸣"}), frozenset({own_facts.mine}))


def test_an_erased_person_leaves_the_search_and_the_document_waits_for_a_decision(own_facts, kept, traces, client):
    row = actions.read(kept("欧阳鹤鸣合同.docx", docx()))
    assert [each["file"] for each in told(traces)] == ["欧阳鹤鸣合同.docx"]

    forget(traces)

    manager = own_facts.user("manager")
    assert numbers(manager, "欧阳鹤鸣") == numbers(manager, "ouyang") == []
    assert numbers(manager, "按季结算") == [row.pk]
    assert list(told(traces)) == []
    [task] = waiting(manager)
    assert "▇▇合同.docx" in task.why.say("zh-hans")
    assert list(waiting(own_facts.user("complaints"))) == []
    browser = signed_in(own_facts, client, "manager")
    assert f"/documents/{row.pk}/keep/" in browser.get(f"/accounts/{own_facts.mine}/?tab=files").content.decode()
    browser.post(f"/documents/{row.pk}/drop/")
    assert not AccountFile.everything.exists()


def test_a_removed_document_goes_for_good_with_the_person(own_facts, kept, traces):
    file = kept("合同.docx", docx())
    actions.read(file)
    accounts.remove_file(own_facts.user("manager"), file, own_facts.home)

    forget(traces)

    assert not AccountFile.everything.exists()


def test_kept_by_decision_it_is_asked_about_no_more(own_facts, kept, traces):
    file = kept("合同.docx", docx())
    actions.read(file)
    forget(traces)
    with pytest.raises(Forbidden):
        actions.keep(own_facts.user("analyst"), file)

    actions.keep(own_facts.user("manager"), file)
    actions.keep(own_facts.user("manager"), file)

    assert list(waiting(own_facts.user("manager"))) == []
    assert AuditEntry.objects.filter(action="file-keep").count() == 1


@pytest.mark.parametrize("step", ["keep", "drop"])
def test_nobody_decides_about_a_foreign_document_or_without_being_asked(own_facts, kept, traces, client, step):
    file = kept("合同.docx", docx())
    actions.read(file)
    browser = signed_in(own_facts, client, "manager")
    assert browser.post(f"/documents/{file.pk}/{step}/").status_code == 404

    forget(traces)
    Account.objects.filter(code=own_facts.mine).update(manager=None)

    assert browser.post(f"/documents/{file.pk}/{step}/").status_code == 404
    assert AccountFile.objects.filter(pk=file.pk).exists()


def test_what_nobody_has_read_yet_is_read_before_a_person_is_erased(kept, traces):
    file = kept("合同.docx", docx())

    ready(traces)
    forget(traces)

    row = DocumentText.objects.get(file=file)
    assert row.names_erased
    assert "欧阳鹤鸣" not in row.text
    work.read.call(file.pk)
    row.refresh_from_db()
    assert "欧阳鹤鸣" not in row.text


def test_what_cannot_be_read_waits_until_somebody_has_looked(own_facts, kept, traces, client):
    file = kept("扫描件.png", b"\x89PNG\r\n\x1a\n" + bytes(40))

    ready(traces)
    forget(traces)

    manager = own_facts.user("manager")
    [task] = waiting(manager)
    assert "扫描件.png" in task.why.say("en")
    assert "can't be read here" in task.why.say("en")
    page = signed_in(own_facts, client, "manager").get(f"/accounts/{own_facts.mine}/?tab=files").content.decode()
    assert f"/documents/{file.pk}/drop/" in page
    actions.keep(manager, file)
    assert list(waiting(manager)) == []
