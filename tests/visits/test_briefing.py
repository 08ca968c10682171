"""The briefing: nothing its reader may not see, on one page of paper in three languages, and in the trail."""

import builtins
from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.utils import timezone, translation
from pypdf import PdfReader

from house import signed_in
from vitalfew.accounts.sheet import Sheet
from vitalfew.activities import actions as activities
from vitalfew.intelligence import actions as intelligence
from vitalfew.outlets.cli import main
from vitalfew.paper import laid_out
from vitalfew.people.models import AuditEntry
from vitalfew.preferences import actions as preferences
from vitalfew.promises import actions as promises
from vitalfew.rooms import declared
from vitalfew.visits import printing
from vitalfew.visits.brief import brief

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)
LONG = "华东恒达电器股份有限公司暨下属华南西南东北各分公司采购中心与物流配送中心及售后服务管理总部联合体有限责任公司第六十分号甲"


def today():
    return timezone.localdate()


def pages(written):
    return PdfReader(BytesIO(written)).pages


@pytest.fixture
def busy(director, mine, planned, known):
    """A visit to an account of which there is more to tell than fits a page."""
    people = [known(mine, f"{LONG[:20]}{n}", title=LONG, attitude="critic", influence="high") for n in range(14)]
    for n in range(14):
        promises.promise(director, mine, {
            "text": f"{n} {LONG} {LONG}", "person": None, "origin": "visit", "reference": "", "department": "",
            "owner": director, "made_on": today() - 20 * DAY, "due": today() - DAY,
        })  # fmt: skip
        activities.log(director, mine, {"way": "call", "day": today(), "text": LONG * 5, "person": None})
    type(mine).objects.filter(pk=mine.pk).update(name=LONG[:60])
    mine.refresh_from_db()
    assert len(mine.name) == 60
    return planned(director, mine, wanted=people, topic=LONG * 3, place=LONG)


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_it_is_one_page_whatever_there_is_to_tell(director, mine, busy, language):
    with translation.override(language):
        written = printing.pdf(brief(director, mine, busy))
        last_part = translation.gettext("Last touches")

    [page] = pages(written)
    assert last_part in page.extract_text(), "cut off"
    assert page.mediabox.width == pytest.approx(595.3, abs=0.5)
    assert page.mediabox.height == pytest.approx(841.9, abs=0.5)
    assert mine.code in page.extract_text()


def test_a_page_of_paper_asks_the_network_for_nothing(caplog):
    page = '<p>before <img src="https://example.com/picture.png"> <img src="file:///etc/hostname"> <img src="picture:0"></p>'

    made = laid_out(page, {"picture:0": '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"></svg>'})

    assert [record.getMessage()[:37] for record in caplog.records] == [
        "Failed to load image at 'https://exam", "Failed to load image at 'file:///etc/",
    ]  # fmt: skip
    assert len(made.pages) == 1


def test_without_the_library_it_says_what_to_install(house, client, monkeypatch, manager, mine, planned):
    row, real = planned(manager, mine), builtins.__import__

    def broken(name, *args, **kwargs):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", broken)
    answer = signed_in(house, client, "manager").get(f"/visits/{row.pk}/briefing.pdf", follow=True)

    assert answer.redirect_chain == [(f"/visits/{row.pk}/briefing/", 302)]
    assert "libpango" in answer.content.decode()


def test_who_may_not_see_margins_reads_none(house, client, director, mine, planned):
    row = planned(director, mine)
    told = brief(house.user("supply"), mine, row)

    assert not told.sheet.sees_money
    assert all(each.get("open_rank") for each in told.talk)
    open_to_all = signed_in(house, client, "supply").get(f"/visits/{row.pk}/briefing/").content.decode()
    guarded = str(brief(director, mine, row).sheet.lifetime.get("value", "no value"))[:6]
    assert guarded not in open_to_all


def test_what_not_to_say_comes_from_what_is_known(director, mine, busy):
    said = " ".join(each.say("en") for each in brief(director, mine, busy).unsaid)

    assert "the late one is spoken about" in said
    assert "critical of us" in said
    assert "not a word of them at the table" in said


def test_whom_we_want_to_meet_stands_before_the_others(director, mine, planned, known):
    known(mine, "李不见", influence="high")
    wanted = known(mine, "钱要见", influence="low")

    told = brief(director, mine, planned(director, mine, wanted=[wanted]))

    assert next((post.person.name, want) for post, want in told.people) == ("钱要见", True)


