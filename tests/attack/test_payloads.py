"""Payloads in by every text column and form, and out by every page, export, chart and answer: data, never run."""

import csv
import io
import json
import re
import zipfile

import openpyxl
import pytest
from django.test import Client
from payloads import PAYLOADS, RUNS, SCRIPT

from vitalfew.accounts.models import Account, SavedView
from vitalfew.accounts.parts import tabs
from vitalfew.catalogue import catalogue
from vitalfew.imports.actions import Job, receive
from vitalfew.imports.models import Import
from vitalfew.imports.work import refresh_now
from vitalfew.spreadsheets import FORMULA
from vitalfew.warehouse.tables import KINDS

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("db")]
CODE = "X<script>alert(1)</script>"
PLAIN = {"day": "2026-01-05", "number": "1", "money": "1", "int": "1", "count": "1", "bool": "1"}


def row(table, number, payload):
    """A row of a table with the payload in every text that is no code, and codes that look like markup."""
    cells = {}
    for column in table.columns:
        if column.type != "text":
            cells[column.name] = PLAIN.get(column.type, "1")
        elif column.name in {"customer", "parent", "referrer", "referred"}:
            cells[column.name] = CODE
        elif column.name in table.key:
            cells[column.name] = f"K{number}<img src=x onerror=alert(1)>"
        elif column.name in {"currency", "uscc"}:
            cells[column.name] = {"currency": "CNY", "uscc": "<img src=x>"}[column.name]
        else:
            cells[column.name] = payload
    return cells


def fed(home):
    """Every kind of file, with every payload in every text column."""
    for kind, table in KINDS.items():
        buffer = io.StringIO(newline="")
        writer = csv.DictWriter(buffer, [column.name for column in table.columns])
        writer.writeheader()
        writer.writerows(row(table, number, payload) for number, payload in enumerate(PAYLOADS))
        name = f"{SCRIPT}.csv".replace("/", "")
        receive(Job(kind, io.BytesIO(buffer.getvalue().encode()), SCRIPT, given_name=name), home)


@pytest.fixture
def infected(own_facts):
    fed(own_facts.home)
    refresh_now(own_facts.home)
    director = own_facts.user("director")
    SavedView.objects.create(user=director, name=SCRIPT[:60], query='q="><img src=x onerror=alert(1)>')
    account = Account.objects.get(code=CODE)
    browser = Client()
    browser.force_login(own_facts.user("administrator"), backend="django.contrib.auth.backends.ModelBackend")
    for number, payload in enumerate(PAYLOADS):
        sent = {
            "name": f"n{payload}"[:300],
            **dict.fromkeys(("kind", "region", "country", "industry"), payload),
            "version": number + 1,
        }
        browser.post(f"/accounts-edit/{account.pk}/", {**sent, "version": Account.objects.get(pk=account.pk).version})
    browser.post("/admin/users/", {"username": "infected", "name": SCRIPT, "role": "manager"})
    return own_facts, browser


def pages():
    yield from (
        "/",
        "/accounts/",
        "/accounts/?q=script",
        "/portfolio/",
        "/insight/",
        "/data/",
        "/admin/",
        "/admin/trail/",
        "/tier-review/",
    )
    yield from (f"/accounts/{CODE}/?tab={tab.name}" for tab in tabs())
    yield from (f"/why/{name}/?account={CODE}" for name in catalogue())
    yield from (
        f"/insight/{name}/"
        for name in ("pareto", "rfm", "trend", "one-to-one", "next-actions", "churn", "portfolio-matrix")
    )
    yield from (
        f"/{path}{SCRIPT}"
        for path in (
            "accounts/?q=",
            "search/?q=",
            "accounts/?region=",
            "accounts/?order=",
            "nowhere/",
            "insight/rfm/?x=",
        )
    )


def calls():
    yield from (
        "accounts?limit=200",
        f"accounts/{CODE}",
        f"accounts/{CODE}/timeline",
        f"accounts/{CODE}/scorecard",
        "today",
        "imports",
    )
    yield from (f"contacts?account={CODE}", f"complaints?account={CODE}", "analyses/one-to-one", f"search?q={SCRIPT}")


