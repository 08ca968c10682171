"""Reports: the screen's figures on paper and in a workbook, each reader's own, made once, kept as they were made."""

import io
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone, translation
from openpyxl import load_workbook

from house import signed_in
from vitalfew import paper
from vitalfew.accounts.models import Account
from vitalfew.handouts import Column, Figure, Handout, Section, Table
from vitalfew.people.models import AuditEntry, User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible
from vitalfew.people.roles import Role
from vitalfew.promises import actions as promises
from vitalfew.reports import actions, making, personal, printing, scheduling, work, workbook
from vitalfew.reports.kinds import kinds
from vitalfew.reports.models import Report, Schedule
from vitalfew.reports.rhythm import latest_due
from vitalfew.rooms import Traces
from vitalfew.terms import Unit
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard
from vitalfew.workdays import Calendar

pytestmark = [pytest.mark.database, pytest.mark.django_db]
ALL = ("account", "portfolio", "visit", "complaints", "board")


@pytest.fixture
def manager(house):
    return house.user("manager")


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


@pytest.fixture
def foreign(house):
    return Account.objects.get(code=house.foreign)


def asked(user, kind="account", account=None, form="xlsx", language="zh-hans"):
    return actions.ask(user, kind=kind, account=account, form=form, language=language)


def made(user, *args, **given):
    row = asked(user, *args, **given)
    making.make(row)
    return row


def sheets(row):
    return load_workbook(io.BytesIO((settings.HOME.files / row.place).read_bytes()))


def test_an_account_s_report_has_the_figures_of_its_page(manager, mine):
    card = Scorecard.objects.get(refresh=scorecards.current(), customer=mine.code)

    front = sheets(made(manager, account=mine)).worksheets[0]

    told = {row[0]: row[1] for row in front.iter_rows(values_only=True) if row[0]}
    assert told["近12个月净销售额"] == pytest.approx(card.revenue_12m)
    assert told["贡献"] == pytest.approx(card.contribution)
    assert told["流失风险"] == pytest.approx(card.churn)
    assert front["A1"].value == f"{mine.name} ({mine.code})"


def test_the_portfolio_s_workbook_has_every_tier_and_the_largest_accounts_as_the_list(director):
    book = sheets(made(director, "portfolio"))
    cards = Scorecard.objects.filter(refresh=scorecards.current(), revenue_12m__isnull=False).order_by("-revenue_12m")

    tiers = list(book["客户层级"].iter_rows(min_row=2, values_only=True))
    largest = list(book["最大的客户"].iter_rows(min_row=2, values_only=True))

    assert sum(row[1] for row in tiers) == Scorecard.objects.filter(refresh=scorecards.current()).count()
    assert sum(row[2] or 0 for row in tiers) == pytest.approx(sum(each.revenue_12m or 0 for each in cards))
    assert largest[0][2] == pytest.approx(cards[0].revenue_12m)
    assert book["最大的客户"].auto_filter.ref is not None
    assert book["最大的客户"]["C2"].number_format == "#,##0.00"


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
@pytest.mark.parametrize("kind", ALL)
def test_every_kind_is_printed_and_is_a_workbook_in_every_language(director, mine, kind, language):
    account = mine if kinds()[kind].of_account else None

    on_paper, book = (made(director, kind, account, form, language) for form in ("pdf", "xlsx"))

    assert (on_paper.state, book.state) == ("done", "done"), (on_paper.trouble, book.trouble)
    assert (settings.HOME.files / on_paper.place).read_bytes().startswith(b"%PDF")
    with translation.override(language):
        assert sheets(book).sheetnames[0] == translation.gettext(kinds()[kind].label)


def test_what_is_open_stands_in_an_account_s_report(manager, mine):
    day = timezone.localdate() + timedelta(days=9)
    promises.promise(
        manager, mine, {"text": "送货上楼", "made_on": timezone.localdate(), "due": day, "origin": "visit"}
    )

    rows = list(sheets(made(manager, account=mine))["待兑现的承诺"].iter_rows(min_row=2, values_only=True))

    assert [(row[0], row[1].date()) for row in rows] == [("送货上楼", day)]


def test_nobody_gets_what_he_may_not_see(house, manager, director, mine, foreign):
    with pytest.raises(NotPossible):
        asked(manager, "portfolio")
    with pytest.raises(NotPossible):
        asked(director, "account")
    with pytest.raises(Forbidden):
        asked(house.user("complaints"), "account", mine)
    with pytest.raises(Forbidden):
        asked(house.user("executive"), "board", form="xlsx")
    row = asked(manager, "account", foreign)

    making.make(row)

    assert (row.state, row.place, row.trouble) == ("failed", "", making.NOT_HIS)