def test_of_a_round_table_one_reads_the_own_accounts(house, client, director, mine, foreign, planned):
    row = planned(director, mine, foreign)
    browser = signed_in(house, client, "manager")

    page = browser.get(f"/visits/{row.pk}/briefing/").content.decode()

    assert mine.name in page
    assert foreign.name not in page
    assert foreign.code not in page
    assert browser.get(f"/visits/{row.pk}/briefing.pdf?account={foreign.code}").status_code == 404


def test_that_it_was_taken_out_stands_in_the_trail(house, client, manager, mine, planned):
    row = planned(manager, mine)

    answer = signed_in(house, client, "manager").get(f"/visits/{row.pk}/briefing.pdf")

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert len(pages(answer.content)) == 1
    entry = AuditEntry.objects.get(action="export")
    assert (entry.who, entry.changes["format"]) == ("manager", "pdf")


def test_the_command_writes_it_or_says_why_not(own_facts, mine, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("VITALFEW_HOME", str(own_facts.home.folder))
    monkeypatch.setattr("vitalfew.outlets.cli.report.standing", lambda: settings.HOME)
    place = tmp_path / "visit.pdf"

    def run(*words):
        monkeypatch.setattr("sys.argv", ["vitalfew", "--lang", "en", "report", *words, "--output", str(place)])
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code, capsys.readouterr().err

    assert run("visit", "--account", mine.code, "--format", "pdf")[0] in {0, None}
    assert len(pages(place.read_bytes())) == 1
    assert AuditEntry.objects.filter(action="export", who="system").exists()
    assert run("visit", "--account", "NOT-THERE") == (1, "There is no account 'NOT-THERE'\n")
    assert run("nothing", "--account", mine.code)[0] == 2
    assert run("visit", "--account", mine.code, "--format", "docx")[0] == 2
    assert run("visit")[0] == 2


@pytest.fixture
def delicate(director, mine):
    """What should not be said at its table, and beside each something like it that may be."""
    since = {"seen_on": today(), "evidence": "上次拜访", "person": None}
    for area, works in (("meeting", "not"), ("meeting", "works"), ("delivery", "not")):
        preferences.write(director, mine, {"area": area, "works": works, "text": f"{area} {works}", **since})
    piece = {
        "competitor": "", "region": "", "category": "", "attribute": "", "detail": "", "value": "", "person": None,
        "source": "同行", "day": today(), "reliability": "B", "credibility": 3, "valid_until": today() + 100 * DAY,
    }  # fmt: skip
    for kind, source in (("finance", "partner"), ("finance", "customer"), ("market", "partner")):
        intelligence.write_down(
            director, mine, {**piece, "kind": kind, "source_kind": source, "text": f"{kind} {source}"}
        )
    for text, days in (("lately", 20), ("long ago", 400)):
        row = promises.promise(director, mine, {
            "text": text, "person": None, "origin": "visit", "reference": "", "department": "", "owner": director,
            "made_on": today() - 500 * DAY, "due": today() - days * DAY,
        })  # fmt: skip
        promises.give_up(director, row.pk, row.version, "缺货")
        type(row).objects.filter(pk=row.pk).update(settled_on=today() - days * DAY)


@pytest.mark.usefixtures("delicate")
def test_what_rooms_know_better_left_unsaid_is_in_it(director, mine):
    said = " ".join(each.say("en") for each in brief(director, mine).unsaid)

    assert [each in said for each in ("meeting not", "meeting works", "delivery not")] == [True, False, False]
    assert [each in said for each in ("finance partner", "finance customer", "market partner")] == [True, False, False]
    assert [each in said for each in ("lately", "long ago")] == [True, False]


@pytest.mark.usefixtures("delicate")
def test_who_may_not_see_it_reads_nothing_of_it(house, foreign, director, mine):
    manager = house.user("manager")
    type(mine).objects.filter(pk=mine.pk).update(manager=None)

    assert [row for room in declared("untold") for row in room.untold(manager, mine)] == []
    assert [row for room in declared("untold") for row in room.untold(director, foreign)] == []


def test_an_open_complaint_is_not_made_light_of(director, mine, monkeypatch):
    monkeypatch.setattr(Sheet, "open_complaints", [{"complaint_id": "CP-1", "received_on": today(), "text": "漏水"}])

    said = [each.say("en") for each in brief(director, mine).unsaid]

    assert "Do not make light of what it complains of: it is open" in said