def test_what_comes_in_by_any_column_or_form_goes_out_as_data(infected):
    house, browser = infected
    ran = {}
    for page in pages():
        answer = browser.get(page)
        text = answer.content.decode()
        if answer.status_code not in {200, 404} or any(word in text for word in RUNS):
            ran[page] = answer.status_code
        for data in re.findall(r"<script[^>]*type=\"application/json\"[^>]*>(.*?)</script>", text, re.DOTALL):
            json.loads(data)
            assert "<" not in data, page
    program = Client(headers={"authorization": f"Bearer {house.tokens['director']}"})
    for call in calls():
        answer = program.get(f"/api/v1/{call}")
        if answer.status_code not in {200, 404} or not answer.headers["Content-Type"].startswith("application/"):
            ran[call] = answer.status_code
        assert json.loads(answer.content) is not None

    assert ran == {}
    assert Account.objects.count() > 50
    exports(browser)
    rejects(browser)


def exports(browser):
    """No cell of a sheet runs, in no form of file."""
    for path in ("/accounts-export/", "/insight/one-to-one/?format=csv", "/insight/next-actions/?format=csv"):
        answer = browser.get(path)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        cells = [cell for line in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in line]
        assert not [cell for cell in cells if cell.lstrip()[:1] in FORMULA - {"-", "+"} and cell.strip()], path
    book = browser.get("/accounts-export/?format=xlsx").content
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        assert not [
            name for name in packed.namelist() if b"<f>" in packed.read(name) or b"<hyperlink" in packed.read(name)
        ]
    kinds = {cell.data_type for line in openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows() for cell in line}
    assert kinds <= {"s", "n"}


def rejects(browser):
    """Rejected rows go back as they came, but run nowhere."""
    row = next(each for each in Import.objects.all() if each.report.get("rows_rejected"))
    page = browser.get(f"/data/{row.pk}/").content.decode()
    assert not any(word in page for word in RUNS)
    disposition = browser.get(f"/data/{row.pk}/rejects/").headers["Content-Disposition"]
    assert disposition == f'attachment; filename="rejects-{row.pk}.csv"'


@pytest.mark.parametrize(
    "name",
    [
        '"; filename="evil.html',
        "../../evil.pdf",
        "<script>.pdf",
        "合同.pdf",
        "a" * 400 + ".pdf",
    ],
)
def test_the_name_of_a_document_is_no_header_path_or_markup(house, name):
    from django.core.files.uploadedfile import SimpleUploadedFile

    browser = Client()
    browser.force_login(house.user("director"), backend="django.contrib.auth.backends.ModelBackend")
    account = Account.objects.get(code=house.mine)
    file = SimpleUploadedFile("x.pdf", b"%PDF-1.4")
    file._name = name if name.endswith(".pdf") else f"{name}.pdf"
    browser.post(f"/accounts-files/{account.pk}/add/", {"file": file})

    row = account.files.first()
    answer = browser.get(f"/accounts-files/{row.pk}/")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "\n" not in answer.headers["Content-Disposition"]
    assert "Set-Cookie" not in answer.headers
    assert (house.home.files / row.place).parent == house.home.files
    assert "<script>." not in browser.get(f"/accounts/{account.code}/?tab=files").content.decode()


@pytest.mark.parametrize(("name", "content"), [
    ("a.html", b"<script>"), ("a.svg", b"<svg onload=alert(1)>"), ("a.pdf", b"<script>"), ("a.png", b"GIF89a"), ("a.exe", b"MZ"),
    ("a.pdf.html", b"%PDF-"), ("a", b"%PDF-"), ("a.docx", b"%PDF-"), ("a.xlsm", b"PK\x03\x04"), ("a.php", b"%PDF-"),
])  # fmt: skip
def test_what_is_no_document_is_not_kept(house, name, content):
    from django.core.files.uploadedfile import SimpleUploadedFile

    browser = Client()
    browser.force_login(house.user("director"), backend="django.contrib.auth.backends.ModelBackend")
    account = Account.objects.get(code=house.mine)
    browser.post(f"/accounts-files/{account.pk}/add/", {"file": SimpleUploadedFile(name, content)})

    assert not account.files.exists()