def test_a_report_is_its_reader_s_alone(house, client, manager, mine):
    row = made(manager, account=mine, form="pdf")

    assert signed_in(house, client, "director").get(row.get_absolute_url()).status_code == 404
    assert client.get(f"{row.get_absolute_url()}file/").status_code == 404
    answer = signed_in(house, client, "manager").get(f"{row.get_absolute_url()}file/")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert AuditEntry.objects.filter(action__startswith="export", who="manager").exists()


def test_who_lost_the_account_reads_its_old_reports_no_more(house, client, manager, mine):
    row = made(manager, account=mine)
    Account.objects.filter(pk=mine.pk).update(manager=User.objects.get(username="other"))

    assert signed_in(house, client, "manager").get(row.get_absolute_url()).status_code == 404


def test_asked_for_on_a_page_it_is_made_in_the_background(house, client, mine, django_capture_on_commit_callbacks):
    page = signed_in(house, client, "manager")
    with django_capture_on_commit_callbacks(execute=True):
        answer = page.post("/reports/new/", {"kind": "account", "account": mine.code, "form": "pdf", "language": "en"})
    row = Report.objects.get()

    assert answer.headers["Location"] == row.get_absolute_url()
    assert "HX-Refresh" not in page.get(f"{row.get_absolute_url()}progress/").headers
    work.made.func(row.pk)
    assert page.get(f"{row.get_absolute_url()}progress/").headers["HX-Refresh"] == "true"
    assert "filename=" in page.get(f"{row.get_absolute_url()}file/").headers["Content-Disposition"]


def test_a_report_about_an_account_must_name_one(house, client):
    answer = signed_in(house, client, "manager").post(
        "/reports/new/", {"kind": "account", "form": "pdf", "language": "en"}
    )

    assert answer.status_code == 422
    assert not Report.objects.exists()


def test_where_it_cannot_be_printed_it_says_what_to_do_and_is_tried_again(monkeypatch, manager, mine):
    def broken(*_given):
        raise paper.NoPrinter("PDF needs Pango")

    with monkeypatch.context() as patched:
        patched.setattr(printing, "pdf", broken)
        row = made(manager, account=mine, form="pdf")
    assert (row.state, row.trouble) == ("failed", "PDF needs Pango")

    actions.again(manager, row.pk)
    row.refresh_from_db()
    making.make(row)

    assert (row.state, row.trouble) == ("done", "")
    with pytest.raises(NotPossible):
        actions.again(manager, row.pk)


def test_made_twice_it_is_one_file(manager, mine):
    row = asked(manager, account=mine)
    before = len(list(settings.HOME.files.glob("*"))) if settings.HOME.files.exists() else 0
    other = Report.objects.get(pk=row.pk)

    making.make(row)
    making.make(other)

    assert len(list(settings.HOME.files.glob("*"))) == before + 1
    assert other.place == row.place


CHINA = Calendar("CN")


@pytest.mark.parametrize(
    ("rhythm", "weekday", "today", "due"),
    [
        ("weekly", 0, date(2026, 11, 27), date(2026, 11, 23)),
        ("weekly", 4, date(2026, 11, 27), date(2026, 11, 27)),
        ("weekly", 3, date(2026, 10, 1), date(2026, 9, 24)),
        ("weekly", 3, date(2026, 10, 8), date(2026, 10, 8)),
        ("monthly", 0, date(2026, 11, 1), date(2026, 10, 8)),
        ("monthly", 0, date(2026, 11, 2), date(2026, 11, 2)),
    ],
)
def test_it_is_due_on_days_on_which_the_house_works(rhythm, weekday, today, due):
    assert latest_due(rhythm, weekday, today, CHINA) == due


@pytest.fixture
def weekly(director, manager, mine):
    fields = {"kind": "account", "account": mine, "form": "xlsx", "rhythm": "weekly", "weekday": "0", "mailed": True}
    row = actions.plan(director, [director, manager], fields)
    Schedule.objects.filter(pk=row.pk).update(made_at=timezone.now() - timedelta(days=30))
    return row


def test_each_reader_gets_it_once_with_what_he_may_see(weekly):
    Account.objects.filter(pk=weekly.account.pk).update(manager=User.objects.get(username="other"))

    rows = scheduling.ask(timezone.localdate())
    for row in rows:
        making.make(row)

    assert scheduling.ask(timezone.localdate()) == []
    assert {row.reader.username: row.state for row in rows} == {"director": "done", "manager": "failed"}


def test_nothing_is_made_of_one_that_was_stopped_or_is_not_due_yet(director, weekly):
    actions.stop(director, weekly.pk)
    assert scheduling.ask(timezone.localdate()) == []

    actions.go_on(director, weekly.pk)
    Schedule.objects.filter(pk=weekly.pk).update(made_at=timezone.now())
    assert all(row.day >= timezone.localdate() for row in scheduling.ask(timezone.localdate()))


