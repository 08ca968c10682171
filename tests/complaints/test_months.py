"""A month that was closed tells the same for good, to the digit, and shows what was corrected since."""

import csv
import io
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.complaints import closing_months, intake, monthly
from vitalfew.complaints.models import ClosedMonth, Complaint, MonthLine
from vitalfew.complaints.month_listing import LINES
from vitalfew.complaints.words import State
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible

pytestmark = [pytest.mark.database, pytest.mark.django_db]
MONTH = date(2026, 3, 1)


def moment(day, hour=10):
    return datetime.fromisoformat(f"2026-03-{day:02}T{hour:02}:00:00+08:00")


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def three(house, director):
    """One settled in time, one settled late and the same again, one open that was never heard."""
    account, made = Account.objects.get(code=house.mine), []
    for day, (closed, due) in enumerate([(5, 9), (20, 12), (None, 15)], 3):
        row = intake.write_down(director, {"account": account, "text": f"第{day}件", "effect": "minor"})
        Complaint.objects.filter(pk=row.pk).update(
            received_on=date(2026, 3, day), received_at=moment(day), product="BX-1", due_close=moment(due),
            due_acknowledge=moment(day, 12), due_answer=moment(day, 16), acknowledged_at=moment(day, 11) if closed else None,
            answered_at=moment(day, 17) if closed else None, closed_at=moment(closed) if closed else None,
            state=State.CLOSED if closed else State.RECEIVED, satisfied={5: True, 20: False}.get(closed),
        )  # fmt: skip
        made.append(row.number)
    return made


def test_its_figures_follow_from_its_lines(three, director):
    told = monthly.figures_of(list(closing_months.close(director, MONTH).lines.all()))

    assert (told.n, told.open, len(three)) == (3, 1, 3)
    shares = {name: (share.n, share.of) for name, share in told.shares.items()}
    assert shares == {
        "acknowledged": (2, 3), "answered": (0, 3), "settled": (1, 3), "again": (2, 3), "satisfied": (1, 2), "reopened": (0, 2),
    }  # fmt: skip
    assert told.median == 16.0


def test_the_file_gives_the_same_figures_to_the_digit(three, director, house):
    row = closing_months.close(director, MONTH)
    answer = signed_in(house, Client(), "director").get(f"{row.get_absolute_url()}lines/?format=csv")
    read = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))

    again = monthly.figures_of([line_of(cells) for cells in read[1:]])

    assert again == monthly.figures_of(list(row.lines.all()))
    assert len(read) == len(three) + 1


def line_of(cells):
    """A line out of the file's cells."""
    told = dict(zip([column.name for column in LINES], cells, strict=True))
    known = {"True": True, "False": False, "": None}
    flags = {
        name: known[told[name]] for name in ("acknowledged", "answered", "settled", "reopened", "again", "satisfied")
    }
    money = {name: Decimal(told[name]) for name in ("given", "claimed", "recovered")}
    days, closed = told["days"], told["closed_on"]
    return MonthLine(
        number=told["number"], days=float(days) if days else None,
        closed_on=date.fromisoformat(closed) if closed else None, **flags, **money,
    )  # fmt: skip


def test_what_is_corrected_later_is_shown_and_moves_nothing(three, director, house):
    row = closing_months.close(director, MONTH)
    before = monthly.figures_of(list(row.lines.all()))
    Complaint.objects.filter(number=three[0]).update(satisfied=False)
    Complaint.objects.filter(number=three[1]).update(put_away_at=timezone.now())

    found = {each.number: each for each in monthly.corrections(row)}

    assert monthly.figures_of(list(row.lines.all())) == before
    assert found[three[0]].fields == ["satisfied"]
    assert found[three[1]].now is None
    page = signed_in(house, Client(), "director").get(row.get_absolute_url()).text
    assert three[0] in page.split("事后更正")[1]


def test_a_month_is_closed_once_and_only_when_it_is_over(three, director, house):  # noqa: ARG001  (there is something to close)
    with pytest.raises(NotPossible):
        closing_months.close(director, timezone.localdate())
    with pytest.raises(NotPossible):
        closing_months.close(director, MONTH - timedelta(days=400))
    with pytest.raises(Forbidden):
        closing_months.close(house.user("complaints"), MONTH)
    row = closing_months.close(director, MONTH)
    with pytest.raises(NotPossible):
        closing_months.close(director, MONTH)

    closing_months.open_again(director, row.pk)
    other = closing_months.close(director, MONTH)

    with pytest.raises(NotPossible):
        closing_months.close_again(director, row.pk)
    assert [each.pk for each in ClosedMonth.objects.visible_to(director)] == [other.pk]


def test_over_pages_and_the_api_and_not_for_who_sees_some_accounts(three, director, house):
    browser = signed_in(house, Client(), "director")
    assert "2026-03" in browser.get("/complaints/months/new/").text
    made = browser.post("/complaints/months/new/", {"month": "2026-03"})
    row = ClosedMonth.objects.get()
    assert made["Location"] == row.get_absolute_url()
    assert "2026-03" in browser.get("/complaints/months/").text
    sent = {"authorization": f"Bearer {house.tokens['director']}"}
    told = Client().get(f"/api/v1/complaint-months/{row.pk}", headers=sent).json()
    assert (told["month"], told["complaints"], len(told["lines"])) == ("2026-03", 3, len(three))
    assert told["shares"]["settled"] == {"n": 1, "of": 3}
    assert signed_in(house, Client(), "manager").get(row.get_absolute_url()).status_code == 403
    assert signed_in(house, Client(), "complaints").get(f"{row.get_absolute_url()}lines/").status_code == 403
    assert monthly.lines_now(MONTH)
    assert director.may