@pytest.mark.usefixtures("weekly")
def test_it_is_mailed_with_its_file_once(settings, director):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    User.objects.update(email="somebody@example.com")
    row = next(each for each in scheduling.ask(timezone.localdate()) if each.reader == director)
    making.make(row)

    work.mailed.func(row.pk)
    work.mailed.func(row.pk)

    [letter] = mail.outbox
    row.refresh_from_db()
    assert row.mail == "sent"
    assert letter.attachments[0][0] == row.file_name
    assert letter.attachments[0][1].startswith(b"PK")
    assert letter.to == ["somebody@example.com"]


@pytest.mark.usefixtures("weekly")
def test_without_a_mail_server_it_says_that_it_was_not_mailed(director):
    row = next(each for each in scheduling.ask(timezone.localdate()) if each.reader == director)
    making.make(row)

    work.mailed.func(row.pk)

    row.refresh_from_db()
    assert row.mail == "failed"


def test_only_heads_have_reports_sent_to_others(manager, director, mine):
    fields = {"kind": "account", "account": mine, "form": "pdf", "rhythm": "weekly", "weekday": "0", "mailed": False}

    with pytest.raises(Forbidden):
        actions.plan(manager, [director], fields)
    with pytest.raises(NotPossible):
        actions.plan(manager, [], fields)
    assert actions.plan(manager, [manager], fields).pk


def test_a_schedule_is_changed_on_its_page_and_says_who_reads_it(house, client, weekly):
    given = {
        "kind": "portfolio", "form": "pdf", "rhythm": "monthly", "weekday": "0", "readers": ["director"], "mailed": "",
        "version": weekly.version,
    }  # fmt: skip

    answer = signed_in(house, client, "director").post(weekly.get_absolute_url(), given)

    weekly.refresh_from_db()
    assert answer.status_code == 302
    assert (weekly.kind, weekly.account, weekly.rhythm, weekly.mailed) == ("portfolio", None, "monthly", False)
    assert [each.username for each in weekly.readers.all()] == ["director"]


def test_papers_about_accounts_go_when_one_of_their_people_is_forgotten(
    manager, mine, django_capture_on_commit_callbacks
):
    row, other = made(manager, account=mine), made(manager, "visit", mine)
    places = [settings.HOME.files / each.place for each in (row, other)]
    traces = Traces(frozenset(), frozenset(), frozenset(), frozenset({"王芳"}), frozenset({mine.code}))
    assert [each["file"] for each in personal.told(traces)] == [other.file_name, row.file_name]

    with django_capture_on_commit_callbacks(execute=True):
        personal.forget(traces)

    row.refresh_from_db()
    assert (row.place, row.state) == ("", "done")
    assert not any(place.exists() for place in places)


def test_a_workbook_has_native_charts_and_runs_nothing():
    chart = {"kind": "spark-months", "title": "t", "x": "月", "y": "净销售额", "unit": "money", "currency": "CNY",
             "names": ["2026-01", "2026-02"], "points": [1.0, 2.5]}  # fmt: skip
    table = Table((Column("Account"), Column("Net sales", Unit.MONEY)), [["=1+1", 2.5], ["乙", None]])
    told = Handout("题", "Reports", "日", "CNY", (
        Section("Development", said=("句",), figures=(Figure(Column("Growth", Unit.SHARE), 0.25, "x"),), charts=(chart,)),
        Section("Development", table=table), Section("Tiers"),
    ))  # fmt: skip

    book = load_workbook(io.BytesIO(workbook.xlsx(told)))

    assert len(book.sheetnames) == 3
    assert len(book.worksheets[1]._charts) == 1
    assert book.worksheets[2]["A2"].data_type == "s"
    assert book.worksheets[2]["B2"].value == 2.5
    assert book.worksheets[0]["B6"].value == 0.25


def test_a_printed_table_is_as_long_as_paper_bears_and_says_so():
    table = Table((Column("Account"),), [[str(n)] for n in range(75)])
    part = printing.Part(Section("Tiers", table=table), 0)

    assert (len(part.rows), part.all) == (printing.MOST_ROWS, 75)


def test_every_role_that_makes_reports_has_kinds_of_its_own(house):
    from vitalfew.reports.kinds import open_to

    seen = {
        role.value: sorted(open_to(house.user(role.value))) for role in (Role.MANAGER, Role.EXECUTIVE, Role.ANALYST)
    }

    assert seen["manager"] == ["account", "visit"]
    assert "board" in seen["executive"]
    assert "portfolio" in seen["analyst"]
